"""Pages that span features."""

from django.urls import path

from fairfloor.desk.web import views_home

app_name = "desk"
urlpatterns = [
    path("", views_home.home, name="home"),
    path("e/<slug:slug>/", views_home.today, name="today"),
]

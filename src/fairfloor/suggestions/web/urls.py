"""Addresses under ``/e/<slug>/suggestions/``."""

from django.urls import path

from fairfloor.suggestions.web import views_list

app_name = "suggestions"
urlpatterns = [
    path("", views_list.suggestion_list, name="list"),
    path("<str:code>/", views_list.suggestion_detail, name="detail"),
]

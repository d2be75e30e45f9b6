"""Addresses under ``/e/<slug>/readings/``."""

from django.urls import path

from fairfloor.indicators.web import views_readings

app_name = "readings"
urlpatterns = [
    path("", views_readings.reading_list, name="list"),
    path("add/", views_readings.reading_add, name="add"),
    path("<int:code>/", views_readings.reading_detail, name="reading"),
]

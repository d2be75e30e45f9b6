"""Addresses under ``/e/<slug>/training/``."""

from django.urls import path

from fairfloor.programme.web import views_training

app_name = "programme"
urlpatterns = [
    path("", views_training.training_list, name="training"),
    path("<code:code>/", views_training.delivery_detail, name="delivery"),
]

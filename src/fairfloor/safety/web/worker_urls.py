"""Addresses under ``/w/<token>/``: reporting a danger."""

from django.urls import path

from fairfloor.safety.web import views_worker

app_name = "worker_safety"
urlpatterns = [path("danger/", views_worker.danger, name="danger")]

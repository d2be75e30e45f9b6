"""Addresses under ``/w/<token>/``: writing an idea."""

from django.urls import path

from fairfloor.suggestions.web import views_worker

app_name = "worker_suggestions"
urlpatterns = [path("idea/", views_worker.idea, name="idea")]

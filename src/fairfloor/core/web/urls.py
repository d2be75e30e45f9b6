"""Addresses of the plumbing: stored pictures and the sign of life."""

from django.urls import path

from fairfloor.core.web import views_files

urlpatterns = [
    path("healthz", views_files.health, name="health"),
    path("e/<slug:slug>/files/<int:file_id>.jpg", views_files.stored_file, name="stored_file"),
    path("e/<slug:slug>/files/<int:file_id>.m4a", views_files.stored_sound, name="stored_sound"),
]

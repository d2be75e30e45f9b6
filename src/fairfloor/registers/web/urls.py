"""Addresses under ``/e/<slug>/registers/``."""

from django.urls import path

from fairfloor.registers.web import views_export, views_import

app_name = "registers"
urlpatterns = [
    path("", views_export.hub, name="hub"),
    path("download/", views_export.download, name="download"),
    path("blank/", views_export.blank, name="blank"),
    path("upload/", views_import.upload, name="upload"),
    path("uploads/<int:upload_id>/", views_import.show_upload, name="show_upload"),
    path("uploads/<int:upload_id>/words/", views_import.words, name="words"),
    path("uploads/<int:upload_id>/confirm/", views_import.confirm, name="confirm"),
    path("uploads/<int:upload_id>/drop/", views_import.drop, name="drop"),
    path("uploads/<int:upload_id>/problems/", views_import.problems, name="problems"),
]

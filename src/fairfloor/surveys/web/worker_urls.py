"""Addresses under ``/w/<token>/``: answering a survey."""

from django.urls import path

from fairfloor.surveys.web import views_worker

app_name = "worker_surveys"
urlpatterns = [
    path("survey/", views_worker.survey, name="survey"),
    path("survey/thanks/", views_worker.thanks, name="thanks"),
]

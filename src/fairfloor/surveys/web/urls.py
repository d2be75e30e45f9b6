"""Addresses under ``/e/<slug>/surveys/``."""

from django.urls import path

from fairfloor.surveys.web import views_round, views_rounds

app_name = "surveys"
urlpatterns = [
    path("", views_rounds.round_list, name="list"),
    path("open/", views_rounds.round_open, name="open"),
    path("<int:number>/", views_round.round_detail, name="round"),
    path("<int:number>/close/", views_round.round_close, name="close"),
    path("<int:number>/cancel/", views_round.round_cancel, name="cancel"),
]

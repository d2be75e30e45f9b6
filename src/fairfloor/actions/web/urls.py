"""Addresses under ``/e/<slug>/actions/``. A factory's own codes may hold a slash, hence ``path``."""

from django.urls import path

from fairfloor.actions.web import views_action, views_list

app_name = "actions"
urlpatterns = [
    path("", views_list.action_list, name="list"),
    path("add/", views_action.action_add, name="add"),
    path("<path:code>/change/", views_action.action_change, name="change"),
    path("<path:code>/complete/", views_action.action_complete, name="complete"),
    path("<path:code>/reopen/", views_action.action_reopen, name="reopen"),
    path("<path:code>/cancel/", views_action.action_cancel, name="cancel"),
    path("<path:code>/", views_action.action_detail, name="detail"),
]

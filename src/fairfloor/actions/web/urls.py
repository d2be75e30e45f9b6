"""Addresses under ``/e/<slug>/actions/``."""

from django.urls import path

from fairfloor.actions.web import views_action, views_list

app_name = "actions"
urlpatterns = [
    path("", views_list.action_list, name="list"),
    path("add/", views_action.action_add, name="add"),
    path("<code:code>/", views_action.action_detail, name="detail"),
    path("<code:code>/change/", views_action.action_change, name="change"),
    path("<code:code>/complete/", views_action.action_complete, name="complete"),
    path("<code:code>/reopen/", views_action.action_reopen, name="reopen"),
    path("<code:code>/cancel/", views_action.action_cancel, name="cancel"),
]

"""Addresses under ``/administration/users/``."""

from django.urls import path

from fairfloor.accounts.web import views_users as views

app_name = "administration"
urlpatterns = [
    path("", views.user_list, name="users"),
    path("add/", views.user_add, name="user_add"),
    path("<int:user_id>/reset/", views.user_reset, name="user_reset"),
    path("<int:user_id>/end/", views.user_end, name="user_end"),
    path("<int:user_id>/open/", views.user_open, name="user_open"),
]

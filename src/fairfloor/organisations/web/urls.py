"""Addresses under ``/e/<slug>/people/``."""

from django.urls import path

from fairfloor.organisations.web import views_departments, views_people

app_name = "organisations"
urlpatterns = [
    path("", views_people.people_list, name="people"),
    path("departments/", views_departments.department_list, name="departments"),
    path("departments/add/", views_departments.department_add, name="department_add"),
    path("departments/<code:code>/", views_departments.department_edit, name="department"),
    path("workforce/", views_people.workforce_list, name="workforce"),
]

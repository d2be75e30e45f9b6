"""Addresses under ``/e/<slug>/reports/``."""

from django.urls import path

from fairfloor.reports.web import views_change, views_read

app_name = "reports"
urlpatterns = [
    path("", views_read.report_list, name="list"),
    path("new/", views_change.report_new, name="new"),
    path("<str:code>/", views_read.report_detail, name="detail"),
    path("<str:code>/words/<str:section>/", views_change.report_words, name="words"),
    path("<str:code>/publish/", views_change.report_publish, name="publish"),
    path("<str:code>/withdraw/", views_change.report_withdraw, name="withdraw"),
    path("<str:code>/file/<str:form>/", views_read.report_file, name="file"),
]

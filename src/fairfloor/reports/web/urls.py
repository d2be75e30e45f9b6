"""Addresses under ``/e/<slug>/reports/``."""

from django.urls import path

from fairfloor.reports.web import views_change, views_read

app_name = "reports"
urlpatterns = [
    path("", views_read.report_list, name="list"),
    path("new/", views_change.report_new, name="new"),
    path("<code:code>/", views_read.report_detail, name="detail"),
    path("<code:code>/words/<code:section>/", views_change.report_words, name="words"),
    path("<code:code>/publish/", views_change.report_publish, name="publish"),
    path("<code:code>/withdraw/", views_change.report_withdraw, name="withdraw"),
    path("<code:code>/file/<code:form>/", views_read.report_file, name="file"),
]

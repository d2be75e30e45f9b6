"""Addresses under ``/e/<slug>/readings/``."""

from django.urls import path

from fairfloor.indicators.web import views_chart, views_month, views_plans, views_readings

app_name = "readings"
urlpatterns = [
    path("", views_readings.reading_list, name="list"),
    path("add/", views_readings.reading_add, name="add"),
    path("month/", views_month.month_report, name="month"),
    path("month/draft/", views_month.month_draft, name="draft"),
    path("plans/", views_plans.plan_list, name="plans"),
    path("plans/<code:code>/", views_plans.plan_detail, name="plan"),
    path("of/<code:code>/", views_chart.indicator_detail, name="indicator"),
    path("<int:code>/", views_readings.reading_detail, name="reading"),
]

"""Addresses under ``/e/<slug>/safety/``."""

from django.urls import include, path

from fairfloor.safety.web import (
    urls_job_risks,
    views_hazard,
    views_hazard_care,
    views_hazards,
    views_incident,
    views_incidents,
    views_overview,
    views_participation,
    views_rates,
)

app_name = "safety"
urlpatterns = [
    path("", views_hazards.hazard_list, name="hazards"),
    path("report/", views_hazards.hazard_report, name="report"),
    path("overview/", views_overview.overview_page, name="overview"),
    path("days/", views_hazard_care.days_page, name="hazard_days"),
    path("assign/", views_hazard_care.assign_page, name="hazards_assign"),
    path("hazards/<code:code>/recurrence/", views_hazard_care.link_page, name="hazard_recurrence"),
    path("hazards/<code:code>/", views_hazard.hazard_detail, name="hazard"),
    path("hazards/<code:code>/correct/", views_hazard.hazard_correct, name="hazard_correct"),
    path("hazards/<code:code>/near-miss/", views_incidents.from_hazard, name="near_miss_from_hazard"),
    path("hazards/<code:code>/answer/", views_hazard_care.answer_page, name="hazard_answer"),
    path("hazards/<code:code>/<slug:act>/", views_hazard.hazard_act, name="hazard_act"),
    path("incidents/", views_incidents.incident_list, name="incidents"),
    path("incidents/near-miss/", views_incidents.near_miss, name="near_miss"),
    path("incidents/add/", views_incidents.incident_add, name="incident_add"),
    path("incidents/rates/", views_rates.rates, name="rates"),
    path("incidents/rates/base/", views_rates.rate_base, name="rate_base"),
    path("incidents/hours/", views_rates.hours, name="hours"),
    path("incidents/<code:code>/", views_incident.incident_detail, name="incident"),
    path("incidents/<code:code>/why/", views_incident.incident_investigate, name="incident_investigate"),
    path("incidents/<code:code>/correct/", views_incident.incident_correct, name="incident_correct"),
    path("incidents/<code:code>/sealed/", views_incident.incident_health, name="incident_health"),
    path("incidents/<code:code>/<slug:act>/", views_incident.incident_act, name="incident_act"),
    path("participation/", views_participation.participation, name="participation"),
    path("participation.pdf", views_participation.participation_pdf, name="participation_pdf"),
    path("job-risks/", include(urls_job_risks.urlpatterns)),
]

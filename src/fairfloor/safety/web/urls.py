"""Addresses under ``/e/<slug>/safety/``."""

from django.urls import include, path

from fairfloor.safety.web import urls_job_risks, views_hazard, views_hazards

app_name = "safety"
urlpatterns = [
    path("", views_hazards.hazard_list, name="hazards"),
    path("report/", views_hazards.hazard_report, name="report"),
    path("hazards/<code:code>/", views_hazard.hazard_detail, name="hazard"),
    path("hazards/<code:code>/correct/", views_hazard.hazard_correct, name="hazard_correct"),
    path("hazards/<code:code>/<slug:act>/", views_hazard.hazard_act, name="hazard_act"),
    path("job-risks/", include(urls_job_risks.urlpatterns)),
]

"""Addresses under ``/e/<slug>/safety/``."""

from django.urls import path

from fairfloor.safety.web import views_hazard, views_hazard_care, views_hazards, views_job_risks

app_name = "safety"
urlpatterns = [
    path("", views_hazards.hazard_list, name="hazards"),
    path("report/", views_hazards.hazard_report, name="report"),
    path("overview/", views_hazard_care.overview_page, name="overview"),
    path("days/", views_hazard_care.days_page, name="hazard_days"),
    path("assign/", views_hazard_care.assign_page, name="hazards_assign"),
    path("hazards/<code:code>/recurrence/", views_hazard_care.link_page, name="hazard_recurrence"),
    path("hazards/<code:code>/", views_hazard.hazard_detail, name="hazard"),
    path("hazards/<code:code>/correct/", views_hazard.hazard_correct, name="hazard_correct"),
    path("hazards/<code:code>/<slug:act>/", views_hazard.hazard_act, name="hazard_act"),
    path("job-risks/", views_job_risks.job_risk_list, name="job_risks"),
    path("job-risks/add/", views_job_risks.job_risk_add, name="job_risk_add"),
    path("job-risks/<int:code>/", views_job_risks.job_risk_detail, name="job_risk"),
    path("job-risks/<int:code>/correct/", views_job_risks.job_risk_correct, name="job_risk_correct"),
    path("job-risks/<int:code>/withdraw/", views_job_risks.job_risk_withdraw, name="job_risk_withdraw"),
]

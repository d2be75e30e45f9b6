"""Addresses under ``/e/<slug>/safety/``. A factory's own codes may hold a slash, hence ``path``."""

from django.urls import path

from fairfloor.safety.web import views_hazard, views_hazards, views_job_risks

app_name = "safety"
urlpatterns = [
    path("", views_hazards.hazard_list, name="hazards"),
    path("report/", views_hazards.hazard_report, name="report"),
    path("hazards/<path:code>/correct/", views_hazard.hazard_correct, name="hazard_correct"),
    # One address for each act: a free word there would swallow the end of a code with a slash.
    *[
        path(f"hazards/<path:code>/{act}/", views_hazard.hazard_act, {"act": act}, name="hazard_act")
        for act in views_hazard.ACTS
    ],
    path("hazards/<path:code>/", views_hazard.hazard_detail, name="hazard"),
    path("job-risks/", views_job_risks.job_risk_list, name="job_risks"),
    path("job-risks/add/", views_job_risks.job_risk_add, name="job_risk_add"),
    path("job-risks/<int:code>/", views_job_risks.job_risk_detail, name="job_risk"),
    path("job-risks/<int:code>/correct/", views_job_risks.job_risk_correct, name="job_risk_correct"),
    path("job-risks/<int:code>/withdraw/", views_job_risks.job_risk_withdraw, name="job_risk_withdraw"),
]

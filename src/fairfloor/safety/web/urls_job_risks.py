"""Addresses under ``/e/<slug>/safety/job-risks/``."""

from django.urls import path

from fairfloor.safety.web import (
    views_job_controls,
    views_job_documents,
    views_job_lists,
    views_job_map,
    views_job_risks,
    views_jobs,
)

urlpatterns = [
    path("", views_job_risks.job_risk_list, name="job_risks"),
    path("add/", views_job_risks.job_risk_add, name="job_risk_add"),
    path("map/", views_job_map.risk_map, name="risk_map"),
    path("method/", views_jobs.risk_method, name="risk_method"),
    path("register.<str:form>", views_job_documents.register, name="risk_register"),
    path("plan.<str:form>", views_job_documents.action_plan, name="risk_plan"),
    path("lists/", views_job_lists.hazard_lists, name="hazard_lists"),
    path("lists/add/", views_job_lists.own_hazard_add, name="own_hazard_add"),
    path("lists/line/<int:code>/remove/", views_job_lists.own_hazard_remove, name="own_hazard_remove"),
    path("lists/<slug:key>/", views_job_lists.hazard_list_pick, name="hazard_list"),
    path("jobs/", views_jobs.job_list, name="jobs"),
    path("jobs/<int:code>/", views_jobs.job_detail, name="job"),
    path("jobs/<int:code>/change/", views_jobs.job_change, name="job_change"),
    path("jobs/<int:code>/review/", views_jobs.job_review, name="job_review"),
    path("jobs/<int:code>/ask/", views_jobs.job_ask_review, name="job_ask_review"),
    path("jobs/<int:code>/consult/", views_jobs.job_consult, name="job_consult"),
    path("jobs/<int:code>/card.pdf", views_job_documents.card, name="job_card"),
    path("jobs/<int:code>/sheet.pdf", views_job_documents.consultation_sheet, name="job_sheet"),
    path("measures/<int:code>/done/", views_job_controls.control_done, name="control_done"),
    path("measures/<int:code>/drop/", views_job_controls.control_drop, name="control_drop"),
    path("<int:code>/", views_job_risks.job_risk_detail, name="job_risk"),
    path("<int:code>/correct/", views_job_risks.job_risk_correct, name="job_risk_correct"),
    path("<int:code>/rate/", views_job_controls.job_risk_rate, name="job_risk_rate"),
    path("<int:code>/measure/", views_job_controls.control_add, name="control_add"),
    path("<int:code>/withdraw/", views_job_risks.job_risk_withdraw, name="job_risk_withdraw"),
]

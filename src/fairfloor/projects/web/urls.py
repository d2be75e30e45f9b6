"""Addresses under ``/e/<slug>/projects/``."""

from django.urls import path

from fairfloor.projects.web import (
    views_benefits,
    views_detail,
    views_finding,
    views_list,
    views_new,
    views_outcome,
    views_plans,
    views_steps,
)

app_name = "projects"
urlpatterns = [
    path("", views_list.project_list, name="list"),
    path("gallery/", views_list.project_gallery, name="gallery"),
    path("plans/", views_plans.plan_list, name="plans"),
    path("plans/new/", views_plans.plan_new, name="plan_new"),
    path("plans/<code:code>/", views_plans.plan_detail, name="plan_detail"),
    path("plans/<code:code>/wall/", views_plans.plan_wall, name="plan_wall"),
    path("plans/<code:code>/change/", views_plans.plan_change, name="plan_change"),
    path("plans/<code:code>/rows/new/", views_plans.plan_row_new, name="plan_row_new"),
    path("plans/<code:code>/rows/<int:number>/", views_plans.plan_row, name="plan_row"),
    path("plans/<code:code>/rows/<int:number>/look/", views_plans.plan_look, name="plan_look"),
    path("plans/<code:code>/rows/<int:number>/start/", views_plans.plan_start, name="plan_start"),
    path("new/", views_new.project_new, name="new"),
    path("<code:code>/approve/", views_steps.project_approve, name="approve"),
    path("<code:code>/begin/", views_steps.project_begin, name="begin"),
    path("<code:code>/plan/", views_steps.project_plan, name="plan"),
    path("<code:code>/do/", views_steps.project_do, name="do"),
    path("<code:code>/check/", views_steps.project_check, name="check"),
    path("<code:code>/act/", views_steps.project_act, name="act"),
    path("<code:code>/suggestions/", views_steps.project_suggestions, name="suggestions"),
    path("<code:code>/photos/", views_steps.project_photos, name="photos"),
    path("<code:code>/benefits/new/", views_benefits.benefit_new, name="benefit_new"),
    path("<code:code>/benefits/<code:benefit>/", views_benefits.benefit_change, name="benefit_change"),
    path("<code:code>/benefits/<code:benefit>/verify/", views_benefits.benefit_verify, name="benefit_verify"),
    path(
        "<code:code>/benefits/<code:benefit>/unverify/",
        views_benefits.benefit_unverify,
        name="benefit_unverify",
    ),
    path("<code:code>/benefits/<code:benefit>/remove/", views_benefits.benefit_remove, name="benefit_remove"),
    path("<code:code>/causes/", views_finding.project_causes, name="causes"),
    path("<code:code>/trial/", views_finding.project_trial, name="trial"),
    path("<code:code>/members/", views_finding.project_members, name="members"),
    path("<code:code>/elsewhere/", views_finding.project_elsewhere, name="elsewhere"),
    path("<code:code>/visit/", views_benefits.project_visit, name="visit"),
    path("<code:code>/finish/", views_outcome.project_finish, name="finish"),
    path("<code:code>/verify/", views_outcome.project_verify, name="verify"),
    path("<code:code>/reopen/", views_outcome.project_reopen, name="reopen"),
    path("<code:code>/stop/", views_outcome.project_cancel, name="cancel"),
    path("<code:code>/correct/", views_outcome.project_correct, name="correct"),
    path("<code:code>/withdraw/", views_outcome.project_withdraw, name="withdraw"),
    path("<code:code>/", views_detail.project_detail, name="detail"),
]

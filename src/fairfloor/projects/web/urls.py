"""Addresses under ``/e/<slug>/projects/``. A factory's own codes may hold a slash, hence ``path``."""

from django.urls import path

from fairfloor.projects.web import views_detail, views_list, views_new, views_outcome, views_steps

app_name = "projects"
urlpatterns = [
    path("", views_list.project_list, name="list"),
    path("gallery/", views_list.project_gallery, name="gallery"),
    path("new/", views_new.project_new, name="new"),
    path("<path:code>/approve/", views_steps.project_approve, name="approve"),
    path("<path:code>/begin/", views_steps.project_begin, name="begin"),
    path("<path:code>/plan/", views_steps.project_plan, name="plan"),
    path("<path:code>/do/", views_steps.project_do, name="do"),
    path("<path:code>/check/", views_steps.project_check, name="check"),
    path("<path:code>/act/", views_steps.project_act, name="act"),
    path("<path:code>/suggestions/", views_steps.project_suggestions, name="suggestions"),
    path("<path:code>/photos/", views_steps.project_photos, name="photos"),
    path("<path:code>/finish/", views_outcome.project_finish, name="finish"),
    path("<path:code>/verify/", views_outcome.project_verify, name="verify"),
    path("<path:code>/sustain/", views_outcome.project_sustain, name="sustain"),
    path("<path:code>/reopen/", views_outcome.project_reopen, name="reopen"),
    path("<path:code>/stop/", views_outcome.project_cancel, name="cancel"),
    path("<path:code>/correct/", views_outcome.project_correct, name="correct"),
    path("<path:code>/withdraw/", views_outcome.project_withdraw, name="withdraw"),
    path("<path:code>/", views_detail.project_detail, name="detail"),
]

"""Addresses under ``/e/<slug>/checklists/``."""

from django.urls import path

from fairfloor.checklists.web import (
    views_findings,
    views_hub,
    views_paper,
    views_round,
    views_run,
    views_settings,
    views_tags,
)

app_name = "checklists"
urlpatterns = [
    path("", views_hub.hub, name="hub"),
    path("lists/", views_settings.lists, name="lists"),
    path("lists/new/", views_settings.list_new, name="list_new"),
    path("lists/<slug:code>/change/", views_settings.list_change, name="list_change"),
    path("lists/<slug:code>/print/", views_paper.blank, name="blank"),
    path("areas/", views_settings.areas, name="areas"),
    path("areas/new/", views_settings.area_new, name="area_new"),
    path("areas/<slug:code>/", views_round.area, name="area"),
    path("areas/<slug:code>/change/", views_settings.area_change, name="area_change"),
    path("areas/<slug:code>/routine/", views_settings.routine, name="routine"),
    path("tags/", views_tags.tags, name="tags"),
    path("tags/print/", views_paper.tags, name="tags_print"),
    path("tags/new/", views_tags.tag_new, name="tag_new"),
    path("tags/<slug:code>/", views_tags.tag, name="tag"),
    path("tags/<slug:code>/<slug:act>/", views_tags.tag_act, name="tag_act"),
    # A phone may keep what is under run/, and nothing else of the program.
    path("run/keeper.js", views_run.keeper, name="keeper"),
    path("run/signed-in/", views_run.signed_in, name="signed_in"),
    path("run/photo/", views_run.photo, name="photo"),
    path("run/<slug:code>/", views_run.run, name="run"),
    path("rounds/<slug:code>/", views_round.detail, name="round"),
    path("rounds/<slug:code>/print/", views_paper.result, name="result"),
    path("rounds/<slug:code>/withdraw/", views_round.withdraw, name="withdraw"),
    path("rounds/<slug:code>/<slug:finding>/action/", views_findings.finding_action, name="finding_action"),
    path(
        "rounds/<slug:code>/<slug:finding>/project/", views_findings.finding_project, name="finding_project"
    ),
    path(
        "rounds/<slug:code>/<slug:finding>/project/back/",
        views_findings.finding_unlink,
        name="finding_unlink",
    ),
    path("rounds/<slug:code>/<slug:finding>/<slug:act>/", views_findings.finding_act, name="finding_act"),
    path("projects/<code:code>/", views_findings.project_findings, name="project_findings"),
]

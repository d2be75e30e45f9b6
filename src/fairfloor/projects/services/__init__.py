"""Verbs on improvement projects: their life, finding causes and trying out, what they bring, and whether it lasts."""

from fairfloor.projects.services.benefits import (
    change_benefit,
    remove_benefit,
    state_benefit,
    unverify_benefit,
    verify_benefit,
)
from fairfloor.projects.services.finding import name_causes, record_trial, set_members
from fairfloor.projects.services.followup import record_visit, say_where_else
from fairfloor.projects.services.hazards import link_hazards
from fairfloor.projects.services.lifecycle import (
    add_photo,
    approve_project,
    begin_project,
    cancel_project,
    correct_project,
    finish_project,
    link_suggestions,
    plan_project,
    record_act,
    record_check,
    record_do,
    remove_photo,
    reopen_project,
    start_project,
    sustain_project,
    verify_project,
    withdraw_project,
)
from fairfloor.projects.services.origins import note_origins, note_origins_gone
from fairfloor.projects.services.plans import (
    add_row,
    change_plan,
    change_row,
    draft_plan,
    look_at_row,
    start_row_project,
)

__all__ = [
    "add_photo",
    "add_row",
    "approve_project",
    "begin_project",
    "cancel_project",
    "change_benefit",
    "change_plan",
    "change_row",
    "correct_project",
    "draft_plan",
    "finish_project",
    "link_hazards",
    "link_suggestions",
    "look_at_row",
    "name_causes",
    "note_origins",
    "note_origins_gone",
    "plan_project",
    "record_act",
    "record_check",
    "record_do",
    "record_trial",
    "record_visit",
    "remove_benefit",
    "remove_photo",
    "reopen_project",
    "say_where_else",
    "set_members",
    "start_project",
    "start_row_project",
    "state_benefit",
    "sustain_project",
    "unverify_benefit",
    "verify_benefit",
    "verify_project",
    "withdraw_project",
]

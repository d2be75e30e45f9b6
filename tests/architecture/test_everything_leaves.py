"""A factory leaves with everything it entered: each table and each of its fields is in a sheet, or says why not."""

import pytest
from django.apps import apps

from fairfloor.config.wiring import SHEETS
from fairfloor.core.sheets import ModelSheet
from fairfloor.core.tenancy import TenantModel

MODELS = {
    model._meta.label: model
    for model in apps.get_models()
    if issubclass(model, TenantModel) and not model._meta.abstract
}
SHEET_OF = {sheet.model._meta.label: sheet for sheet in SHEETS if isinstance(sheet, ModelSheet)}

# Tables whose rows leave and come in with the rows of another sheet.
INSIDE = {
    "programme.TrainingDelivery": "Training",
    "programme.TrainingAttendance": "Training",
    "safety.Control": "Controls",
    "safety.ConsultationSignature": "Consultations",
    "safety.HazardSetting": "SafetySettings",
    "safety.RateSetting": "SafetySettings",
    "safety.RatingRecord": "Ratings",
    "safety.RiskSetting": "SafetySettings",
    "surveys.Response": "SurveyAnswers",
    "teams.Attendance": "Meetings",
}

_WORDS = "the words between a worker and the team: promised to stay inside, no export holds them"
_PICTURE = "a photo or a voice: backups hold it, exports of the registers do not"
_RIGHT = "an account or what it may do: given by people of the new place, never by a file"
_ADDRESS = "whoever knows it gets in: a file travels"
_COUNTED = "counted again from the records"
_HERE = "how this installation works; it means nothing elsewhere"

# Tables that never leave in a workbook.
STAYS = {
    "checklists.RoundPhoto": _PICTURE,
    "conversations.Attachment": _PICTURE,
    "conversations.Conversation": _WORDS,
    "conversations.Message": _WORDS,
    "core.AuditEvent": "the record of who did what: a file could be changed on the way; the backup holds it",
    "core.SentForm": _HERE,
    "core.StaleMark": _COUNTED,
    "core.StoredFile": _PICTURE,
    "desk.BoardLink": _ADDRESS,
    "indicators.KeptCell": _COUNTED,
    "indicators.KeptPeriod": _COUNTED,
    "indicators.MonthDraft": "begun and not sent, for one person's eyes",
    "organisations.Grant": _RIGHT,
    "organisations.Membership": _RIGHT,
    "organisations.StaffWorker": _RIGHT,
    "organisations.SupportSession": _RIGHT,
    "organisations.WorkerLink": _ADDRESS,
    "registers.HeadingMapping": _HERE,
    "registers.ImportUpload": _HERE,
    "registers.RowBase": _HERE,
    "reports.ReportNarrative": "leaves with its report, as the report's own file",
    "reports.ReportSnapshot": "frozen with a digest: it leaves as its own file, which nobody can change unseen",
}

_KEY = "the link itself; columns name the row"
_LOGIN = "a login: the name beside it leaves"
_PHONE = "by what a phone's sending is known again"
_WITHDRAWN = "a wrong entry taken back is left behind"
_AGAIN = "handed up again by itself where the day is past"
_TALK = "part of the conversation with the worker"

FIELDS_THAT_STAY = {
    "actions.ActionItem": {"owner_user": _LOGIN},
    "checklists.Area": {"owner_user_id": _LOGIN},
    "checklists.Finding": {"photo": _PICTURE},
    "checklists.OwnChecklist": {"document": "leaves as the text it was written as"},
    "checklists.WalkRound": {
        "client_id": _PHONE,
        "digest": _PHONE,
        "auditor_user_id": _LOGIN,
        "answers": "single answers stay in the program; score and findings leave",
        "sections": "follows from the answers",
    },
    "desk.BoardItem": {
        "code": "leaves as `about`; minutes are named by team and number",
        "photo_before_id": _PICTURE,
        "photo_after_id": _PICTURE,
    },
    "equality.GenderPractice": {"withdrawn_date": _WITHDRAWN, "withdrawn_reason": _WITHDRAWN},
    "equality.JobAd": {
        "is_clean": "the check of the words is made again",
        "rules": "the check of the words is made again",
        "withdrawn_date": _WITHDRAWN,
        "withdrawn_reason": _WITHDRAWN,
    },
    "indicators.IndicatorPlan": {"reporter_user_id": _LOGIN},
    "projects.Benefit": {"stated_by_user_id": _LOGIN, "verified_by_user_id": _LOGIN},
    "projects.ImprovementProject": {
        "owner_user_id": _LOGIN,
        "finished_by_user_id": _LOGIN,
        "verified_by_user_id": _LOGIN,
        "photo_before": _PICTURE,
        "photo_after": _PICTURE,
        "changed_date": "when somebody touched it here; an import does not look like work",
    },
    "projects.PlanLook": {"row": _KEY},
    "safety.Hazard": {
        "finder_code": "who found it: told to few, so in no file",
        "finder_word": _TALK,
        "conversation": _TALK,
        "fixed_by_user_id": _LOGIN,
        "photo": _PICTURE,
        "photo_after": _PICTURE,
        "escalated_date": _AGAIN,
    },
    "safety.Incident": {"photo": _PICTURE},
    "safety.JobRisk": {
        "job_step": _KEY,
        **dict.fromkeys(("kind", "women", "men", "is_pregnancy", "is_breastfeeding"), "in JobRiskPeople"),
        **dict.fromkeys(
            ("after_method", "after_likelihood", "after_exposure", "after_severity"), "in Ratings"
        ),
        "level_first": _COUNTED,
        "level_now": _COUNTED,
        "withdrawn_date": _WITHDRAWN,
        "withdrawn_reason": _WITHDRAWN,
    },
    "suggestions.Suggestion": {
        "conversation": _TALK,
        "escalated_date": _AGAIN,
        "photo": _PICTURE,
    },
    "surveys.SurveyRound": {"questionnaire": "SurveyAnswers has its questions"},
    "teams.AgendaItem": {"position": "leaves as the number in the order of the agenda"},
    "teams.ImprovementTeam": {"calendar_token": _ADDRESS},
    "teams.Meeting": {"started_at": "the hour leaves; the moment the screen was opened is nobody's business"},
    "teams.ShiftTalk": {
        "client_id": _PHONE,
        "content_hash": _PHONE,
        "sent_by_id": _LOGIN,
        "sent_date": "until when its writer may take it back; a talk of a workbook has none here",
        "withdrawn_by_name": "who took it back; when and why leave",
    },
}


def test_every_table_leaves_or_says_why_it_stays():
    placed = [*SHEET_OF, *INSIDE, *STAYS]
    assert sorted(placed) == sorted(set(placed)), "A table stands in two lists."
    assert set(placed) == set(MODELS), (
        f"Give a sheet, or a reason to stay: {sorted(set(MODELS) - set(placed))}; "
        f"no such tables: {sorted(set(placed) - set(MODELS))}"
    )
    assert set(INSIDE.values()) <= {sheet.name for sheet in SHEETS}
    assert all(STAYS.values())


@pytest.mark.parametrize("label", sorted(SHEET_OF))
def test_every_field_leaves_or_says_why_it_stays(label):
    sheet = SHEET_OF[label]
    reached = {name for column in sheet.columns for name in (column.code, sheet.field_of(column.code))}
    own = {
        field.name
        for field in MODELS[label]._meta.concrete_fields
        if field.name not in ("id", "enterprise", "version") and not {field.name, field.attname} & reached
    }
    assert own == set(FIELDS_THAT_STAY.get(label, {}))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_column_has_the_name_of_a_secret(sheet):
    secrets = ("token", "receipt", "hash", "password", "client_id", "user_id", "photo")
    for column in sheet.columns:
        names = {column.code, sheet.field_of(column.code)} if isinstance(sheet, ModelSheet) else {column.code}
        assert not [name for name in names for secret in secrets if secret in name]

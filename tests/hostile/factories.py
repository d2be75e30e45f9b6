"""A factory with a record of every kind, every text of which carries the factory's own mark."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from fairfloor.actions.public import add_action
from fairfloor.conversations.public import Receipt, attach_posted
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role, active_worker_link, local_day
from fairfloor.projects.services import add_photo, finish_project, start_project
from fairfloor.reports.claims import definition
from fairfloor.reports.services import make_snapshot, write_narrative
from fairfloor.safety.services import answer_finder, report_danger, report_hazard, say_more
from fairfloor.suggestions.public import (
    accept_suggestion,
    answer_suggestion,
    ask_back,
    merge_suggestion,
    submit_suggestion,
    take_to_meeting,
)
from fairfloor.teams.models import ImprovementTeam
from fairfloor.teams.services import add_topic, open_meeting, schedule_meeting
from tests.cast import Factory
from tests.registers_rows import YEAR, bring_in, row

ANSWERS = {f"q{number}": 4 for number in range(1, 21)}


@dataclass
class Filled:
    """What stands in a factory, by the name a test asks for."""

    factory: Factory
    mark: str
    token: str
    receipts: list[Receipt] = field(default_factory=list)
    keys: dict[str, object] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The mark in everything a worker said."""
        return f"{self.mark}WORDS"


def picture() -> SimpleUploadedFile:
    """A small photo."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return SimpleUploadedFile("photo.jpg", out.getvalue())


def fill(factory: Factory, mark: str) -> Filled:
    """Fill every register of a factory; all its texts begin with ``mark``, those of workers with ``mark``WORDS."""
    with scope(factory.id):
        filled = Filled(factory, mark, active_worker_link().token)
        _registers(factory, mark)
        _living(filled)
    return filled


def _registers(factory: Factory, mark: str) -> None:
    day = date(2023, 3, 2)
    put = partial(bring_in, factory)
    group = {"sex": "FEMALE", "level": "FRONT_LINE", "department": "KNT"}
    put("People", [row("People", code=f"{mark}P", name=f"{mark} Li", job=f"{mark} knitter", **group)])
    put("Workforce", [row("Workforce", date=day, contract="PERMANENT", headcount=40, **group)])
    training = {"module_label": "1", "hours": Decimal(8), "hours_attended": Decimal(8), "start_date": day}
    put(
        "Training",
        [row("Training", delivery=f"{mark}D", module="WPC", participant=f"{mark}P", **training, **group)],
    )
    put(
        "TeamMembers",
        [row("TeamMembers", team="EIT", member=f"{mark}P", role="MEMBER", from_date=day, **group)],
    )
    meeting = {"date": day, "status": "HELD", "present": (f"{mark}P",), "minutes": f"{mark} minutes"}
    put("Meetings", [row("Meetings", team="EIT", number=1, **meeting)])
    project = {"status": "IN_PROGRESS", "start_date": day, "tags": ("quality",), "department": "KNT"}
    put("Projects", [row("Projects", code=f"IP-{mark}", title=f"{mark} project", module="WPC", **project)])
    hazard = {"date": day, "status": "OPEN", "likelihood": 4, "severity": 4, "category": "ELECTRICAL"}
    put("Hazards", [row("Hazards", code=f"H-{mark}", description=f"{mark} hazard", **hazard, **group)])
    risk = {"date": day, "method": "MATRIX", "likelihood": Decimal(3), "severity": Decimal(3)}
    places = {
        "job": f"{mark} job",
        "step": f"{mark} step",
        "hazard": f"{mark} risk",
        "control": f"{mark} guard",
    }
    put("JobRisks", [row("JobRisks", department="KNT", finder_level="FRONT_LINE", **risk, **places)])
    put("SurveyRounds", [row("SurveyRounds", round=1, opened=day, closed=day, invited=9, status="CLOSED")])
    put(
        "JobAds",
        [row("JobAds", code=f"{mark}A", date=day, language="en", title=f"{mark} ad", text=f"{mark}")],
    )
    put("GenderPractices", [row("GenderPractices", title=f"{mark} practice", area="A", date=day)])
    reading = {"numerator": Decimal(3), "denominator": Decimal(100), "quality": "A"}
    put("Readings", [row("Readings", indicator="defect-rate", month=date(2023, 3, 1), **reading)])
    idea = {"date": day, "channel": "BOX", "status": "NEW", "category": "SAFETY", **group}
    texts = {"title": f"{mark}WORDS title", "text": f"{mark}WORDS text"}
    put("Suggestions", [row("Suggestions", code=f"S-{mark}", **idea, **texts)])


def _living(filled: Filled) -> None:
    factory, mark = filled.factory, filled.mark
    now = timezone.now()
    day = local_day(factory.enterprise, now)
    when = {"day": day, "at": now}
    secretary = replace(factory.actor(Role.TEAM_SECRETARY, Role.MANAGER, name=f"{mark} Hu"), user_id=None)
    ideas = []
    for number in range(6):
        sent = submit_suggestion(
            actor=factory.worker,
            client_id=f"{mark}-{number:030d}",
            text=f"{filled.words} idea {number}",
            **when,
        )
        ideas.append(sent.suggestion)
        filled.receipts.append(sent.receipt)
    ask_back(actor=factory.worker, suggestion_id=ideas[0].pk, text=f"{filled.words} asks", **when)
    answer_suggestion(actor=secretary, suggestion_id=ideas[1].pk, text=f"{mark} answers", **when)
    accept_suggestion(actor=secretary, suggestion_id=ideas[2].pk, answer=f"{mark} accepts", **when)
    take_to_meeting(actor=secretary, suggestion_id=ideas[3].pk, **when)
    merge_suggestion(actor=secretary, suggestion_id=ideas[4].pk, into_id=ideas[0].pk, **when)
    project = start_project(
        actor=secretary,
        title=f"{mark} living project",
        problem=f"{mark} problem",
        suggestion_ids=[ideas[2].pk],
        owner_name=f"{mark} Wang",
        **when,
    )
    add_photo(actor=secretary, project_id=project.pk, place="before", upload=picture(), **when)
    done = start_project(actor=secretary, title=f"{mark} done project", suggestion_ids=[ideas[5].pk], **when)
    finish_project(
        actor=secretary, project_id=done.pk, check_result=f"{mark} result", answer=f"{mark}", **when
    )
    danger = report_danger(
        actor=factory.worker,
        client_id=f"{mark}-danger-{0:023d}",
        text=f"{filled.words} danger",
        category="ELECTRICAL",
        **when,
    )
    filled.receipts.append(danger.receipt)
    thread = {"conversation_id": danger.hazard.conversation_id, **when}
    say_more(actor=factory.worker, text=f"{filled.words} danger asks", **thread)
    answer_finder(actor=secretary, hazard_id=danger.hazard.pk, text=f"{mark} danger answer", **when)
    attach_posted(
        actor=factory.worker,
        uploads=[picture()],
        kind="PHOTO",
        permission="safety.view_finder",
        **thread,
    )
    hazard = report_hazard(
        actor=secretary,
        description=f"{mark} living hazard",
        likelihood=5,
        severity=5,
        level="FRONT_LINE",
        **when,
    )
    action = add_action(
        actor=secretary,
        text=f"{mark} action",
        owner_name=f"{mark} Zhao",
        due_date=day,
        about_feature="",
        about_code="",
        **when,
    )
    team = ImprovementTeam.objects.get()
    team.name = f"{mark} team"
    team.save(update_fields=["name"])
    meeting = schedule_meeting(actor=secretary, team_id=team.pk, meeting_date=day, at=now)
    open_meeting(actor=secretary, meeting_id=meeting.pk, **when)
    add_topic(actor=secretary, meeting_id=meeting.pk, title=f"{mark} topic", at=now)
    planned = schedule_meeting(actor=secretary, team_id=team.pk, meeting_date=day + timedelta(days=7), at=now)
    snapshot = make_snapshot(actor=secretary, enterprise=factory.enterprise, period=YEAR, at=now)
    project.refresh_from_db()
    section = definition().sections[0].code
    filled.keys |= {
        "project": project.code,
        "hazard": hazard.code,
        "danger": danger.hazard.code,
        "action": action.code,
        "meeting": meeting.number,
        "planned": planned.number,
        "report": snapshot.code,
        "section": section,
        "photo": project.photo_before_id,
        "idea": ideas[0].code,
        "item": meeting.items.order_by("position").first().pk,
    }
    write_narrative(
        actor=secretary,
        snapshot_id=snapshot.pk,
        section_code=section,
        language="en",
        text=f"{mark} own",
        at=now,
    )

"""What the minutes of a meeting say, in one language, as plain values for paper and for the board."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from fairfloor.core.access import Actor
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, Enterprise, enterprise_name
from fairfloor.teams.labels import (
    DECISION_LABELS,
    KIND_LABELS,
    day_and_hour,
    is_reached,
    item_title,
    shown_code,
    team_name,
)
from fairfloor.teams.models import Attendance, Decision, Meeting
from fairfloor.teams.selectors import agenda_of, names_for
from fairfloor.teams.workflow import DecisionKind, ItemKind, Status


def counted(codes: Counter[str], labels: Mapping[str, Any]) -> str:
    """How many of each, in the order of the labels: `Women 5, Men 4`; who is not known comes last."""
    known = [code for code in labels if codes.get(code)]
    return _(", ").join(f"{labels[code]} {codes[code]}" for code in known)


def present_by(meeting: Meeting) -> dict[str, Counter[str]]:
    """Who was present, counted by sex and by level as they were when they joined."""
    rows = list(
        Attendance.objects.filter(meeting=meeting, is_present=True).values_list(
            "member__sex", "member__level"
        )
    )
    return {"sex": Counter(sex for sex, _level in rows), "level": Counter(level for _sex, level in rows)}


def decision_text(decision: Decision, about_code: str = "") -> str:
    """A decision in one line."""
    label = str(DECISION_LABELS[DecisionKind(decision.kind)])
    text = _("%(label)s: %(value)s") % {"label": label, "value": decision.text} if decision.text else label
    code = decision.result_code
    return f"{text} ({code})" if code and code != about_code else text


def minutes_value(meeting: Meeting, actor: Actor, enterprise: Enterprise, language: str) -> dict[str, Any]:
    """Everything the minutes say, for one reader, in one language."""
    with translation.override(language):
        rows = list(
            Attendance.objects.filter(meeting=meeting)
            .select_related("member")
            .order_by("member__from_date", "member__member_code", "id")
        )
        names = names_for(actor, [row.member for row in rows])
        here = [names[row.member.member_code] for row in rows if row.is_present]
        away = [names[row.member.member_code] for row in rows if not row.is_present]
        groups = present_by(meeting)
        by_group = _("; ").join(
            words
            for words in (counted(groups["sex"], SEX_LABELS), counted(groups["level"], LEVEL_LABELS))
            if words
        )
        present = {"label": len(here), "value": _(", ").join(here)}
        facts = [
            (_("Team"), team_name(meeting.team)),
            (_("Day"), day_and_hour(meeting) or "–"),
            (_("Place"), meeting.place),
            (_("Present"), _("%(label)s: %(value)s") % present if here else "–"),
            ("", by_group),
            (_("Not there"), _(", ").join(away)),
        ]
        agenda = agenda_of(meeting, actor)
        return {
            "enterprise": enterprise_name(enterprise, language),
            "title": _("Minutes of meeting %(number)s") % {"number": meeting.number},
            "facts": [{"label": str(label), "text": text} for label, text in facts if text],
            "items": [
                _item(view) | {"place": place}
                for place, view in enumerate((view for view in agenda if is_reached(view)), 1)
            ],
            "not_reached": [item_title(view) for view in agenda if not is_reached(view)],
            "notes": [line for line in meeting.minutes.splitlines() if line.strip()],
            "made": "" if meeting.status == Status.HELD else _("Draft: the meeting is not closed yet."),
            "words": {
                "looked_at": _("What the team looked at, and what it decided"),
                "notes": _("Notes"),
                "not_reached": _("Not reached this time"),
                "signed": _("Signatures"),
                "leader": _("Led the meeting"),
                "secretary": _("Wrote the minutes"),
                # The template puts the numbers in.
                "page_of": _("Page %(page)s of %(total)s") % {"page": "{page}", "total": "{total}"},
            },
        }


def _item(view) -> dict[str, Any]:
    kind = ItemKind(view.item.kind)
    meta = f"{KIND_LABELS[kind]} {shown_code(view.item)}".strip()
    if not view.item.is_done:
        meta = f"{meta} · {_('comes again next time')}"
    elif not view.decisions:
        meta = f"{meta} · {_('settled')}"
    return {
        "title": item_title(view),
        "meta": meta,
        "decisions": [decision_text(each, view.item.about_code) for each in view.decisions],
    }


@dataclass(frozen=True)
class Released:
    """Minutes everybody may read: what was decided and noted in the team's own words. No names, no worker's words."""

    code: str
    team: str
    number: int
    meeting_date: date
    released_date: date
    present: int
    notes: tuple[str, ...]
    decisions: tuple[str, ...]


def released_minutes(most: int = 3) -> list[Released]:
    """The newest released minutes, in the language that is active; three queries."""
    meetings = list(
        Meeting.objects.filter(status=Status.HELD, released_date__isnull=False, team__is_active=True)
        .select_related("team")
        .order_by("-meeting_date", "-number", "id")[:most]
    )
    present = Counter(
        Attendance.objects.filter(meeting__in=meetings, is_present=True).values_list("meeting_id", flat=True)
    )
    told: dict[int, list[str]] = {}
    # What is answered to the writer of an idea is not for the wall.
    rows = Decision.objects.filter(meeting__in=meetings).exclude(
        kind__in=(DecisionKind.DECLINE, DecisionKind.ACCEPT)
    )
    for row in rows.order_by("meeting_id", "position", "id"):
        told.setdefault(row.meeting_id, []).append(decision_text(row))
    return [
        Released(
            meeting.code,
            team_name(meeting.team),
            meeting.number,
            meeting.meeting_date,
            meeting.released_date,
            present[meeting.pk],
            tuple(line for line in meeting.minutes.splitlines() if line.strip()),
            tuple(told.get(meeting.pk, ())),
        )
        for meeting in meetings
    ]

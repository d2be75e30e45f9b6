"""Verbs on areas, how often they are walked, and the factory's own lists."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.db import transaction

from fairfloor.checklists.catalog import OWN, find_checklist
from fairfloor.checklists.models import Area, OwnChecklist, Routine
from fairfloor.checklists.workflow import Kind
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import StaleEdit, apply_changes, check_version
from fairfloor.core.randomness import random_code

MOST_ITEMS = 80


class SettingRefused(ValueError):
    """It cannot be kept. ``code`` says why (EMPTY, TAKEN, TOO_MANY, UNKNOWN), ``field`` where."""

    def __init__(self, field: str, code: str):
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


@transaction.atomic
def add_area(*, actor: Actor, code: str, name: str, at: datetime, **values: Any) -> Area:
    """Add an area: name_zh, department_code, owner_name, owner_user_id. Raises :class:`SettingRefused`."""
    require(actor, "checklists.manage")
    code, name = code.strip(), name.strip()
    if not code or not name:
        raise SettingRefused("name" if code else "code", "EMPTY")
    if Area.objects.filter(code=code).exists():
        raise SettingRefused("code", "TAKEN")
    area = Area.objects.create(code=code, name=name, **values)
    audit.record(actor, "area.added", area, at)
    return area


@transaction.atomic
def change_area(
    *, actor: Actor, area_id: int, at: datetime, version: int | None = None, **values: Any
) -> Area:
    """Change an area's names, department or owner; its code stays. Raises ``StaleEdit``."""
    require(actor, "checklists.manage")
    area = Area.objects.select_for_update().get(pk=area_id)
    check_version(area, version)
    if "name" in values and not values["name"].strip():
        raise SettingRefused("name", "EMPTY")
    if changed := apply_changes(area, values):
        area.save()
        audit.record(actor, "area.changed", area, at, changed=changed)
    return area


@transaction.atomic
def set_routine(
    *, actor: Actor, area_code: str, checklist_code: str, every_weeks: int, from_date: date, at: datetime
) -> Routine | None:
    """Say how often an area is walked with a list; 0 weeks ends it."""
    require(actor, "checklists.manage")
    if not Area.objects.filter(code=area_code).exists():
        raise SettingRefused("area_code", "UNKNOWN")
    if find_checklist(checklist_code) is None:
        raise SettingRefused("checklist_code", "UNKNOWN")
    found = Routine.objects.filter(area_code=area_code, checklist_code=checklist_code)
    if not every_weeks:
        for routine in found:
            audit.record(actor, "routine.ended", routine, at)
        found.delete()
        return None
    routine, _is_new = Routine.objects.update_or_create(
        area_code=area_code,
        checklist_code=checklist_code,
        defaults={"every_weeks": every_weeks, "from_date": from_date},
    )
    audit.record(actor, "routine.set", routine, at, every_weeks=every_weeks)
    return routine


def questions_in(text: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Sections and questions of a list written as text: ``# Section``, then ``Question | what good looks like``."""
    sections: list[dict[str, str]] = []
    items: list[dict[str, str]] = []
    for raw in text.splitlines():
        written = raw.strip()
        if not written:
            continue
        if written.startswith("#"):
            sections.append({"code": f"s{len(sections) + 1}", "name": written.lstrip("# ")[:120]})
            continue
        if not sections:
            sections.append({"code": "s1", "name": ""})
        question, _bar, good = (part.strip() for part in re.sub("｜", "|", written).partition("|"))
        if not question:
            continue
        items.append(
            {
                "code": f"q{len(items) + 1}",
                "section": sections[-1]["code"],
                "text": question[:300],
                "good": good[:300],
            }
        )
    asked = {item["section"] for item in items}
    return [section for section in sections if section["code"] in asked], items


def text_of(document: dict[str, Any]) -> str:
    """A list as the text it was written as."""
    written: list[str] = []
    for section in document["sections"]:
        if section["name"]:
            written.append(f"# {section['name']}")
        written += [_question(item) for item in document["items"] if item["section"] == section["code"]]
    return "\n".join(written)


def _question(item: dict[str, str]) -> str:
    return f"{item['text']} | {item['good']}" if item["good"] else item["text"]


@transaction.atomic
def publish_checklist(
    *, actor: Actor, name: str, kind: str, text: str, at: datetime, code: str = "", number: int | None = None
) -> OwnChecklist:
    """Keep an own list; with ``code`` a new version of it, of the same kind, unless nothing changed.

    ``number`` is the version the form saw (``StaleEdit``). Raises :class:`SettingRefused`.
    """
    require(actor, "checklists.manage")
    if not name.strip():
        raise SettingRefused("name", "EMPTY")
    if kind not in set(Kind):
        raise SettingRefused("kind", "UNKNOWN")
    sections, items = questions_in(text)
    if not items or len(items) > MOST_ITEMS:
        raise SettingRefused("text", "TOO_MANY" if items else "EMPTY")
    document = {"sections": sections, "items": items}
    before = OwnChecklist.objects.select_for_update().filter(code=code, is_current=True).first()
    if before is not None:
        _check_number(before, number)
        if before.name == name.strip() and before.document == document:
            return before
        kind = before.kind
        before.is_current = False
        before.save(update_fields=["is_current"])
    own = OwnChecklist.objects.create(
        code=before.code if before else f"{OWN}{random_code('x')[2:].lower()}",
        number=before.number + 1 if before else 1,
        name=name.strip(),
        kind=kind,
        document=document,
    )
    audit.record(actor, "own_checklist.published", own, at, number=own.number)
    return own


def _check_number(before: OwnChecklist, number: int | None) -> None:
    if number is not None and before.number != number:
        raise StaleEdit

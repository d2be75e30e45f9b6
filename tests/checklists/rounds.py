"""Answers for whole rounds, built from the lists themselves."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from fairfloor.checklists.catalog import find_checklist
from fairfloor.checklists.services.rounds import Answer, keep_photo, record_round
from fairfloor.checklists.services.settings import add_area
from fairfloor.core.files import store_photo
from tests.cast import NOW, TODAY


def picture(name="a.jpg"):
    """A small photo as a phone sends it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def area(factory, code="LINE-A", **values):
    """An area of knitting."""
    values = {"name": "Line A", "department_code": "KNT", **values}
    return add_area(actor=factory.system, code=code, at=NOW, **values)


def all_answers(code, value, **others):
    """Every question of a list answered alike, but for some (underscores for hyphens)."""
    answers = {item.code: Answer(value) for item in find_checklist(code).items}
    return {**answers, **{key.replace("_", "-"): each for key, each in others.items()}}


def walk(factory, code="hunt-fire", answers=None, actor=None, photo_for=(), **values):
    """Record a round; gives (round, is_new)."""
    actor = actor or factory.actor("SAFETY_OFFICER")
    client_id = values.pop("client_id", uuid4().hex)
    for item in photo_for:
        stored = store_photo(picture(), permission="checklists.view")
        keep_photo(actor=actor, client_id=client_id, item=item, photo_id=stored.pk)
    values = {
        "version": "1",
        "area_code": "LINE-A",
        "started_date": TODAY - timedelta(days=1),
        "finished_date": TODAY,
        "day": TODAY,
        "at": NOW,
        **values,
    }
    chosen = answers if answers is not None else all_answers(code, "OK" if code != "five-s" else "3")
    return record_round(actor=actor, client_id=client_id, checklist_code=code, answers=chosen, **values)

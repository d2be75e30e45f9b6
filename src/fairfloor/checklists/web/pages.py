"""What the pages of checklists share."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from fairfloor.checklists.catalog import find_checklist
from fairfloor.checklists.labels import in_words
from fairfloor.checklists.models import Area
from fairfloor.content import Checklist


def tabs(slug: str, current: str) -> list[dict[str, Any]]:
    """The pages of checklists side by side."""
    pages = (
        ("checklists:hub", _("Rounds")),
        ("checklists:tags", _("Red tags")),
        ("checklists:areas", _("Areas")),
        ("checklists:lists", _("Checklists")),
    )
    return [
        {
            "url": reverse(name, kwargs={"slug": slug}),
            "label": label,
            "count": None,
            "is_current": name == current,
        }
        for name, label in pages
    ]


def checklist_or_404(code: str) -> Checklist:
    """A list in its current version."""
    found = find_checklist(code)
    if found is None:
        raise Http404
    return found


def area_or_404(code: str) -> Area:
    """An area of the factory."""
    found = Area.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def sections_of(checklist: Checklist) -> list[dict[str, Any]]:
    """Sections with their questions in the page's language, numbered through."""
    found, number = [], 0
    for section in checklist.sections:
        items = []
        for item in checklist.items:
            if item.section == section.code:
                number += 1
                items.append(
                    {
                        "number": number,
                        "code": item.code,
                        "text": in_words(item.text),
                        "good": in_words(item.good) if item.good else "",
                    }
                )
        found.append(
            {"code": section.code, "name": in_words(section.name) if section.name else "", "items": items}
        )
    return found

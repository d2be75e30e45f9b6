"""Posters and stickers for worker links: two languages at once, readable from three metres."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import override

from fairfloor.core.documents import qr_svg, typst_pdf
from fairfloor.organisations.public import Enterprise, WorkerLink, department_names, enterprise_name

FORMS = ("a4", "a3", "sticker")
TEMPLATE = Path(__file__).parent / "typst" / "poster.typ"
_COLOURS = {"picture": "#0B5750", "a": "#F6C64A", "p": "#FFFFFF", "k": "#14211F"}


def _picture(name: str) -> str:
    """A worker picture with its colours inside, as paper knows no style sheet."""
    svg = get_template(f"worker/pictures/{name}.svg").render()
    svg = svg.replace("<svg ", f'<svg xmlns="http://www.w3.org/2000/svg" fill="{_COLOURS["picture"]}" ', 1)
    return re.sub(r'class="([apk])"', lambda found: f'fill="{_COLOURS[found.group(1)]}"', svg)


def _call() -> str:
    return _("Your idea makes work better")


def _steps() -> list[tuple[str, str]]:
    return [
        ("link", _("Scan with your phone")),
        ("bulb", _("Write down your idea, or a danger")),
        ("messages", _("Keep the receipt, read the answer")),
    ]


def poster_pdf(
    *,
    enterprise: Enterprise,
    links: Iterable[tuple[WorkerLink, str]],
    languages: Sequence[str],
    form: str,
    at: datetime,
) -> bytes:
    """A page for each (link, address): ``form`` is one of ``FORMS``; a page of stickers has 24 of one link.

    ``languages`` are two of the program's; the first stands larger. Raises ``ValueError`` for others.
    """
    known = dict(settings.LANGUAGES)
    if form not in FORMS or len(languages) != 2 or not set(languages) <= set(known):
        raise ValueError("A poster has one of three forms and two languages.")
    told = []
    for language in languages:
        with override(language):
            told.append((_call(), _steps(), _("No name, no account.")))
    names = [department_names(language) for language in languages]
    posters = []
    for link, address in links:
        departments = dict.fromkeys(each.get(link.department_code, "") for each in names)
        place = " · ".join(part for part in [*departments, link.label] if part)
        posters.append(
            {
                "name": enterprise_name(enterprise, languages[0]),
                "place": place,
                "address": address.removeprefix("https://").removeprefix("http://").rstrip("/"),
                "qr": qr_svg(address),
                "call": [call for call, _steps_, _foot in told],
                "steps": [
                    {"picture": told[0][1][place_][0], "words": [steps[place_][1] for _c, steps, _f in told]}
                    for place_ in range(3)
                ],
                "foot": [foot for _c, _s, foot in told],
            }
        )
    value = {
        "title": enterprise_name(enterprise, languages[0]),
        "form": form,
        "langs": [language.partition("-")[0] for language in languages],
        "posters": posters,
        "pictures": {name: _picture(name) for name in ("link", "bulb", "messages")},
    }
    return typst_pdf(TEMPLATE, value, languages[0], at)

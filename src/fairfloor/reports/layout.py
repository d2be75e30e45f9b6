"""The report as its reader meets it: cover, findings, sections. HTML and PDF draw this same thing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from fairfloor.content import load as load_content
from fairfloor.content import translate
from fairfloor.core.ui.formatting import format_number
from fairfloor.organisations.public import local_day
from fairfloor.reports.claims import definition
from fairfloor.reports.models import ReportNarrative, ReportSnapshot
from fairfloor.reports.pictures import Draw, Picture, pictures
from fairfloor.reports.selectors import narratives_of
from fairfloor.reports.wording import (
    interval,
    key_text,
    long_date,
    number,
    percent,
    sentence,
    source_words,
    warning_text,
)
from fairfloor.reports.workflow import Status

# What a reader should know after one page; the newest of what repeats.
FINDINGS = (
    "workforce.women_in_management",
    "suggestions.front_line_share",
    "projects.completed",
    "surveys.favourable_min",
    "team.members",
    "hazards.reported",
    "job_risks.identified",
    "training.participants",
)


@dataclass(frozen=True)
class Item:
    """One claim: its figure in large, its sentence, what it rests on, and calm notes.

    ``source`` is the code of its indicator, ``source_name`` what people call it.
    """

    id: str
    figure: str
    text: str
    ground: str
    source: str
    source_name: str
    notes: tuple[str, ...]

    @property
    def basis(self) -> str:
        """What the figure rests on, and where it comes from."""
        return f"{self.ground} · {self.source_name}"


@dataclass(frozen=True)
class Area:
    """One of the six areas with the practices recorded in it."""

    letter: str
    name: str
    description: str
    practices: str


@dataclass(frozen=True)
class SectionView:
    """A section with all that belongs to it."""

    code: str
    title: str
    items: tuple[Item, ...]
    pictures: tuple[Picture, ...]
    areas: tuple[Area, ...]
    narrative: ReportNarrative | None
    paragraphs: tuple[str, ...]
    empty: str


@dataclass(frozen=True)
class Layout:
    """The whole report in one language."""

    language: str
    title: str
    enterprise: str
    period: str
    made: str
    status: str
    is_draft: bool
    code: str
    digest: str
    findings: tuple[Item, ...]
    notes: tuple[str, ...]
    sections: tuple[SectionView, ...]
    words: dict[str, str]

    @property
    def html_lang(self) -> str:
        """The language as HTML names it."""
        return "zh-Hans" if self.language == "zh-hans" else self.language


def lay_out(snapshot: ReportSnapshot, language: str) -> Layout:
    """Put a snapshot into words and pictures in one language."""
    with translation.override(language):
        return _lay_out(snapshot, language)


def _lay_out(snapshot: ReportSnapshot, language: str) -> Layout:
    document = snapshot.document
    profile = document["enterprise"]
    period = _("%(start)s – %(end)s") % {
        "start": long_date(document["period"]["from"], language),
        "end": long_date(document["period"]["to"], language),
    }
    chinese = language.startswith("zh") and profile["name_zh"]
    items = [(row, _item(row, period, language)) for row in document["claims"]]
    newest = {row["id"]: item for row, item in items if row["value"] is not None or row["is_suppressed"]}
    findings = tuple(newest[claim] for claim in FINDINGS if claim in newest)
    notes = tuple(dict.fromkeys(note for item in findings for note in item.notes))
    front_line = [
        note for row, item in items if row["id"] == "team.front_line_share" for note in item.notes[:1]
    ]
    return Layout(
        language=language,
        title=translate(definition().title, language),
        enterprise=profile["name_zh"] if chinese else profile["name"],
        period=period,
        made=long_date(local_day(snapshot.enterprise, snapshot.created_at), language),
        status={
            Status.DRAFT: _("Draft"),
            Status.PUBLISHED: _("Published"),
            Status.WITHDRAWN: _("Withdrawn"),
        }[Status(snapshot.status)],
        is_draft=snapshot.status != Status.PUBLISHED,
        code=snapshot.code,
        digest=snapshot.digest,
        findings=findings,
        notes=tuple(dict.fromkeys([*front_line, *notes])),
        sections=_sections(snapshot, items, language),
        words=_words(profile),
    )


def _words(profile: dict[str, Any]) -> dict[str, str]:
    return {
        "findings": _("Findings"),
        "findings_lead": _(
            "What the records of the period show. The pages that follow say what each figure rests on."
        ),
        "notes": _("Read with care"),
        "page_of": _("Page %(page)s of %(total)s") % {"page": "{page}", "total": "{total}"},
        "period": _("Period"),
        "made": _("Figures as of"),
        "state": _("State"),
        "code": _("Report"),
        "digest": _("Checksum of the figures"),
        "numbers": _("The numbers"),
        "practices": _("Practices recorded in the period"),
        "area": _("Area"),
        "demo": _("This factory is invented. It shows what the program does.") if profile["is_demo"] else "",
        "about": _("About the figures"),
        "about_text": _(
            "Every figure is counted from the factory's own registers and says how many records it rests on (n). "
            "Shares leave out records whose sex or level is not known. Percentages are rounded half up. "
            "The 95 %% interval says how far a share of so few or so many records can be trusted."
        )
        % {},
        "missing": _("Characters the fonts of this document lack are shown as 〓:"),
    }


def _source(row: dict[str, Any]) -> str:
    return row["indicator"].partition("@")[0]


def _item(row: dict[str, Any], period: str, language: str) -> Item:
    parts = []
    if row["n"] is not None:
        parts.append(f"n = {format_number(row['n'])}")
    parts.append(key_text(row["key"], language) if len(row["key"]) == 10 else period)
    ends = interval(row, language)
    if ends:
        parts.append(_("95 %% interval: %(low)s to %(high)s") % {"low": ends[0], "high": ends[1]})
    if row["quality"]:
        parts.append(_("Data quality: %(grade)s") % {"grade": row["quality"]})
    figure = ""
    if row["value"] is not None:
        if row["kind"] in {"SHARE", "KEYED_SHARE"}:
            figure = percent(row, language)
        elif row["kind"] == "COUNT":
            figure = format_number(row["value"])
        elif row.get("kind") in {"RATE", "DAYS"}:
            figure = number(row)
        elif row.get("kind") == "MONEY":
            figure = f"{number(row)} {row['currency']}".strip()
    text = sentence(row, language)
    notes = tuple(note for w in row["warnings"] if (note := warning_text(w, language)) != text)
    return Item(
        row["id"],
        figure,
        text,
        " · ".join(parts),
        _source(row),
        source_words(row["indicator"], language),
        notes,
    )


def _in_language(draw: Draw, language: str) -> Draw:
    """Pictures are drawn late, maybe while another language is active."""

    def drawn(standalone: bool) -> str:
        with translation.override(language):
            return draw(standalone)

    return drawn


def _sections(
    snapshot: ReportSnapshot, items: list[tuple[dict[str, Any], Item]], language: str
) -> tuple[SectionView, ...]:
    drawn = [
        replace(
            picture,
            draw=_in_language(picture.draw, language),
            source_name=source_words(picture.source, language),
        )
        for picture in pictures(snapshot.document, language)
    ]
    narratives = narratives_of(snapshot, language)
    found = []
    for section in definition().sections:
        rows = [(row, item) for row, item in items if row["section"] == section.code]
        narrative = narratives.get(section.code)
        text = narrative.text if narrative else ""
        found.append(
            SectionView(
                section.code,
                translate(section.title, language),
                tuple(item for _row, item in rows),
                tuple(picture for picture in drawn if picture.section == section.code),
                tuple(
                    area for row, _item in rows if row["kind"] == "AREAS" for area in _areas(row, language)
                ),
                narrative,
                tuple(part.strip() for part in text.split("\n") if part.strip()),
                "" if rows else translate(definition().no_records, language),
            )
        )
    return tuple(found)


def _areas(row: dict[str, Any], language: str) -> list[Area]:
    return [
        Area(
            area.letter,
            translate(area.name, language),
            translate(area.description, language),
            format_number(row["practices"].get(area.letter, 0)),
        )
        for area in load_content().equality_areas.values()
    ]

"""Checklists on paper: a finished round, an empty list to walk with a pen, the red tags. Set by typst."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from fairfloor.checklists.catalog import checklist_of
from fairfloor.checklists.labels import DECISION_LABELS, VALUE_LABELS, in_words
from fairfloor.checklists.models import RedTag, WalkRound
from fairfloor.checklists.workflow import MOST_POINTS, POINTS, Kind, is_low
from fairfloor.content import Checklist
from fairfloor.core.charts import Series, line
from fairfloor.core.documents import typst_pdf
from fairfloor.core.ui.records import day_words

TYPST = Path(__file__).parent / "typst"


def _made(day: date) -> dict[str, str]:
    return {
        "made": _("Printed on %(day)s from Fairfloor") % {"day": day_words(day)},
        "page_of": _("Page %(page)s of %(total)s") % {"page": "{page}", "total": "{total}"},
    }


def _answers(walked: WalkRound, checklist: Checklist | None, sections: Sequence[Any]) -> list[dict[str, Any]]:
    """Every question with its answer; nothing where the list has moved on and only the score is left."""
    if checklist is None or not walked.answers:
        return []
    found = []
    for section in sections:
        rows = []
        for item in section["items"]:
            value, words = walked.answers.get(item["code"], ["", ""])
            rows.append(
                {
                    "number": str(item["number"]),
                    "text": item["text"],
                    "words": words,
                    "value": str(VALUE_LABELS.get(value, "–")),
                    "low": is_low(walked.kind, value),
                }
            )
        found.append({"name": section["name"], "items": rows})
    return found


def _chart(course: Sequence[WalkRound], name: str, sentence: str) -> str:
    if len(course) < 2:
        return ""
    values = [100 * each.points / each.points_possible for each in course]
    days = [each.finished_date.strftime("%m-%d") for each in course]
    return line("five-s", sentence, days, [Series(name, values)], from_zero=True, standalone=True, height=170)


def round_pdf(
    *,
    enterprise: str,
    context: Mapping[str, Any],
    sections: Sequence[Any],
    course: Sequence[WalkRound],
    course_sentence: str,
    at: datetime,
) -> bytes:
    """A finished round in the reader's language.

    ``context`` is what its page shows (see ``web.rounds.round_context``), ``sections`` the questions of its list,
    ``course`` the 5S audits of the area up to it, told by ``course_sentence``.
    """
    walked: WalkRound = context["walked"]
    checklist = checklist_of(walked.checklist_pin, walked.checklist_code)
    made = _made(context["day"])
    place = context["place"]
    findings = []
    for each in context["findings"]:
        finding = each["finding"]
        value = walked.answers.get(finding.item, [""])[0]
        photo = _("with a photo") if finding.photo_id else _("without a photo")
        said = [str(VALUE_LABELS[value])] if value in VALUE_LABELS else []
        became = [
            each["label"],
            finding.outcome_code if not each["projects"] else "",
            each["who"],
            finding.reason,
        ]
        findings.append(
            {
                "question": f"{each['number']} · {each['question']}",
                "words": finding.words,
                "said": " · ".join([*said, photo, finding.code]),
                "became": " · ".join(part for part in became if part),
                "projects": [
                    _("Project “%(title)s” (%(code)s): %(status)s")
                    % {"title": project["title"], "code": project["code"], "status": project["label"]}
                    for project in each["projects"]
                ],
            }
        )
    value = {
        "title": f"{context['area_name']} · {context['list_name']}",
        "enterprise": enterprise,
        "made": made["made"],
        "withdrawn": _("This round was taken back: %(reason)s") % {"reason": walked.reason}
        if context["is_withdrawn"]
        else "",
        "facts": [
            [str(label), str(text)]
            for label, text in (
                *context["facts"][:-1],
                (_("Looks after the area"), place.owner_name if place else ""),
            )
            if text
        ],
        "percent": context["percent"],
        "points": _("%(points)s of %(possible)s points")
        % {"points": walked.points, "possible": walked.points_possible},
        "sentences": [context["compared"], *([course_sentence] if len(course) > 1 else [])],
        "chart": _chart(course, context["area_name"], course_sentence),
        "chart_alt": course_sentence or context["compared"],
        "section_titles": [
            _("Section"),
            "",
            _("Score"),
            pgettext("walk-round", "Points"),
            pgettext("walk-round", "Findings"),
        ],
        "sections": [
            {
                "name": row["name"],
                "share": row["points"] / row["possible"] if row["possible"] else None,
                "percent": row["percent"],
                "points": f"{row['points']} / {row['possible']}",
                "findings": str(row["findings"]),
            }
            for row in context["sections"]
        ],
        "findings": findings,
        "answer_titles": [_("No."), _("Question"), pgettext("walk-round", "Answer")],
        "answers": _answers(walked, checklist, sections),
        "words": {
            "page_of": made["page_of"],
            "score": _("Score"),
            "by_section": _("Score by section"),
            "found": _("What was found"),
            "nothing": _("Nothing was found. Thank those who keep it so."),
            "answers": _("All answers"),
            "auditor": _("Who walked the round, signature"),
            "owner": _("Who looks after the area, signature"),
        },
    }
    return typst_pdf(TYPST / "round.typ", value, get_language() or "en", at)


def form_pdf(
    *, enterprise: str, checklist: Checklist, sections: Sequence[Any], day: date, at: datetime
) -> bytes:
    """An empty list to fill in with a pen, in the reader's language."""
    is_scored = checklist.kind == Kind.FIVE_S
    made = _made(day)
    scale = [str(VALUE_LABELS[each]) for each in POINTS] if is_scored else []

    def possible(count: int) -> str:
        return _("Points of %(possible)s:") % {"possible": count * MOST_POINTS} if is_scored else ""

    value = {
        "title": in_words(checklist.name),
        "enterprise": enterprise,
        "made": f"{made['made']} · {checklist.pin.partition(':')[0]}",
        "introduction": in_words(checklist.introduction) if checklist.introduction else "",
        "scale": " · ".join([*scale, _("–: does not apply")]),
        "columns": [*POINTS, "–"] if is_scored else [_("OK"), _("Not OK"), "–"],
        "box_width": 7 if is_scored else 13,
        "sections": [
            {
                "name": section["name"] or in_words(checklist.name),
                "items": [
                    {"number": str(item["number"]), "text": item["text"], "good": item["good"]}
                    for item in section["items"]
                ],
                "sum": possible(len(section["items"])),
            }
            for section in sections
        ],
        "sum": _("All points of %(possible)s:") % {"possible": len(checklist.items) * MOST_POINTS}
        if is_scored
        else "",
        "advice": _(
            "Take a photo wherever the answer is 0 or 1. For each “does not apply”, take 4 off the points possible."
        )
        if is_scored
        else _(
            "Take a photo of what is not OK, and say where it is. What is dangerous now is stopped at once."
        ),
        "words": {
            "page_of": made["page_of"],
            "area": pgettext("place", "Area"),
            "day": _("Day"),
            "auditor": _("Walked by"),
            "question": _("Question"),
            "seen": _("What was seen"),
        },
    }
    return typst_pdf(TYPST / "form.typ", value, get_language() or "en", at)


def _tag_row(tag: RedTag, areas: Mapping[str, str], day: date) -> dict[str, Any]:
    late = tag.done_date is None and tag.due_date is not None and tag.due_date < day
    state = _("Done on %(day)s") % {"day": day_words(tag.done_date)} if tag.done_date else _("Hangs")
    return {
        "late": late,
        "cells": [
            tag.code,
            tag.item,
            areas.get(tag.area_code, tag.area_code),
            tag.reason,
            day_words(tag.tagged_date),
            tag.tagged_by_name,
            str(DECISION_LABELS[tag.decision]),
            day_words(tag.due_date),
            _("Overdue") if late else state,
        ],
    }


def tags_pdf(
    *,
    enterprise: str,
    hanging: Sequence[RedTag],
    done: Sequence[RedTag],
    areas: Mapping[str, str],
    day: date,
    at: datetime,
) -> bytes:
    """The red tags that hang, and those taken down lately, in the reader's language."""
    made = _made(day)
    rows = [_tag_row(tag, areas, day) for tag in hanging]
    sentences = [
        ngettext("%(count)s red tag hangs.", "%(count)s red tags hang.", len(rows)) % {"count": len(rows)}
        if rows
        else _("No red tag hangs anywhere.")
    ]
    undecided, late = sum(not tag.decision for tag in hanging), sum(row["late"] for row in rows)
    if undecided:
        sentences.append(_("Not decided yet: %(count)s.") % {"count": undecided})
    if late:
        sentences.append(_("Past their day: %(count)s.") % {"count": late})
    value = {
        "title": _("Red tags"),
        "enterprise": enterprise,
        "made": made["made"],
        "sentences": sentences,
        "titles": [
            _("Number"),
            _("Thing"),
            pgettext("place", "Area"),
            _("Why it may not be needed"),
            _("Tagged on"),
            _("Tagged by"),
            _("Decision"),
            _("By when"),
            _("State"),
        ],
        "parts": [
            {"title": _("Hanging now"), "rows": rows},
            {
                "title": _("Taken down in the last 90 days"),
                "rows": [_tag_row(tag, areas, day) for tag in done],
            },
        ],
        "words": {"page_of": made["page_of"]},
    }
    return typst_pdf(TYPST / "tags.typ", value, get_language() or "en", at)

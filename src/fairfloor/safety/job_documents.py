"""What stands on cards, registers, action plans and sheets to sign: plain values for paper and workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from fairfloor.content import load as load_content
from fairfloor.content import translate
from fairfloor.core.documents import qr_svg
from fairfloor.core.ui.records import day_words
from fairfloor.safety.job_selectors import (
    live_risks,
    planned_controls,
    register_rows,
    score_now,
    with_controls,
)
from fairfloor.safety.labels import CONTROL_LABELS, LEVEL_WORDS, category_label
from fairfloor.safety.models import Job, JobRisk, JobStep
from fairfloor.safety.pictures import hazard_picture
from fairfloor.safety.workflow import strength

TOP_RISKS, TOP_RULES = 6, 8
LANGUAGES = ("en", "zh-hans")


@cache
def _english() -> dict[str, str]:
    """Text of the job-hazard packs in any language → the English it stands for."""
    found: dict[str, str] = {}
    for job in load_content().job_hazards.values():
        texts = [job.name]
        for step in job.steps:
            texts.append(step.name)
            for line in step.lines:
                texts += [line.text, *(measure.text for measure in line.measures)]
        for text in texts:
            for language in LANGUAGES:
                found.setdefault(translate(text, language), text)
    return found


def in_language(text: str, language: str) -> str:
    """A text in another language where it comes from a pack; else as it was written."""
    english = _english().get(text)
    return translate(english, language) if english else text


def _card_side(job: Job, language: str, matters: bool, made: str) -> dict[str, Any]:
    with override(language):
        return {
            "title": in_language(job.title, language),
            "pregnancy": _(
                "Pregnant or nursing? Some of these matter more for you. Tell the safety officer: "
                "you may ask for other work."
            )
            if matters
            else "",
            "made": made,
            "words": {
                "risks": _("What can hurt you here"),
                "rules": _("What keeps you safe"),
                "none": _("No risk is written down yet."),
                "no_rules": _("No measure is in place yet. Ask before you begin."),
                "danger": _("You see a danger?"),
                "scan": _("Stop, then scan this and tell us. You need not give your name."),
                "tell": _("Stop, and tell your supervisor or the safety officer."),
            },
        }


def card_value(job: Job, languages: tuple[str, str], **place: str) -> dict[str, Any]:
    """The card of a job: worst risks, and what keeps people safe. ``place``: enterprise, department, address, made."""
    first, second = languages
    risks = with_controls(live_risks().filter(job_step__job=job).order_by("-level_now", "hazard", "id"))
    risks.sort(key=lambda risk: (-risk.level_now, -(score_now(risk) or 0), risk.hazard))
    top = [risk for risk in risks if risk.level_now][:TOP_RISKS]
    rules: dict[str, int] = {}
    for risk in risks:
        for control in risk.kept:
            if control.text:
                rules.setdefault(control.text, strength(control.control_type))
    # What a person does comes before what the machine has: rules and equipment first, then guards.
    ordered = sorted(rules, key=lambda text: (rules[text] < 3, list(rules).index(text)))[:TOP_RULES]
    matters = any(risk.is_pregnancy or risk.is_breastfeeding for risk in risks)
    made = place.pop("made")
    return {
        **place,
        "first": _card_side(job, first, matters, made),
        "second": _card_side(job, second, matters, made),
        "risks": [
            {
                "picture": hazard_picture(risk.kind),
                "alt": _in(first, category_label, risk.kind) or risk.hazard,
                "level": risk.level_now,
                "first": in_language(risk.hazard, first),
                "second": in_language(risk.hazard, second),
                "first_word": _in(first, LEVEL_WORDS.get, risk.level_now),
                "second_word": _in(second, LEVEL_WORDS.get, risk.level_now),
            }
            for risk in top
        ],
        "rules": [
            {"first": in_language(text, first), "second": in_language(text, second)} for text in ordered
        ],
        "qr": qr_svg(place["address"]) if place["address"] else "",
    }


def _in(language: str, label: Any, code: Any) -> str:
    with override(language):
        return str(label(code) or "")


def _measures(controls: Iterable[Any]) -> str:
    return "\n".join(each.text or str(CONTROL_LABELS.get(each.control_type, "")) for each in controls)


def _planned(controls: Iterable[Any]) -> str:
    return "\n".join(
        f"{each.text or CONTROL_LABELS.get(each.control_type, '')} ({each.owner_name}, {day_words(each.due_date)})"
        for each in controls
    )


def _people(risk: JobRisk, jobs: dict[int, Job]) -> str:
    job = jobs.get(risk.job_step_id)
    women = risk.women if risk.women is not None else job.women if job else None
    men = risk.men if risk.men is not None else job.men if job else None
    found = []
    if women is not None:
        found.append(_("Women: %(count)s") % {"count": women})
    if men is not None:
        found.append(_("Men: %(count)s") % {"count": men})
    if risk.is_pregnancy:
        found.append(_("Pregnancy"))
    if risk.is_breastfeeding:
        found.append(_("Nursing"))
    return ", ".join(found)


def _level(risk: JobRisk, level: int, score: Any = None) -> dict[str, Any]:
    word = str(LEVEL_WORDS.get(level, ""))
    text = f"{word} ({format(score.normalize(), 'f')})" if score is not None else word
    return {"level": level, "text": text}


def register_headings() -> tuple[list[str], list[int]]:
    """Headings of the register and how wide each column is, in parts."""
    return [
        _("Job"),
        _("Step"),
        _("What could hurt somebody"),
        _("Department"),
        _("Who is exposed"),
        _("At first"),
        _("Measures in place"),
        _("Now"),
        _("Measures planned"),
    ], [5, 4, 7, 4, 4, 4, 9, 4, 9]


def register_table(names: dict[str, str], **narrowed: str) -> Iterator[list[Any]]:
    """The rows of the register in the reader's language; levels as ``{"level", "text"}``."""
    jobs = _jobs_by_step()
    for risk in register_rows(**narrowed):
        first = risk.method, risk.likelihood, risk.exposure, risk.severity
        yield [
            risk.job,
            risk.step,
            risk.hazard,
            names.get(risk.department_code, risk.department_code),
            _people(risk, jobs),
            _level(risk, risk.level_first, _product(*first[1:])),
            _measures(risk.kept),
            _level(risk, risk.level_now, score_now(risk)),
            _planned(risk.planned),
        ]


def _product(likelihood: Any, exposure: Any, severity: Any) -> Any:
    return likelihood * (1 if exposure is None else exposure) * severity


def _jobs_by_step() -> dict[int, Job]:
    return {step.pk: step.job for step in JobStep.objects.select_related("job")}


def register_sentence() -> str:
    """How many risks there are, and how many are high."""
    levels = list(live_risks().values_list("level_now", flat=True))
    high = sum(1 for level in levels if level >= 3)
    text = ngettext(
        "%(total)s risk, %(high)s high or very high now.",
        "%(total)s risks, %(high)s high or very high now.",
        len(levels),
    )
    return text % {"total": len(levels), "high": high}


def plan_headings() -> tuple[list[str], list[int]]:
    """Headings of the action plan and how wide each column is, in parts."""
    return [
        _("By"),
        _("Who sees to it"),
        _("Measure"),
        _("Kind of measure"),
        _("Job"),
        _("Against"),
        _("Risk now"),
        _("Department"),
        _("State"),
    ], [4, 5, 9, 6, 5, 7, 4, 4, 3]


def plan_table(names: dict[str, str], day: date) -> Iterator[list[Any]]:
    """Measures planned and not in place, the earliest day first."""
    for control in planned_controls():
        risk = control.risk
        is_late = control.due_date is not None and control.due_date < day
        yield [
            day_words(control.due_date),
            control.owner_name,
            control.text,
            str(CONTROL_LABELS.get(control.control_type, "")),
            risk.job,
            risk.hazard,
            _level(risk, risk.level_now),
            names.get(risk.department_code, risk.department_code),
            _("Late") if is_late else _("Open"),
        ]


def workbook(title: str, headings: list[str], widths: list[int], rows: Iterable[list[Any]]) -> bytes:
    """A list as XLSX, row by row in constant memory; headings repeat when printed. No cell is a formula."""
    out = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    page = book.add_worksheet(title[:31].translate(str.maketrans("", "", "[]:*?/\\")))
    bold = book.add_format({"bold": True, "bg_color": "#E2EFEB", "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    page.set_footer("&R&P / &N")
    for number, width in enumerate(widths):
        page.set_column(number, number, width * 4)
    for number, heading in enumerate(headings):
        page.write_string(0, number, heading, bold)
    place = 0
    for place, row in enumerate(rows, 1):
        for number, cell in enumerate(row):
            text = cell["text"] if isinstance(cell, dict) else str(cell)
            page.write_string(place, number, text[:32_767], wrap)
    page.autofilter(0, 0, max(place, 1), len(headings) - 1)
    book.close()
    return out.getvalue()

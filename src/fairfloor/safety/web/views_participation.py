"""Who took part in the work for safety: one page, and the same on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.core.documents import download, typst_pdf
from fairfloor.core.ui.formatting import format_number
from fairfloor.core.ui.records import day_words
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, enterprise_name, local_day
from fairfloor.safety.incident_selectors import Part, small_groups, taking_part
from fairfloor.safety.web.views_rates import chosen_year

TYPST = Path(__file__).parents[1] / "typst"


def _part_words() -> dict[str, tuple[str, str]]:
    """What each way of taking part is called, and what to do where nobody took part."""
    return {
        "FINDING": (
            _("Found dangers"),
            _(
                "Nobody told a danger in this time. Hang up the poster with the code and thank the first who tells one."
            ),
        ),
        "WALKING": (
            _("Walked round and looked for dangers"),
            _("No walk-round was finished. Walk one hall with a list, and take a worker along."),
        ),
        "ASSESSING": (
            _("Saw the risks of jobs"),
            _("No job risk was recorded. Go through one job with the people who do it."),
        ),
        "ASKED": (
            _("Were asked about the risks of their job"),
            _("No talk with the people of a job was recorded. Open a job and write down who was asked."),
        ),
        "CONTROLLING": (
            _("Put measures in place"),
            _("No measure was finished. Give planned measures an owner from the floor and a day."),
        ),
        "INVESTIGATING": (
            _("Looked into incidents"),
            _("No incident was looked into. Take a worker along when you ask why."),
        ),
    }


def _part_view(part: Part, hidden: frozenset[tuple[str, str]]) -> dict[str, Any]:
    title, missing = _part_words()[part.code]
    shown: dict[str, int] = {}
    together = 0
    for (level, sex), count in part.people.items():
        if (level, sex) in hidden:
            together += count
            continue
        words = " · ".join(str(w) for w in (LEVEL_LABELS.get(level, ""), SEX_LABELS.get(sex, "")) if w)
        shown[words] = shown.get(words, 0) + count
    rows = sorted(shown.items(), key=lambda pair: -pair[1])
    if together:
        rows.append((_("Small groups together"), together))
    if part.unknown:
        rows.append((_("Not known"), part.unknown))
    return {
        "title": title,
        "missing": "" if part.occasions else missing,
        "occasions": part.occasions,
        "first": day_words(part.first),
        "last": day_words(part.last),
        "rows": [(words, format_number(count)) for words, count in rows],
        "is_unknown_large": part.occasions and part.unknown * 2 > part.unknown + sum(part.people.values()),
    }


def _chosen(request) -> tuple[Period, list[dict[str, Any]], str]:
    day = local_day(request.enterprise, timezone.now())
    period = chosen_year(request, day)
    if "year" not in request.GET:
        period = Period(period.start_date, day)
    hidden = small_groups()
    parts = [_part_view(part, hidden) for part in taking_part(period)]
    return period, parts, day_words(day)


def _period_words(period: Period) -> str:
    return f"{day_words(period.start_date)} – {day_words(period.end_date)}"


@page("safety.view_incidents")
def participation(request, slug):
    """One page that shows who took part in finding, walking, assessing, controlling and investigating."""
    period, parts, printed = _chosen(request)
    year = local_day(request.enterprise, timezone.now()).year
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return render(
        request,
        "safety/participation.html",
        {
            "enterprise_name": enterprise_name(request.enterprise, get_language() or "en"),
            "parts": parts,
            "period": _period_words(period),
            "printed": printed,
            "years": [year, year - 1, year - 2],
            "here": reverse("safety:participation", kwargs={"slug": slug}),
            "pdf_url": reverse("safety:participation_pdf", kwargs={"slug": slug}) + query,
            "back_label": _("Incidents"),
            "back_url": reverse("safety:incidents", kwargs={"slug": slug}),
        },
    )


def _times(part: dict[str, Any]) -> str:
    words = ngettext(
        "%(count)s time, on %(first)s.", "%(count)s times, from %(first)s to %(last)s.", part["occasions"]
    )
    return words % {
        "count": format_number(part["occasions"]),
        "first": part["first"],
        "last": part["last"],
    }


@page("safety.view_incidents")
def participation_pdf(request, slug):
    """The same on paper, for an auditor or the notice board."""
    period, parts, printed = _chosen(request)
    language = get_language() or "en"
    value = {
        "title": _("Who took part in the work for safety"),
        "enterprise": enterprise_name(request.enterprise, language),
        "made": _period_words(period),
        "lead": _("Each number counts how often somebody took part, not how many people there are."),
        "parts": [
            {
                "title": part["title"],
                "lead": part["missing"] or _times(part),
                "rows": [] if part["missing"] else [[str(words), count] for words, count in part["rows"]],
            }
            for part in parts
        ],
        "foot": _("Groups of fewer than five people on the roster stand together. Drawn up on %(day)s.")
        % {"day": printed},
        "page_of": _("Page %(page)s of %(total)s") % {"page": "{page}", "total": "{total}"},
    }
    return download(
        typst_pdf(TYPST / "participation.typ", value, language, timezone.now()), "participation.pdf"
    )

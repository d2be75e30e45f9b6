"""The risk map: how many risks of each colour each department has, linked into the list."""

from __future__ import annotations

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.organisations.public import department_names
from fairfloor.safety.job_selectors import LEVELS, level_table
from fairfloor.safety.labels import LEVEL_WORDS
from fairfloor.safety.web.views_hazards import safety_tabs
from fairfloor.safety.workflow import HIGH_LEVEL


@page("safety.view")
def risk_map(request, slug):
    """Departments down, colours across; at first or now."""
    is_first = request.GET.get("when") == "first"
    table = level_table("level_first" if is_first else "level_now")
    names = department_names(get_language() or "en")
    base = reverse("safety:job_risks", kwargs={"slug": slug})
    most = max((count for row in table.values() for count in row.values()), default=0)
    rows = []
    for code in sorted(table, key=lambda each: (-_high(table[each]), each)):
        cells = []
        for level in LEVELS:
            count = table[code].get(level, 0)
            query = urlencode({"department": code, "first" if is_first else "now": level})
            step = min(5, int(count / most * 5) + 1) if count else 0
            cells.append({"count": count, "step": step, "url": f"{base}?{query}" if count and code else ""})
        name = names.get(code, code) or _("Department not known")
        rows.append({"name": name, "cells": cells, "total": sum(table[code].values())})
    context = {
        "tabs": safety_tabs(slug, "safety:risk_map", request.actor),
        "start_url": reverse("safety:hazard_lists", kwargs={"slug": slug})
        if request.actor.may("safety.write")
        else "",
        "rows": rows,
        "levels": [(level, LEVEL_WORDS[level]) for level in LEVELS],
        "sentence": _sentence(table, rows),
        "is_first": is_first,
    }
    return render(request, "safety/risk_map.html", context)


def _high(row: dict[int, int]) -> int:
    return sum(count for level, count in row.items() if level >= HIGH_LEVEL)


def _sentence(table: dict[str, dict[int, int]], rows: list[dict]) -> str:
    total, high = sum(row["total"] for row in rows), sum(map(_high, table.values()))
    if not total:
        return ""
    if not high:
        return _("No risk is high or very high, of %(total)s.") % {"total": total}
    worst = max(table.values(), key=_high)
    text = ngettext(
        "%(count)s risk of %(total)s is high or very high; most are in: %(place)s (%(most)s).",
        "%(count)s risks of %(total)s are high or very high; most are in: %(place)s (%(most)s).",
        high,
    )
    return text % {"count": high, "total": total, "place": rows[0]["name"], "most": _high(worst)}

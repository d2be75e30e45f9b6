"""Sections of a project's page: what it brings, whether it lasts, how the cause was found, where else it works."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from fairfloor.content import translate
from fairfloor.core.ui.formatting import format_number
from fairfloor.indicators.public import numbers_of_project
from fairfloor.measure.savings import net_first_year, payback_months
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, Level, Sex, department_names
from fairfloor.projects.behind import origin_sources
from fairfloor.projects.changes import is_own_work
from fairfloor.projects.figures import verified_savings
from fairfloor.projects.labels import (
    BONE_LABELS,
    IN_PLACE_KINDS,
    IN_PLACE_LABELS,
    amount_text,
    money,
    verified_text,
)
from fairfloor.projects.models import CauseAnalysis
from fairfloor.projects.selectors import benefits_of
from fairfloor.projects.web.acting import url_of
from fairfloor.projects.workflow import BENEFIT_POSSIBLE, COMPLETED, PLAN_EDITABLE, visit_due
from fairfloor.safety.public import STATUS_KINDS as HAZARD_KINDS
from fairfloor.safety.public import STATUS_LABELS as HAZARD_LABELS


def measured_section(request, project):
    """The measured numbers whose chart is to show this project, each with the address of its chart."""
    if not request.actor.may("readings.view"):
        return {"measured": []}
    slug, language = request.enterprise.slug, get_language() or "en"
    found = []
    for each in numbers_of_project(project.code):
        url = reverse("readings:indicator", kwargs={"slug": slug, "code": each.code})
        found.append(
            {"name": translate(each.name, language), "url": f"{url}?{urlencode({'project': project.code})}"}
        )
    return {"measured": found}


def benefit_section(request, project):
    """What it brings: each benefit in words, with what can be done about it, and the sum of a year."""
    may = request.actor.may

    def links(benefit):
        offered = []
        if may("projects.verify"):
            if benefit.verified_date:
                offered.append(("benefit_unverify", _("Take the verification back")))
            elif benefit.actual is not None and not is_own_work(project, request.actor):
                offered.append(("benefit_verify", _("Verify")))
        if may("projects.write") and not benefit.verified_date:
            offered += [("benefit_change", _("Change")), ("benefit_remove", _("Remove"))]
        kwargs = {"slug": request.enterprise.slug, "code": project.code, "benefit": benefit.code}
        return [
            {"url": reverse(f"projects:{name}", kwargs=kwargs), "label": label} for name, label in offered
        ]

    rows = benefits_of(project)
    savings = verified_savings(project) if rows else []
    cost = project.cost or Decimal(0)
    # What is gone earns its cost back no more.
    is_whole = all(saving.in_place == 12 for saving in savings)
    payback = payback_months(savings, cost) if is_whole else None
    currency = request.enterprise.currency
    return {
        "benefits": [
            {
                "title": row.title,
                "target": amount_text(row, row.target),
                "forecast": amount_text(row, row.forecast),
                "actual": amount_text(row, row.actual),
                "rate": _("1 %(currency)s = %(rate)s %(own)s on %(day)s")
                % {
                    "currency": row.currency,
                    "rate": row.rate.normalize(),
                    "own": currency,
                    "day": date_format(row.rate_date, "DATE_FORMAT"),
                }
                if row.rate_date
                else "",
                "whole": row.part_of.title if row.part_of else "",
                "verified": verified_text(row),
                "links": links(row),
            }
            for row in rows
        ],
        "benefit_net": money(net_first_year(savings, cost), currency) if savings else "",
        "benefit_payback": format_number(payback, 1) if payback is not None else "",
        "benefit_new_url": url_of(request, "benefit_new", project)
        if may("projects.write") and project.status in BENEFIT_POSSIBLE
        else "",
    }


def visit_section(request, project, day):
    """Who looked again, what they found, and which look is due."""
    rows = list(project.visits.order_by("after_months", "id"))
    due = (
        visit_due(project.finish_date, [row.after_months for row in rows], day)
        if project.status in COMPLETED
        else None
    )
    return {
        "visits": [
            {
                "months": row.after_months,
                "day": row.visit_date,
                "who": row.by_name,
                "words": row.words,
                "kind": IN_PLACE_KINDS[row.state],
                "label": IN_PLACE_LABELS[row.state],
            }
            for row in rows
        ],
        "visit_due": due,
        "visit_url": url_of(request, "visit", project)
        if due and request.actor.may("projects.verify")
        else "",
    }


def finding_section(request, project):
    """Causes, trials, the team in numbers, and where else it works."""
    may_write = request.actor.may("projects.write") and project.status in PLAN_EDITABLE
    found = CauseAnalysis.objects.filter(project=project).first()
    causes = None
    if found:
        bones = [(label, getattr(found, name).splitlines()) for name, label in BONE_LABELS.items()]
        causes = {
            "bones": [(label, lines) for label, lines in bones if lines],
            "whys": found.whys.splitlines(),
            "root": found.root,
        }
    names = department_names(get_language() or "en")
    words = {
        True: ("good", _("It worked")),
        False: ("stop", _("It did not work")),
        None: ("plain", _("Still open")),
    }
    return {
        "causes": causes,
        "trials": [
            {
                "what": row.what,
                "day": row.trial_date,
                "who": row.by_name,
                "learned": row.learned,
                "kind": words[row.has_worked][0],
                "label": words[row.has_worked][1],
            }
            for row in project.trials.order_by("trial_date", "id")
        ],
        "finding_urls": {
            "causes": url_of(request, "causes", project) if may_write else "",
            "trial": url_of(request, "trial", project) if may_write else "",
        },
        "team_lines": _team_lines(project),
        "spreads": [
            {
                "name": names.get(row.department_code, row.department_code),
                "is_adopted": row.is_adopted,
                "words": row.words,
            }
            for row in project.spreads.order_by("department_code", "id")
        ],
    }


def hazard_section(request, project):
    """The dangers it shall remove, with how they stand; only for who may read hazards."""
    if not request.actor.may("safety.view"):
        return {"hazards": []}
    links = project.hazard_links.select_related("hazard").order_by("id")
    slug = request.enterprise.slug
    return {
        "hazards": [
            {
                "url": reverse("safety:hazard", kwargs={"slug": slug, "code": hazard.code}),
                "code": hazard.code,
                "words": hazard.description[:90],
                "kind": HAZARD_KINDS[hazard.status],
                "label": HAZARD_LABELS[hazard.status],
            }
            for hazard in (link.hazard for link in links)
        ]
    }


def origin_section(request, project, day):
    """What else led to it (findings of rounds), each kind for who may read it."""
    slug = request.enterprise.slug
    told = []
    for source in origin_sources():
        lines = source.of_project(project, slug, day) if request.actor.may(source.permission) else []
        if lines:
            told.append({"title": source.title, "lines": lines})
    return {"origins": told}


def _team_lines(project) -> list[str]:
    """How many people work on it, by sex and by level; nobody by name."""
    rows = list(project.members.order_by("id").values_list("sex", "level"))
    if not rows:
        return []
    sexes, levels = Counter(sex for sex, _level in rows), Counter(level for _sex, level in rows)
    told = [ngettext("%(count)s person", "%(count)s people", len(rows)) % {"count": len(rows)}]
    for order, labels, counts in ((Sex, SEX_LABELS, sexes), (Level, LEVEL_LABELS, levels)):
        parts = [f"{labels[code]} {counts[code]}" for code in order if counts[code]]
        if parts:
            told.append(_(", ").join(parts))
    return told

"""Trainings: which took place, who took part by sex and level, and one of them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.content import load as load_content
from fairfloor.core import charts
from fairfloor.core.access import page
from fairfloor.core.ui.formatting import format_number, format_share
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.core.ui.records import day_words
from fairfloor.indicators.public import split
from fairfloor.measure.cells import Period
from fairfloor.measure.parity import parity_index
from fairfloor.organisations.public import (
    LEVEL_LABELS,
    SEX_LABELS,
    Level,
    Sex,
    department_names,
    local_day,
    worker_names,
)
from fairfloor.programme.labels import module_label
from fairfloor.programme.models import TrainingDelivery

# Before any register of a factory begins.
_SINCE = date(2000, 1, 1)


def _took_part(**narrower: str) -> Count:
    """Participants of a delivery, without those who attended no hour."""
    present = ~Q(attendances__hours_attended=0) | Q(attendances__hours_attended__isnull=True)
    wanted = Q(**{f"attendances__{name}": value for name, value in narrower.items()})
    return Count("attendances", filter=present & wanted)


def _listing(slug: str) -> Listing:
    return Listing(
        columns=[
            Column("module", _("Module"), lambda row: module_label(row.module, row.module_label)),
            Column("code", _("Code"), "code", sortable_field="code"),
            Column("start", _("Began"), "start_date", "date", sortable_field="start_date"),
            Column("participants", _("Participants"), "participants", "number"),
            Column("women", _("Women"), "women", "number"),
            Column("men", _("Men"), "men", "number"),
            Column("front_line", _("Front line"), "front_line", "number"),
            Column("others", _("Supervisors and managers"), "others", "number", is_key=False),
        ],
        filters=[
            ChoiceFilter(
                "module",
                _("Module"),
                lambda: [(code, module_label(code, "")) for code in load_content().modules],
                lambda rows, value: rows.filter(module=value),
            )
        ],
        search_fields=["code"],
        default_sort="-start",
        row_url=lambda row: reverse("programme:delivery", kwargs={"slug": slug, "code": row.code}),
    )


def _women_share(figures: dict[str, Any]) -> tuple[Any, Any]:
    """(women, women and men) of figures split by sex."""
    women = figures[Sex.FEMALE].value if Sex.FEMALE in figures else 0
    men = figures[Sex.MALE].value if Sex.MALE in figures else 0
    return women, women + men


def _women_beside_workforce(today: date) -> dict[str, Any] | None:
    """The share of women among the people trained beside that of the newest workforce snapshot."""
    # To the end of the year, so that the figure is kept and not counted again every day.
    period = Period(_SINCE, date(today.year, 12, 31))
    trained, of_trained = _women_share(split("training.participants", period, "sex"))
    if not of_trained:
        return None
    rows = [charts.Row(_("People trained"), [trained / of_trained])]
    values = {
        "share": format_share(trained / of_trained, 1),
        "women": format_number(trained),
        "all": format_number(of_trained),
    }
    sentence = _("%(share)s of the people trained are women: %(women)s of %(all)s.") % values
    basis = ""
    snapshots = split("workforce.headcount", period, "item")
    if snapshots:
        day = date.fromisoformat(max(snapshots))
        women, of_all = _women_share(split("workforce.headcount", Period(day, day), "sex"))
        if of_all:
            rows.append(charts.Row(_("Workforce"), [women / of_all]))
            values |= {"workforce": format_share(women / of_all, 1), "n": format_number(of_all)}
            sentence = (
                _(
                    "%(share)s of the people trained are women (%(women)s of %(all)s); "
                    "in the workforce it is %(workforce)s (n = %(n)s)."
                )
                % values
            )
        index = parity_index(int(trained), int(of_trained), int(women), int(of_all))
        if index is not None:
            basis = _(
                "Parity index %(index)s: the one share divided by the other. 1 means women are trained as "
                "often as men; below 1, less often."
            ) % {"index": format_number(index, 2)}
    svg = charts.bars("women-trained", sentence, rows, format=lambda value: format_share(value, 1))
    return {"sentence": sentence, "svg": svg, "basis": basis}


@page("training.view")
def training_list(request, slug):
    """All trainings with who took part."""
    rows = TrainingDelivery.objects.annotate(
        participants=_took_part(),
        women=_took_part(sex=Sex.FEMALE),
        men=_took_part(sex=Sex.MALE),
        front_line=_took_part(level=Level.FRONT_LINE),
        others=_took_part(level__in=[Level.SUPERVISOR, Level.MANAGER, Level.TOP]),
    )
    today = local_day(request.enterprise, timezone.now())
    is_part = request.headers.get("HX-Target") == "listing" or "export" in request.GET
    context = {"women": None if is_part else _women_beside_workforce(today)}
    return listing_page(
        request, _listing(slug), rows, "programme/training_list.html", context, file_name="training"
    )


@page("training.view")
def delivery_detail(request, slug, code):
    """One training. People from outside see counts, not who took part."""
    delivery = TrainingDelivery.objects.filter(code=code).first()
    if delivery is None:
        raise Http404
    attendances = list(delivery.attendances.order_by("participant_code", "id"))
    present = [each for each in attendances if each.hours_attended != 0]
    by_sex = Counter(each.sex for each in present)
    by_level = Counter(each.level for each in present)
    people = []
    if request.actor.may("training.view_people"):
        departments = department_names(get_language() or "en")
        names = (
            worker_names({each.participant_code for each in attendances})
            if request.actor.may("enterprise.view_roster")
            else {}
        )
        people = [
            {
                "name": names.get(each.participant_code) or each.participant_code,
                "sex": SEX_LABELS.get(each.sex, each.sex),
                "level": LEVEL_LABELS.get(each.level, each.level),
                "department": departments.get(each.department_code, each.department_code),
                "hours": each.hours_attended,
            }
            for each in attendances
        ]
    facts = [
        (_("Began"), day_words(delivery.start_date)),
        (_("Code"), delivery.code),
        (_("Hours"), format_number(delivery.hours, 1) if delivery.hours is not None else ""),
        (_("Participants"), format_number(len(present))),
        *((SEX_LABELS.get(sex, sex), format_number(count)) for sex, count in sorted(by_sex.items())),
        *(
            (LEVEL_LABELS.get(level, level), format_number(count))
            for level, count in sorted(by_level.items())
        ),
    ]
    context = {
        "delivery": delivery,
        "title": module_label(delivery.module, delivery.module_label),
        "facts": facts,
        "people": people,
        "back_url": reverse("programme:training", kwargs={"slug": slug}),
    }
    return render(request, "programme/delivery_detail.html", context)

"""Safety on one page: hazards, job risks and accidents in numbers, and thanks to those who look closely."""

from __future__ import annotations

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.indicators.public import chosen_period, period_choices, period_words
from fairfloor.organisations.public import department_names, local_day
from fairfloor.safety.headlines import HAZARDS, INCIDENTS, JOB_RISKS, days_card, headlines
from fairfloor.safety.job_documents import register_sentence
from fairfloor.safety.selectors import overview
from fairfloor.safety.web.views_hazards import safety_tabs


@page("safety.view")
def overview_page(request, slug):
    """The figures of safety with their ground; departments stand by name, in no order of merit."""
    day = local_day(request.enterprise, timezone.now())
    period = chosen_period(request.GET, day)
    told = overview(period.start_date, min(period.end_date, day))
    names = department_names(get_language() or "en")

    def to(name: str) -> str:
        return reverse(f"safety:{name}", kwargs={"slug": slug})

    hazards = headlines(slug, period, HAZARDS)
    hazards.insert(3, days_card(told["days"], to("hazards") + "?state=CLOSED"))
    groups = [
        (_("Hazards"), to("hazards"), _("All hazards"), hazards, ""),
        (
            _("Job risks"),
            to("job_risks"),
            _("All job risks"),
            headlines(slug, period, JOB_RISKS),
            # Risks stay in the register long after the period in which they were written down.
            _("The whole register: %(sentence)s") % {"sentence": register_sentence()},
        ),
    ]
    links = []
    # What happened to people stays inside: a grant for safety opens hazards, not accidents.
    if request.actor.may("safety.view_incidents"):
        cards = headlines(slug, period, INCIDENTS)
        groups.append((_("Accidents and near misses"), to("rates"), _("Month by month"), cards, ""))
        links.append((to("participation"), _("Who took part in the work for safety")))
    if request.actor.may("safety.correct"):
        links.append((to("hazard_days"), _("Days to fix a hazard")))
    hunters = sorted(
        (names.get(code, code) if code else _("Anywhere"), count)
        for code, count in told["by_department"].items()
    )
    context = {
        "tabs": safety_tabs(slug, "safety:overview", request.actor),
        "groups": groups,
        "hunters": hunters,
        "links": links,
        "period_words": period_words(period),
        "period_choices": period_choices(request.enterprise, period, day),
    }
    return render(request, "safety/overview.html", context)

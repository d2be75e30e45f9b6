"""What all projects of a period bring: verified, found but not verified, wanted."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.core.ui.listing import Column, Listing, listing_page
from fairfloor.indicators.public import figure
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import local_day
from fairfloor.projects.labels import STATUS_KINDS, STATUS_LABELS, money
from fairfloor.projects.models import Benefit, ImprovementProject
from fairfloor.projects.totals import brought_by, total
from fairfloor.projects.web.views_list import tabs
from fairfloor.projects.workflow import COMPLETED, OPEN


def _periods(request, day: date) -> dict[str, tuple[str, Period]]:
    """What can be asked for: the report period, where one is set, and each year in which a project ended."""
    found = {}
    enterprise = request.enterprise
    if enterprise.report_from_date and enterprise.report_to_date:
        period = Period(enterprise.report_from_date, enterprise.report_to_date)
        found["report"] = (_("Report period"), period)
    ended = ImprovementProject.objects.filter(finish_date__isnull=False).dates("finish_date", "year", "DESC")
    for year in sorted({day.year, *(first.year for first in ended)}, reverse=True):
        found[str(year)] = (str(year), Period(date(year, 1, 1), date(year, 12, 31)))
    return found


@page("projects.view")
def benefit_totals(request, slug):
    """Benefits of the projects that ended in a period, counted once and brought to a year."""
    day = local_day(request.enterprise, timezone.now())
    periods = _periods(request, day)
    asked = request.GET.get("period", "")
    chosen = asked if asked in periods else next(iter(periods))
    period = periods[chosen][1]
    currency = request.enterprise.currency
    with_benefits = ImprovementProject.objects.filter(
        Q(saving__isnull=False) | Q(pk__in=Benefit.objects.values("project_id"))
    ).prefetch_related(Prefetch("benefits", Benefit.objects.order_by("id")), "visits")
    rows = with_benefits.filter(
        status__in=sorted(COMPLETED), finish_date__range=(period.start_date, period.end_date)
    )
    ended, running = total(rows), total(with_benefits.filter(status__in=sorted(OPEN)))
    verified = figure("projects.savings_verified", period)
    listing = Listing(
        columns=[
            Column("title", _("Project"), "title", sortable_field="title"),
            Column(
                "status",
                _("Status"),
                lambda row: (STATUS_KINDS[row.status], str(STATUS_LABELS[row.status])),
                kind="state",
            ),
            Column("finish", _("Finished"), "finish_date", kind="date", sortable_field="finish_date"),
            Column(
                "wanted",
                _("Wanted a year"),
                lambda row: brought_by(row).wanted or None,
                kind="number",
            ),
            Column(
                "found",
                _("Found, not verified"),
                lambda row: brought_by(row).found or None,
                kind="number",
            ),
            Column("cost", _("Cost"), "cost", kind="number", is_key=False),
            Column(
                "verified",
                _("Verified, less the cost"),
                lambda row: brought_by(row).verified,
                kind="number",
            ),
            Column("code", _("Code"), "code", sortable_field="code"),
        ],
        search_fields=["title", "code"],
        default_sort="-finish",
        row_url=lambda row: reverse("projects:detail", kwargs={"slug": slug, "code": row.code}),
    )
    return listing_page(
        request,
        listing,
        rows,
        "projects/benefit_totals.html",
        {
            "tabs": tabs(slug, "benefits"),
            "periods": [
                {"url": f"?period={key}", "label": label, "is_current": key == chosen}
                for key, (label, _period) in periods.items()
            ],
            "period": period,
            "currency": currency,
            "sums": [
                {
                    "label": _("Verified"),
                    "amount": money(verified.value, currency) if ended.verified is not None else "–",
                    "words": _("confirmed by somebody else, less what it cost"),
                },
                {
                    "label": _("Found, not verified"),
                    "amount": money(ended.found, currency) if ended.found else "–",
                    "words": _("stated, and nobody has looked yet"),
                },
                {
                    "label": _("Wanted"),
                    "amount": money(ended.wanted, currency) if ended.wanted else "–",
                    "words": _("what these projects set out for"),
                },
            ],
            "running": money(running.wanted, currency) if running.wanted else "",
        },
        file_name="benefits",
    )

"""The factory's pulse: six headline figures, each with its course, its ground and one sentence. Few queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fairfloor.content import load, translate
from fairfloor.core.charts import sparkline
from fairfloor.core.templatetags.ui import svg
from fairfloor.indicators.public import (
    Figure,
    Story,
    basis_words,
    count_story,
    course_of,
    has_other_definitions,
    joined,
    month_words,
    period_query,
    plans,
    said_of,
    share_story,
    splits_each,
    value_words,
)
from fairfloor.measure.cells import Period

HEADLINES = (
    "suggestions.received",
    "suggestions.front_line_share",
    "hazards.reported",
    "projects.completed",
    "defect-rate",
)
# Counted on the days of workforce snapshots, so the last one is the figure, not their sum.
SNAPSHOT_HEADLINE = "workforce.women_in_management"


@dataclass(frozen=True)
class Headline:
    """What one card shows."""

    code: str
    label: str
    value: str
    basis: str
    sparkline: str
    sentence: str
    state: str
    state_label: str
    url: str
    has_records: bool


def _card(
    slug: str, period: Period, code: str, figure: Figure | None, values: list, story: Story, language: str
):
    definition = load().indicators[code]
    label = translate(definition.name, language)
    known = [value for value in values if value is not None]
    drawing = ""
    has_records = figure is not None and bool(figure.n)
    # Two months draw a cliff out of a handful of records; two snapshots are a year apart.
    if has_records and len(known) > (1 if code == SNAPSHOT_HEADLINE else 2):
        title = _("%(figure)s, from %(first)s to %(last)s") % {
            "figure": label,
            "first": round(float(known[0]), 3),
            "last": round(float(known[-1]), 3),
        }
        drawing = svg(sparkline(f"spark-{code.replace('.', '-')}", title, values))
    return Headline(
        code=code,
        label=label,
        value=value_words(figure if has_records else None),
        basis=basis_words(figure) if has_records else "",
        sparkline=drawing,
        sentence=story.sentence if has_records else _("Nothing recorded in this time."),
        state=story.state,
        state_label=story.state_label,
        url=f"{reverse('desk:figure', kwargs={'slug': slug, 'code': code})}?{period_query(period)}",
        has_records=has_records,
    )


def _monthly(slug: str, period: Period, code: str, months: dict[str, Figure], today: date, language: str):
    """A flow: the months added up, drawn month by month, its later half held against the earlier."""
    order = [month.start_date for month in period.months() if month.start_date <= today]
    found = [months.get(day.isoformat()) for day in order]
    is_share = load().indicators[code].is_fraction
    is_ratio = load().indicators[code].is_ratio
    values = [(each.value if each else None) if is_ratio else (each.value if each else 0) for each in found]
    half = len(order) // 2
    story = Story()
    if half and any(found):
        since = month_words(order[-half])
        # Halves of the same length: with an odd number of months the first one stands aside.
        before, after = (
            joined([f for f in part if f], period) for part in (found[-2 * half : -half], found[-half:])
        )
        story = (share_story if is_share else count_story)(before, after, since)
    if (definition := load().indicators[code]).is_reading:
        plan = plans().get(code)
        course = course_of(definition, plan) if plan else None
        if course is not None and (course.why == "NEW_DEFINITION" or (course.chart and not course.why)):
            # A number with a baseline of its own is judged by its chart, as on its page.
            said = said_of(course, plan)
            story = Story(said.sentence, said.kind if said.kind in {"good", "watch"} else "", said.label)
        elif has_other_definitions(definition, period):
            story = Story(
                _("What is counted was defined anew in this time, so these months cannot be compared.")
            )
    whole = joined(list(months.values()), period)
    return _card(slug, period, code, whole, values, story, language)


def _by_snapshot(slug: str, period: Period, code: str, items: dict[str, Figure], language: str) -> Headline:
    order = sorted(items)
    story = Story()
    if len(order) > 1:
        first_day = date_format(date.fromisoformat(order[0]), "DATE_FORMAT")
        story = share_story(items[order[0]], items[order[-1]], first_day)
    last = items[order[-1]] if order else None
    return _card(slug, period, code, last, [items[key].value for key in order], story, language)


def headlines(slug: str, period: Period, today: date, language: str) -> list[Headline]:
    """The six cards of the Today page for the enterprise in scope."""
    found = splits_each({**dict.fromkeys(HEADLINES, "month"), SNAPSHOT_HEADLINE: "item"}, period)
    cards = [_monthly(slug, period, code, found[code], today, language) for code in HEADLINES]
    return [*cards, _by_snapshot(slug, period, SNAPSHOT_HEADLINE, found[SNAPSHOT_HEADLINE], language)]

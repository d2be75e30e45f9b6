"""One figure with everything behind it: course, groups, rows and the places that state it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fairfloor.content import Indicator, load, translate
from fairfloor.core.charts import Row, Series, bars, line
from fairfloor.core.ui.formatting import NO_FIGURE, format_number, format_share
from fairfloor.core.ui.pins import pin_words
from fairfloor.desk.pulse import HEADLINES, SNAPSHOT_HEADLINE
from fairfloor.indicators.public import (
    MARK_LABELS,
    MINIMUM_GROUP,
    QUALITY_LABELS,
    Figure,
    basis_words,
    facts_behind,
    figures,
    groups,
    month_words,
    range_words,
    split,
    value_words,
    with_currency,
)
from fairfloor.measure.cells import Fact, Period
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, department_names
from fairfloor.teams.public import team_names

ROWS_SHOWN = 100
Form = Callable[[Decimal], str]


@dataclass(frozen=True)
class Table:
    """The numbers beside a picture."""

    headings: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Picture:
    """A chart, what it says in a sentence, and its numbers."""

    title: str
    sentence: str
    svg: str
    table: Table
    hidden: str = ""


@dataclass(frozen=True)
class FactRow:
    """One record behind the figure."""

    when: str
    label: str
    url: str
    department: str
    part: str


@dataclass(frozen=True)
class FigurePage:
    """All the page shows."""

    code: str
    name: str
    description: str
    value: str
    basis: str
    quality: str
    definition: str
    has_parts: bool
    range: str
    is_wide: bool
    is_empty: bool
    figure: Figure | None
    items: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    used_in: list[str] = field(default_factory=list)


WIDE_SHARE = Decimal("0.1")  # ten percentage points
WIDE_RATIO = Decimal("1.5")


def _is_wide(figure: Figure | None) -> bool:
    """Whether the range is so wide that a reader should hear why."""
    if figure is None or figure.lower is None or figure.upper is None:
        return False
    if figure.indicator.is_fraction:
        return figure.upper - figure.lower > WIDE_SHARE
    return figure.upper > figure.lower * WIDE_RATIO


def _format(is_share: bool, places: int, currency: str = "") -> Form:
    if is_share:
        return lambda v: format_share(v, places)
    return lambda v: with_currency(format_number(v, places), currency)


def module_words(key: str, language: str) -> str:
    """A training module by its number and name; the key is ``CODE:number`` or the code alone."""
    code, _colon, number = key.partition(":")
    known = load().modules.get(code)
    return f"{number} {translate(known.name, language) if known else code}".strip()


def _item_words(code: str, key: str, language: str) -> str:
    """What the items of a figure are called, each kind of figure in its own way."""
    content = load()
    if not key:
        return _("Not known")
    if code.startswith(("projects.", "training.")):
        return module_words(key, language)
    if code.startswith("surveys."):
        return _("Round %(number)s") % {"number": key}
    if code == "reporting.complete" and key in content.indicators:
        return translate(content.indicators[key].name, language)
    if code.startswith("gender_practices.") and key in content.equality_areas:
        return translate(content.equality_areas[key].name, language)
    try:
        return date_format(date.fromisoformat(key), "DATE_FORMAT")
    except ValueError:
        category = content.suggestion_categories.get(key) or content.hazard_categories.get(key)
        return translate(category.name, language) if category else key


def _key_words(code: str, by: str, departments: dict[str, str], language: str):
    if by == "department":
        return lambda key: departments.get(key, key) or _("Not known")
    if by == "sex":
        return lambda key: str(SEX_LABELS.get(key, key))
    if by == "level":
        return lambda key: str(LEVEL_LABELS.get(key, key))

    if code.startswith("team."):
        names = team_names()
        return lambda key: names.get(key, key)
    return lambda key: _item_words(code, key, language)


def _numbers(figure: Figure, form: Form) -> list[str]:
    """The cells of one line: a count is its own numerator, and says itself once."""
    parts = figure.indicator.unit in {"SHARE", "INDEX", "RATE"}
    if figure.is_suppressed:
        return [_("not shown"), *(["", ""] if parts else [])]
    value = NO_FIGURE if figure.value is None else form(figure.value)
    if not parts:
        return [value]
    below = format_number(figure.denominator) if figure.denominator else ""
    above = "" if figure.numerator is None else format_number(figure.numerator)
    return [value, above, below]


def _table(
    first: str, definition: Indicator, lines: Iterable[tuple[str, Figure | None]], form: Form
) -> Table:
    parts = [_("Numerator"), _("Denominator")] if definition.unit in {"SHARE", "INDEX", "RATE"} else []
    rows = [
        [name, *(_numbers(each, form) if each else [NO_FIGURE, *("" for _part in parts)])]
        for name, each in lines
    ]
    return Table([first, _("Value"), *parts], rows)


def _course(code: str, period: Period, today: date, currency: str) -> Picture | None:
    months = split(code, period, "month")
    definition = load().indicators[code]
    order = [month.start_date for month in period.months() if month.start_date <= today]
    found = [months.get(day.isoformat()) for day in order]
    if len(order) < 2 or not any(found):
        return None
    is_share = definition.is_fraction
    is_ratio = definition.is_ratio
    # Nobody has counted a stock in a month without a count, which is another thing than none being there.
    nothing = None if is_ratio or definition.aggregation == "LAST_ITEM" else 0
    values = [each.value if each else nothing for each in found]
    series = Series(
        translate(definition.name, "en"),
        values,
        [each.lower if each else None for each in found] if is_ratio else (),
        [each.upper if each else None for each in found] if is_ratio else (),
    )
    known = [(value, day) for value, day in zip(values, order, strict=True) if value is not None]
    if not known:
        return None
    highest, lowest = max(known), min(known)
    form = _format(is_share, definition.decimals, currency)
    if highest[0] == lowest[0]:
        sentence = _("%(value)s in every month that has a figure.") % {"value": form(highest[0])}
    else:
        sentence = _("Highest in %(high_month)s with %(high)s, lowest in %(low_month)s with %(low)s.") % {
            "high_month": month_words(highest[1]),
            "high": form(highest[0]),
            "low_month": month_words(lowest[1]),
            "low": form(lowest[0]),
        }
    labels = [date_format(day, "Y-m") for day in order]
    drawing = line(
        "course",
        sentence,
        labels,
        [Series("", series.values, series.low, series.high)],
        from_zero=not is_share,
        format=form,
    )
    lines = [(month_words(day), each) for day, each in zip(order, found, strict=True)]
    return Picture(_("Month by month"), sentence, drawing, _table(_("Month"), definition, lines, form))


_GROUPS = ("item", "department", "sex", "level")


def _group_title(by: str, code: str) -> str:
    items = _("By kind")
    if code.startswith("projects."):
        items = _("By training module")
    elif code.startswith("surveys."):
        items = _("Round by round")
    elif code.startswith("workforce."):
        items = _("By day of counting")
    elif code.startswith("gender_practices."):
        items = _("By area")
    elif code.startswith("team."):
        items = _("By team")
    elif code == "reporting.complete":
        items = _("By what is measured")
    return {
        "item": items,
        "department": _("By department"),
        "sex": _("By sex"),
        "level": _("By level"),
    }[by]


def _groups(
    code: str,
    by: str,
    found: dict[str, Figure],
    departments: dict[str, str],
    language: str,
    currency: str,
) -> Picture | None:
    if not any(found) or (len(found) < 2 and by != "item"):
        return None
    definition = load().indicators[code]
    is_share = definition.is_fraction
    is_ratio = definition.is_ratio
    words = _key_words(code, by, departments, language)
    if by in {"sex", "level"} and is_share and all(each.value in {0, 1, None} for each in found.values()):
        # The share of women among women says nothing.
        return None
    shown = [(key, each) for key, each in found.items() if not each.is_suppressed and each.value is not None]
    if by != "item":
        shown.sort(key=lambda pair: pair[1].value, reverse=True)
    hidden = [words(key) for key, each in found.items() if each.is_suppressed]
    form = _format(is_share, definition.decimals, currency)
    sentence = ""
    if shown:
        top = max(shown, key=lambda pair: pair[1].value)
        if len(shown) > 1 and all(each.value == top[1].value for _key, each in shown):
            sentence = _("%(value)s in every group.") % {"value": form(top[1].value)}
        else:
            sentence = _("Highest: %(group)s with %(value)s.") % {
                "group": words(top[0]),
                "value": form(top[1].value),
            }
    rows = [
        Row(words(key), [each.value], [each.lower] if is_ratio else (), [each.upper] if is_ratio else ())
        for key, each in shown[:20]
    ]
    drawing = bars(f"by-{by}", sentence or _group_title(by, code), rows, format=form) if rows else ""
    note = ""
    if hidden:
        note = _(
            "Not shown, because fewer than %(minimum)s people are behind it or could be told from the rest: "
            "%(groups)s."
        ) % {
            "minimum": MINIMUM_GROUP,
            "groups": ", ".join(hidden),
        }
    lines = [(words(key), each) for key, each in found.items()]
    table = _table(_group_title(by, code), definition, lines, form)
    return Picture(_group_title(by, code), sentence, drawing, table, note)


def _used_in(code: str, language: str) -> list[str]:
    used = []
    if code in (*HEADLINES, SNAPSHOT_HEADLINE):
        used.append(_("Today, as a headline figure"))
    for report in load().reports.values():
        if any(claim.indicator == code for claim in report.claims()):
            used.append(translate(report.title, language))
    return used


def figure_page(code: str, period: Period, today: date, language: str, currency: str = "") -> FigurePage:
    """The page of one figure of the enterprise in scope, whose money is in ``currency``.

    Raises ``KeyError`` for a code nobody defined.
    """
    definition = load().indicators[code]
    figure = figures([code], period)[code]
    departments = department_names(language)
    if definition.unit != "MONEY":
        currency = ""
    pictures: list[Picture | None] = []
    items: list[str] = []
    if definition.unit == "LIST":
        items = [_item_words(code, key, language) for key in split(code, period, "item")]
    elif definition.aggregation != "MIN_ITEM":
        if definition.aggregation in {"SUM", "LAST_ITEM", "MEDIAN", "PER_PEOPLE"}:
            pictures.append(_course(code, period, today, currency))
        # The items of a median are the numbers themselves; how many people a group had in a month, nobody wrote down.
        kinds = {"MEDIAN": _GROUPS[1:], "PER_PEOPLE": ()}.get(definition.aggregation, _GROUPS)
        found = groups(code, period, *kinds)
        pictures += [_groups(code, by, found[by], departments, language, currency) for by in kinds]
    value, basis = with_currency(value_words(figure), currency), basis_words(figure)
    return FigurePage(
        code=code,
        name=translate(definition.name, language),
        description=translate(definition.description, language),
        value=value,
        basis=basis,
        quality=str(QUALITY_LABELS.get(figure.quality, figure.quality)) if figure else "",
        definition=pin_words(definition.pin),
        has_parts=bool(figure.denominator),
        range=range_words(figure),
        is_wide=_is_wide(figure),
        # A count of none is a figure; a share of nothing, or a stock nobody counted, is not.
        is_empty=figure.value is None
        or (not figure.n and definition.aggregation in {"LAST_ITEM", "DISTINCT"}),
        figure=figure,
        items=items,
        pictures=[picture for picture in pictures if picture],
        used_in=_used_in(code, language),
    )


def _url(slug: str, fact: Fact) -> str:
    if fact.ref is None:
        return ""
    try:
        return reverse(fact.ref.url_name, kwargs={"slug": slug, "code": fact.ref.key})
    except NoReverseMatch:
        return ""


def _label(code: str, fact: Fact, language: str) -> str:
    """What a record is called on the page of a figure."""
    if fact.ref is None:
        return _("Hours worked") if code.startswith("incidents.") else _item_words(code, fact.item, language)
    if fact.ref.url_name == "readings:reading":
        return month_words(fact.day)
    if fact.ref.url_name == "readings:indicator":
        return f"{_item_words(code, fact.item, language)}: {MARK_LABELS[fact.ref.label]}"
    if fact.ref.url_name == "programme:delivery":
        name, _dot, module = fact.ref.label.partition(" · ")
        return f"{name} · {module_words(module, language)}" if module else name
    return fact.ref.label


def _part(definition: Indicator, fact: Fact, currency: str) -> str:
    """What a record adds to its figure, where that is not simply one."""
    if definition.is_fraction:
        return _("%(numerator)s of %(denominator)s") % {
            "numerator": format_number(fact.numerator),
            "denominator": format_number(fact.denominator),
        }
    if definition.unit == "DAYS":
        return _("%(days)s days") % {"days": format_number(fact.numerator)}
    if definition.unit == "MONEY":
        return with_currency(format_number(fact.numerator), currency)
    if definition.unit == "RATE" and definition.is_reading:
        return _("%(numerator)s against %(denominator)s") % {
            "numerator": format_number(fact.numerator),
            "denominator": format_number(fact.denominator),
        }
    if definition.unit == "RATE" and fact.denominator and not fact.numerator:
        return format_number(fact.denominator)
    return format_number(fact.numerator) if fact.numerator != 1 else ""


def rows_behind(code: str, slug: str, period: Period, language: str, currency: str = "") -> list[FactRow]:
    """The newest records behind a figure. Protected figures have none to show."""
    facts: list[Fact] = facts_behind(code, period, ROWS_SHOWN)
    departments = department_names(language)
    definition = load().indicators[code]
    rows = []
    for fact in facts:
        # What stands for a whole month has no day of its own.
        is_month = fact.ref.url_name.startswith("readings:") if fact.ref else code.startswith("incidents.")
        when = month_words(fact.day) if is_month else date_format(fact.day, "DATE_FORMAT")
        rows.append(
            FactRow(
                when,
                _label(code, fact, language),
                _url(slug, fact),
                departments.get(fact.department, fact.department),
                _part(definition, fact, currency),
            )
        )
    return rows

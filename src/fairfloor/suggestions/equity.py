"""Who is heard: what came of ideas per 100 workers, by sex, level and department, and who waits how long."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from fairfloor.indicators.public import MINIMUM_GROUP, Figure, splits
from fairfloor.measure.cells import Period
from fairfloor.measure.rates import Rate, event_rate
from fairfloor.measure.suppression import suppress
from fairfloor.measure.voice_equity import Difference, compare_voices, compare_waits
from fairfloor.organisations.public import latest_workforce
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.workflow import DECIDED, Status

COUNTS = (
    *("suggestions.received", "suggestions.answered"),
    *("suggestions.accepted", "suggestions.implemented"),
)
WAIT = "suggestions.days_to_answer"
KINDS = ("sex", "level", "department")
BASE = 100
_FIELDS = {"sex": "sex", "level": "level", "department": "department_code"}


@dataclass(frozen=True)
class Group:
    """One group of workers. ``rates`` stand in the order of ``COUNTS``; ``None`` where they cannot be said."""

    key: str
    people: int
    rates: tuple[Rate | None, ...]
    wait: Figure | None
    is_hidden: bool
    voice: Difference
    waits: Difference


@dataclass(frozen=True)
class Question:
    """One way to split the factory. ``unknown`` counts ideas whose writers did not say."""

    kind: str
    groups: tuple[Group, ...]
    received: int
    unknown: int


@dataclass(frozen=True)
class Equity:
    """The page: three questions, and the day of the workforce count the rates rest on."""

    questions: tuple[Question, ...]
    snapshot_date: date | None


def equity(period: Period) -> Equity:
    """Rates and waiting times of the enterprise in scope, over ideas made in the period."""
    workforce = latest_workforce(period.end_date)
    people: dict[str, dict[str, int]] = {kind: defaultdict(int) for kind in KINDS}
    for row in workforce:
        for kind in KINDS:
            people[kind][getattr(row, _FIELDS[kind])] += row.headcount
    waits = _waits(period)
    return Equity(
        tuple(_question(kind, period, people[kind], waits[kind]) for kind in KINDS),
        workforce[0].snapshot_date if workforce else None,
    )


def _waits(period: Period) -> dict[str, dict[str, list[float]]]:
    """Days until the decision, by kind of group and group; the numbers behind the median themselves."""
    rows = (
        Suggestion.objects.filter(
            submitted_date__range=(period.start_date, period.end_date),
            status__in=DECIDED,
            decided_date__isnull=False,
            is_held=False,
        )
        .exclude(status=Status.WITHDRAWN)
        .values_list("sex", "level", "department_code", "submitted_date", "decided_date")
    )
    found: dict[str, dict[str, list[float]]] = {kind: defaultdict(list) for kind in KINDS}
    for *keys, submitted, decided in rows:
        for kind, key in zip(KINDS, keys, strict=True):
            found[kind][key].append((decided - submitted).days)
    return found


def _question(kind: str, period: Period, people: dict[str, int], waits: dict[str, list[float]]) -> Question:
    told = splits((*COUNTS, WAIT), period, kind)

    def count(code: str, key: str) -> int:
        figure = told[code].get(key)
        return int(figure.value or 0) if figure else 0

    known = {key: size for key, size in people.items() if key and key != "NOT_REPORTED" and size > 0}
    hidden = suppress(known, MINIMUM_GROUP)
    open_keys = [key for key in known if key not in hidden]
    # Answers of people not counted anywhere have a length too, but belong to no group.
    shown_waits = {key: waits.get(key, []) for key in open_keys}
    few = suppress({key: len(values) for key, values in shown_waits.items()}, MINIMUM_GROUP)
    voices = compare_voices({key: (count(COUNTS[0], key), known[key]) for key in open_keys})
    longer = compare_waits({key: values for key, values in shown_waits.items() if key not in few})
    groups = []
    for key in sorted(known):
        is_hidden = key in hidden
        groups.append(
            Group(
                key=key,
                people=known[key],
                rates=tuple(
                    None if is_hidden else event_rate(count(code, key), known[key], BASE) for code in COUNTS
                ),
                wait=None if is_hidden or key in few else told[WAIT].get(key),
                is_hidden=is_hidden,
                voice=voices.get(key, "NOT_ENOUGH_DATA"),
                waits=longer.get(key, "NOT_ENOUGH_DATA"),
            )
        )
    received = sum(int(figure.value or 0) for figure in told[COUNTS[0]].values())
    inside = sum(count(COUNTS[0], key) for key in known)
    return Question(kind, tuple(groups), received, received - inside)

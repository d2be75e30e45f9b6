"""Repeating jobs: each place gets its jobs once per local day and hour, however many workers run.

A job is named here with its hours; the job workers look every minute and put what is due into the queue. The row that
says so and the job commit together, so nothing is queued twice and nothing is forgotten. A server that was off at the
hour runs the last missed hour when it is back, the same day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from fairfloor.core.jobs import enqueue
from fairfloor.core.models import DailyRun
from fairfloor.core.tenancy import scope

# (enterprise id, the moment on its own clock) of every place, handed in by the layer that knows them.
Places = Callable[[datetime], Iterable[tuple[int, datetime]]]
KEPT = timedelta(days=14)
_hours: dict[str, tuple[int, ...]] = {}
_places: list[Places] = []


def daily(name: str, *hours: int) -> None:
    """Run the registered job ``name`` in each place's scope every local day at these hours."""
    _hours[name] = tuple(sorted(hours))


def set_places(places: Places) -> None:
    """Tell the schedule how to find the places and their clocks."""
    _places[:] = [places]


def enqueue_due(now: datetime) -> int:
    """Put into the queue what is due now; returns how many jobs."""
    count = 0
    for places in _places:
        for place_id, local in places(now):
            for name, hours in _hours.items():
                due = [hour for hour in hours if hour <= local.hour]
                if due:
                    count += _once(name, place_id, local, due[-1])
    return count


def _once(name: str, place_id: int, local: datetime, hour: int) -> int:
    key = {"name": name, "place_id": place_id, "day_date": local.date(), "hour": hour}
    if DailyRun.objects.filter(**key).exists():
        return 0
    try:
        with transaction.atomic(), scope(place_id):
            DailyRun.objects.create(**key)
            enqueue(name)
    except IntegrityError:  # another worker was quicker
        return 0
    DailyRun.objects.filter(name=name, day_date__lt=local.date() - KEPT).delete()
    return 1

"""Trainings as a flat sheet: one row per participant, the training's own fields on each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from datetime import datetime
from decimal import Decimal
from typing import Any

from fairfloor.content import load as load_content
from fairfloor.core import audit
from fairfloor.core.access import Actor
from fairfloor.core.sheets import Column, ColumnKind, Problem, Row, Sheet
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import DEPARTMENT, LEVEL, SEX
from fairfloor.programme.figures import SUPPLIER
from fairfloor.programme.models import TrainingAttendance, TrainingDelivery

_DELIVERY_FIELDS = ("module", "module_label", "start_date", "hours")
_ATTENDANCE_FIELDS = {
    "sex": "sex",
    "level": "level",
    "department": "department_code",
    "hours_attended": "hours_attended",
    "pre_test": "pre_test",
    "post_test": "post_test",
    "overall_satisfaction": "overall_satisfaction",
}


class TrainingSheet(Sheet):
    """Attendance, by delivery and participant."""

    name = "Training"
    key = ("delivery", "participant")
    import_permission = "training.write"
    export_permission = "training.view_people"

    @property
    def columns(self):
        return (
            Column("delivery", required=True, max_length=40),
            Column("module", required=True, choices=tuple(load_content().modules)),
            Column("module_label", max_length=20),
            Column("start_date", ColumnKind.DAY, required=True),
            Column("hours", ColumnKind.NUMBER, minimum=Decimal(0), maximum=Decimal(9999)),
            Column("participant", required=True, max_length=40),
            SEX,
            LEVEL,
            DEPARTMENT,
            Column("hours_attended", ColumnKind.NUMBER, minimum=Decimal(0), maximum=Decimal(9999)),
            Column("pre_test", ColumnKind.NUMBER, minimum=Decimal(0), maximum=Decimal(100)),
            Column("post_test", ColumnKind.NUMBER, minimum=Decimal(0), maximum=Decimal(100)),
            Column("overall_satisfaction", ColumnKind.WHOLE, minimum=Decimal(1), maximum=Decimal(5)),
        )

    def problems_in(self, row: Row) -> Iterable[Problem]:
        hours, attended = row["hours"], row["hours_attended"]
        if hours is not None and attended is not None and attended > hours:
            yield Problem("hours_attended", "ABOVE_OTHER", {"other": "hours"})

    def problems_across(self, rows: Sequence[Row], whole) -> Iterable[tuple[int, Problem]]:
        """What all rows of one delivery say about it must be the same, in the file and in what is kept beside it.

        ``other`` is what another row of the delivery says.
        """
        said: dict[tuple[Any, str], list[Any]] = {}
        for row in whole(self.name):
            for column in _DELIVERY_FIELDS:
                known = said.setdefault((row["delivery"], column), [])
                if row[column] not in known:
                    known.append(row[column])
        for index, row in enumerate(rows):
            for column in _DELIVERY_FIELDS:
                others = [other for other in said[(row["delivery"], column)] if other != row[column]]
                if others:
                    other = others[0]
                    words = other.isoformat() if hasattr(other, "isoformat") else str(other or "")
                    yield index, Problem(column, "DIFFERS", {"other": words})

    def rows(self, keys=None) -> Iterator[Row]:
        found = TrainingAttendance.objects.select_related("delivery").order_by(
            "delivery__code", "participant_code", "id"
        )
        for attendance in found.iterator(chunk_size=2000):
            yield {
                "delivery": attendance.delivery.code,
                **{column: getattr(attendance.delivery, column) for column in _DELIVERY_FIELDS},
                "participant": attendance.participant_code,
                **{column: getattr(attendance, name) for column, name in _ATTENDANCE_FIELDS.items()},
            }

    def save(self, actor: Actor, created: list[Row], updated: list[Row], at: datetime) -> None:
        """Write deliveries first, then who attended; marks the months before and after a change."""
        deliveries = self._save_deliveries(actor, [*created, *updated], at)
        new = [
            TrainingAttendance(
                delivery=deliveries[row["delivery"]],
                participant_code=row["participant"],
                **{name: row[column] for column, name in _ATTENDANCE_FIELDS.items()},
            )
            for row in created
        ]
        TrainingAttendance.objects.bulk_create(new, batch_size=1000)
        audit.record_many(actor, "training_attendance.imported", new, at)
        wanted = {self.key_of(row): row for row in updated}
        changed = []
        if wanted:
            rows = TrainingAttendance.objects.select_for_update(of=("self",)).filter(
                delivery__code__in={row["delivery"] for row in updated}
            )
            for attendance in rows.select_related("delivery"):
                row = wanted.get((attendance.delivery.code, attendance.participant_code))
                if row is not None:
                    for column, name in _ATTENDANCE_FIELDS.items():
                        setattr(attendance, name, row[column])
                    changed.append(attendance)
            TrainingAttendance.objects.bulk_update(changed, list(_ATTENDANCE_FIELDS.values()), batch_size=500)
            audit.record_many(actor, "training_attendance.changed_by_import", changed, at)

    def _save_deliveries(self, actor: Actor, rows: list[Row], at: datetime) -> dict[str, TrainingDelivery]:
        """Create and change the deliveries of some rows; gives all of them by code."""
        # The last row of a delivery speaks for it; `problems_across` has seen to it that they agree.
        wanted = {row["delivery"]: row for row in rows}
        known = {
            delivery.code: delivery
            for delivery in TrainingDelivery.objects.select_for_update().filter(code__in=wanted)
        }
        new, changed, days = [], [], set()
        for code, row in wanted.items():
            values = {name: row[name] for name in _DELIVERY_FIELDS}
            delivery = known.get(code)
            days.add(row["start_date"])
            if delivery is None:
                new.append(TrainingDelivery(code=code, **values))
                continue
            days.add(delivery.start_date)
            before = copy(delivery)
            for name, value in values.items():
                setattr(delivery, name, value)
            if any(getattr(before, name) != getattr(delivery, name) for name in _DELIVERY_FIELDS):
                changed.append(delivery)
        TrainingDelivery.objects.bulk_create(new, batch_size=1000)
        audit.record_many(actor, "training_delivery.imported", new, at)
        if changed:
            TrainingDelivery.objects.bulk_update(changed, list(_DELIVERY_FIELDS), batch_size=500)
            audit.record_many(actor, "training_delivery.changed_by_import", changed, at)
        mark_stale(SUPPLIER.code, *days)
        return known | {delivery.code: delivery for delivery in new}


SHEETS = (TrainingSheet(),)

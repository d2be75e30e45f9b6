"""Hazards in a workbook: one from before the newer columns changes nothing it does not know, and what leaves comes
back as it went."""

from datetime import date

from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from fairfloor.registers.public import apply_workbook, export_workbook
from fairfloor.safety import services
from fairfloor.safety.models import Hazard
from tests.cast import NOW, TODAY
from tests.registers.workbooks import workbook

OLD = ("code", "date", "sex", "level", "department", "category", "description", "likelihood", "severity")
OLD += ("status", "due_date", "fixed_date", "control_type")


def old_row(code="H-1", **values):
    row = dict.fromkeys(OLD, "") | {"code": code, "date": date(2023, 3, 1), "description": "Oil"}
    row |= {"status": "CLOSED", "fixed_date": date(2023, 3, 2), "control_type": "ENGINEERING"}
    return list((row | values).values())


def kept(*factories):
    found = []
    for factory in factories:
        with scope(factory.id):
            found += list(Hazard.objects.order_by("id").values())
    return found


def bring_in(factory, path):
    with scope(factory.id):
        outcome = apply_workbook(actor=factory.actor(Role.MANAGER), path=path, at=NOW)
    return outcome.created, outcome.updated, outcome.conflicts


def test_an_old_workbook_twice_changes_nothing(river, hill, tmp_path):
    path = workbook(tmp_path / "old.xlsx", {"Hazards": [list(OLD), old_row("H-1"), old_row("H-2")]})
    bring_in(hill, path)
    assert bring_in(river, path) == (2, 0, 0)
    with scope(river.id):
        # What the program learnt since then, in every field no old workbook knows.
        first = Hazard.objects.get(code="H-1")
        later = services.report_hazard(actor=river.worker, description="Oil", day=TODAY, at=NOW)
        Hazard.objects.filter(pk=first.pk).update(
            channel="WALK_ROUND",
            source_code="WR-1",
            closed_date=date(2023, 3, 4),
            is_urgent=True,
            escalated_date=date(2023, 3, 3),
            finder_word="GONE",
            recurrence_of=Hazard.objects.get(code="H-2"),
            responsible_name="Hu Jing",
        )
    before = kept(river, hill)
    assert bring_in(river, path) == (0, 0, 0)
    assert kept(river, hill) == before
    # A change in a column it knows comes in, and nothing else moves.
    changed = workbook(tmp_path / "changed.xlsx", {"Hazards": [list(OLD), old_row("H-1", category="SLIPS")]})
    bring_in(river, changed)
    with scope(river.id):
        first.refresh_from_db()
        assert (first.category, first.channel, first.closed_date) == ("SLIPS", "WALK_ROUND", date(2023, 3, 4))
        assert (first.source_code, first.finder_word, first.is_urgent) == ("WR-1", "GONE", True)
        later.refresh_from_db()
        assert (later.channel, later.closed_date) == ("WORKER", None)


def test_what_leaves_comes_back_as_it_went(river, hill, tmp_path):
    with scope(river.id):
        act = {"actor": river.system, "at": NOW}
        hazard = services.report_hazard(
            description="Oil", day=TODAY, source="MEETING", source_code="M-1", **act
        )
        services.fix_hazard(hazard_id=hazard.pk, control_type="PPE", day=TODAY, **act)
        services.verify_hazard(hazard_id=hazard.pk, **act)
        services.close_hazard(hazard_id=hazard.pk, day=TODAY, **act)
        services.report_hazard(actor=river.worker, description="Wire", day=TODAY, at=NOW, is_urgent=True)
        path = tmp_path / "all.xlsx"
        with path.open("wb") as target:
            export_workbook(actor=river.actor(Role.MANAGER), target=target, at=NOW)
    before = kept(river)
    assert bring_in(river, path) == (0, 0, 0)
    assert kept(river) == before

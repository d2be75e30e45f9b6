"""Verbs on hazards and job risks, with their refusals."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fairfloor.core.access import Forbidden
from fairfloor.core.audit import story_of
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.core.tenancy import scope
from fairfloor.measure.risk import RiskError
from fairfloor.organisations.public import Role
from fairfloor.safety import services
from fairfloor.safety.models import Hazard
from fairfloor.safety.public import hazards_to_review, waiting
from fairfloor.safety.workflow import fix_due, hazard_rating
from tests.cast import NOW, TODAY


@pytest.fixture
def inside(river, hill):
    with scope(river.id):
        yield river


def report(factory, **values):
    return services.report_hazard(
        actor=factory.system, **({"description": "Oil on the floor", "day": TODAY, "at": NOW} | values)
    )


def test_a_worker_reports_and_a_buyer_may_not(inside):
    hazard = services.report_hazard(
        actor=inside.worker, description="Lint near the heater", day=TODAY, at=NOW
    )
    assert hazard.code.startswith("H-")
    assert story_of(hazard)[0].actor_name == ""
    with pytest.raises(Forbidden):
        services.report_hazard(actor=inside.actor(Role.BUYER), description="x", day=TODAY, at=NOW)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"description": "  "}, "description"),
        ({"category": "DRAGONS"}, "category"),
        ({"likelihood": 6, "severity": 1}, "likelihood"),
        ({"likelihood": 3}, "severity"),
    ],
)
def test_what_no_hazard_may_have(inside, values, field):
    with pytest.raises(services.HazardRefused) as refused:
        report(inside, **values)
    assert refused.value.field == field
    assert not Hazard.objects.exists()


def test_days_to_fix_follow_from_the_rating():
    assert [
        (fix_due(TODAY, hazard_rating(likelihood, severity)) - TODAY).days
        for likelihood, severity in ((1, 4), (3, 3), (4, 4), (5, 5), (None, 5))
    ] == [30, 14, 3, 1, 14]


def test_the_fixer_does_not_check_the_fix(inside):
    fixer = inside.actor(Role.SAFETY_OFFICER)
    hazard = report(inside)
    services.fix_hazard(actor=fixer, hazard_id=hazard.pk, control_type="ENGINEERING", day=TODAY, at=NOW)
    with pytest.raises(services.SelfVerification):
        services.verify_hazard(actor=fixer, hazard_id=hazard.pk, at=NOW)
    services.verify_hazard(actor=inside.system, hazard_id=hazard.pk, at=NOW)
    closed = services.close_hazard(actor=fixer, hazard_id=hazard.pk, at=NOW)
    assert closed.status == "CLOSED"


def test_no_step_is_skipped(inside):
    hazard = report(inside)
    with pytest.raises(MoveNotAllowed):
        services.close_hazard(actor=inside.system, hazard_id=hazard.pk, at=NOW)
    with pytest.raises(services.HazardRefused):
        services.reject_hazard(actor=inside.system, hazard_id=hazard.pk, reason=" ", at=NOW)
    services.withdraw_hazard(actor=inside.system, hazard_id=hazard.pk, reason="Twice", at=NOW)
    with pytest.raises(MoveNotAllowed):
        services.fix_hazard(actor=inside.system, hazard_id=hazard.pk, control_type="PPE", day=TODAY, at=NOW)


def test_a_correction_keeps_old_and_new_and_sees_what_changed_meanwhile(inside):
    hazard = report(inside)
    officer = inside.actor(Role.SAFETY_OFFICER)
    services.correct_hazard(
        actor=officer, hazard_id=hazard.pk, values={"department_code": "KNT"}, at=NOW, version=1
    )
    event = next(each for each in story_of(hazard) if each.verb == "hazard.corrected")
    assert event.detail["changed"] == {"department_code": ["", "KNT"]}
    with pytest.raises(StaleEdit):
        services.correct_hazard(
            actor=officer, hazard_id=hazard.pk, values={"department_code": "PAK"}, at=NOW, version=1
        )
    with pytest.raises(KeyError):
        services.correct_hazard(actor=officer, hazard_id=hazard.pk, values={"status": "CLOSED"}, at=NOW)
    with pytest.raises(Forbidden):
        services.correct_hazard(actor=inside.actor(Role.TEAM_MEMBER), hazard_id=hazard.pk, values={}, at=NOW)


def test_a_job_risk_is_on_the_scale_of_its_method_and_recorded_once(inside):
    values = {"job": "Boarder", "step": "Load", "hazard": "Burn", "day": TODAY, "at": NOW}
    lec = {"method": "LEC", "likelihood": Decimal(6), "exposure": Decimal(6), "severity": Decimal(3)}
    with pytest.raises(RiskError):
        services.record_job_risk(actor=inside.system, **values, **lec | {"severity": Decimal(4)})
    risk = services.record_job_risk(actor=inside.system, **values, **lec)
    with pytest.raises(services.AlreadyRecorded):
        services.record_job_risk(actor=inside.system, **values, **lec)
    services.withdraw_job_risk(
        actor=inside.system, job_risk_id=risk.pk, reason="Wrong job", day=TODAY, at=NOW
    )
    services.record_job_risk(actor=inside.system, **values, **lec)


def test_what_the_meeting_looks_at(inside, hill):
    report(inside, likelihood=1, severity=1)
    late = report(inside, likelihood=1, severity=2, day=TODAY - timedelta(days=40))
    high = report(inside, likelihood=4, severity=4)
    done = report(inside, likelihood=5, severity=5)
    services.fix_hazard(
        actor=inside.actor(Role.MANAGER), hazard_id=done.pk, control_type="PPE", day=TODAY, at=NOW
    )
    with scope(hill.id):
        report(hill, likelihood=5, severity=5)
    assert [each.code for each in hazards_to_review(TODAY)] == [high.code, late.code]
    assert {each.key for each in waiting(inside.actor(Role.MANAGER), TODAY)} == {high.code, late.code}
    assert done.code in {each.key for each in waiting(inside.system, TODAY)}
    assert waiting(inside.actor(Role.WORKER_REPRESENTATIVE), date(2026, 1, 1)) == []

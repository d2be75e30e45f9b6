"""Verbs on job risks, their measures, reviews and figures; two factories, so that a leak can show."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fairfloor.actions.public import actions_with_codes, open_actions
from fairfloor.core.access import Forbidden
from fairfloor.core.tenancy import scope
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import Role
from fairfloor.safety import services
from fairfloor.safety.figures import SUPPLIER
from fairfloor.safety.models import Control, Job, JobReview, JobRisk, RatingRecord
from fairfloor.safety.public import job_risk_participation, trigger_review, waiting
from tests.cast import NOW, TODAY
from tests.registers_rows import bring_in, row, sheet


@pytest.fixture
def inside(river, hill):
    with scope(river.id):
        yield river


def risk(factory, hazard="Burn", **values):
    values = {"job": "Boarder", "step": "Load", "likelihood": Decimal(4), "severity": Decimal(4)} | values
    return services.record_job_risk(
        actor=factory.system, hazard=hazard, method="MATRIX", day=TODAY, at=NOW, **values
    )


def measure(factory, on, **values):
    values = {"text": "Guard", "control_type": "ENGINEERING", "is_in_place": True} | values
    return services.add_control(
        actor=factory.system, job_risk_id=on.pk, control=services.AddedControl(**values), day=TODAY, at=NOW
    )


def test_a_planned_measure_is_an_action_until_it_stands(inside):
    mine = risk(inside)
    for missing in ({"owner_name": ""}, {"due_date": None}):
        wanted = {"is_in_place": False, "owner_name": "Li", "due_date": TODAY} | missing
        with pytest.raises(services.HazardRefused):
            measure(inside, mine, **wanted)
    assert not Control.objects.exists()
    assert not open_actions()
    control = measure(inside, mine, is_in_place=False, owner_name="Li", due_date=TODAY)
    (action,) = open_actions("job_risk", str(mine.pk))
    assert (action.owner_name, action.due_date) == ("Li", TODAY)
    mine.refresh_from_db()
    assert mine.control_type == ""
    services.finish_control(actor=inside.system, control_id=control.pk, day=TODAY, at=NOW)
    assert actions_with_codes({action.code})[action.code].status == "DONE"
    mine.refresh_from_db()
    assert (mine.control, mine.control_type) == ("Guard", "ENGINEERING")


def test_the_surest_measure_in_place_stands_on_the_risk(inside):
    mine = risk(inside, control="Gloves", control_type="PPE")
    assert mine.control_type == "PPE"
    guard = measure(inside, mine)
    mine.refresh_from_db()
    assert mine.control_type == "ENGINEERING"
    with pytest.raises(services.HazardRefused):
        services.drop_control(actor=inside.system, control_id=guard.pk, reason=" ", day=TODAY, at=NOW)
    services.drop_control(actor=inside.system, control_id=guard.pk, reason="Taken off", day=TODAY, at=NOW)
    mine.refresh_from_db()
    assert mine.control_type == "PPE"


def test_every_rating_is_kept(inside):
    mine = risk(inside, likelihood=Decimal(2))
    rate = {"actor": inside.system, "job_risk_id": mine.pk, "exposure": None, "day": TODAY, "at": NOW}
    with pytest.raises(services.HazardRefused):
        services.rate_job_risk(method="MATRIX", likelihood=Decimal(5), severity=Decimal(5), reason="", **rate)
    services.rate_job_risk(
        method="MATRIX", likelihood=Decimal(1), severity=Decimal(4), reason="Guard fitted", **rate
    )
    services.choose_method(actor=inside.actor(Role.SAFETY_OFFICER), method="LEC", at=NOW)
    rate["exposure"] = Decimal(6)
    services.rate_job_risk(
        method="LEC", likelihood=Decimal(6), severity=Decimal(15), reason="New look", **rate
    )
    kept = list(RatingRecord.objects.order_by("number").values_list("stage", "method", "score", "reason"))
    assert kept == [
        ("FIRST", "MATRIX", Decimal(8), ""),
        ("AFTER", "MATRIX", Decimal(4), "Guard fitted"),
        ("AFTER", "LEC", Decimal(540), "New look"),
    ]
    mine.refresh_from_db()
    assert (mine.level_first, mine.level_now, mine.method) == (2, 4, "MATRIX")


def test_who_may_not(inside):
    mine = risk(inside)
    looker = inside.actor(Role.WORKER_REPRESENTATIVE)
    with pytest.raises(Forbidden):
        services.add_control(
            actor=looker,
            job_risk_id=mine.pk,
            control=services.AddedControl("x", "PPE", is_in_place=True),
            day=TODAY,
            at=NOW,
        )
    with pytest.raises(Forbidden):
        services.choose_method(actor=inside.actor(Role.TEAM_MEMBER), method="LEC", at=NOW)


def test_another_factorys_risk_is_not_there(inside, hill):
    with scope(hill.id):
        theirs = risk(hill)
    with pytest.raises(JobRisk.DoesNotExist):
        measure(inside, theirs)
    assert (
        trigger_review(actor=inside.system, cause="INCIDENT", words="x", day=TODAY, at=NOW, job="Boarder")
        == []
    )


def test_a_review_after_an_incident_waits_and_is_done_once(inside):
    risk(inside, department_code="BRD")
    risk(inside, job="Packer", department_code="PAK")
    ask = {"actor": inside.system, "cause": "INCIDENT", "words": "Burn on 2 March", "day": TODAY, "at": NOW}
    assert len(trigger_review(department_code="BRD", **ask)) == 1
    assert trigger_review(department_code="BRD", **ask) == []  # it waits already
    assert trigger_review(**ask) == []
    officer = inside.actor(Role.SAFETY_OFFICER)
    job = Job.objects.get(title="Boarder")
    assert str(job.pk) in {each.key for each in waiting(officer, TODAY)}
    services.finish_review(actor=officer, job_id=job.pk, outcome="Screen added", day=TODAY, at=NOW)
    assert str(job.pk) not in {each.key for each in waiting(officer, TODAY)}
    job.refresh_from_db()
    assert job.review_date == TODAY + timedelta(days=365)
    assert JobReview.objects.get().done_by == officer.name
    late = TODAY + timedelta(days=366)
    assert str(job.pk) in {each.key for each in waiting(officer, late)}


def test_who_took_part(inside):
    mine = risk(inside, finder_level="FRONT_LINE")
    services.record_consultation(
        actor=inside.system,
        job_id=mine.job_step.job_id,
        held_date=TODAY,
        words="",
        women=2,
        men=1,
        front_line=3,
        signatures=[("Wang", "")],
        at=NOW,
    )
    found = job_risk_participation(TODAY, TODAY)
    assert (found.women, found.men, found.front_line, found.signatures) == (2, 1, 3, 1)
    assert found.finders == {"FRONT_LINE": 1}
    assert job_risk_participation(TODAY + timedelta(days=1), TODAY + timedelta(days=2)).consultations == []


def counted(code, source, first, last):
    facts = [fact for name, fact in source(Period(first, last)) if name == code]
    return sum(fact.numerator for fact in facts), len(facts)


def test_the_figures(inside):
    risk(inside, finder_level="FRONT_LINE", control="Guard", control_type="ENGINEERING")
    bare = risk(inside, hazard="Noise", finder_level="MANAGER", control="Ears", control_type="PPE")
    risk(inside, hazard="Slip", likelihood=Decimal(1))
    services.rate_job_risk(
        actor=inside.system,
        job_risk_id=bare.pk,
        method="MATRIX",
        likelihood=Decimal(1),
        exposure=None,
        severity=Decimal(4),
        reason="",
        day=TODAY,
        at=NOW,
    )
    measure(inside, bare, is_in_place=False, owner_name="Li", due_date=TODAY - timedelta(days=1))
    measure(inside, bare, is_in_place=False, owner_name="Li", due_date=TODAY + timedelta(days=9))
    flows = SUPPLIER.flows
    assert counted("job_risks.identified", flows, TODAY, TODAY) == (3, 3)
    assert counted("job_risks.high_before", flows, TODAY, TODAY) == (2, 2)
    assert counted("job_risks.high_after", flows, TODAY, TODAY) == (1, 1)
    assert counted("job_risks.high_controlled", flows, TODAY, TODAY) == (1, 2)
    assert counted("job_risks.front_line_share", flows, TODAY, TODAY) == (1, 2)
    assert counted("job_risks.measures_overdue", SUPPLIER.states, date(2020, 1, 1), TODAY) == (1, 1)


SHEETS = ("JobRisks", "Jobs", "JobRiskPeople", "Controls", "Ratings")


def test_everything_comes_back_as_it_went_out(inside, hill):
    mine = risk(inside, control="Guard", control_type="ENGINEERING", is_pregnancy=True, women=3)
    measure(inside, mine, text="Mat", is_in_place=False, owner_name="Li", due_date=TODAY)
    gone = measure(inside, mine, text="Old sign", control_type="ADMINISTRATIVE")
    services.drop_control(actor=inside.system, control_id=gone.pk, reason="Fell off", day=TODAY, at=NOW)
    services.rate_job_risk(
        actor=inside.system,
        job_risk_id=mine.pk,
        method="MATRIX",
        likelihood=Decimal(1),
        exposure=None,
        severity=Decimal(4),
        reason="Looked",
        day=TODAY,
        at=NOW,
    )
    out = {name: list(sheet(name).rows()) for name in SHEETS}
    with scope(hill.id):
        for name in SHEETS:
            known = {sheet(name).key_of(each) for each in sheet(name).rows()}
            rows = out[name]
            new = [each for each in rows if sheet(name).key_of(each) not in known]
            old = [each for each in rows if sheet(name).key_of(each) in known]
            assert [problem for each in rows for problem in sheet(name).problems_in(each)] == []
            sheet(name).save(hill.system, new, old, NOW)
        assert {name: list(sheet(name).rows()) for name in SHEETS} == out
        copy = JobRisk.objects.get()
        assert (copy.level_first, copy.level_now) == (3, 1)
    assert JobRisk.objects.get().pk == mine.pk


def old_row(**values):
    rated = {"method": "MATRIX", "likelihood": Decimal(4), "severity": Decimal(4)}
    return row("JobRisks", date=TODAY, job="Boarder", step="Load", hazard="Burn", **rated | values)


def test_an_old_workbook_makes_job_step_rating_and_measure(inside):
    bring_in(inside, "JobRisks", [old_row(control="Guard", control_type="ENGINEERING")])
    mine = JobRisk.objects.get()
    assert (mine.job_step.name, mine.job_step.job.title, mine.level_now) == ("Load", "Boarder", 3)
    assert RatingRecord.objects.get().score == 16
    assert Control.objects.get().is_in_place
    changed = old_row(control="Fixed guard", control_type="ENGINEERING", likelihood=Decimal(5))
    sheet("JobRisks").save(inside.system, [], [changed], NOW)
    assert Control.objects.get().text == "Fixed guard"
    assert [each.number for each in RatingRecord.objects.order_by("number")] == [1, 2]


@pytest.mark.parametrize(
    ("name", "values", "problem"),
    [
        (
            "Controls",
            {"status": "PLANNED", "control": "x", "due_date": TODAY},
            ("owner", "MISSING_FOR_STATUS"),
        ),
        ("Controls", {"status": "IN_PLACE"}, ("control", "MISSING")),
        ("Ratings", {"method": "LEC", "likelihood": Decimal(6)}, ("exposure", "MISSING_FOR_METHOD")),
        ("Ratings", {"method": "MATRIX", "likelihood": Decimal(6)}, ("likelihood", "OUTSIDE_SCALE")),
        ("JobRiskPeople", {"kind": "DRAGONS"}, ("kind", "UNKNOWN_REFERENCE")),
    ],
)
def test_what_no_row_may_say(name, values, problem):
    rated = {"likelihood": Decimal(3), "severity": Decimal(3)} if name == "Ratings" else {}
    found = [(each.column, each.code) for each in sheet(name).problems_in(row(name, **rated | values))]
    assert problem in found


def test_a_measure_of_no_known_risk_is_told():
    wrong = row("Controls", job="Nobody", step="x", hazard="y", number=1, control="z", status="IN_PLACE")
    found = list(sheet("Controls").problems_across([wrong], lambda name: []))
    assert found[0][1].code == "UNKNOWN_REFERENCE"

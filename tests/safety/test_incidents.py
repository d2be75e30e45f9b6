"""Verbs on incidents and hours, with their refusals; what is sealed stays sealed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fairfloor.core.access import Forbidden
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.core.models import AuditEvent
from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import facts_behind, figure, figures, split
from fairfloor.measure.cells import Period
from fairfloor.organisations.models import Worker
from fairfloor.organisations.public import Role
from fairfloor.safety import services
from fairfloor.safety.incident_selectors import estimated_hours, rates_page, taking_part, twelve_months
from fairfloor.safety.models import HoursWorked, Incident, IncidentHealth, InvestigationMember, JobReview
from fairfloor.safety.services.incidents import Participant
from tests.cast import NOW, TODAY

YEAR = Period(date(2025, 3, 1), date(2026, 2, 28))


@pytest.fixture
def inside(river, hill):
    with scope(river.id):
        yield river


def report(factory, **values):
    given = {
        "kind": "INJURY",
        "injury_class": "MEDICAL",
        "description": "A sleeve was caught",
        "incident_date": TODAY,
    }
    return services.report_incident(actor=factory.system, day=TODAY, at=NOW, **(given | values))


def hours(factory, month=date(2026, 2, 1), number=40_000, **values):
    return services.write_hours(
        actor=factory.system, month_date=month, hours=Decimal(number), day=TODAY, at=NOW, **values
    )


WOMAN = (Participant("", "FEMALE", "FRONT_LINE"),)


def investigated(factory, incident=None, participants=WOMAN, **values):
    given = {"held_date": TODAY, "whys": ["The guard was off", "", "Cleaning takes too long"]}
    return services.investigate_incident(
        actor=factory.system,
        incident_id=(incident or report(factory)).pk,
        participants=participants,
        day=TODAY,
        at=NOW,
        **(given | values),
    )


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"incident_date": TODAY + timedelta(days=1)}, "incident_date", "FUTURE"),
        ({"description": " "}, "description", "EMPTY"),
        ({"kind": "DRAGON"}, "kind", "UNKNOWN"),
        ({"hour": 24}, "hour", "OUTSIDE_SCALE"),
        ({"injury_class": ""}, "injury_class", "MISSING_FOR_KIND"),
        ({"injury_class": "BAD"}, "injury_class", "UNKNOWN"),
        ({"kind": "NEAR_MISS"}, "injury_class", "NOT_FOR_KIND"),
        ({"injury_class": "FIRST_AID", "days_lost": 2}, "days_lost", "NOT_FOR_CLASS"),
        ({"injury_class": "LOST_TIME", "days_lost": -1}, "days_lost", "NEGATIVE"),
        ({"injury_class": "LOST_TIME", "days_lost": 0}, "days_lost", "ZERO"),
        ({"injury_class": "LOST_TIME", "days_lost": 6001}, "days_lost", "TOO_MANY"),
        ({"sex": "X"}, "sex", "UNKNOWN"),
        ({"level": "BOSS"}, "level", "UNKNOWN"),
    ],
)
def test_what_no_incident_may_have(inside, values, field, code):
    with pytest.raises(services.IncidentRefused) as refused:
        report(inside, **values)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert not Incident.objects.exists()
    assert not AuditEvent.objects.filter(verb__startswith="incident.").exists()


def test_everybody_tells_a_near_miss_and_few_write_an_accident(inside):
    near = services.report_incident(
        actor=inside.worker, kind="NEAR_MISS", description="Box fell", incident_date=TODAY, day=TODAY, at=NOW
    )
    assert (near.code[:2], near.status) == ("N-", "REPORTED")
    with pytest.raises(Forbidden):
        services.report_incident(
            actor=inside.worker,
            kind="INJURY",
            injury_class="MEDICAL",
            description="x",
            incident_date=TODAY,
            day=TODAY,
            at=NOW,
        )
    with pytest.raises(Forbidden):
        services.report_incident(
            actor=inside.actor(Role.BUYER),
            kind="NEAR_MISS",
            description="x",
            incident_date=TODAY,
            day=TODAY,
            at=NOW,
        )


def test_the_way_from_report_to_closed(inside):
    incident = investigated(inside)
    assert incident.status == "INVESTIGATED"
    assert incident.investigation.why_2 == "Cleaning takes too long"
    with pytest.raises(services.IncidentRefused) as refused:
        services.agree_actions(actor=inside.system, incident_id=incident.pk, at=NOW)
    assert refused.value.code == "NO_ACTION"
    action = services.add_incident_action(
        actor=inside.system,
        incident_id=incident.pk,
        text="Fit a quick clamp",
        owner_name="Hu Jing",
        due_date=TODAY,
        day=TODAY,
        at=NOW,
    )
    incident = services.agree_actions(actor=inside.system, incident_id=incident.pk, at=NOW)
    with pytest.raises(services.IncidentRefused) as refused:
        services.close_incident(actor=inside.system, incident_id=incident.pk, at=NOW)
    assert refused.value.code == "ACTIONS_OPEN"
    from fairfloor.actions.public import complete_action

    complete_action(actor=inside.system, action_id=action.pk, day=TODAY, at=NOW)
    assert services.close_incident(actor=inside.system, incident_id=incident.pk, at=NOW).status == "CLOSED"


def test_states_and_stale_forms(inside):
    incident = report(inside)
    with pytest.raises(MoveNotAllowed):
        services.close_incident(actor=inside.system, incident_id=incident.pk, at=NOW)
    investigated(inside, incident, version=1)
    with pytest.raises(StaleEdit):
        investigated(inside, incident, version=1)
    services.withdraw_incident(actor=inside.system, incident_id=incident.pk, reason="Twice", at=NOW)
    with pytest.raises(MoveNotAllowed):
        investigated(inside, incident)


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"participants": ()}, "participants", "EMPTY"),
        ({"participants": (Participant("W-404"),)}, "participants", "UNKNOWN_WORKER"),
        ({"participants": (Participant(),)}, "participants", "SELF_EMPTY"),
        ({"whys": ["", " "]}, "why_1", "EMPTY"),
        ({"whys": list("123456")}, "why_5", "TOO_MANY"),
        ({"held_date": TODAY + timedelta(days=1)}, "held_date", "FUTURE"),
        ({"held_date": TODAY - timedelta(days=1)}, "held_date", "BEFORE"),
        ({"factors": ["MOON"]}, "factors", "UNKNOWN"),
    ],
)
def test_what_no_investigation_may_have(inside, values, field, code):
    incident = report(inside)
    with pytest.raises(services.IncidentRefused) as refused:
        investigated(inside, incident, **values)
    assert (refused.value.field, refused.value.code) == (field, code)
    incident.refresh_from_db()
    assert incident.status == "REPORTED"


def test_a_worker_of_the_other_factory_is_unknown(inside, hill):
    with scope(hill.id):
        Worker.objects.create(code="W-9", sex="FEMALE", level="FRONT_LINE")
    with pytest.raises(services.IncidentRefused):
        investigated(inside, participants=(Participant("W-9"),))
    Worker.objects.create(code="W-9", sex="MALE", level="SUPERVISOR")
    investigated(inside, participants=(Participant("W-9"),))
    member = InvestigationMember.objects.get()
    assert (member.sex, member.level) == ("MALE", "SUPERVISOR")


def test_a_hazard_that_already_happened_becomes_one_near_miss(inside):
    hazard = services.report_hazard(actor=inside.worker, description="Rack fell over", day=TODAY, at=NOW)
    made = services.near_miss_from_hazard(actor=inside.system, hazard_code=hazard.code, day=TODAY, at=NOW)
    again = services.near_miss_from_hazard(actor=inside.system, hazard_code=hazard.code, day=TODAY, at=NOW)
    assert made.pk == again.pk
    assert (made.kind, made.hazard_code) == ("NEAR_MISS", hazard.code)


def test_an_incident_asks_for_a_look_at_the_jobs_risks(inside):
    services.record_job_risk(
        actor=inside.system,
        job="Knitter",
        step="Start",
        hazard="Needle",
        method="MATRIX",
        likelihood=Decimal(3),
        severity=Decimal(2),
        day=TODAY,
        at=NOW,
    )
    incident = report(inside, job="Knitter")
    made = services.ask_for_review(actor=inside.system, incident_id=incident.pk, day=TODAY, at=NOW)
    assert [review.cause for review in made] == ["INCIDENT"]
    assert incident.description not in JobReview.objects.get().words


# --- sealed details ---


def sealed(factory, incident):
    Worker.objects.get_or_create(code="W-1", defaults={"name": "Li Mei", "sex": "FEMALE"})
    return services.write_health(
        actor=factory.actor(Role.SAFETY_OFFICER),
        incident_id=incident.pk,
        values={
            "person_code": "W-1",
            "nature": "Fracture",
            "body_part": "Left wrist",
            "treatment": "Plaster",
        },
        at=NOW,
    )


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.SAFETY_OFFICER, True), (Role.HR_FOCAL, True)]
    + [
        (role, False)
        for role in (Role.MANAGER, Role.TEAM_SECRETARY, Role.TEAM_MEMBER, Role.BUYER, Role.SUPPORT)
    ],
)
def test_who_may_write_sealed_details(inside, role, may):
    incident = report(inside)
    call = {"incident_id": incident.pk, "values": {"nature": "Cut"}, "at": NOW}
    if may:
        services.write_health(actor=inside.actor(role), **call)
        assert IncidentHealth.objects.get().nature == "Cut"
    else:
        with pytest.raises(Forbidden):
            services.write_health(actor=inside.actor(role), **call)
        assert not IncidentHealth.objects.exists()


def test_the_trail_never_says_what_was_sealed(inside):
    incident = report(inside)
    sealed(inside, incident)
    services.correct_incident(
        actor=inside.system,
        incident_id=incident.pk,
        values={"description": "She broke her wrist", "place": "Line 3"},
        day=TODAY,
        at=NOW,
    )
    trail = " ".join(f"{event.verb} {event.detail}" for event in AuditEvent.objects.all())
    for word in ("W-1", "Fracture", "wrist", "Plaster", "sleeve"):
        assert word not in trail
    assert "incident.health_written" in trail
    assert "Line 3" in trail


def test_a_person_who_is_not_on_the_roster_is_refused(inside):
    with pytest.raises(services.IncidentRefused):
        services.write_health(
            actor=inside.actor(Role.HR_FOCAL),
            incident_id=report(inside).pk,
            values={"person_code": "W-404"},
            at=NOW,
        )


def test_stale_sealed_details(inside):
    incident = report(inside)
    sealed(inside, incident)
    with pytest.raises(StaleEdit):
        services.write_health(
            actor=inside.actor(Role.HR_FOCAL),
            incident_id=incident.pk,
            values={"nature": "x"},
            at=NOW,
            version=0,
        )


# --- hours and rates ---


@pytest.mark.parametrize(
    ("number", "values", "code"),
    [
        (0, {}, "ZERO"),
        (-1, {}, "NEGATIVE"),
        (1000, {"workers": Decimal(0)}, "ZERO"),
        (1000, {"workers": Decimal(1)}, "TOO_MANY"),
        (1000, {"department_code": "XXX"}, "UNKNOWN"),
        (1000, {"month": date(2026, 4, 1)}, "FUTURE"),
    ],
)
def test_hours_that_cannot_be(inside, number, values, code):
    with pytest.raises(services.IncidentRefused) as refused:
        hours(inside, number=number, **values)
    assert refused.value.code == code
    assert not HoursWorked.objects.exists()


def test_a_total_beside_its_parts_is_refused(inside):
    hours(inside)
    with pytest.raises(services.IncidentRefused) as refused:
        hours(inside, number=20_000, department_code="KNT")
    assert refused.value.code == "MIXED"
    hours(inside, number=41_000)
    assert HoursWorked.objects.get().hours == 41_000


def test_without_hours_there_is_no_rate(inside):
    report(inside, injury_class="LOST_TIME", incident_date=date(2026, 2, 3), days_lost=4)
    found = figures(["incidents.ltifr", "incidents.lost_time", "incidents.severity"], YEAR)
    assert found["incidents.lost_time"].value == 1
    assert found["incidents.ltifr"].value is None
    assert found["incidents.severity"].value is None
    page = rates_page(YEAR, TODAY)
    assert len(page.missing) == 12
    assert (page.incidence, page.verdict) == (None, "NOT_ENOUGH_DATA")


def test_the_worked_example_as_a_figure_with_base_and_range(inside):
    for day in (3, 10, 20):
        report(
            inside,
            injury_class="LOST_TIME",
            incident_date=date(2026, 2, day),
            days_lost=47 if day == 3 else None,
        )
    report(inside, injury_class="FIRST_AID", incident_date=date(2026, 2, 5))
    hours(inside, number=412_500, workers=Decimal("1000"))
    found = figures(["incidents.ltifr", "incidents.trir", "incidents.severity", "incidents.first_aid"], YEAR)
    rate = found["incidents.ltifr"]
    assert round(float(rate.value), 2) == 7.27
    assert (round(float(rate.lower), 2), round(float(rate.upper), 2)) == (1.50, 21.25)
    assert (rate.numerator, rate.denominator) == (3, 412_500)
    assert round(float(found["incidents.trir"].value), 2) == 1.45
    assert round(float(found["incidents.severity"].value), 2) == 113.94
    assert found["incidents.severity"].lower is None
    assert found["incidents.first_aid"].value == 1


def test_an_accident_in_a_month_without_hours_is_in_no_rate(inside):
    hours(inside, number=100_000)
    report(inside, injury_class="LOST_TIME", incident_date=date(2026, 2, 3))
    report(inside, injury_class="LOST_TIME", incident_date=date(2026, 1, 3))
    found = figure("incidents.ltifr", YEAR)
    assert (found.numerator, found.denominator, found.value) == (1, 100_000, 10)


def test_withdrawn_entries_and_the_other_factory_count_nowhere(inside, hill):
    kept = report(inside, incident_date=date(2026, 2, 3))
    gone = report(inside, incident_date=date(2026, 2, 4))
    services.withdraw_incident(actor=inside.system, incident_id=gone.pk, reason="Twice", at=NOW)
    with scope(hill.id):
        report(hill, incident_date=date(2026, 2, 4))
    assert figure("incidents.recordable", YEAR).value == 1
    assert [fact.ref.label for fact in facts_behind("incidents.recordable", YEAR)] == [kept.code]


def test_near_misses_for_each_accident(inside):
    report(inside, kind="NEAR_MISS", injury_class="", incident_date=date(2026, 2, 3))
    assert figure("incidents.near_misses_per_accident", YEAR).value is None
    report(inside, kind="NEAR_MISS", injury_class="", incident_date=date(2026, 2, 4))
    report(inside, incident_date=date(2026, 2, 5))
    assert figure("incidents.near_misses_per_accident", YEAR).value == 2


def test_groups_are_told_apart_only_where_each_has_hours_of_five_people(inside):
    hours(inside, number=30_000, department_code="KNT")
    hours(inside, number=5_000, department_code="PAK")
    report(inside, incident_date=date(2026, 2, 5), department_code="KNT", sex="FEMALE")
    assert set(split("incidents.trir", YEAR, "department")) == {"KNT", "PAK"}
    assert set(split("incidents.trir", YEAR, "sex")) == {""}
    hours(inside, number=500, department_code="PAK")
    assert set(split("incidents.trir", YEAR, "department")) == {""}
    assert figure("incidents.trir", YEAR).denominator == 30_500


def test_counts_never_say_the_sex_of_one_person(inside):
    report(inside, incident_date=date(2026, 2, 5), sex="FEMALE")
    assert set(split("incidents.recordable", YEAR, "sex")) == {""}


def test_twelve_whole_months_and_an_estimate_that_is_only_worked_out(inside):
    assert twelve_months(TODAY) == YEAR
    assert twelve_months(date(2026, 1, 5)) == Period(date(2025, 1, 1), date(2025, 12, 31))
    assert estimated_hours(date(2026, 2, 1), 100, Decimal(8), 22) == 17_600
    with pytest.raises(ValueError, match="people"):
        estimated_hours(date(2026, 2, 1), 0, Decimal(8), 22)
    assert not HoursWorked.objects.exists()


def test_who_took_part(inside):
    services.report_hazard(
        actor=inside.system, description="x", day=TODAY, at=NOW, sex="FEMALE", level="FRONT_LINE"
    )
    services.report_hazard(actor=inside.system, description="y", day=TODAY, at=NOW)
    investigated(inside)
    parts = {part.code: part for part in taking_part(Period(date(2026, 1, 1), TODAY))}
    assert (parts["FINDING"].occasions, parts["FINDING"].unknown) == (2, 1)
    assert parts["INVESTIGATING"].people == {("FRONT_LINE", "FEMALE"): 1}
    assert parts["ASKED"].occasions == 0


def test_the_base_of_the_frequency(inside):
    services.choose_base(actor=inside.system, base=200_000, at=NOW)
    assert services.hour_base() == 200_000
    with pytest.raises(services.IncidentRefused):
        services.choose_base(actor=inside.system, base=100, at=NOW)
    with pytest.raises(Forbidden):
        services.choose_base(actor=inside.actor(Role.TEAM_MEMBER), base=1_000_000, at=NOW)

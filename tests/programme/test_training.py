"""Trainings: the flat sheet, figures, pages."""

from datetime import date
from decimal import Decimal

from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import facts_behind, figures, split
from fairfloor.organisations.public import Role, add_organisation_member, create_organisation, give_grant
from fairfloor.programme.models import TrainingAttendance, TrainingDelivery
from fairfloor.programme.public import modules_taken
from tests.cast import NOW
from tests.pages import browser, queries_of
from tests.registers_rows import YEAR, bring_in, problems, row, sheet

FIRST = {"delivery": "TD-1", "module": "WPC", "module_label": "1", "start_date": date(2022, 9, 20)}
SECOND = {"delivery": "TD-2", "module": "GE", "module_label": "7", "start_date": date(2022, 11, 15)}
CODES = ("training.participants", "training.modules")


def attendance(participant, delivery=FIRST, **values):
    base = {"hours": Decimal(16), "hours_attended": Decimal(16), "sex": "FEMALE", "level": "FRONT_LINE"}
    return row("Training", **base | delivery | {"participant": participant} | values)


def both(count=5):
    return [attendance(f"P{n}", delivery) for delivery in (FIRST, SECOND) for n in range(1, count + 1)]


def test_the_published_numbers(river, hill):
    with scope(hill.id):
        bring_in(hill, "Training", [attendance("P9")])
    with scope(river.id):
        bring_in(river, "Training", [*both(), attendance("P6", hours_attended=Decimal(0))])
        found = figures(CODES, YEAR)
        assert found["training.participants"].value == 5
        assert found["training.modules"].value == 2
        assert set(split("training.modules", YEAR, "item")) == {"WPC:1", "GE:7"}
        assert [(each.module, each.label) for each in modules_taken(YEAR)] == [("WPC", "1"), ("GE", "7")]
        assert len(facts_behind("training.participants", YEAR)) == 5


def test_rows_come_back_and_changes_reach_the_figures(river):
    with scope(river.id):
        training = sheet("Training")
        bring_in(river, "Training", both())
        key = training.key_of
        assert sorted(training.rows(), key=key) == sorted(both(), key=key)
        assert figures(CODES, YEAR)["training.participants"].value == 5
        later = [attendance(f"P{n}", SECOND | {"start_date": date(2024, 1, 5)}) for n in range(1, 6)]
        training.save(river.system, [], later, NOW)
        found = figures(CODES, YEAR)
        assert found["training.modules"].value == 1
        assert TrainingDelivery.objects.get(code="TD-2").start_date == date(2024, 1, 5)
        assert TrainingAttendance.objects.count() == 10


def test_what_a_row_may_not_say():
    assert problems("Training", attendance("P1")) == []
    too_long = attendance("P1", hours_attended=Decimal(17))
    assert problems("Training", too_long) == [("hours_attended", "ABOVE_OTHER")]


def test_rows_of_one_delivery_must_agree():
    training = sheet("Training")
    good = both(2)
    assert list(training.problems_across(good, lambda name: good)) == []
    odd = [attendance("P1"), attendance("P2", module_label="2")]
    found = [
        (index, each.column, each.code) for index, each in training.problems_across(odd, lambda name: odd)
    ]
    assert found == [(0, "module_label", "DIFFERS"), (1, "module_label", "DIFFERS")]
    kept = [attendance("P1", hours=Decimal(8)), attendance("P2")]
    found = [each.values for _index, each in training.problems_across(kept[:1], lambda name: kept)]
    assert found == [{"other": "16"}]


def test_pages(river, hill):
    with scope(river.id):
        bring_in(river, "Training", both())
        day = {"date": date(2023, 1, 1), "department": "KNT", "level": "FRONT_LINE"}
        bring_in(
            river,
            "Workforce",
            [
                row("Workforce", sex="FEMALE", headcount=30, **day),
                row("Workforce", sex="MALE", headcount=10, **day),
            ],
        )
    with scope(hill.id):
        bring_in(hill, "Training", [attendance("P1", FIRST | {"delivery": "TD-9"})])
    client = browser(river, Role.TEAM_MEMBER)
    page = client.get("/e/river/training/").content.decode()
    assert "100.0 % of the people trained are women (5 of 5)" in page
    assert "75.0 % (n = 40)" in page
    assert "Parity index 1.33:" in page
    detail = client.get("/e/river/training/TD-1/")
    assert detail.status_code == 200
    assert ">P3<" in detail.content.decode()
    assert client.get("/e/river/training/TD-9/").status_code == 404
    assert client.get("/e/hill/training/").status_code == 404


def test_a_grant_shows_counts_and_not_people(river, hill):
    trainer = hill.user("trainer")
    with scope(river.id):
        bring_in(river, "Training", both())
        provider = create_organisation(name="Provider", kind="provider", at=NOW)
        start, end = date(2020, 1, 1), date(2100, 1, 1)
        add_organisation_member(
            user_id=trainer.pk, organisation_id=provider.pk, role=Role.TRAINER, from_date=start
        )
        give_grant(
            actor=river.system,
            organisation_id=provider.pk,
            data_class="IMPROVEMENT",
            from_date=start,
            to_date=end,
            at=NOW,
        )
    from django.test import Client

    client = Client()
    client.force_login(trainer)
    page = client.get("/e/river/training/TD-1/")
    assert page.status_code == 200
    assert ">P3<" not in page.content.decode()


def test_the_list_costs_the_same_with_more_rows(river):
    client = browser(river, Role.TEAM_MEMBER)
    with scope(river.id):
        bring_in(river, "Training", both())
    few = queries_of(client, "/e/river/training/")
    with scope(river.id):
        more = [attendance(f"P{n}", FIRST | {"delivery": f"TD-{n}"}) for n in range(3, 31)]
        bring_in(river, "Training", more)
    assert queries_of(client, "/e/river/training/") == few

"""Today: what waits, the six headline figures, and the page behind each of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from fairfloor.actions.public import add_action
from fairfloor.core.stale import mark_stale
from fairfloor.core.tenancy import scope
from fairfloor.desk.pulse import HEADLINES, SNAPSHOT_HEADLINE, headlines
from fairfloor.desk.waiting import waiting_rows
from fairfloor.indicators.models import Reading
from fairfloor.indicators.public import chosen_period, last_twelve_months
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import Role, local_day
from fairfloor.safety.public import report_hazard
from fairfloor.suggestions.public import submit_suggestion
from tests.cast import NOW, PASSWORD, TODAY

YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))


def client_for(factory, username, *roles):
    factory.user(username, *roles)
    client = Client()
    assert client.login(username=username, password=PASSWORD)
    return client


def read(factory, month, numerator, denominator=1000):
    with scope(factory.id):
        Reading.objects.create(
            indicator="defect-rate",
            month_date=month,
            numerator=Decimal(numerator),
            denominator=Decimal(denominator),
            quality="B",
        )
        mark_stale("indicators", month)


def idea(factory, number, day=TODAY, **details):
    return submit_suggestion(
        actor=factory.system,
        client_id=f"idea-{number}",
        text=f"Idea {number}",
        day=day,
        at=NOW,
        channel="BOX",
        **details,
    ).suggestion


def cards(factory, period=YEAR, language="en"):
    with scope(factory.id):
        return {card.code: card for card in headlines(factory.slug, period, TODAY, language)}


def test_the_last_twelve_months_are_whole_months():
    assert last_twelve_months(date(2026, 3, 10)) == YEAR
    assert last_twelve_months(date(2026, 12, 31)) == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert chosen_period({"from": "2022-09-01", "to": "2023-08-31"}, TODAY).start_date == date(2022, 9, 1)
    for nonsense in (
        {"from": "2023-01-01"},
        {"from": "x", "to": "y"},
        {"from": "2023-02-01", "to": "2023-01-01"},
        {"from": "0001-01-01", "to": "9999-12-31"},
    ):
        assert chosen_period(nonsense, TODAY) == YEAR


def test_a_fall_beyond_chance_is_said_with_its_numbers(river):
    for month in YEAR.months():
        is_early = month.start_date < date(2025, 10, 1)
        read(river, month.start_date, 42 if is_early else 20)
    card = cards(river)["defect-rate"]
    assert card.sentence == "Down from 4.20 % to 2.00 % since October 2025; more than chance."
    assert (card.value, card.state) == ("3.10 %", "good")
    assert "372 of 12,000" in card.basis
    assert card.url == "/e/river/figures/defect-rate/?from=2025-04-01&to=2026-03-31"
    assert card.sparkline.startswith("<svg ")


def test_a_change_within_chance_is_called_that(river):
    for month in YEAR.months():
        read(river, month.start_date, 30 if month.start_date < date(2025, 10, 1) else 31)
    card = cards(river)["defect-rate"]
    assert "chance alone could explain it" in card.sentence
    assert card.state == ""


def test_a_rise_of_what_should_fall_is_to_be_looked_into(river):
    for month in YEAR.months():
        read(river, month.start_date, 20 if month.start_date < date(2025, 10, 1) else 42)
    assert cards(river)["defect-rate"].state == "watch"


def test_counts_and_nothing_recorded(river, hill):
    with scope(river.id):
        for number in range(3):
            idea(river, number, level="FRONT_LINE")
    own = cards(river)
    assert own["suggestions.received"].value == "3"
    assert own["suggestions.received"].sentence == "3 since October 2025, 0 in the same time before."
    assert own["hazards.reported"].sentence == "Nothing recorded in this time."
    assert set(own) == {*HEADLINES, SNAPSHOT_HEADLINE}
    assert not any(card.has_records for card in cards(hill).values())


def test_the_number_of_queries_does_not_grow_with_the_rows(river, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count():
        cards(river)  # fresh cells first
        with CaptureQueriesContext(connection) as captured:
            cards(river)
        return len(captured)

    with scope(river.id):
        idea(river, 1)
        idea(river, 2)
    few = count()
    with scope(river.id):
        for number in range(3, 31):
            idea(river, number, day=TODAY - timedelta(days=number))
    assert count() == few


def test_an_empty_factory_is_taught_what_to_do(river):
    page = client_for(river, "mei", Role.MANAGER).get("/e/river/").content.decode()
    assert "Figures appear here" in page
    assert "Print the poster" in page
    member = client_for(river, "ann", Role.TEAM_MEMBER).get("/e/river/").content.decode()
    assert "Print the poster" not in member


def test_late_things_come_first_and_only_ones_own(river, hill):
    user = river.user("mei", Role.TEAM_SECRETARY)
    today = local_day(river.enterprise, timezone.now())
    for factory, text, due in (
        (river, "Due tomorrow", today + timedelta(days=1)),
        (river, "Late by a day", today - timedelta(days=1)),
        (hill, "Elsewhere", today - timedelta(days=1)),
    ):
        with scope(factory.id):
            add_action(
                actor=factory.system,
                text=text,
                owner_name="Mei",
                owner_user_id=user.pk,
                due_date=due,
                about_feature="",
                about_code="",
                day=today - timedelta(days=5),
                at=NOW,
            )
    client = Client()
    client.login(username="mei", password=PASSWORD)
    page = client.get("/e/river/").content.decode()
    assert page.index("Late by a day") < page.index("Due tomorrow")
    assert "Elsewhere" not in page


FIGURE = "/e/river/figures/suggestions.front_line_share/?from=2025-04-01&to=2026-03-31"


def test_the_page_of_a_figure_shows_its_ground_and_rows(river, hill):
    with scope(river.id):
        for number in range(6):
            idea(river, number, level="FRONT_LINE" if number < 4 else "MANAGER", department_code="KNT")
    with scope(hill.id):
        idea(hill, 99, level="MANAGER", title="Not yours")
    page = client_for(river, "mei", Role.MANAGER).get(FIGURE)
    text = page.content.decode()
    assert page.status_code == 200
    assert "67 %" in text
    assert "4 of 6" in text
    assert "April 2025 – March 2026" in text
    assert "6 records in all" in text
    assert "Case report" in text
    assert "Not yours" not in text
    representative = client_for(river, "rep", Role.WORKER_REPRESENTATIVE).get(FIGURE).content.decode()
    assert "stay in the factory" in representative
    assert "Idea 1" not in representative


@pytest.mark.parametrize(
    "code",
    ["training.modules", "surveys.favourable", "surveys.favourable_min", "team.members", SNAPSHOT_HEADLINE],
)
def test_every_kind_of_figure_opens_with_nothing_recorded(river, code):
    client = client_for(river, "mei", Role.MANAGER)
    assert client.get(f"/e/river/figures/{code}/").status_code == 200


def test_strangers_and_unknown_figures(river, hill):
    client = client_for(river, "mei", Role.MANAGER)
    assert client.get("/e/river/figures/no.such/").status_code == 404
    assert client.get("/e/hill/figures/defect-rate/").status_code == 404
    assert client.get("/e/hill/").status_code == 404
    assert client.get("/e/nowhere/").status_code == 404


def test_the_way_in_chooses_the_factory(river, hill):
    assert client_for(river, "mei", Role.MANAGER).get("/").headers["Location"] == "/e/river/"
    nobody = client_for(river, "ann").get("/").content.decode()
    assert "No factory has given you a role today" in nobody
    with scope(hill.id):
        from fairfloor.organisations.public import add_member

        user = river.user("both", Role.TEAM_MEMBER)
        add_member(
            actor=hill.system, user_id=user.pk, role=Role.TEAM_MEMBER, from_date=date(2020, 1, 1), at=NOW
        )
    client = Client()
    client.login(username="both", password=PASSWORD)
    page = client.get("/").content.decode()
    assert "/e/river/" in page
    assert "/e/hill/" in page


def test_errors_speak_the_readers_language_and_hide_nothing(client, db):
    page = client.get("/no/such/page/")
    assert page.status_code == 404
    assert "There is nothing here" in page.content.decode()
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post("/accounts/login/", {"login": "x", "password": "y"})
    assert refused.status_code == 403
    assert "open too long" in refused.content.decode()


def test_relics_of_one_kind_wait_in_one_line(river, hill):
    """Ideas and hazards late by more than half a year come as one line each, which leads to just these."""
    long_ago = TODAY - timedelta(days=400)
    with scope(river.id):
        for number in range(24):
            idea(river, number, long_ago)
        idea(river, 99, TODAY - timedelta(days=30))
        for number in range(3):
            report_hazard(actor=river.system, description=f"Old {number}", day=long_ago, at=NOW)
    with scope(hill.id):
        idea(hill, 1, long_ago)
    with scope(river.id):
        rows = waiting_rows(river.actor(Role.MANAGER), river.slug, TODAY)
        texts = [row.text for row in rows]
    assert texts == [
        "The idea “Idea 99” waits for a decision.",
        "24 older ideas still wait for an answer.",
        "3 older hazards are still to be fixed.",
    ]
    with scope(river.id):
        idea(river, 100, timezone.now().date())
    client = client_for(river, "mei", Role.MANAGER)
    listed = client.get(rows[1].url).content.decode()
    assert "Idea 3" in listed
    assert "Idea 100" not in listed
    assert "3 shown of 3" in client.get(rows[2].url).content.decode()

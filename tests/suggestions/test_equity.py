"""Who is heard: rates over the factory's own workers, small groups hidden, differences only when the data say so."""

from datetime import date, timedelta

import pytest

from fairfloor.core.stale import mark_stale
from fairfloor.core.tenancy import scope
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import Role, record_workforce
from fairfloor.suggestions.equity import equity
from fairfloor.suggestions.models import Suggestion
from tests.cast import NOW, Factory
from tests.pages import browser, queries_of

PERIOD = Period(date(2026, 1, 1), date(2026, 2, 28))
URL = f"suggestions/equity/?from={PERIOD.start_date}&to={PERIOD.end_date}"


def workers(factory: Factory, *lines: tuple[str, str, str, int]) -> None:
    record_workforce(actor=factory.system, snapshot_date=PERIOD.start_date, lines=lines, at=NOW)


def ideas(count: int, sex: str, wait: int | None = 5, prefix: str = "", **more) -> None:
    for number in range(count):
        day = PERIOD.start_date + timedelta(days=number % 40)
        Suggestion.objects.create(
            code=f"S-{prefix}{sex[:1]}{number}",
            submitted_date=day,
            decided_date=None if wait is None else day + timedelta(days=wait + number % 3),
            status="NEW" if wait is None else "ACCEPTED",
            channel="QR",
            sex=sex,
            text="x",
            **{"level": "FRONT_LINE", "department_code": "KNT", **more},
        )
    mark_stale("suggestions", PERIOD.start_date, PERIOD.end_date)


def test_a_group_heard_less_that_waits_longer_is_told_in_words(river, hill):
    with scope(river.id):
        workers(river, ("KNT", "FRONT_LINE", "FEMALE", 300), ("KNT", "FRONT_LINE", "MALE", 100))
        ideas(12, "FEMALE", wait=20)
        ideas(24, "MALE", wait=3)
        ideas(3, "", prefix="U")
        sex = equity(PERIOD).questions[0]
        told = {group.key: group for group in sex.groups}
        assert (told["FEMALE"].voice, told["FEMALE"].waits) == ("LESS", "MORE")
        assert told["FEMALE"].rates[0].value == 4
        assert told["FEMALE"].wait.value == 21
        assert (sex.received, sex.unknown) == (39, 3)
    with scope(hill.id):
        assert equity(PERIOD).questions[0].groups == ()
    page = browser(river, Role.TEAM_MEMBER).get(f"/e/river/{URL}").content.decode()
    assert "Fewer ideas come from this group" in page
    assert "waits longer" in page
    assert "because" not in page
    assert browser(hill, Role.TEAM_MEMBER).get(f"/e/river/{URL}").status_code == 404


def test_small_groups_are_hidden_together_with_one_they_would_follow_from(river):
    with scope(river.id):
        workers(
            river,
            ("KNT", "FRONT_LINE", "FEMALE", 200),
            ("KNT", "SUPERVISOR", "MALE", 20),
            ("KNT", "TOP", "MALE", 3),
        )
        ideas(3, "MALE", level="TOP")
        level = equity(PERIOD).questions[1]
        assert {group.key for group in level.groups if group.is_hidden} == {"TOP", "SUPERVISOR"}
        assert all(group.rates[0] is None for group in level.groups if group.is_hidden)


def test_few_answers_say_not_enough(river):
    with scope(river.id):
        workers(river, ("KNT", "FRONT_LINE", "FEMALE", 300), ("KNT", "FRONT_LINE", "MALE", 100))
        ideas(2, "FEMALE")
        told = equity(PERIOD).questions[0].groups
        assert {group.voice for group in told} == {"NOT_ENOUGH_DATA"}
        # Two answers are no median to show.
        assert all(group.wait is None for group in told)
    page = browser(river, Role.TEAM_MEMBER).get(f"/e/river/{URL}").content.decode()
    assert page.count("Not enough data") == 9


def test_without_a_workforce_count_the_page_asks_for_one(river):
    page = browser(river, Role.TEAM_MEMBER).get(f"/e/river/{URL}")
    assert page.status_code == 200
    assert "No count of the workforce" in page.content.decode()


@pytest.mark.parametrize("more", [30])
def test_queries_do_not_grow_with_ideas(river, more):
    with scope(river.id):
        workers(river, ("KNT", "FRONT_LINE", "FEMALE", 300), ("PAK", "FRONT_LINE", "MALE", 100))
        ideas(3, "FEMALE")
    client = browser(river, Role.TEAM_MEMBER)
    before = queries_of(client, f"/e/river/{URL}")
    with scope(river.id):
        ideas(more, "MALE", department_code="PAK")
    assert queries_of(client, f"/e/river/{URL}") == before

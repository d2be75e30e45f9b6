"""The monthly form of one person, who has not reported, and what waits for them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from fairfloor.core.edits import plain
from fairfloor.core.tenancy import scope
from fairfloor.indicators.models import MonthDraft, Reading
from fairfloor.indicators.plans import plan_indicator
from fairfloor.indicators.reporting import completeness, waiting
from fairfloor.indicators.services import write_reading
from fairfloor.organisations.public import Role, local_day
from tests.cast import NOW, TODAY
from tests.pages import browser

HERE = "/e/river/readings/month/"
MONTH = "2026-02"


def assign(factory, username, *indicators, day=TODAY):
    """The indicators become that login's; gives its id."""
    user = factory.user(username, Role.TEAM_MEMBER)
    with scope(factory.id):
        for indicator in indicators:
            plan_indicator(
                actor=factory.actor(Role.MANAGER),
                indicator=indicator,
                reporter_user_id=user.pk,
                day=day,
                at=NOW,
            )
    return user


def january(factory, indicator, numerator, denominator):
    with scope(factory.id):
        write_reading(
            actor=factory.system,
            indicator=indicator,
            month_date=date(2026, 1, 1),
            numerator=Decimal(numerator),
            denominator=Decimal(denominator),
            day=TODAY,
            at=NOW,
        )


def client_of(user):
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client


def part(code, above, below, quality="A", said="", why=""):
    return {
        f"{code}-numerator": above,
        f"{code}-denominator": below,
        f"{code}-quality": quality,
        f"{code}-said": said,
        f"{code}-explanation": why,
    }


def readings(factory):
    with scope(factory.id):
        rows = Reading.objects.filter(month_date=date(2026, 2, 1))
        return {row.indicator: (plain(row.numerator), row.quality) for row in rows}


def test_only_own_fields_and_all_or_nothing(river, hill):
    mine = assign(river, "mei", "defect-rate", "labour-productivity")
    assign(river, "bo", "turnover-rate")
    assign(hill, "ana", "absenteeism-rate")
    client = client_of(mine)
    page = client.get(f"{HERE}?month={MONTH}").content.decode()
    assert 'name="defect-rate-numerator"' in page
    assert 'name="labour-productivity-numerator"' in page
    assert "turnover-rate" not in page
    assert "absenteeism-rate" not in page
    # One number above its denominator: neither is kept. A rate may be above 1.
    good = part("labour-productivity", "2100", "300")
    answer = client.post(HERE, {"month": MONTH, **part("defect-rate", "1001", "1000"), **good})
    assert answer.status_code == 422
    assert "More was counted than there is altogether." in answer.content.decode()
    assert 'value="2100"' in answer.content.decode()
    assert readings(river) == {}
    assert client.post(HERE, {"month": MONTH, **part("defect-rate", "40", "1000"), **good}).status_code == 303
    assert readings(river) == {"defect-rate": ("40", "A"), "labour-productivity": ("2100", "A")}
    # The month a second time, somebody else's number, a month to come: nothing changes.
    for sent in (
        {"month": MONTH, **part("defect-rate", "10", "1000")},
        {"month": "2996-02", **part("defect-rate", "10", "1000")},
    ):
        answer = client.post(HERE, sent)
        assert answer.status_code in {422, 303}
    client.post(HERE, {"month": MONTH, **part("turnover-rate", "10", "1000")})
    assert readings(river) == {"defect-rate": ("40", "A"), "labour-productivity": ("2100", "A")}
    with scope(river.id):
        assert Reading.objects.count() == 2


def test_a_missing_number_is_grade_d(river):
    client = client_of(assign(river, "mei", "defect-rate"))
    assert client.post(HERE, {"month": MONTH, **part("defect-rate", "", "", "A")}).status_code == 422
    assert client.post(HERE, {"month": MONTH, **part("defect-rate", "4", "100", "D")}).status_code == 422
    assert client.post(HERE, {"month": MONTH, **part("defect-rate", "4", "100", "")}).status_code == 422
    assert readings(river) == {}
    assert client.post(HERE, {"month": MONTH, **part("defect-rate", "", "", "D")}).status_code == 303
    assert readings(river) == {"defect-rate": ("0", "D")}


def test_better_against_the_numbers_needs_an_explanation(river):
    january(river, "defect-rate", 40, 1000)
    client = client_of(assign(river, "mei", "defect-rate"))
    answer = client.post(HERE, {"month": MONTH, **part("defect-rate", "60", "1000", said="BETTER")})
    assert answer.status_code == 422
    assert "You said one thing and the numbers say the other." in answer.content.decode()
    assert 'name="defect-rate-explanation"' in answer.content.decode()
    assert readings(river) == {}
    sent = part("defect-rate", "60", "1000", said="BETTER", why="We check twice as strictly now.")
    assert client.post(HERE, {"month": MONTH, **sent}).status_code == 303
    with scope(river.id):
        kept = Reading.objects.get(month_date=date(2026, 2, 1))
    assert (kept.said, kept.explanation) == ("BETTER", "We check twice as strictly now.")
    assert kept.definition == "core-indicators@1:defect-rate"


def test_a_draft_is_one_s_own_and_goes_when_sent(river):
    mine = client_of(assign(river, "mei", "defect-rate"))
    draft = part("defect-rate", "4x", "", "")
    assert mine.post(HERE, {"month": MONTH, "keep": "1", **draft}).status_code == 303
    assert 'value="4x"' in mine.get(f"{HERE}?month={MONTH}").content.decode()
    assert 'value="4x"' not in browser(river, Role.MANAGER).get(f"{HERE}?month={MONTH}").content.decode()
    assert mine.post(HERE, {"month": MONTH, **part("defect-rate", "40", "1000")}).status_code == 303
    with scope(river.id):
        assert not MonthDraft.objects.exists()


def test_bad_addresses_and_strangers(river, hill):
    client = client_of(assign(river, "mei", "defect-rate"))
    for text in ("?month=", "?month=2026-13", "?month=x", "?month=2996-01"):
        assert client.get(HERE + text).status_code == 200
    assert client_of(assign(hill, "ana", "defect-rate")).get(HERE).status_code == 404
    assert browser(river, Role.WORKER_REPRESENTATIVE).get(HERE).status_code == 403


def test_who_has_not_reported_and_what_waits(river, hill):
    mine = assign(river, "mei", "defect-rate", "turnover-rate")
    january(river, "defect-rate", 40, 1000)
    with scope(river.id):
        actor = river.actor(Role.TEAM_MEMBER)
        own = replace(actor, user_id=mine.pk)
        found = waiting(own, TODAY)
        assert [(each.text, each.query) for each in found] == [
            ("2 numbers of February 2026 wait for you.", "month=2026-02")
        ]
        assert found[0].due_date == date(2026, 3, 10)
        assert not found[0].is_late
        assert waiting(own, date(2026, 3, 11))[0].is_late
        assert waiting(replace(actor, user_id=mine.pk + 1), TODAY) == []
        lines = {line.plan.indicator: line for line in completeness(TODAY)}
        assert [mark.state for mark in lines["defect-rate"].marks][-3:] == ["NOT_ASKED", "GIVEN", "AWAITED"]
        assert lines["turnover-rate"].coverage is None
        lines = {line.plan.indicator: line for line in completeness(date(2026, 3, 11))}
        assert lines["turnover-rate"].marks[-1].state == "MISSING"
        assert lines["turnover-rate"].coverage == 0
    with scope(hill.id):
        assert completeness(TODAY) == []
    assert local_day(river.enterprise, NOW) == TODAY

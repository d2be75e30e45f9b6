"""A version of Fairfloor that counts something new, or counts it otherwise: what was kept before is counted again."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from fairfloor.content import load
from fairfloor.core.models import StaleMark
from fairfloor.core.tenancy import scope
from fairfloor.indicators import cells
from fairfloor.indicators.models import KeptCell
from fairfloor.indicators.public import figure
from fairfloor.measure.cells import Period
from fairfloor.teams.models import ImprovementTeam, TeamMember
from tests.cast import TODAY
from tests.indicators.test_per_people import idea

pytestmark = pytest.mark.django_db

YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))


def content_with(**changed):
    """The shipped content with some indicators changed, or without them where ``None`` is given."""
    indicators = dict(load().indicators)
    for code, each in changed.items():
        code = code.replace("__", ".")
        if each is None:
            del indicators[code]
        else:
            indicators[code] = replace(indicators[code], **each)
    return replace(load(), indicators=MappingProxyType(indicators))


@pytest.fixture
def version(monkeypatch):
    """``version(content)``: from here on this content is installed."""

    def install(content):
        monkeypatch.setattr(cells, "load_content", lambda: content)

    return install


def test_a_figure_a_new_version_brings_is_counted_for_the_months_before_it(river, hill, version):
    now = load()
    version(content_with(suggestions__accepted=None))
    for factory in (river, hill):
        with scope(factory.id):
            idea(1, date(2025, 5, 3), "ACCEPTED", decided_date=date(2025, 5, 9))
            idea(2, date(2025, 9, 3), "ACCEPTED", decided_date=date(2025, 9, 9))
            assert figure("suggestions.received", YEAR).value == 2
            assert not KeptCell.objects.filter(indicator="suggestions.accepted").exists()
    version(now)
    with scope(river.id):
        assert figure("suggestions.accepted", YEAR).value == 2
        assert figure("suggestions.received", YEAR).value == 2
    with scope(hill.id):
        # Nobody has asked here yet.
        assert not KeptCell.objects.filter(indicator="suggestions.accepted").exists()


def test_one_that_is_defined_anew_is_counted_anew_and_only_once(river, version):
    version(load())
    with scope(river.id):
        # Decided, so that no passing day has its month counted again.
        idea(1, date(2025, 5, 3), "ACCEPTED", decided_date=date(2025, 5, 9))
        assert figure("suggestions.received", YEAR).value == 1
        # Kept by the definition before: nothing but its version tells that it is not today's.
        KeptCell.objects.filter(indicator="suggestions.received").update(numerator=7)
        assert figure("suggestions.received", YEAR).value == 7
        version(content_with(suggestions__received={"pin": "core-indicators@2:suggestions.received"}))
        assert figure("suggestions.received", YEAR).value == 1
        KeptCell.objects.filter(indicator="suggestions.received").update(numerator=7)
        assert figure("suggestions.received", YEAR).value == 7
        assert not StaleMark.objects.exists()


def test_what_is_counted_on_the_last_day_is_counted_anew_too(river, version):
    version(load())
    with scope(river.id):
        team = ImprovementTeam.objects.create(code="EIT", name="EIT")
        TeamMember.objects.create(team=team, member_code="P1", from_date=TODAY - timedelta(days=90))
        assert figure("team.members", YEAR).value == 1
        KeptCell.objects.filter(indicator="team.members").update(numerator=7)
        assert figure("team.members", YEAR).value == 7
        version(content_with(team__members={"pin": "core-indicators@2:team.members"}))
        assert figure("team.members", YEAR).value == 1

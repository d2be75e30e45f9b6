"""Safety on one page: each figure with its ground, accidents only for those inside."""

from datetime import date
from decimal import Decimal

import pytest

from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from fairfloor.safety import services
from tests.cast import NOW
from tests.pages import browser, queries_of

DAY = date(2026, 3, 2)
PAGE = "/e/river/safety/overview/"
YEAR = f"{PAGE}?from=2026-01-01&to=2026-12-31"


def hazards(factory, count, level="FRONT_LINE"):
    with scope(factory.id):
        for number in range(count):
            services.report_hazard(
                actor=factory.system, description=f"Wet floor {number}", day=DAY, at=NOW, level=level
            )


def job_risk(factory):
    with scope(factory.id):
        services.record_job_risk(
            actor=factory.system,
            job="Knitter",
            step="Start",
            hazard="Entanglement",
            method="MATRIX",
            likelihood=Decimal(4),
            severity=Decimal(5),
            day=DAY,
            at=NOW,
        )


def test_figures_stand_with_their_ground_and_lead_to_their_pages(river, hill):
    hazards(river, 3)
    hazards(river, 1, "MANAGER")
    hazards(hill, 9)
    job_risk(river)
    page = browser(river, Role.SAFETY_OFFICER).get(YEAR).content.decode()
    assert "3 of 4" in page
    assert "95 % range" in page
    assert "/e/river/figures/hazards.front_line_share/" in page
    assert "/e/river/figures/job_risks.high_controlled/?from=2026-01-01" in page
    assert "0 of 1" in page
    assert "Cannot be said" in page
    assert "Thank you for looking closely" in page


def test_an_overdue_hazard_does_not_trouble_the_page(river):
    hazards(river, 2)
    page = browser(river, Role.SAFETY_OFFICER).get(f"{PAGE}?from=2026-01-01&to=2026-06-30")
    assert page.status_code == 200


@pytest.mark.parametrize("address", ["", "?from=2026-13-01&to=x", "?from=2020-01-01&to=2020-12-31"])
def test_the_page_opens_with_nothing_recorded(river, address):
    answer = browser(river, Role.SAFETY_OFFICER).get(PAGE + address)
    assert answer.status_code == 200
    assert "No hazard of this time is closed yet" in answer.content.decode()


def test_accidents_are_for_insiders_only(river, hill):
    inside = browser(river, Role.TEAM_MEMBER).get(PAGE).content.decode()
    assert "Accidents and near misses" in inside
    assert browser(hill, Role.SAFETY_OFFICER).get(PAGE).status_code == 404
    looker = browser(river, Role.SUPPORT)
    answer = looker.get(PAGE)
    assert answer.status_code == 200
    assert "incidents.trir" not in answer.content.decode()


def test_the_page_costs_the_same_with_many_hazards(river):
    client = browser(river, Role.SAFETY_OFFICER)
    hazards(river, 2)
    client.get(YEAR)
    few = queries_of(client, YEAR)
    hazards(river, 12)
    client.get(YEAR)
    assert queries_of(client, YEAR) <= few

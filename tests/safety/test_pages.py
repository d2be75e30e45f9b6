"""The pages of safety, seen by each kind of person."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role, add_organisation_member, create_organisation, give_grant
from fairfloor.safety.models import Hazard, JobRisk
from fairfloor.safety.services import correct_hazard, record_job_risk, report_hazard
from tests.cast import NOW
from tests.pages import browser, queries_of

DAY = date(2026, 3, 2)


def hazard(factory, **values):
    values = {"description": "Open gear on machine 4", "level": "SUPERVISOR"} | values
    with scope(factory.id):
        return report_hazard(actor=factory.system, day=DAY, at=NOW, **values)


def job_risk(factory, hazard="Entanglement", **values):
    values = {"method": "MATRIX", "likelihood": Decimal(4), "severity": Decimal(5)} | values
    with scope(factory.id):
        return record_job_risk(
            actor=factory.system, job="Knitter", step="Start", hazard=hazard, day=DAY, at=NOW, **values
        )


def test_each_page_opens_for_insiders_and_not_for_strangers(river, hill):
    mine, risk = hazard(river), job_risk(river)
    theirs, their_risk = hazard(hill), job_risk(hill)
    client = browser(river, Role.SAFETY_OFFICER)
    for url in (
        "/e/river/safety/",
        "/e/river/safety/report/",
        f"/e/river/safety/hazards/{mine.code}/",
        f"/e/river/safety/hazards/{mine.code}/correct/",
        "/e/river/safety/job-risks/",
        "/e/river/safety/job-risks/add/",
        f"/e/river/safety/job-risks/{risk.pk}/",
        f"/e/river/safety/job-risks/{risk.pk}/correct/",
        f"/e/river/safety/job-risks/{risk.pk}/withdraw/",
        "/e/river/safety/?export=xlsx",
    ):
        assert client.get(url).status_code == 200, url
    for url in (
        f"/e/river/safety/hazards/{theirs.code}/",
        f"/e/river/safety/hazards/{theirs.code}/correct/",
        f"/e/river/safety/job-risks/{their_risk.pk}/",
        f"/e/hill/safety/hazards/{theirs.code}/",
        "/e/hill/safety/",
    ):
        assert client.get(url).status_code == 404, url
    assert (
        client.post(f"/e/river/safety/hazards/{theirs.code}/close/", {"close-version": 1}).status_code == 404
    )


def test_reporting_by_form(river, hill):
    client = browser(river, Role.TEAM_MEMBER)
    sent = {
        "description": "Wet floor",
        "found_date": "2026-03-02",
        "department_code": "KNT",
        "likelihood": "2",
    }
    refused = client.post("/e/river/safety/report/", sent)
    assert refused.status_code == 422
    assert "Choose both" in refused.content.decode()
    taken = client.post("/e/river/safety/report/", sent | {"severity": "4"})
    assert taken.status_code == 303
    with scope(river.id):
        assert Hazard.objects.get().due_date == DAY + timedelta(days=14)
    with scope(hill.id):
        assert not Hazard.objects.exists()


def test_a_day_to_come_is_refused(river):
    client = browser(river, Role.TEAM_MEMBER)
    tomorrow = timezone.now().date() + timedelta(days=2)
    refused = client.post("/e/river/safety/report/", {"description": "x", "found_date": tomorrow.isoformat()})
    assert refused.status_code == 422


def test_the_steps_by_form(river):
    mine = hazard(river)
    officer, other = browser(river, Role.SAFETY_OFFICER), browser(river, Role.MANAGER)
    url = f"/e/river/safety/hazards/{mine.code}/"
    empty = officer.post(f"{url}assign/", {"assign-version": 1})
    assert empty.status_code == 422
    assign = {"assign-version": 1, "assign-responsible_name": "Li", "assign-due_date": "2026-03-09"}
    assert officer.post(f"{url}assign/", assign).status_code == 303
    assert officer.post(f"{url}assign/", assign).status_code == 409
    fix = {"fix-version": 2, "fix-control_type": "PPE", "fix-fixed_date": "2026-03-01"}
    assert officer.post(f"{url}fix/", fix).status_code == 422  # before it was found
    assert officer.post(f"{url}fix/", fix | {"fix-fixed_date": "2026-03-05"}).status_code == 303
    assert officer.post(f"{url}verify/", {"verify-version": 3}).status_code == 422  # by the fixer
    assert other.post(f"{url}verify/", {"verify-version": 3}).status_code == 303
    assert other.post(f"{url}close/", {"close-version": 4}).status_code == 303
    assert other.post(f"{url}reject/", {"reject-version": 5, "reject-reason": "x"}).status_code == 409
    assert other.post(f"{url}dance/", {}).status_code == 404
    assert other.get(f"{url}close/").status_code == 405
    page = other.get(url).content.decode()
    assert "Closed" in page
    assert "Li" in page


def test_who_may_not_act(river):
    mine = hazard(river)
    client = browser(river, Role.WORKER_REPRESENTATIVE)
    assert client.get(f"/e/river/safety/hazards/{mine.code}/").status_code == 200
    assert client.post(f"/e/river/safety/hazards/{mine.code}/close/", {"close-version": 1}).status_code == 403
    assert client.get(f"/e/river/safety/hazards/{mine.code}/correct/").status_code == 403
    assert client.get("/e/river/safety/job-risks/add/").status_code == 403


def test_a_stale_correction_shows_who_was_quicker(river):
    mine = hazard(river)
    client = browser(river, Role.SAFETY_OFFICER)
    url = f"/e/river/safety/hazards/{mine.code}/correct/"
    sent = {"description": "Open gear on machine 5", "found_date": "2026-03-02", "version": 1}
    with scope(river.id):
        quick = river.actor(Role.MANAGER, name="Quick Person")
        correct_hazard(actor=quick, hazard_id=mine.pk, values={"category": "NOISE"}, at=NOW)
    stale = client.post(url, sent)
    assert stale.status_code == 409
    assert "Quick Person" in stale.content.decode()
    assert client.post(url, sent | {"version": 2, "category": "NOISE"}).status_code == 303
    page = client.get(f"/e/river/safety/hazards/{mine.code}/").content.decode()
    assert "machine 4 → Open gear on machine 5" in page


def test_a_grant_shows_safety_without_those_who_found_it(river, hill):
    mine, risk = hazard(river), job_risk(river, finder_level="SUPERVISOR")
    buyer = hill.user("buyer")
    with scope(river.id):
        buyers = create_organisation(name="Buyers", kind="buyer", at=NOW)
        add_organisation_member(
            user_id=buyer.pk, organisation_id=buyers.pk, role=Role.BUYER, from_date=date(2020, 1, 1)
        )
        give_grant(
            actor=river.system,
            organisation_id=buyers.pk,
            data_class="SAFETY",
            from_date=date(2020, 1, 1),
            to_date=date(2100, 1, 1),
            at=NOW,
        )
    from django.test import Client

    client = Client()
    client.force_login(buyer)
    for url in (
        "/e/river/safety/",
        f"/e/river/safety/hazards/{mine.code}/",
        "/e/river/safety/job-risks/",
        f"/e/river/safety/job-risks/{risk.pk}/",
    ):
        page = client.get(url)
        assert page.status_code == 200, url
        assert "Supervisor" not in page.content.decode(), url
        assert "Found by" not in page.content.decode(), url
    assert client.get("/e/river/safety/report/").status_code == 403
    assert client.get("/e/hill/safety/").status_code == 404
    assert client.get("/e/river/surveys/").status_code == 403


def test_a_high_risk_on_equipment_alone_is_pointed_out(river):
    weak = job_risk(river, control_type="PPE")
    sure = job_risk(river, hazard="Noise", control_type="ENGINEERING")
    client = browser(river, Role.SAFETY_OFFICER)
    words = "rests on protective equipment alone"
    assert words in client.get(f"/e/river/safety/job-risks/{weak.pk}/").content.decode()
    assert words not in client.get(f"/e/river/safety/job-risks/{sure.pk}/").content.decode()


def test_job_risk_forms(river):
    client = browser(river, Role.SAFETY_OFFICER)
    sent = {
        "job": "Knitter",
        "step": "Start",
        "hazard": "Burn",
        "assessed_date": "2026-03-02",
        "method": "LEC",
        "likelihood": "3",
        "severity": "15",
    }
    url = "/e/river/safety/job-risks/add/"
    assert "LEC needs an exposure" in client.post(url, sent).content.decode()
    assert client.post(url, sent | {"exposure": "4"}).status_code == 422
    assert client.post(url, sent | {"method": "MATRIX", "exposure": "6"}).status_code == 422
    assert client.post(url, sent | {"exposure": "6"}).status_code == 303
    assert client.post(url, sent | {"exposure": "6"}).status_code == 422  # the same once more
    with scope(river.id):
        risk = JobRisk.objects.get()
    here = f"/e/river/safety/job-risks/{risk.pk}/"
    assert client.post(f"{here}withdraw/", {"reason": "Twice", "version": 1}).status_code == 303
    assert client.post(f"{here}withdraw/", {"reason": "Twice", "version": 2}).status_code == 404
    assert "Twice" in client.get(here).content.decode()


@pytest.mark.parametrize(("url", "make"), [("", hazard), ("job-risks/", job_risk)])
def test_lists_cost_the_same_with_more_rows(river, url, make):
    client = browser(river, Role.SAFETY_OFFICER)
    for number in range(2):
        make(river, **({"hazard": f"H{number}"} if make is job_risk else {}))
    few = queries_of(client, f"/e/river/safety/{url}")
    for number in range(2, 30):
        make(river, **({"hazard": f"H{number}"} if make is job_risk else {}))
    assert queries_of(client, f"/e/river/safety/{url}") == few

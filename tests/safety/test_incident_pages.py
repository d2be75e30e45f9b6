"""The pages of incidents: the way through them, and every way to sealed details tried."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from fairfloor.checklists.models import WalkRound
from fairfloor.core.tenancy import scope
from fairfloor.organisations.models import Worker
from fairfloor.organisations.public import Role
from fairfloor.registers.exporting import export_workbook
from fairfloor.safety import services
from fairfloor.safety.models import HoursWorked, Incident, IncidentHealth
from fairfloor.safety.services.incidents import Participant
from tests.cast import NOW, TODAY
from tests.safety.test_pages import browser, queries_of

SECRETS = ("W-77", "Fracture", "Left wrist", "Plaster")


@pytest.fixture
def incident(river, hill):
    with scope(river.id):
        Worker.objects.create(code="W-77", name="Li Mei", sex="FEMALE", level="FRONT_LINE")
        made = services.report_incident(
            actor=river.system,
            kind="INJURY",
            injury_class="LOST_TIME",
            description="A sleeve was caught",
            incident_date=date(2026, 2, 3),
            department_code="KNT",
            days_lost=4,
            day=TODAY,
            at=NOW,
        )
        services.write_health(
            actor=river.actor(Role.SAFETY_OFFICER),
            incident_id=made.pk,
            values={
                "person_code": "W-77",
                "nature": "Fracture",
                "body_part": "Left wrist",
                "treatment": "Plaster",
            },
            at=NOW,
        )
        services.write_hours(
            actor=river.system, month_date=date(2026, 2, 1), hours=Decimal(40_000), day=TODAY, at=NOW
        )
        return made


@pytest.mark.parametrize("role", [Role.SAFETY_OFFICER, Role.HR_FOCAL, Role.MANAGER, Role.TEAM_MEMBER])
def test_sealed_details_stand_on_one_page_for_two_roles(river, incident, role):
    client = browser(river, role)
    here = f"/e/river/safety/incidents/{incident.code}/"
    may = role in {Role.SAFETY_OFFICER, Role.HR_FOCAL}
    sealed = client.get(f"{here}sealed/")
    assert sealed.status_code == (200 if may else 403)
    assert all(word in sealed.content.decode() for word in SECRETS) == may
    assert ("sealed/" in client.get(here).content.decode()) == may
    sent = client.post(f"{here}sealed/", {"nature": "Cut", "version": 1})
    assert sent.status_code == (303 if may else 403)
    for url in (
        here,
        "/e/river/safety/incidents/",
        "/e/river/safety/incidents/?q=Fracture",
        "/e/river/safety/incidents/?export=csv",
        "/e/river/safety/incidents/rates/",
        "/e/river/safety/participation/",
        "/e/river/figures/incidents.lost_time/",
    ):
        words = client.get(url).content.decode(errors="replace")
        for word in ("Left wrist", "Plaster", "W-77"):
            assert word not in words, url


def test_the_workbook_holds_sealed_details_for_who_may_see_them(river, incident, tmp_path):
    from python_calamine import CalamineWorkbook

    found = {}
    for role in (Role.SAFETY_OFFICER, Role.MANAGER):
        path = tmp_path / f"{role}.xlsx"
        with scope(river.id), path.open("wb") as file:
            export_workbook(target=file, actor=river.actor(role), at=NOW)
        workbook = CalamineWorkbook.from_path(str(path))
        found[role] = {
            name: str(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names
        }
    assert "Fracture" in found[Role.SAFETY_OFFICER]["IncidentHealth"]
    assert not any(word in text for text in found[Role.MANAGER].values() for word in SECRETS[1:])
    assert incident.code in found[Role.MANAGER]["Incidents"]


def test_outsiders_open_nothing_and_the_other_factory_is_not_found(river, hill, incident):
    buyer = browser(river, Role.BUYER)
    for url in ("incidents/", "incidents/rates/", f"incidents/{incident.code}/", "participation/"):
        assert buyer.get(f"/e/river/safety/{url}").status_code in {403, 404}, url
    stranger = browser(hill, Role.SAFETY_OFFICER)
    assert stranger.get(f"/e/hill/safety/incidents/{incident.code}/").status_code == 404
    assert stranger.get(f"/e/hill/safety/incidents/{incident.code}/sealed/").status_code == 404


def test_a_near_miss_takes_three_fields(river, incident):
    client = browser(river, Role.TEAM_MEMBER)
    url = "/e/river/safety/incidents/near-miss/"
    sent = {"description": "A box fell", "department_code": "PAK", "incident_date": "2026-03-01"}
    assert client.post(url, sent | {"incident_date": "2999-01-01"}).status_code == 422
    assert client.post(url, sent | {"description": ""}).status_code == 422
    assert client.post(url, sent).status_code == 303
    with scope(river.id):
        assert Incident.objects.get(kind="NEAR_MISS").department_code == "PAK"


def test_an_incident_through_its_pages(river, incident):
    client = browser(river, Role.SAFETY_OFFICER)
    sent = {
        "kind": "INJURY",
        "description": "Cut at the press",
        "incident_date": "2026-03-02",
        "injury_class": "FIRST_AID",
        "days_lost": "3",
    }
    add = "/e/river/safety/incidents/add/"
    page = client.post(add, sent)
    assert page.status_code == 422
    assert "has no days lost" in page.content.decode()
    assert client.post(add, sent | {"days_lost": "-1"}).status_code == 422
    assert client.post(add, sent | {"injury_class": "", "days_lost": ""}).status_code == 422
    made = client.post(add, sent | {"days_lost": ""})
    assert made.status_code == 303
    here = made["Location"]
    why = {"held_date": "2026-03-03", "why_1": "Guard off", "participants": "W-404", "version": "1"}
    page = client.post(f"{here}why/", why)
    assert page.status_code == 422
    assert "not on the roster" in page.content.decode()
    sent = why | {"participants": "W-77", "women_leading": "1", "factors": ["MACHINE"]}
    assert client.post(f"{here}why/", sent).status_code == 303
    assert client.post(f"{here}why/", sent).status_code == 409
    page = client.get(here).content.decode()
    assert "Guard off" in page
    assert "W-77" not in page
    assert client.post(f"{here}agree/", {"agree-version": "2", "agree-reason": ""}).status_code == 422
    action = {"action-text": "Fit a guard", "action-owner_name": "Hu Jing", "action-due_date": "2026-04-01"}
    assert client.post(f"{here}action/", action).status_code == 303
    assert client.post(f"{here}agree/", {"agree-version": "2", "agree-reason": ""}).status_code == 303
    page = client.post(f"{here}close/", {"close-version": "3"})
    assert page.status_code == 422
    assert "still open" in page.content.decode()


def test_hours_zero_or_missing(river, incident):
    client = browser(river, Role.SAFETY_OFFICER)
    url = "/e/river/safety/incidents/hours/"
    page = client.post(url, {"month_date": "2026-01-05", "hours": "0"})
    assert page.status_code == 422
    assert "nothing can be divided" in page.content.decode()
    assert client.post(url, {"month_date": "2026-01-05", "hours": ""}).status_code == 422
    assert client.post(url, {"month_date": "2026-01-05", "hours": "39000"}).status_code == 303
    with scope(river.id):
        assert HoursWorked.objects.count() == 2
    assert client.get("/e/river/safety/incidents/rates/?year=2026").status_code == 200


def test_rates_say_their_base_and_what_is_missing(river, incident):
    client = browser(river, Role.SAFETY_OFFICER)
    page = client.get("/e/river/safety/incidents/rates/?year=2026").content.decode()
    assert "per 1,000,000 hours worked" in page
    assert "per 200,000 hours worked" in page
    assert "Hours are missing for" in page
    assert client.post("/e/river/safety/incidents/rates/base/", {"base": "200000"}).status_code == 303
    page = client.get("/e/river/safety/incidents/rates/?year=2026").content.decode()
    assert "per 1,000,000 hours worked (95" not in page
    figure = client.get("/e/river/figures/incidents.ltifr/?from=2026-01-01&to=2026-12-31").content.decode()
    assert "per 1,000,000 hours worked" in figure
    empty = client.get("/e/river/safety/incidents/rates/?year=2025").content.decode()
    assert "cannot be said" in empty


def test_participation_says_what_is_missing(river, incident):
    client = browser(river, Role.MANAGER)
    page = client.get("/e/river/safety/participation/").content.decode()
    assert "Nobody told a danger" in page
    with scope(river.id):
        services.investigate_incident(
            actor=river.system,
            incident_id=incident.pk,
            held_date=TODAY,
            whys=["Guard off"],
            participants=[Participant("", "FEMALE", "FRONT_LINE")] * 2,
            day=TODAY,
            at=NOW,
        )


def test_a_hazard_page_offers_a_near_miss(river, incident):
    with scope(river.id):
        hazard = services.report_hazard(actor=river.worker, description="Rack fell", day=TODAY, at=NOW)
    client = browser(river, Role.SAFETY_OFFICER)
    url = f"/e/river/safety/hazards/{hazard.code}/near-miss/"
    assert client.get(url).status_code == 405
    first, second = client.post(url), client.post(url)
    assert (first.status_code, first["Location"]) == (303, second["Location"])
    assert client.post("/e/river/safety/hazards/H-22222/near-miss/").status_code == 404
    assert browser(river, Role.WORKER_REPRESENTATIVE).post(url).status_code == 403


def test_the_list_costs_the_same_with_more_rows(river, incident):
    client = browser(river, Role.SAFETY_OFFICER)
    url = "/e/river/safety/incidents/"

    def more(number):
        with scope(river.id):
            for _each in range(number):
                services.report_incident(
                    actor=river.system,
                    kind="NEAR_MISS",
                    description="x",
                    incident_date=TODAY,
                    day=TODAY,
                    at=NOW,
                )

    more(1)
    few = queries_of(client, url)
    more(28)
    assert queries_of(client, url) == few
    with scope(river.id):
        assert IncidentHealth.objects.count() == 1


def test_walk_rounds_count_as_taking_part_and_the_page_prints(river, hill):
    for factory in (river, hill):
        with scope(factory.id):
            WalkRound.objects.create(
                code=f"R-{factory.id % 1000}",
                client_id="one",
                checklist_pin="p@1:l",
                checklist_code="l",
                kind="HUNT",
                area_code="A",
                auditor_name="Li Na",
                started_date=date(2026, 3, 2),
                finished_date=date(2026, 3, 2),
            )
    client = browser(river, Role.SAFETY_OFFICER)
    page = " ".join(client.get("/e/river/safety/participation/?year=2026").content.decode().split())
    assert "Walked round and looked for dangers" in page
    assert "1 time, on March 2, 2026" in page
    before = client.get("/e/river/safety/participation/?year=2025").content.decode()
    assert "No walk-round was finished" in before
    paper = client.get("/e/river/safety/participation.pdf?year=2026")
    text = " ".join("".join(each.extract_text() for each in PdfReader(BytesIO(paper.content)).pages).split())
    assert "1 time, on March 2, 2026" in text
    assert browser(hill, Role.SAFETY_OFFICER).get("/e/river/safety/participation.pdf").status_code == 404

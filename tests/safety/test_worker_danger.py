"""Reporting a danger from a phone: every answer the page can give."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import get_template
from django.utils import timezone

from fairfloor.content import load
from fairfloor.core.tenancy import scope
from fairfloor.organisations.models import WorkerLink
from fairfloor.organisations.public import Role, local_day
from fairfloor.safety.labels import CATEGORY_PICTURES
from fairfloor.safety.models import Hazard
from fairfloor.safety.public import report_hazard
from fairfloor.safety.web import views_worker
from tests.core.test_files import picture_with_place
from tests.pages import browser, queries_of
from tests.suggestions.asking import token

AS_SCRIPT = {"headers": {"accept": "application/json"}}


@pytest.fixture(autouse=True)
def _no_counters():
    cache.clear()


def address(factory):
    return f"/w/{token(factory)}/danger/"


def hazards(factory):
    with scope(factory.id):
        return list(Hazard.objects.order_by("id"))


def test_a_danger_leads_to_its_receipt_and_keeps_no_session(river, hill, client):
    page = client.get(address(river))
    assert page.status_code == 200
    assert not page.cookies
    answer = client.post(address(river), {"category": "ELECTRICAL", "urgent": "yes", "department": "KNT"})
    assert answer.status_code == 303
    (hazard,) = hazards(river)
    assert (hazard.category, hazard.is_urgent, hazard.department_code) == ("ELECTRICAL", True, "KNT")
    assert hazards(hill) == []
    sent = client.get(answer.url).content.decode()
    assert "Your report has arrived" in sent
    assert "Your idea has arrived" not in sent
    staff = browser(river, Role.SAFETY_OFFICER).get(f"/e/river/safety/hazards/{hazard.code}/")
    assert "Go there first" in staff.content.decode()


def test_an_outbox_gets_201_then_200_then_409_and_422(river, client):
    body = {"client_id": str(uuid4()), "text": "Bare wire"}

    def send(**values):
        return client.post(
            address(river), json.dumps(body | values), content_type="application/json", **AS_SCRIPT
        )

    first, second = send(), send()
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert send(text="Other").status_code == 409
    empty = send(client_id=str(uuid4()), text=" ")
    assert empty.status_code == 422
    assert "picture" in empty.json()["fields"]["text"][0]
    for bad in ({"category": "DRAGONS"}, {"website": "x"}, {"text": "x" * 4001}, {"department": "NONE"}):
        assert send(client_id=str(uuid4()), **bad).status_code == 422
    assert len(hazards(river)) == 1


def test_too_many_at_once_wait_and_an_old_poster_says_so(river, client, monkeypatch):
    where = address(river)
    monkeypatch.setattr(views_worker, "DANGERS_PER_MINUTE", 0)
    assert client.post(where, {"text": "x"}).status_code == 429
    with scope(river.id):
        link = WorkerLink.objects.get(token=where.split("/")[2])
        WorkerLink.objects.filter(pk=link.pk).update(is_active=False)
    assert client.post(where, {"text": "x"}).status_code == 410
    assert hazards(river) == []


def test_the_pages_around_hazards(river, hill, client):
    client.post(address(river), {"text": "Bare wire", "category": "ELECTRICAL"})
    (hazard,) = hazards(river)
    officer, stranger = browser(river, Role.SAFETY_OFFICER), browser(hill, Role.SAFETY_OFFICER)
    for name in ("overview", "days", "assign"):
        assert officer.get(f"/e/river/safety/{name}/").status_code == 200
        assert stranger.get(f"/e/river/safety/{name}/").status_code == 404
    wrong = {"critical": 9, "high": 3, "medium": 14, "low": 30}
    assert officer.post("/e/river/safety/days/", wrong).status_code == 422
    assert officer.post("/e/river/safety/days/", wrong | {"critical": 1}).status_code == 303
    give = {"codes": [hazard.code], "responsible_name": "Hu Jing", "due_date": "2026-12-01"}
    assert officer.post("/e/river/safety/assign/", give | {"codes": ["H-NONE"]}).status_code == 422
    assert officer.post("/e/river/safety/assign/", give).status_code == 303
    assert hazards(river)[0].status == "ASSIGNED"
    link = f"/e/river/safety/hazards/{hazard.code}/recurrence/"
    assert officer.post(link, {"earlier_code": "H-NONE", "version": "2"}).status_code == 404


def test_the_overview_tells_how_sure_its_shares_are(river, client):
    officer = river.actor(Role.SAFETY_OFFICER)
    day = local_day(river.enterprise, timezone.now())
    with scope(river.id):
        report_hazard(
            actor=officer,
            description="The floor is wet.",
            day=day - timedelta(days=60),
            at=timezone.now(),
            likelihood=3,
            severity=3,
        )
    client.force_login(river.user("officer", Role.SAFETY_OFFICER))
    shown = client.get("/e/river/safety/overview/")
    assert shown.status_code == 200
    assert "0 of 1" in shown.content.decode()


def test_the_answer_stands_on_the_receipt_and_bad_ones_change_nothing(river, hill, client):
    receipt = client.post(address(river), {"text": "Bare wire"}).url.removesuffix("sent/")
    (hazard,) = hazards(river)
    officer, where = browser(river, Role.SAFETY_OFFICER), f"/e/river/safety/hazards/{hazard.code}/answer/"
    assert officer.get(where).status_code == 405
    for words in ("  ", "x" * 4001):
        assert officer.post(where, {"answer": words, "version": "1"}).status_code == 422
    assert officer.post(where, {"answer": "Late", "version": "9"}).status_code == 409
    assert browser(hill, Role.SAFETY_OFFICER).post(where, {"answer": "x"}).status_code == 404
    assert "Bare wire" not in client.get(receipt.replace(token(river), token(hill))).content.decode()
    assert officer.post(where, {"answer": "We are on our way.", "version": "1"}).status_code == 303
    assert "We are on our way." in client.get(receipt).content.decode()
    assert client.post(receipt + "say/", {"text": "Behind table 3"}).status_code == 303
    page = officer.get(f"/e/river/safety/hazards/{hazard.code}/").content.decode()
    assert "Behind table 3" in page
    assert "The finder waits for an answer." in page
    shown = officer.get("/e/river/safety/", {"answer": "waiting"}).content.decode()
    assert hazard.code in shown
    assert hazard.code not in officer.get("/e/river/safety/", {"answer": "unanswered"}).content.decode()


def test_a_photo_sent_without_script_stands_on_both_sides(river, client):
    photo = SimpleUploadedFile("me.jpg", picture_with_place(), "image/jpeg")
    answer = client.post(address(river), {"category": "SLIPS", "photo": photo})
    assert answer.status_code == 303
    assert "photo=refused" not in answer.url
    (hazard,) = hazards(river)
    assert "own-photo" in client.get(answer.url.removesuffix("sent/")).content.decode()
    page = browser(river, Role.SAFETY_OFFICER).get(f"/e/river/safety/hazards/{hazard.code}/").content.decode()
    assert "The hazard as it was found" in page
    bad = SimpleUploadedFile("a.svg", b"<svg onload='alert(1)'/>", "image/jpeg")
    again = client.post(address(river), {"category": "SLIPS", "photo": bad})
    assert "photo=refused" in again.url
    assert len(hazards(river)) == 2


def test_every_kind_has_a_picture_of_its_own():
    pictures = [CATEGORY_PICTURES[code] for code in load().hazard_categories]
    assert len(set(pictures)) == len(pictures)
    for name in pictures:
        drawn = get_template(f"worker/pictures/{name}.svg").template.source
        assert 'viewBox="0 0 48 48"' in drawn
        assert len(drawn) < 700


def test_the_list_and_the_page_cost_the_same_with_more_around_them(river, client):
    """Reports with threads: more of them, and a longer thread, cost no further query."""
    officer = browser(river, Role.SAFETY_OFFICER)

    def costs(count):
        for _number in range(count):
            sent = client.post(
                address(river), {"text": f"Oil {uuid4()}", "category": "SLIPS", "department": "KNT"}
            )
            receipt = sent.url.removesuffix("sent/")
            client.post(receipt + "say/", {"text": "One"})
            client.post(receipt + "say/", {"text": "Two"})
        last = hazards(river)[-1]
        pages = ("", "?answer=waiting", "?answer=unanswered", f"hazards/{last.code}/", "overview/")
        return [queries_of(officer, f"/e/river/safety/{page}") for page in pages]

    assert costs(2) == costs(12)

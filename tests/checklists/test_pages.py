"""The pages: a round by form, by phone, what becomes of it, and who may what."""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from fairfloor.checklists.catalog import find_checklist
from fairfloor.checklists.models import Area, Finding, OwnChecklist, RedTag, RoundPhoto, WalkRound
from fairfloor.core.models import StoredFile
from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import figure
from fairfloor.measure.cells import Period
from tests.cast import TODAY
from tests.checklists.rounds import all_answers, area, picture, walk
from tests.pages import browser, queries_of

HOME = "/e/river/checklists/"


@pytest.fixture(autouse=True)
def inside(river, hill, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    with scope(hill.id):
        area(hill)
    with scope(river.id):
        area(river)
        yield


def sent(code="hunt-fire", value="OK", **values):
    answers = {item.code: {"value": value, "words": ""} for item in find_checklist(code).items}
    fixed = {"client_id": uuid4().hex, "version": "1", "area_code": "LINE-A", "started_date": "2026-03-10"}
    return {**fixed, "finished_date": "2026-03-10", "answers": answers, **values}


def post_json(client, url, body):
    return client.post(url, json.dumps(body), content_type="application/json", HTTP_ACCEPT="application/json")


def test_a_phone_sends_a_round_once(river):
    client = browser(river, "TEAM_MEMBER")
    body = sent()
    first = post_json(client, f"{HOME}run/hunt-fire/", body)
    assert first.status_code == 201
    assert client.get(first.json()["url"]).status_code == 200
    assert post_json(client, f"{HOME}run/hunt-fire/", body).status_code == 200
    body["answers"]["out-1"]["value"] = "NOT_OK"
    refused = post_json(client, f"{HOME}run/hunt-fire/", body)
    assert refused.status_code == 409
    assert "finished before" in refused.json()["message"]
    assert WalkRound.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "status", "words"),
    [
        ({"version": "0"}, 409, "questions have changed"),
        ({"area_code": "X"}, 422, "area you walked"),
        ({"finished_date": "2099-01-01"}, 422, "still to come"),
        ({"answers": {}}, 422, "no answer yet, the first is 1"),
        ({"answers": [1]}, 422, "no answer yet"),
        ({"answers": {"out-1": {"value": "\ud800"}}}, 422, "answers shown"),
    ],
)
def test_a_phone_is_told_why_not(river, values, status, words):
    client = browser(river, "TEAM_MEMBER")
    answer = post_json(client, f"{HOME}run/hunt-fire/", sent(**values))
    assert answer.status_code == status
    assert words in answer.json()["message"]
    assert not WalkRound.objects.exists()


def test_low_scores_with_photos_by_form_without_script(river):
    client = browser(river, "WORKER_REPRESENTATIVE")
    fields = {f"value-{item.code}": "3" for item in find_checklist("five-s").items}
    fields |= {"client_id": uuid4().hex, "version": "1", "area_code": "LINE-A", "value-sort-1": "0"}
    refused = client.post(f"{HOME}run/five-s/", fields)
    assert refused.status_code == 422
    assert "Question 1: a score of 0 or 1 needs a photo" in refused.content.decode()
    taken = client.post(f"{HOME}run/five-s/", {**fields, "photo-sort-1": picture()})
    assert taken.status_code == 303
    page = client.get(taken["Location"]).content.decode()
    assert "Are only the materials that are needed here?" in page
    assert Finding.objects.get().photo is not None


def test_a_photo_sent_twice_is_kept_once_and_only_by_its_sender(river):
    client = browser(river, "TEAM_MEMBER")
    fields = {"client_id": "b" * 32, "item": "sort-1"}
    assert client.post(f"{HOME}run/photo/", {**fields, "photo": picture()}).status_code == 201
    assert client.post(f"{HOME}run/photo/", {**fields, "photo": picture()}).status_code == 200
    assert (RoundPhoto.objects.count(), StoredFile.objects.count()) == (1, 1)
    assert client.post(f"{HOME}run/photo/", fields).status_code == 422
    bad = post_json(client, f"{HOME}run/five-s/", {**sent("five-s", "3"), "client_id": "b" * 32})
    assert bad.status_code == 201


def test_from_finding_to_hazard_action_and_nothing(river):
    walk(river, answers=all_answers("hunt-fire", "NOT_OK"))
    client = browser(river, "SAFETY_OFFICER")
    one, two, three = Finding.objects.order_by("item")[:3]
    base = f"{HOME}rounds/{one.round_code}/"
    assert client.post(f"{base}{one.code}/hazard/", {"version": 1}).status_code == 303
    assert client.post(f"{base}{one.code}/hazard/", {"version": 1}).status_code == 409
    assert client.post(f"{base}{two.code}/action/", {"version": 1}).status_code == 422
    who = {"version": 1, "owner_name": "Hu", "due_date": (date.today() + timedelta(days=2)).isoformat()}
    assert client.post(f"{base}{two.code}/action/", who).status_code == 303
    assert client.post(f"{base}{three.code}/nothing/", {"version": 1}).status_code == 422
    assert client.post(f"{base}{three.code}/nothing/", {"version": 1, "reason": "Rebuilt"}).status_code == 303
    assert client.post(f"{base}{three.code}/fly/").status_code == 404
    assert "Became a hazard" in client.get(base).content.decode()


def test_every_page_opens_empty_and_filled(river, hill):
    client = browser(river, "MANAGER")
    urls = ["", "lists/", "lists/new/", "lists/five-s/print/", "areas/", "areas/new/", "areas/LINE-A/"]
    urls += [
        "areas/LINE-A/change/",
        "tags/",
        "tags/new/",
        "run/hunt-general/",
        "run/keeper.js",
        "run/signed-in/",
    ]
    for url in urls:
        assert client.get(HOME + url).status_code == 200, url
    walked, _new = walk(river, "five-s")
    walk(river, "five-s", answers=all_answers("five-s", "4"))
    made = client.post(f"{HOME}tags/new/", {"item": "Old fan", "tagged_date": TODAY.isoformat()})
    tag = RedTag.objects.get()
    assert made["Location"].endswith(f"tags/{tag.code}/")
    urls += [
        f"rounds/{walked.code}/",
        f"rounds/{walked.code}/print/",
        f"tags/{tag.code}/",
        f"tags/{tag.code}/?print",
    ]
    for url in urls:
        assert client.get(HOME + url).status_code == 200, url
    other = browser(hill, "MANAGER")
    for url in (f"rounds/{walked.code}/", f"tags/{tag.code}/"):
        assert other.get(f"/e/hill/checklists/{url}").status_code == 404
        assert other.get(HOME + url).status_code == 404


def test_areas_routines_and_own_lists_by_form(river):
    client = browser(river, "MANAGER")
    made = client.post(f"{HOME}areas/new/", {"code": "DOCK", "name": "Dock"})
    assert made.status_code == 303
    assert client.post(f"{HOME}areas/new/", {"code": "DOCK", "name": "Dock"}).status_code == 422
    change = f"{HOME}areas/DOCK/change/"
    assert client.post(change, {"name": "The dock", "version": 1}).status_code == 303
    assert client.post(change, {"name": "Old dock", "version": 1}).status_code == 409
    assert Area.objects.get(code="DOCK").name == "The dock"
    fields = {"checklist_code": "five-s", "every_weeks": 4, "from_date": "2026-03-01"}
    assert client.post(f"{HOME}areas/DOCK/routine/", fields).status_code == 303
    assert "Overdue" in client.get(HOME).content.decode()
    own = {"name": "Gate", "kind": "HAZARD_HUNT", "text": "# Gate\nIs it lit?"}
    assert client.post(f"{HOME}lists/new/", own).status_code == 303
    code = OwnChecklist.objects.get().code
    assert "Is it lit?" in client.get(f"{HOME}run/{code}/").content.decode()
    again = {**own, "text": "# Gate\nIs it lit?\nIs it dry?", "number": 1}
    assert client.post(f"{HOME}lists/{code}/change/", again).status_code == 303
    assert client.post(f"{HOME}lists/{code}/change/", again).status_code == 409


def test_a_tag_by_form(river):
    client = browser(river, "TEAM_MEMBER")
    assert client.post(f"{HOME}tags/new/", {"item": "Fan", "tagged_date": "2099-01-01"}).status_code == 422
    client.post(f"{HOME}tags/new/", {"item": "Fan", "tagged_date": TODAY.isoformat()})
    tag = RedTag.objects.get()
    url = f"{HOME}tags/{tag.code}/"
    early = {"decision": "SELL", "due_date": "2020-01-01", "version": 1}
    assert client.post(f"{url}decide/", early).status_code == 422
    assert client.post(f"{url}decide/", {**early, "due_date": "2030-01-01"}).status_code == 303
    assert client.post(f"{url}done/", {"version": 1}).status_code == 409
    assert client.post(f"{url}done/", {"version": 2}).status_code == 303


def test_who_may_what(river):
    member = browser(river, "TEAM_MEMBER")
    assert member.get(f"{HOME}areas/new/").status_code == 403
    walked, _new = walk(river)
    assert member.post(f"{HOME}rounds/{walked.code}/withdraw/", {"reason": "x"}).status_code == 403
    assert Client().get(HOME).status_code == 302
    manager = browser(river, "MANAGER")
    assert manager.post(f"{HOME}rounds/{walked.code}/withdraw/", {"reason": ""}).status_code == 422
    assert manager.post(f"{HOME}rounds/{walked.code}/withdraw/", {"reason": "x"}).status_code == 303


def test_queries_do_not_grow_with_rounds(river):
    client = browser(river, "MANAGER")
    walk(river, answers=all_answers("hunt-fire", "NA"))
    before = [queries_of(client, HOME), queries_of(client, f"{HOME}areas/LINE-A/")]
    for _round in range(8):
        walk(river, answers=all_answers("hunt-fire", "NA"))
    assert [queries_of(client, HOME), queries_of(client, f"{HOME}areas/LINE-A/")] == before


def test_figures(river):
    walk(river, "five-s", answers=all_answers("five-s", "3"))
    walk(river, answers=all_answers("hunt-fire", "NOT_OK"))
    wrong, _new = walk(river)
    browser(river, "MANAGER").post(f"{HOME}rounds/{wrong.code}/withdraw/", {"reason": "x"})
    period = Period(TODAY.replace(day=1), TODAY)
    assert figure("checklists.rounds", period).value == 2
    assert figure("checklists.findings", period).value == 26
    assert figure("checklists.findings_taken_up", period).numerator == 0
    assert figure("five_s.score", period).value == pytest.approx(0.75)

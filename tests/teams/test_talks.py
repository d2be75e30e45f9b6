"""Shift talks from a phone: kept once, refused clearly, and what was raised becomes something in one tap."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from fairfloor.actions.labels import about_link
from fairfloor.actions.public import ActionItem
from fairfloor.core.access import Forbidden
from fairfloor.core.tenancy import scope
from fairfloor.measure.cells import Period
from fairfloor.organisations.models import Department
from fairfloor.organisations.public import Role, local_day
from fairfloor.safety.public import Hazard
from fairfloor.suggestions.public import Suggestion
from fairfloor.teams.figures import SUPPLIER
from fairfloor.teams.models import ShiftTalk, TalkIssue
from fairfloor.teams.selectors_talks import shifts_heard
from fairfloor.teams.services import (
    TalkDiffers,
    TalkRefused,
    TalkWithdrawn,
    WordsMissing,
    raise_issue,
    record_talk,
    withdraw_talk,
)
from fairfloor.teams.workflow import IssueKind, Shift, TalkTopic
from tests.cast import NOW, TODAY
from tests.pages import browser, queries_of

BASE = "/e/river/team/talks/"
CLIENT = "talk-0000000000000001"


def talk(factory, **changed):
    values = {
        "actor": factory.actor(Role.TEAM_MEMBER, name="Luo Yan"),
        "client_id": CLIENT,
        "department_code": "KNT",
        "shift": Shift.NIGHT,
        "talk_date": TODAY,
        "present": 12,
        "present_women": 7,
        "present_men": 5,
        "leader_name": "Luo Yan",
        "topics": [TalkTopic.SAFETY, TalkTopic.PEOPLE],
        "issues": ["Lamp  over line 3 ", " ", "Oil on the stairs", "Order gloves"],
        "day": TODAY,
        "at": NOW,
    }
    return record_talk(**(values | changed))


def test_a_talk_sent_twice_is_kept_once(river, hill):
    with scope(river.id):
        first, is_new = talk(river)
        assert is_new
        assert (first.topics, first.issues.count()) == ("SAFETY;PEOPLE", 3)
        assert talk(river) == (first, False)
        with pytest.raises(TalkDiffers):
            talk(river, present=13)
        assert ShiftTalk.objects.count() == 1
    with scope(hill.id):  # the same id on another factory's phone is another talk
        assert talk(hill)[1]
        assert ShiftTalk.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"department_code": "NOWHERE"}, "UNKNOWN_DEPARTMENT"),
        ({"shift": "NOON"}, "UNKNOWN_SHIFT"),
        ({"talk_date": TODAY + timedelta(days=1)}, "IN_FUTURE"),
        ({"talk_date": TODAY - timedelta(days=61)}, "TOO_OLD"),
        ({"present": 0, "present_women": 0, "present_men": 0}, "NOBODY"),
        ({"present": 11}, "MORE_THAN_ALL"),
        ({"issues": ["x"] * 21}, "TOO_MANY_ISSUES"),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_kept(river, changed, code):
    with scope(river.id):
        with pytest.raises(TalkRefused) as refused:
            talk(river, **changed)
        assert refused.value.code == code
        assert not ShiftTalk.objects.exists()
        with pytest.raises(Forbidden):
            talk(river, actor=river.actor(Role.BUYER))


def test_what_was_raised_becomes_an_idea_a_danger_and_an_action_once(river, hill):
    with scope(river.id):
        found, _is_new = talk(river)
        member = river.actor(Role.TEAM_MEMBER)
        issues = list(found.issues.order_by("position"))
        for issue, kind in zip(issues, IssueKind, strict=True):
            for _twice in range(2):
                raise_issue(actor=member, issue_id=issue.pk, kind=kind, day=TODAY, at=NOW)
        idea, danger, action = Suggestion.objects.get(), Hazard.objects.get(), ActionItem.objects.get()
        assert (idea.text, idea.channel, idea.department_code) == ("Lamp over line 3", "SHIFT_TALK", "KNT")
        assert (danger.description, danger.department_code) == ("Oil on the stairs", "KNT")
        assert (action.text, action.owner_name, action.about_code) == ("Order gloves", "Luo Yan", found.code)
        address, _words = about_link("river", action)
        assert address == f"/e/river/team/talks/{found.code}/"
        codes = list(found.issues.order_by("position").values_list("result_code", flat=True))
        assert codes == [idea.code, danger.code, action.code]
    with scope(hill.id), pytest.raises(TalkIssue.DoesNotExist):
        raise_issue(
            actor=hill.actor(Role.TEAM_MEMBER),
            issue_id=issues[0].pk,
            kind=IssueKind.ACTION,
            day=TODAY,
            at=NOW,
        )


def test_the_figure_and_the_share_of_shifts(river, hill):
    with scope(river.id):
        Department.objects.filter(code="KNT").update(kind="production", shifts=2)
        Department.objects.exclude(code="KNT").update(kind="support")
        talk(river)
        talk(river, client_id=f"{CLIENT}b")  # the same shift told twice
        talk(river, client_id=f"{CLIENT}c", talk_date=TODAY - timedelta(days=1), department_code="PAK")
        heard = shifts_heard(TODAY)
        assert (heard.days, heard.held, heard.planned) == (1, 1, 2)
        period = Period(TODAY.replace(day=1), TODAY)
        facts = [fact for code, fact in SUPPLIER.flows(period) if code == "shift_talks.held"]
        assert sorted(fact.department for fact in facts) == ["KNT", "KNT", "PAK"]
    with scope(hill.id):
        assert shifts_heard(TODAY).planned == 0


def withdraw(factory, found, *roles, reason="Wrong shift", day=TODAY, **person):
    actor = factory.actor(*roles)
    actor = replace(actor, user_id=person.get("user_id", 99))
    return withdraw_talk(actor=actor, talk_id=found.pk, reason=reason, day=day, at=NOW)


def test_a_wrong_talk_is_withdrawn_stays_and_counts_no_more(river, hill):
    with scope(river.id):
        Department.objects.exclude(code="KNT").update(kind="support")
        found, _is_new = talk(river)
        first, second, *_rest = found.issues.order_by("position")
        member = river.actor(Role.TEAM_MEMBER)
        raise_issue(actor=member, issue_id=first.pk, kind=IssueKind.SUGGESTION, day=TODAY, at=NOW)
        with pytest.raises(Forbidden):
            withdraw(river, found, Role.TEAM_MEMBER)
        with pytest.raises(Forbidden):
            withdraw(river, found, Role.MANAGER)
        with pytest.raises(Forbidden):  # the writer, a day later
            withdraw(river, found, Role.TEAM_MEMBER, user_id=1, day=TODAY + timedelta(days=1))
        with pytest.raises(WordsMissing):
            withdraw(river, found, Role.TEAM_MEMBER, user_id=1, reason=" ")
        assert shifts_heard(TODAY).held == 1
        gone = withdraw(river, found, Role.TEAM_MEMBER, user_id=1)
        assert (gone.withdrawn_date, gone.withdrawn_reason) == (TODAY, "Wrong shift")
        assert withdraw(river, found, Role.SAFETY_OFFICER, reason="").withdrawn_reason == "Wrong shift"
        assert shifts_heard(TODAY).held == 0
        period = Period(TODAY.replace(day=1), TODAY)
        assert "shift_talks.held" not in [code for code, _fact in SUPPLIER.flows(period)]
        with pytest.raises(TalkWithdrawn):
            raise_issue(actor=member, issue_id=second.pk, kind=IssueKind.ACTION, day=TODAY, at=NOW)
        assert Suggestion.objects.count() == 1
        assert talk(river) == (found, False)  # the phone sends it again: it stays withdrawn
        later, _is_new = talk(river, client_id=f"{CLIENT}b")
        withdraw(river, later, Role.SAFETY_OFFICER, day=TODAY + timedelta(days=9))
    with scope(hill.id), pytest.raises(ShiftTalk.DoesNotExist):
        withdraw(hill, found, Role.SAFETY_OFFICER)


def test_the_page_withdraws_for_those_who_may(river):
    with scope(river.id):
        found, _is_new = talk(river)
        issue = found.issues.order_by("position").first()
    page = f"{BASE}{found.code}/"
    stranger, secretary = browser(river, Role.TEAM_MEMBER), browser(river, Role.TEAM_SECRETARY)
    assert "This talk is wrong" not in stranger.get(page).content.decode()
    assert stranger.post(f"{page}withdraw/", {"reason": "x"}).status_code == 403
    assert "This talk is wrong" in secretary.get(page).content.decode()
    assert secretary.post(f"{page}withdraw/", {"reason": " "}).status_code == 422
    assert secretary.post(f"{page}withdraw/", {"reason": "Counted twice"}).status_code == 303
    text = stranger.get(page).content.decode()
    assert "Counted twice" in text
    assert "It is an idea" not in text
    assert secretary.post(f"{page}issues/{issue.pk}/hazard/").status_code == 409
    assert "Withdrawn" in secretary.get(BASE).content.decode()


def post(client, path, **fields):
    return client.post(
        path, json.dumps(fields), content_type="application/json", headers={"accept": "application/json"}
    )


def test_the_phone_s_outbox_and_the_form(river, hill):
    client = browser(river, Role.TEAM_MEMBER)
    day = local_day(river.enterprise, timezone.now()).isoformat()
    blank = client.get(f"{BASE}new/")
    assert "data-outbox" in blank.content.decode()
    assert '<option value="" selected>Choose a department' in blank.content.decode()
    fields = {
        "client_id": CLIENT,
        "department_code": "KNT",
        "shift": "NIGHT",
        "talk_date": day,
        "present": "9",
        "topic_safety": "on",
        "issues": "Lamp\nGloves",
    }
    answer = post(client, f"{BASE}new/", **fields)
    assert answer.status_code == 201
    assert answer.json()["url"].startswith(BASE)
    assert post(client, f"{BASE}new/", **fields).status_code == 200
    differs = post(client, f"{BASE}new/", **(fields | {"present": "8"}))
    assert differs.status_code == 409
    assert "sent before with other words" in differs.json()["message"]
    refused = post(client, f"{BASE}new/", **(fields | {"client_id": f"{CLIENT}x", "present_women": "10"}))
    assert refused.status_code == 422
    assert "Count again" in refused.json()["message"]
    assert post(client, f"{BASE}new/", present="many").status_code == 422
    nowhere = post(client, f"{BASE}new/", **(fields | {"client_id": f"{CLIENT}y", "department_code": ""}))
    assert "Choose a department from the list." in nowhere.json()["message"]
    # The next talk begins where this login stood last.
    form = client.get(f"{BASE}new/").context["form"]
    assert (form["department_code"].value(), form["shift"].value()) == ("KNT", "NIGHT")
    again = client.post(f"{BASE}new/", fields | {"client_id": "", "issues": "x" * 600})
    assert again.status_code == 422
    assert client.post(f"{BASE}new/", fields | {"client_id": ""}).status_code == 303
    assert "Night shift" in client.get(BASE).content.decode()
    with scope(river.id):
        found = ShiftTalk.objects.get(client_id=CLIENT)
        issue = found.issues.get(position=1)
    page = f"{BASE}{found.code}/"
    assert "It is an idea" in client.get(page).content.decode()
    assert client.post(f"{page}issues/{issue.pk}/joke/").status_code == 404
    assert client.post(f"{page}issues/{issue.pk}/hazard/").status_code == 303
    assert "It is an idea" in client.get(page).content.decode()  # the second one still waits
    assert re.search(r"Hazard\s+<a", client.get(page).content.decode())
    assert client.get(f"{BASE}T-NONE/").status_code == 404
    stranger = browser(hill, Role.TEAM_MEMBER)
    assert stranger.get(page).status_code == 404
    assert stranger.get(page.replace("river", "hill")).status_code == 404


def test_the_list_asks_no_more_with_more_talks(river):
    client = browser(river, Role.TEAM_MEMBER)
    with scope(river.id):
        talk(river)
    few = queries_of(client, BASE)
    with scope(river.id):
        for number in range(20):
            talk(river, client_id=f"{CLIENT}-{number}")
    assert queries_of(client, BASE) == few


def test_the_keeper_is_a_script_for_those_who_write_talks(river, hill):
    address = f"{BASE}new/keeper.js"
    member = browser(river, Role.TEAM_MEMBER)
    answer = member.get(address)
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    assert b"registration.scope" in answer.content
    assert member.post(address).status_code == 405
    assert browser(hill, Role.MANAGER).get(address).status_code == 404
    page = member.get(f"{BASE}new/").content.decode()
    assert f'data-user="{member.session["_auth_user_id"]}"' in page
    assert 'data-kept=""' in page

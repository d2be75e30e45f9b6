"""The pages of teams and meetings, in a browser without JavaScript."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fairfloor.core.tenancy import scope
from fairfloor.measure.composition import Member, WorkforceShares, assess
from fairfloor.organisations.models import Worker
from fairfloor.organisations.public import (
    Role,
    add_organisation_member,
    create_organisation,
    give_grant,
    local_day,
)
from fairfloor.projects.public import ImprovementProject
from fairfloor.suggestions.public import Suggestion, submit_suggestion
from fairfloor.teams.labels import light_sentence
from fairfloor.teams.models import AgendaItem, Meeting, TeamMember
from fairfloor.teams.public import composition, waiting
from fairfloor.teams.services import check_in, close_meeting, open_meeting, schedule_meeting
from tests.cast import NOW, PASSWORD, TODAY

BASE = "/e/river/team/"


def browser(factory, name, *roles):
    """A signed-in person's browser."""
    factory.user(name, *roles)
    client = Client()
    assert client.login(username=name, password=PASSWORD)
    return client


@pytest.fixture
def secretary(crew):
    """The secretary's browser."""
    return browser(crew.factory, "li", Role.TEAM_SECRETARY)


def day_of(crew):
    return local_day(crew.factory.enterprise, timezone.now())


def send_idea(crew, text="More light over line 3"):
    with scope(crew.factory.id):
        return submit_suggestion(
            actor=crew.factory.worker, client_id=f"client-{text}-0000", text=text, day=day_of(crew), at=NOW
        ).suggestion


def begin(crew):
    with scope(crew.factory.id):
        day = day_of(crew)
        meeting = schedule_meeting(actor=crew.secretary, team_id=crew.team.id, meeting_date=day, at=NOW)
        return open_meeting(actor=crew.secretary, meeting_id=meeting.id, day=day, at=NOW)


def text_of(response):
    return response.content.decode()


def test_the_team_page_warns_and_does_not_block(secretary, crew, other_crew):
    text = text_of(secretary.get(BASE))
    assert "2 of 3 members (67 %) work on the floor" in text
    assert "3 members are few to carry the work" in text
    assert "The lights are advice" in text
    # What a light misses is one click away.
    assert f'<a href="/e/{crew.factory.slug}/people/workforce/">Workforce snapshots</a>' in text
    with scope(crew.factory.id):
        assert [light.colour for light in composition(day_of(crew))] == [
            "GREEN",
            "UNKNOWN",
            "AMBER",
            "GREEN",
            "UNKNOWN",
        ]


def test_the_shifts_of_members_are_written_down_and_looked_at(secretary, crew, other_crew):
    assert "The factory runs 3 shifts, but no member&#x27;s shift is known" in text_of(secretary.get(BASE))
    joined = {"team_id": crew.team.id, "role": "MEMBER", "from_date": "2026-01-01", "department_code": "KNT"}
    for code, shift, status in (("M04", "AFTERNOON", 303), ("M05", "DAY", 303), ("M06", "NOON", 422)):
        values = joined | {"member_code": code, "shift": shift}
        assert secretary.post(f"{BASE}members/add/", values).status_code == status
    text = text_of(secretary.get(BASE))
    assert "Nobody in the team works on: Night shift. The shift of 3 members is not known." in text
    term = crew.members["M02"]
    values = {"role": "SECRETARY", "sex": "FEMALE", "level": "FRONT_LINE", "shift": "NIGHT"}
    values |= {"from_date": "2026-01-01", "version": term.version, "department_code": "KNT"}
    assert secretary.post(f"{BASE}members/M02/terms/{term.pk}/", values).status_code == 303
    assert "All 3 shifts have somebody in the team. The shift of 2 members" in text_of(secretary.get(BASE))
    assert "Night shift" in text_of(secretary.get(f"{BASE}members/M02/"))
    with scope(crew.factory.id):
        light = composition(day_of(crew))[-1]
        assert (light.code, light.colour, light.numerator, light.denominator) == ("shifts", "GREEN", 3, 3)


def test_a_factory_without_a_team_is_told_what_one_is(hill):
    client = browser(hill, "yan", Role.MANAGER)
    assert "Set up the team" in text_of(client.get("/e/hill/team/"))
    assert client.get("/e/hill/team/members/add/").status_code == 303
    values = {"code": "EIT", "name": "Our team"}
    assert client.post("/e/hill/team/new/", values).status_code == 303
    assert client.post("/e/hill/team/new/", values).status_code == 422
    assert client.post("/e/hill/team/new/", {"code": "E T", "name": ""}).status_code == 422
    assert "Our team" in text_of(client.get("/e/hill/team/"))


def test_join_and_leave(secretary, crew):
    values = {
        "team_id": crew.team.id,
        "member_code": "M04",
        "role": "MEMBER",
        "from_date": "2026-02-01",
        "sex": "",
        "level": "",
        "department_code": "",
    }
    assert secretary.get(f"{BASE}members/add/").status_code == 200
    assert secretary.post(f"{BASE}members/add/", values).status_code == 303
    again = secretary.post(f"{BASE}members/add/", values)
    assert again.status_code == 422
    assert "in the team already" in text_of(again)
    page = f"{BASE}members/M04/"
    assert secretary.get(page).status_code == 200
    with scope(crew.factory.id):
        term = TeamMember.objects.get(member_code="M04")
    end = f"{page}terms/{term.pk}/end/"
    assert secretary.post(end, {"to_date": "2026-01-01", "version": 1}).status_code == 422
    assert secretary.post(end, {"to_date": "2026-03-01", "version": 9}).status_code == 409
    assert secretary.post(end, {"to_date": "2026-03-01", "version": 1}).status_code == 303
    correct = f"{page}terms/{term.pk}/"
    assert secretary.get(correct).status_code == 200
    assert secretary.post(correct, values | {"version": 1}).status_code == 409
    assert secretary.post(correct, values | {"version": 2}).status_code == 303
    assert secretary.get(f"{BASE}members/M99/").status_code == 404


def test_a_member_entered_by_mistake_is_removed(secretary, crew):
    values = {"team_id": crew.team.id, "member_code": "M04", "role": "MEMBER", "from_date": "2026-02-01"}
    assert secretary.post(f"{BASE}members/add/", values).status_code == 303
    page = f"{BASE}members/M04/"
    assert "entered by mistake" in text_of(secretary.get(page))
    with scope(crew.factory.id):
        term = TeamMember.objects.get(member_code="M04")
    remove = f"{page}terms/{term.pk}/remove/"
    stale = secretary.post(remove, {"version": 9})
    assert stale.status_code == 409
    assert "changed this since you opened it" in text_of(stale)
    assert secretary.post(remove, {"version": 1}).url == BASE
    assert secretary.get(page).status_code == 404
    with scope(crew.factory.id):
        member = crew.members["M02"]
        meeting = schedule_meeting(actor=crew.secretary, team_id=crew.team.id, meeting_date=TODAY, at=NOW)
        open_meeting(actor=crew.secretary, meeting_id=meeting.id, day=TODAY, at=NOW)
        check_in(actor=crew.secretary, meeting_id=meeting.id, present_ids=[member.id], at=NOW)
        close_meeting(actor=crew.secretary, meeting_id=meeting.id, minutes="", day=TODAY, at=NOW)
    page = f"{BASE}members/M02/"
    assert "entered by mistake" not in text_of(secretary.get(page))
    refused = secretary.post(f"{page}terms/{member.pk}/remove/", {"version": 1})
    assert refused.status_code == 422
    assert "Meeting 1 lists this person as a member." in text_of(refused)


def test_a_member_is_somebody_of_the_roster(secretary, crew, other_crew):
    with scope(other_crew.factory.id):
        Worker.objects.create(code="F9", name="Wang Li")
    with scope(crew.factory.id):
        Worker.objects.create(code="F7", name="Hu Jing")
        for code in ("F8", "G8"):
            Worker.objects.create(code=code, name="Chen Bo")
    values = {"team_id": crew.team.id, "role": "MEMBER", "from_date": "2026-02-01"}

    def add(person):
        return secretary.post(f"{BASE}members/add/", values | {"member_code": person})

    for person, words in (("F9", "Nobody on the roster"), ("Chen Bo", "Several people")):
        refused = add(person)
        assert refused.status_code == 422
        assert words in text_of(refused)
    assert add("f8").url == f"{BASE}members/F8/"
    assert add("hu jing").url == f"{BASE}members/F7/"
    assert "1 of" not in text_of(secretary.get(BASE))


@pytest.mark.parametrize(
    ("floor", "words"),
    [
        (0, "None of the 4 members works on the floor."),
        (1, "Only 1 of 4 members (25 %) works on the floor."),
        (2, "2 of 4 members (50 %) work on the floor"),
    ],
)
def test_the_lights_count_one_as_one(floor, words):
    people = [Member("FEMALE", "FRONT_LINE" if place < floor else "TOP", "KNT") for place in range(4)]
    light = assess(people, WorkforceShares(0, 0, frozenset()))[0]
    assert light_sentence(light, SimpleNamespace(members=people), {}).startswith(words)


def test_a_meeting_from_plan_to_minutes(secretary, crew):
    idea = send_idea(crew)
    today = day_of(crew).isoformat()
    answer = secretary.post(f"{BASE}meetings/plan/", {"team_id": crew.team.id, "meeting_date": today})
    page = f"{BASE}meetings/EIT/1/"
    assert (answer.status_code, answer.url) == (303, page)
    assert "fills itself" in text_of(secretary.get(page))
    assert secretary.post(f"{page}topic/", {"title": ""}).status_code == 422
    assert secretary.post(f"{page}open/", {"version": 1}).status_code == 303
    assert secretary.post(f"{page}open/", {"version": 1}).status_code == 409
    assert "Who is here?" in text_of(secretary.get(page))
    here = {"present": [crew.members["M01"].pk, crew.members["M02"].pk], "version": 2}
    assert secretary.post(f"{page}attendance/", here).status_code == 303
    assert secretary.post(f"{page}attendance/", here).status_code == 409
    text = text_of(secretary.get(f"{page}?item=1"))
    assert "More light over line 3" in text
    assert "1 of 1" in text
    with scope(crew.factory.id):
        item = AgendaItem.objects.get()
    decide = f"{page}items/{item.pk}/decide/"
    refused = secretary.post(f"{decide}start-project/", {"start_project-title": ""})
    assert refused.status_code == 422
    assert "Give the project a name." in text_of(refused)
    values = {
        "start_project-title": "Light over line 3",
        "start_project-owner_name": "Lin Wei",
        "start_project-due_date": "2030-04-01",
        "start_project-version": 1,
    }
    assert secretary.post(f"{decide}start-project/", values).status_code == 303
    # Sent twice: the second is told what happened, and no second project is started.
    assert secretary.post(f"{decide}start-project/", values).status_code == 409
    with scope(crew.factory.id):
        project = ImprovementProject.objects.get()
        assert Suggestion.objects.get(pk=idea.pk).project_code == project.code
    assert project.code in text_of(secretary.get(f"{page}?item=1"))
    note = {"note-text": "Ask the electrician.", "note-version": 2}
    assert secretary.post(f"{decide}note/", note).status_code == 303
    assert secretary.post(f"{decide}dance/", note).status_code == 404
    close = secretary.get(f"{page}close/")
    assert project.code in text_of(close)
    assert secretary.post(f"{page}close/", {"minutes": "Short.", "version": 3}).status_code == 303
    assert secretary.post(f"{page}close/", {"minutes": "Again.", "version": 3}).status_code == 409
    minutes = text_of(secretary.get(f"{page}minutes/"))
    for words in ("Short.", "Ask the electrician.", project.code, "M01, M02", "M03"):
        assert words in minutes
    assert secretary.get(f"{BASE}meetings/EIT-1/").url == page
    assert secretary.get(f"{BASE}meetings/EIT/").status_code == 404
    assert "2 of 3" in text_of(secretary.get(f"{BASE}meetings/"))


def test_settled_goes_on_and_items_move(secretary, crew):
    meeting = begin(crew)
    page = f"{BASE}meetings/EIT/{meeting.number}/"
    for title in ("Canteen", "Shifts"):
        assert secretary.post(f"{page}topic/", {"title": title}).status_code == 303
    with scope(crew.factory.id):
        first, second = AgendaItem.objects.order_by("position", "id")
    moved = secretary.post(f"{page}items/{second.pk}/move/", {"way": "up"})
    assert moved.url == f"{page}?item=1"
    done = secretary.post(f"{page}items/{second.pk}/done/", {"done": "1", "version": 1})
    assert (done.status_code, done.url) == (303, f"{page}?item=2")
    assert secretary.post(f"{page}items/{second.pk}/done/", {"done": "0", "version": 1}).status_code == 409
    assert secretary.post(f"{page}items/{first.pk}999/done/", {"done": "1"}).status_code == 404


def test_paper_correction_and_withdrawal(secretary, crew):
    with scope(crew.factory.id):
        day = day_of(crew)
        schedule_meeting(actor=crew.secretary, team_id=crew.team.id, meeting_date=day, at=NOW)
    page = f"{BASE}meetings/EIT/1/"
    values = {
        "meeting_date": (day - timedelta(days=2)).isoformat(),
        "present": crew.members["M01"].pk,
        "minutes": "On paper",
        "version": 1,
    }
    future = {"meeting_date": (day + timedelta(days=2)).isoformat()}
    before_joining = {"meeting_date": "2025-12-01"}
    assert secretary.get(f"{page}paper/").status_code == 200
    assert secretary.post(f"{page}paper/", values | future).status_code == 422
    refused = secretary.post(f"{page}paper/", values | before_joining)
    assert refused.status_code == 422
    assert "Not in the team on this day: M01" in text_of(refused)
    assert secretary.post(f"{page}paper/", values).status_code == 303
    assert secretary.post(f"{page}paper/", values).status_code == 409
    assert secretary.get(f"{page}correct/").status_code == 200
    with scope(crew.factory.id):
        version = Meeting.objects.get().version
    corrected = values | {"minutes": "Better", "version": version}
    assert secretary.post(f"{page}correct/", corrected).status_code == 303
    assert "Better" in text_of(secretary.get(page))
    assert secretary.post(f"{page}cancel/", {"reason": "No"}).status_code == 409
    assert secretary.post(f"{page}withdraw/", {"reason": ""}).status_code == 422
    assert secretary.post(f"{page}withdraw/", {"reason": "Twice"}).status_code == 303
    assert "Twice" in text_of(secretary.get(page))


def test_a_member_decides_but_does_not_close(crew):
    begin(crew)
    member = browser(crew.factory, "wei", Role.TEAM_MEMBER)
    representative = browser(crew.factory, "fang", Role.WORKER_REPRESENTATIVE)
    page = f"{BASE}meetings/EIT/1/"
    assert member.post(f"{page}topic/", {"title": "Canteen"}).status_code == 303
    assert member.post(f"{page}close/", {"version": 2}).status_code == 403
    assert representative.get(page).status_code == 200
    assert representative.post(f"{page}topic/", {"title": "Canteen"}).status_code == 403


def test_who_does_it_is_offered_by_name_and_not_called_optional(secretary, crew):
    send_idea(crew)
    begin(crew)
    text = text_of(secretary.get(f"{BASE}meetings/EIT/1/?item=1"))
    assert '<datalist id="people"><option value="' in text
    assert re.search(r'<label for="[^"]*owner_name">Or another name</label>', text)


def test_another_factory_finds_nothing(secretary, crew, other_crew):
    theirs = begin(other_crew)
    assert secretary.get("/e/hill/team/").status_code == 404
    assert secretary.get(f"{BASE}meetings/EIT/{theirs.number}/").status_code == 404
    begin(crew)
    send_idea(other_crew, "Elsewhere")
    assert "Elsewhere" not in text_of(secretary.get(f"{BASE}meetings/EIT/1/?item=1"))


def test_a_reader_by_grant_sees_no_workers_words_and_no_names(secretary, crew):
    send_idea(crew, "Very own words")
    begin(crew)
    today = timezone.now().date()
    trainer = browser(crew.factory, "ana")
    organisation = create_organisation(name="Provider", kind="PROVIDER", at=NOW)
    user_id = int(trainer.session["_auth_user_id"])
    add_organisation_member(
        user_id=user_id, organisation_id=organisation.pk, role=Role.TRAINER, from_date=today
    )
    assert trainer.get(BASE).status_code == 404
    with scope(crew.factory.id):
        give_grant(
            actor=crew.factory.system,
            organisation_id=organisation.pk,
            data_class="IMPROVEMENT",
            from_date=today - timedelta(days=1),
            to_date=today + timedelta(days=9),
            at=NOW,
        )
    assert trainer.get(BASE).status_code == 200
    page = f"{BASE}meetings/EIT/1/"
    assert "Very own words" in text_of(secretary.get(f"{page}?item=1"))
    text = text_of(trainer.get(f"{page}?item=1"))
    assert "Very own words" not in text
    assert "Suggestion S-" in text
    assert trainer.post(f"{page}topic/", {"title": "Mine"}).status_code == 403


def test_pages_ask_the_same_questions_at_two_rows_and_at_thirty(secretary, crew):
    counts = []
    for number in (2, 28):
        for index in range(number):
            send_idea(crew, f"Idea {number} {index}")
            with scope(crew.factory.id):
                schedule_meeting(
                    actor=crew.secretary, team_id=crew.team.id, meeting_date=day_of(crew), at=NOW
                )
        meeting = begin(crew)
        asked = []
        for url in (
            BASE,
            f"{BASE}meetings/",
            f"{BASE}meetings/EIT/{meeting.number}/?item=1",
            f"{BASE}meetings/EIT/{meeting.number}/minutes/",
        ):
            with CaptureQueriesContext(connection) as found:
                assert secretary.get(url).status_code == 200
            asked.append(len(found))
        counts.append(asked)
        with scope(crew.factory.id):
            close_meeting(actor=crew.secretary, meeting_id=meeting.id, minutes="", day=day_of(crew), at=NOW)
    assert counts[0] == counts[1]


def test_what_waits(crew):
    meeting = begin(crew)
    with scope(crew.factory.id):
        day = day_of(crew)
        found = waiting(crew.secretary, day)
        assert [(w.url_name, w.key) for w in found] == [("teams:meeting_by_code", "EIT-1")]
        check_in(actor=crew.secretary, meeting_id=meeting.id, present_ids=[], at=NOW)
        close_meeting(actor=crew.secretary, meeting_id=meeting.id, minutes="", day=day, at=NOW)
        assert "no minutes" in waiting(crew.secretary, day)[0].text
        assert waiting(crew.factory.actor(Role.TEAM_MEMBER), day) == []
        assert waiting(crew.factory.worker, day) == []


def test_the_projector_asks_no_more_with_three_hundred_items(secretary, crew):
    meeting = begin(crew)
    page = f"{BASE}meetings/EIT/{meeting.number}/?item=1"

    def add(count, place):
        codes = {
            number: send_idea(crew, f"Idea {number}").code for number in range(place, min(place + count, 20))
        }
        with scope(crew.factory.id):
            AgendaItem.objects.bulk_create(
                AgendaItem(
                    meeting=meeting,
                    position=number,
                    kind="SUGGESTION" if number in codes else "TOPIC",
                    about_code=codes.get(number, ""),
                    title="" if number in codes else f"Topic {number}",
                )
                for number in range(place, place + count)
            )

    def queries():
        assert secretary.get(page).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            assert secretary.get(page).status_code == 200
        return len(captured)

    add(2, 1)
    few = queries()
    add(298, 3)
    assert queries() == few
    # A wall of three hundred numbers would push the item off the screen: the ends and what is near are shown.
    text = text_of(secretary.get(page.replace("item=1", "item=150")))
    assert text.count('class="agenda-step"') == 1 + 1 + 25 + 1 + 1
    assert "?item=300" in text

"""Released minutes hang on the board by themselves, and come off when they no longer hold."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from fairfloor.core.access import Forbidden
from fairfloor.core.edits import StaleEdit
from fairfloor.core.tenancy import scope
from fairfloor.desk.board import board
from fairfloor.desk.board_services import release_item, renew_board_link
from fairfloor.organisations.public import Role
from fairfloor.suggestions.public import submit_suggestion
from fairfloor.teams.models import AgendaItem, Meeting
from fairfloor.teams.public import board_minutes
from fairfloor.teams.services import (
    MoveNotAllowed,
    add_topic,
    close_meeting,
    decide_action,
    decide_decline,
    decide_note,
    decide_project,
    open_meeting,
    release_minutes,
    schedule_meeting,
    show_on_board,
)
from fairfloor.teams.sheets import MeetingSheet
from tests.cast import NOW, TODAY
from tests.pages import browser
from tests.teams.conftest import build_crew

PAGE = "/e/river/team/meetings/EIT/1/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    for place in ("views_board", "views_board_public"):
        monkeypatch.setattr(f"fairfloor.desk.web.{place}.timezone.now", lambda: NOW)


@pytest.fixture
def crew(river):
    return build_crew(river)


def hold(crew, minutes="Wang Fang said the canteen is cold", decides=True):
    """A held meeting: a note and an action on a topic, a project from an idea, a note on another, one declined."""
    actor = crew.secretary
    with scope(crew.factory.id):
        for number in range(3):
            submit_suggestion(
                actor=crew.factory.worker, client_id=f"c-{number}-0000000000", text=f"Own words {number}",
                day=TODAY, at=NOW,
            )  # fmt: skip
        meeting = schedule_meeting(actor=actor, team_id=crew.team.id, meeting_date=TODAY, at=NOW)
        open_meeting(actor=actor, meeting_id=meeting.pk, day=TODAY, at=NOW)
        if decides:
            topic = add_topic(actor=actor, meeting_id=meeting.pk, title="Canteen", at=NOW)
            decide_note(actor=actor, item_id=topic.pk, text="More vegetables", at=NOW)
            promise = {"text": "Measure the heat", "owner_name": "Zhao Lei", "due_date": TODAY, "day": TODAY}
            decide_action(actor=actor, item_id=topic.pk, at=NOW, **promise)
            first, second, third = AgendaItem.objects.filter(meeting=meeting, kind="SUGGESTION").order_by(
                "position"
            )
            project = {"title": "Lamps over line 3", "owner_name": "", "due_date": None, "day": TODAY}
            decide_project(actor=actor, item_id=first.pk, at=NOW, **project)
            decide_note(actor=actor, item_id=second.pk, text="The writer works on table 6", at=NOW)
            decide_decline(actor=actor, item_id=third.pk, reason="Too dear", day=TODAY, at=NOW)
        return close_meeting(actor=actor, meeting_id=meeting.pk, minutes=minutes, day=TODAY, at=NOW)


def release(crew, meeting, is_out=True, **more):
    return release_minutes(
        actor=crew.secretary, meeting_id=meeting.pk, is_out=is_out, day=TODAY, at=NOW, **more
    )


def screen(factory) -> str:
    with scope(factory.id):
        token = renew_board_link(actor=factory.actor(Role.MANAGER), at=NOW).token
    return Client().get(f"/b/{token}/?all=1").content.decode()


def test_released_minutes_hang_at_once_and_name_nobody(crew, hill):
    meeting = hold(crew)
    with scope(crew.factory.id):
        assert board(TODAY).minutes is None
    assert "More vegetables" not in screen(crew.factory)
    with scope(crew.factory.id):
        release(crew, meeting)
    page = screen(crew.factory)
    for words in ("meeting on", "What happens next", "More vegetables", "Lamps over line 3"):
        assert words in page
    assert f"Measure the heat → {TODAY:%B} {TODAY.day}" in page
    for words in ("Own words", "Too dear", "table 6", "Zhao Lei", "Wang Fang", "M01"):
        assert words not in page
    assert "More vegetables" not in screen(hill)
    sheet = browser(crew.factory, Role.TEAM_SECRETARY).get("/e/river/board/print/en.pdf")
    text = "".join(each.extract_text() for each in PdfReader(BytesIO(sheet.content)).pages)
    assert "More vegetables" in text
    assert "Measure the heat" in text
    with scope(hill.id):
        assert board_minutes() is None


def test_minutes_taken_back_corrected_away_or_kept_off_vanish(crew):
    meeting = hold(crew)
    with scope(crew.factory.id):
        release(crew, meeting)
        assert board_minutes().number == 1
        release(crew, meeting, is_out=False)
        assert board_minutes() is None
        release(crew, meeting, is_for_board=False)
        assert board_minutes() is None
        show = {"actor": crew.secretary, "meeting_id": meeting.pk, "at": NOW}
        with pytest.raises(StaleEdit):
            show_on_board(is_for_board=True, version=1, **show)
        assert show_on_board(is_for_board=True, **show).is_for_board
        assert board_minutes().number == 1
        show_on_board(is_for_board=True, **show)
        with pytest.raises(Forbidden):
            show_on_board(**(show | {"actor": crew.factory.actor(Role.TEAM_MEMBER)}), is_for_board=False)
        Meeting.objects.filter(pk=meeting.pk).update(status="WITHDRAWN")
        assert board_minutes() is None
        with pytest.raises(MoveNotAllowed):
            show_on_board(is_for_board=False, **show)


def test_a_meeting_written_down_from_paper_shows_its_notes_and_own_words_come_first(crew):
    meeting = hold(crew, minutes="New lamps are up.\n\n" + "x" * 200, decides=False)
    with scope(crew.factory.id):
        release(crew, meeting)
        first, second = board_minutes().decided
        assert first == "New lamps are up."
        assert len(second) == 160
        release_item(
            actor=crew.secretary,
            kind="MINUTES",
            code=str(meeting.pk),
            words="We put lamps up",
            day=TODAY,
            at=NOW,
        )
        assert board(TODAY).minutes is None
    page = screen(crew.factory)
    assert "We put lamps up" in page
    assert "New lamps are up." not in page


def test_staff_see_what_hangs_and_switch_it_off(crew):
    meeting = hold(crew)
    secretary = browser(crew.factory, Role.TEAM_SECRETARY)
    before = secretary.get(PAGE).content.decode()
    assert "The board would say" in before
    assert "More vegetables" in before
    form = {"out": 1, "asks_board": 1, "board": 1, "version": meeting.version}
    assert secretary.post(f"{PAGE}minutes/release/", form).status_code == 303
    assert "Minutes of meeting 1" in secretary.get("/e/river/board/release/").content.decode()
    off = {"board": 0, "version": meeting.version + 1}
    assert browser(crew.factory, Role.TEAM_MEMBER).post(f"{PAGE}minutes/board/", off).status_code == 403
    assert secretary.post(f"{PAGE}minutes/board/", {**off, "version": 1}).status_code == 409
    assert secretary.post(f"{PAGE}minutes/board/", off).status_code == 303
    assert "They do not hang on the board" in secretary.get(PAGE).content.decode()
    assert "More vegetables" not in screen(crew.factory)
    with scope(crew.factory.id):
        release(crew, meeting, is_out=False)
    form = {"out": 1, "asks_board": 1, "version": meeting.version + 3}
    assert secretary.post(f"{PAGE}minutes/release/", form).status_code == 303
    assert "More vegetables" not in screen(crew.factory)


def test_released_minutes_of_a_workbook_hang_only_where_it_says_so(crew):
    rows = [
        {
            "team": "EIT",
            "number": number,
            "date": TODAY,
            "status": "HELD",
            "present": (),
            "minutes": f"Minutes {number}",
            "time": "",
            "place": "",
            "released_date": TODAY,
            "on_board": on_board,
        }
        for number, on_board in ((1, "YES"), (2, ""))
    ]
    with scope(crew.factory.id):
        MeetingSheet().save(crew.factory.system, rows, [], NOW)
        assert board_minutes().decided == ("Minutes 1",)
        assert list(MeetingSheet().rows()) == rows

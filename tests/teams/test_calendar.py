"""Meetings in a row, and the calendar that tells when they are and nothing else."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from fairfloor.core.access import Forbidden
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role, local_day
from fairfloor.teams import icalendar
from fairfloor.teams.models import ImprovementTeam, Meeting
from fairfloor.teams.services import (
    SeriesRefused,
    cancel_meeting,
    correct_meeting,
    plan_series,
    renew_calendar,
    schedule_meeting,
)
from tests.cast import NOW, TODAY
from tests.pages import browser

BASE = "/e/river/team/"


def series(crew, **changed):
    values = {
        "actor": crew.secretary,
        "team_id": crew.team.id,
        "first_date": TODAY,
        "until_date": TODAY + timedelta(weeks=8),
        "every_weeks": 4,
        "start_time": time(14, 30),
        "place": "Canteen",
        "day": TODAY,
        "at": NOW,
    }
    return plan_series(**(values | changed))


def test_a_series_plans_each_meeting_once(crew, other_crew):
    form_id = uuid4()
    with scope(crew.factory.id):
        schedule_meeting(
            actor=crew.secretary, team_id=crew.team.id, meeting_date=TODAY + timedelta(weeks=4), at=NOW
        )
        made = series(crew, form_id=form_id)
        assert [(m.number, m.meeting_date, m.start_time, m.place) for m in made] == [
            (2, TODAY, time(14, 30), "Canteen"),
            (3, TODAY + timedelta(weeks=8), time(14, 30), "Canteen"),
        ]
        assert [m.pk for m in series(crew, form_id=form_id)] == [m.pk for m in made]
        assert Meeting.objects.count() == 3
    with scope(other_crew.factory.id):
        assert not Meeting.objects.exists()
        with pytest.raises(ImprovementTeam.DoesNotExist):
            series(other_crew, team_id=crew.team.id)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"first_date": TODAY - timedelta(days=1)}, "FIRST_IS_OVER"),
        ({"until_date": TODAY - timedelta(days=1)}, "ENDS_BEFORE"),
        ({"every_weeks": 1, "until_date": date(2028, 1, 1)}, "TOO_MANY"),
    ],
)
def test_a_series_that_cannot_stand_plans_nothing(crew, changed, code):
    with scope(crew.factory.id):
        with pytest.raises(SeriesRefused) as refused:
            series(crew, **changed)
        assert refused.value.code == code
        assert not Meeting.objects.exists()
        series(crew)
        with pytest.raises(SeriesRefused, match="ALL_PLANNED"):
            series(crew)
        with pytest.raises(Forbidden):
            series(crew, actor=crew.factory.actor(Role.TEAM_MEMBER))


def test_moving_a_meeting_keeps_what_it_was(crew):
    with scope(crew.factory.id):
        (meeting,) = series(crew, until_date=TODAY)
        moved = correct_meeting(
            actor=crew.secretary,
            meeting_id=meeting.pk,
            meeting_date=TODAY + timedelta(days=2),
            start_time=time(9),
            place="Hall 2",
            minutes="",
            present_ids=[],
            day=TODAY,
            at=NOW,
        )
        assert (moved.start_time, moved.place, moved.version) == (time(9), "Hall 2", 2)


def test_the_series_form(crew, other_crew):
    client = browser(crew.factory, Role.TEAM_SECRETARY)
    page = f"{BASE}meetings/series/"
    assert client.get(page).status_code == 200
    day = local_day(crew.factory.enterprise, timezone.now())
    values = {
        "team_id": crew.team.id,
        "first_date": day.isoformat(),
        "until_date": (day - timedelta(days=1)).isoformat(),
        "every_weeks": 2,
        "start_time": "25:00",
        "place": "",
    }
    answer = client.post(page, values)
    assert answer.status_code == 422
    assert "Write the hour as 14:30." in answer.content.decode()
    answer = client.post(page, values | {"start_time": "14:30"})
    assert answer.status_code == 422
    assert "lies before the first" in answer.content.decode()
    until = (day + timedelta(weeks=4)).isoformat()
    assert client.post(page, values | {"start_time": "14:30", "until_date": until}).status_code == 303
    assert "2:30 p.m." in client.get(f"{BASE}meetings/").content.decode()
    with scope(crew.factory.id):
        assert Meeting.objects.count() == 3
    other_team = values | {"team_id": other_crew.team.id, "start_time": "", "until_date": until}
    assert client.post(page, other_team).status_code == 422


def lines_of(body: bytes) -> list[str]:
    """The unfolded lines of a calendar file; every line ends in CRLF and none is longer than 75 bytes."""
    assert body.endswith(b"\r\n")
    raw = body[:-2].split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in raw)
    return body[:-2].decode().replace("\r\n ", "").split("\r\n")


def test_the_feed_tells_days_and_places_and_nothing_else(crew, other_crew):
    with scope(crew.factory.id):
        day = local_day(crew.factory.enterprise, timezone.now())
        until = day + timedelta(weeks=4)
        first, second = series(crew, first_date=day, until_date=until, day=day, place="Hall 2, left; door")
        cancel_meeting(actor=crew.secretary, meeting_id=second.pk, reason="Audit of the boss", at=NOW)
        Meeting.objects.filter(pk=first.pk).update(minutes="What was said")
        token = renew_calendar(actor=crew.secretary, team_id=crew.team.id, at=NOW).calendar_token
    with scope(other_crew.factory.id):
        other = renew_calendar(actor=other_crew.secretary, team_id=other_crew.team.id, at=NOW).calendar_token
    stranger = Client()
    answer = stranger.get(f"/calendar/river/{token}/meetings.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    lines = lines_of(answer.content)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert "LOCATION:Hall 2\\, left\\; door" in lines
    zone = ZoneInfo(crew.factory.enterprise.time_zone)
    start = datetime.combine(day, time(14, 30), tzinfo=zone).astimezone(UTC)
    assert f"DTSTART:{start:%Y%m%dT%H%M%SZ}" in lines
    assert [line for line in lines if line.startswith("STATUS:")] == ["STATUS:CONFIRMED", "STATUS:CANCELLED"]
    assert f"UID:meeting-{first.pk}@river.fairfloor" in lines
    assert "said" not in answer.content.decode()
    assert "Audit" not in answer.content.decode()
    assert not answer.cookies
    # The address of one factory opens nothing in another, and an old one opens nothing at all.
    assert stranger.get(f"/calendar/hill/{token}/meetings.ics").status_code == 404
    assert stranger.get(f"/calendar/river/{other}/meetings.ics").status_code == 404
    assert stranger.get("/calendar/nowhere/x/meetings.ics").status_code == 404
    assert stranger.post(f"/calendar/river/{token}/meetings.ics").status_code in {403, 405}
    with scope(crew.factory.id):
        renew_calendar(actor=crew.secretary, team_id=crew.team.id, at=NOW)
    assert stranger.get(f"/calendar/river/{token}/meetings.ics").status_code == 404


def test_the_page_of_the_calendar(crew):
    secretary = browser(crew.factory, Role.TEAM_SECRETARY)
    page = f"{BASE}calendar/EIT/"
    assert "has no address yet" in secretary.get(page).content.decode()
    assert secretary.post(f"{page}renew/").status_code == 303
    assert "meetings.ics" in secretary.get(page).content.decode()
    assert secretary.get(f"{BASE}calendar/NONE/").status_code == 404
    member = browser(crew.factory, Role.TEAM_MEMBER)
    assert member.get(page).status_code == 200
    assert member.post(f"{page}renew/").status_code == 403


def test_a_meeting_without_an_hour_is_a_whole_day_and_long_titles_fold():
    entry = icalendar.Entry("u", "改善小组会议" * 20 + "\r\nx\x07", date(2026, 3, 10), None, "", 3, False)
    lines = lines_of(icalendar.calendar("C\\D", [entry], UTC, NOW))
    assert "DTSTART;VALUE=DATE:20260310" in lines
    assert "DTEND;VALUE=DATE:20260311" in lines
    assert "SUMMARY:" + "改善小组会议" * 20 + "\\nx " in lines
    assert "X-WR-CALNAME:C\\\\D" in lines
    assert "SEQUENCE:3" in lines

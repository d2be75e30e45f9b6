"""Addresses under ``/e/<slug>/team/``."""

from django.urls import path

from fairfloor.teams.web import (
    views_calendar,
    views_check_in,
    views_close,
    views_direction,
    views_health,
    views_meeting,
    views_meetings,
    views_member,
    views_minutes,
    views_team,
)

app_name = "teams"
MEETING = "meetings/<code:team>/<int:number>/"
TERM = "members/<code:code>/terms/<int:term_id>/"
urlpatterns = [
    path("", views_team.team, name="team"),
    path("new/", views_team.team_create, name="create"),
    path("settings/<code:code>/", views_team.team_change, name="change"),
    path("health/<code:code>/", views_health.health_page, name="health"),
    path("health/<code:code>/check/", views_health.team_check, name="check"),
    path(f"{TERM}pass-on/", views_health.post_pass_on, name="pass_on"),
    path("direction/", views_direction.direction, name="direction"),
    path("direction/<int:year>/", views_direction.direction, name="direction_year"),
    path("direction/<int:year>/wall/", views_direction.direction_wall, name="direction_wall"),
    path("direction/<int:year>/vision/", views_direction.vision_write, name="vision"),
    path("direction/<int:year>/goals/new/", views_direction.goal_new, name="goal_new"),
    path("goals/<code:code>/", views_direction.goal_change, name="goal_change"),
    path("goals/<code:code>/drop/", views_direction.goal_drop, name="goal_drop"),
    path("members/add/", views_member.member_add, name="member_add"),
    path("members/<code:code>/", views_member.member, name="member"),
    path(TERM, views_member.term_correct, name="term_correct"),
    path(f"{TERM}end/", views_member.term_end, name="term_end"),
    path("meetings/", views_meetings.meetings, name="meetings"),
    path("meetings/plan/", views_meetings.meeting_plan, name="meeting_plan"),
    path("meetings/series/", views_calendar.series_plan, name="series_plan"),
    path("calendar/<code:code>/", views_calendar.team_calendar, name="calendar"),
    path("calendar/<code:code>/renew/", views_calendar.calendar_renew, name="calendar_renew"),
    path("meetings/<code:code>/", views_meetings.meeting_by_code, name="meeting_by_code"),
    path(MEETING, views_meeting.meeting, name="meeting"),
    path(f"{MEETING}open/", views_meeting.meeting_open, name="meeting_open"),
    path(f"{MEETING}attendance/", views_meeting.meeting_attendance, name="meeting_attendance"),
    path(f"{MEETING}check-in/", views_check_in.check_in_page, name="check_in"),
    path(f"{MEETING}topic/", views_meeting.meeting_topic, name="meeting_topic"),
    path(f"{MEETING}items/<int:item_id>/decide/<code:kind>/", views_meeting.item_decide, name="item_decide"),
    path(f"{MEETING}items/<int:item_id>/done/", views_meeting.item_done, name="item_done"),
    path(f"{MEETING}items/<int:item_id>/move/", views_meeting.item_move, name="item_move"),
    path(f"{MEETING}close/", views_close.meeting_close, name="meeting_close"),
    path(f"{MEETING}paper/", views_close.meeting_paper, name="meeting_paper"),
    path(f"{MEETING}correct/", views_close.meeting_correct, name="meeting_correct"),
    path(f"{MEETING}cancel/", views_close.meeting_cancel, name="meeting_cancel"),
    path(f"{MEETING}withdraw/", views_close.meeting_withdraw, name="meeting_withdraw"),
    path(f"{MEETING}minutes/", views_minutes.meeting_minutes, name="meeting_minutes"),
    path(f"{MEETING}minutes/release/", views_minutes.minutes_release, name="minutes_release"),
    path(f"{MEETING}minutes/<code:form>/", views_minutes.minutes_file, name="minutes_file"),
]

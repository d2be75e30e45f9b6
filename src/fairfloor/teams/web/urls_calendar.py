"""The address under which calendar programs fetch a team's meetings."""

from django.urls import path

from fairfloor.teams.web import views_calendar

app_name = "team_calendar"
urlpatterns = [path("<slug:slug>/<code:token>/meetings.ics", views_calendar.feed, name="feed")]

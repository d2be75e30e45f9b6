"""How a team is called on pages, and when it meets."""

from django import template

from fairfloor.teams.labels import day_and_hour, team_name

register = template.Library()
register.filter("team_name", team_name)
register.filter("day_and_hour", day_and_hour)

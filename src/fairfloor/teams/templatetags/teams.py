"""How a team is called on pages."""

from django import template

from fairfloor.teams.labels import team_name

register = template.Library()
register.filter("team_name", team_name)

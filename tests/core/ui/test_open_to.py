"""A link is offered to those who may follow it."""

from django.template import Context, Template

from fairfloor.organisations.public import Role

LINK = Template("{% load ui %}{% if url|open_to:actor %}link{% else %}words{% endif %}")


def shown(url, actor):
    return LINK.render(Context({"url": url, "actor": actor}))


def test_by_what_the_page_itself_declares(river):
    assert shown("/e/river/actions/?late=1", river.actor(Role.TEAM_MEMBER)) == "link"
    assert shown("/e/river/actions/?late=1", river.actor(Role.BUYER)) == "words"
    assert shown("/", river.actor(Role.BUYER)) == "link"

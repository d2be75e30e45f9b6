"""Small things every page of teams needs: today, where to go next, the charts beside the lights."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.actions.public import about_link
from fairfloor.core import audit
from fairfloor.core.tenancy import TenantModel
from fairfloor.organisations.public import department_names, local_day
from fairfloor.teams.labels import (
    DECISION_LABELS,
    DECISION_PAGES,
    KIND_ICONS,
    KIND_LABELS,
    KIND_PAGES,
    STORY,
    is_reached,
    shown_code,
    team_name,
)
from fairfloor.teams.labels import item_title as title_of
from fairfloor.teams.models import Decision, ImprovementTeam, Meeting, TeamMember
from fairfloor.teams.selectors import ItemView, meeting_of, names_for
from fairfloor.teams.workflow import DecisionKind, ItemKind


def today(request):
    """The day it is in the enterprise."""
    return local_day(request.enterprise, timezone.now())


def departments() -> dict[str, str]:
    """Code → name of the departments in the reader's language."""
    return department_names(get_language() or "en")


def team_choices() -> list[tuple[int, str]]:
    """The teams that work, each as forms offer it."""
    teams = ImprovementTeam.objects.filter(is_active=True).order_by("code", "id")
    return [(team.pk, team_name(team)) for team in teams]


def see_other(name: str, **kwargs: Any):
    """Redirect after a POST."""
    response = redirect(name, **kwargs)
    response.status_code = 303
    return response


def load_meeting(team: str, number: int) -> Meeting:
    """The meeting, or 404."""
    found = meeting_of(team, number)
    if found is None:
        raise Http404
    return found


def meeting_url(slug: str, meeting: Meeting, item: int | None = None) -> str:
    """Address of a meeting, at one of its items."""
    url = reverse("teams:meeting", kwargs={"slug": slug, "team": meeting.team.code, "number": meeting.number})
    return url if item is None else f"{url}?item={item}"


def check_in_qr(request, slug: str, meeting: Meeting) -> str:
    """A QR code, as an address of picture data, of the page where members tick themselves."""
    path = reverse(
        "teams:check_in", kwargs={"slug": slug, "team": meeting.team.code, "number": meeting.number}
    )
    address = settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)
    return segno.make(address, error="m", micro=False).svg_data_uri(border=2, omitsize=True)


def page_url(slug: str, name: str, code: str) -> str:
    """Address of a record's page; empty while its feature has none."""
    try:
        return reverse(name, kwargs={"slug": slug, "code": code})
    except NoReverseMatch:
        return ""


def decision_line(slug: str, decision: Decision, about_code: str) -> dict[str, Any]:
    """A decision as pages show it; the code of the item itself would say nothing new."""
    kind = DecisionKind(decision.kind)
    url = page_url(slug, DECISION_PAGES[kind], decision.result_code) if kind in DECISION_PAGES else ""
    return {
        "label": DECISION_LABELS[kind],
        "text": decision.text,
        "code": decision.result_code if decision.result_code != about_code else "",
        "url": url,
        "kind": kind.value,
    }


def item_line(slug: str, view: ItemView) -> dict[str, Any]:
    """An agenda item as pages show it."""
    kind = ItemKind(view.item.kind)
    url = page_url(slug, KIND_PAGES[kind], view.item.about_code) if kind in KIND_PAGES and view.record else ""
    if kind is ItemKind.INDICATOR:
        url = page_url(slug, "readings:indicator", view.item.about_code.partition("@")[0])
    # An action without what it is about is hard to place; its words seldom say where they come from.
    is_action = kind is ItemKind.ACTION and view.record is not None
    about_url, about = about_link(slug, view.record) if is_action else ("", "")
    return {
        "about": about,
        "about_url": about_url,
        "item": view.item,
        "id": view.item.pk,
        "code": shown_code(view.item),
        "place": view.place,
        "title": title_of(view),
        "kind": kind.value,
        "label": KIND_LABELS[kind],
        "icon": KIND_ICONS[kind],
        "url": url,
        "record": view.record,
        "is_done": view.item.is_done,
        "carried_from": view.item.carried_from,
        "is_reached": is_reached(view),
        "decisions": [decision_line(slug, decision, view.item.about_code) for decision in view.decisions],
    }


def by_reach(lines: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The agenda in two: what the team looked at, and what there was no time for."""
    return {
        "looked_at": [line for line in lines if line["is_reached"]],
        "not_reached": [line for line in lines if not line["is_reached"]],
    }


def story(obj: TenantModel) -> list[dict[str, Any]]:
    """What was done to a record, the newest first."""
    return [
        {
            "what": STORY.get(event.verb, event.verb),
            "who": event.actor_name,
            "when": event.at,
            "detail": event.detail.get("reason", ""),
            "is_exact": True,
        }
        for event in reversed(audit.story_of(obj))
    ]


def names_of(actor, codes) -> str:
    """The members with these codes by name, for a sentence."""
    rows = list(TeamMember.objects.filter(member_code__in=list(codes)))
    names = names_for(actor, rows)
    return _(", ").join(names.get(code, code) for code in codes)


def changed_by(obj: TenantModel) -> str:
    """Who changed a record last; empty when that is not known."""
    last = audit.story_of(obj)[-1:]
    return last[0].actor_name if last else ""

"""One round, and an area's course."""

from __future__ import annotations

from typing import Any

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fairfloor.checklists.catalog import find_checklist
from fairfloor.checklists.labels import area_name, in_words
from fairfloor.checklists.models import Area, WalkRound
from fairfloor.checklists.selectors import course_of
from fairfloor.checklists.services.rounds import withdraw_round
from fairfloor.checklists.web.pages import area_or_404
from fairfloor.checklists.web.rounds import (
    course_sentence,
    form_version,
    percent,
    round_or_404,
    round_page,
    round_url,
)
from fairfloor.core.access import page
from fairfloor.core.charts import Series, line
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.core.ui.records import day_words, see_other, stale_page, story


@page("checklists.view")
def detail(request, slug, code):
    """What a round found, and what becomes of it."""
    return round_page(request, slug, round_or_404(code))


@require_POST
@page("checklists.manage")
def withdraw(request, slug, code):
    """Take a wrong round back."""
    walked = round_or_404(code)
    try:
        withdraw_round(
            actor=request.actor,
            round_id=walked.pk,
            reason=request.POST.get("reason", "")[:1000],
            at=timezone.now(),
            version=form_version(request),
        )
    except (MoveNotAllowed, StaleEdit):
        return stale_page(request, story(walked, {}, {}, {}), round_url(slug, code))
    except ValueError:
        return round_page(request, slug, walked, 422, _("Say why this round is taken back."))
    return see_other("checklists:round", slug=slug, code=code)


def _course(place: Area, rounds: list[WalkRound]) -> dict[str, Any] | None:
    """The 5S score over time: sentence, picture, table."""
    if not rounds:
        return None
    sentence = course_sentence(rounds)
    values = [100 * each.points / each.points_possible for each in rounds]
    labels = [day_words(each.finished_date) for each in rounds]
    rows = [
        [label, percent(each.points, each.points_possible), f"{each.points} / {each.points_possible}"]
        for label, each in zip(labels, rounds, strict=True)
    ]
    return {
        "sentence": sentence,
        "basis": _("Points given of points possible, every finished audit of this area."),
        "svg": line(
            "five-s",
            sentence,
            [each.finished_date.strftime("%m-%d") for each in rounds],
            [Series(area_name(place), values)],
            from_zero=True,
        )
        if len(rounds) > 1
        else "",
        "table": {"headings": [_("Day"), _("Score"), _("Points")], "rows": rows},
    }


@require_safe
@page("checklists.view")
def area(request, slug, code):
    """An area: its 5S score over time and its latest rounds."""
    place = area_or_404(code)
    rounds = WalkRound.objects.filter(area_code=code).order_by("-finished_date", "-id")[:20]
    views = []
    for each in rounds:
        checklist = find_checklist(each.checklist_code)
        name = in_words(checklist.name) if checklist else each.checklist_code
        views.append(
            {
                "url": round_url(slug, each.code),
                "text": f"{day_words(each.finished_date)} · {name}",
                "percent": percent(each.points, each.points_possible),
            }
        )
    context = {
        "place": place,
        "name": area_name(place),
        "course": _course(place, course_of(code)),
        "rounds": views,
        "back_url": reverse("checklists:areas", kwargs={"slug": slug}),
        "change_url": reverse("checklists:area_change", kwargs={"slug": slug, "code": code})
        if request.actor.may("checklists.manage")
        else "",
    }
    return render(request, "checklists/area.html", context)

"""The words shown for what checklists keep as codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fairfloor.checklists.models import Area
from fairfloor.checklists.workflow import FindingStatus, Kind, RoundStatus, Standing, TagDecision
from fairfloor.content import Checklist, translate

KIND_LABELS = {Kind.HAZARD_HUNT: _("Hazard hunt"), Kind.FIVE_S: _("5S audit")}
ROUND_LABELS = {RoundStatus.FINISHED: _("Finished"), RoundStatus.WITHDRAWN: _("Withdrawn")}
ROUND_KINDS = {RoundStatus.FINISHED: "good", RoundStatus.WITHDRAWN: "quiet"}
FINDING_LABELS = {
    FindingStatus.OPEN: _("Waits for somebody to take it up"),
    FindingStatus.HAZARD: _("Became a hazard"),
    FindingStatus.ACTION: _("Became an action"),
    FindingStatus.PROJECT: _("Became a project"),
    FindingStatus.NOTHING: _("Nothing is needed"),
}
FINDING_KINDS = {
    FindingStatus.OPEN: "wait",
    FindingStatus.HAZARD: "brand",
    FindingStatus.ACTION: "brand",
    FindingStatus.PROJECT: "brand",
    FindingStatus.NOTHING: "quiet",
}
_LATE = {
    FindingStatus.HAZARD: _("Became a hazard; its day is past"),
    FindingStatus.ACTION: _("Became an action; its day is past"),
    FindingStatus.PROJECT: _("Became a project; its day is past"),
}
_DROPPED = {
    FindingStatus.HAZARD: _("The hazard was withdrawn; take it up again"),
    FindingStatus.ACTION: _("The action was given up; take it up again"),
    FindingStatus.PROJECT: _("The project was stopped; take it up again"),
}
_FINISHED = {
    FindingStatus.HAZARD: _("The hazard is fixed; nobody has looked yet whether it holds"),
    FindingStatus.PROJECT: _("Its project is finished; nobody has verified the result yet"),
}
_DONE = {
    FindingStatus.PROJECT: _("Its project is finished and verified"),
}
DECISION_LABELS = {
    "": _("Not decided yet"),
    TagDecision.KEEP: _("Keep"),
    TagDecision.MOVE: _("Move to another place"),
    TagDecision.SELL: _("Sell or give away"),
    TagDecision.SCRAP: _("Scrap"),
}
VALUE_LABELS = {
    "OK": _("OK"),
    "NOT_OK": _("Not OK"),
    "NA": _("Does not apply"),
    "0": _("0 – nowhere"),
    "1": _("1 – here and there"),
    "2": _("2 – about half"),
    "3": _("3 – mostly"),
    "4": _("4 – always, and the team keeps it so"),
}

_WHY = {
    "UNKNOWN_CHECKLIST": _("This checklist is not here any more. Choose another one; nothing was kept."),
    "STALE_CHECKLIST": _(
        "The questions have changed since you opened this list. Open it again and answer once more; nothing was kept."
    ),
    "UNKNOWN_AREA": _("Choose the area you walked."),
    "UNKNOWN_ITEM": _("Question %(item)s is not in this checklist. Open the list again; nothing was kept."),
    "UNANSWERED": _(
        "%(count)s questions have no answer yet, the first is %(item)s. Say “does not apply” where one does not fit."
    ),
    "OUTSIDE_SCALE": _("Question %(item)s: choose one of the answers shown. Nothing was kept."),
    "PHOTO_MISSING": _(
        "Question %(item)s: a score of 0 or 1 needs a photo, so that others see what you saw."
    ),
    "OWN_AREA": _("You look after this area yourself. Ask somebody from another area to audit it."),
    "FUTURE": _("This day is still to come. Choose today or an earlier day."),
    "BEFORE": _("The round ended before it began. Check the days."),
    "TOO_LONG": _("Question %(item)s: say it in fewer words, 1,000 letters at most."),
}


def why_not(code: str, values: dict[str, Any]) -> str:
    """Why a round was not taken, in words."""
    return str(_WHY[code]) % values


def in_words(text: str) -> str:
    """A pack's text in the page's language; a factory's own text stays as it was written."""
    return translate(text, get_language() or "en")


def area_name(area: Area) -> str:
    """The area's name in the page's language."""
    return area.name_zh if (get_language() or "").startswith("zh") and area.name_zh else area.name


def area_names() -> dict[str, str]:
    """Code → name of all areas, by name."""
    return {area.code: area_name(area) for area in Area.objects.order_by("name", "id")}


def checklist_names(lists: dict[str, Checklist]) -> dict[str, str]:
    """Code → name of lists."""
    return {code: in_words(each.name) for code, each in lists.items()}


def standing_words(status: str, standing: Standing) -> tuple[str, str]:
    """What became of a finding and how that stands, as (kind, words)."""
    became = FindingStatus(status)
    if standing is Standing.LATE:
        return "stop", str(_LATE[became])
    if standing is Standing.DROPPED:
        return "wait", str(_DROPPED[became])
    if standing is Standing.DEALT_WITH:
        return "good", str(_DONE.get(became, _("Dealt with")))
    if standing is Standing.FINISHED:
        return "brand", str(_FINISHED[became])
    return FINDING_KINDS[became], str(FINDING_LABELS[became])

"""The words shown for what teams keep as codes, and the sentences beside the lights."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from fairfloor.content import load, translate
from fairfloor.core.ui.formatting import format_share
from fairfloor.measure.composition import SIZE_LARGEST, SIZE_SMALLEST, Light
from fairfloor.teams.models import AgendaItem, ImprovementTeam, Meeting
from fairfloor.teams.selectors import Composition, ItemView
from fairfloor.teams.workflow import (
    STANDARD_NAME,
    DecisionKind,
    IssueKind,
    ItemKind,
    Shift,
    Status,
    TalkTopic,
    TeamRole,
)

STATUS_LABELS = {
    Status.PLANNED: gettext_lazy("Planned"),
    Status.OPEN: gettext_lazy("Going on"),
    Status.HELD: gettext_lazy("Held"),
    Status.CANCELLED: gettext_lazy("Called off"),
    Status.WITHDRAWN: gettext_lazy("Withdrawn"),
}
STATUS_KINDS = {
    Status.PLANNED: "brand",
    Status.OPEN: "wait",
    Status.HELD: "good",
    Status.CANCELLED: "quiet",
    Status.WITHDRAWN: "quiet",
}
ROLE_LABELS = {
    TeamRole.LEADER: pgettext_lazy("role in a team", "Leader"),
    TeamRole.DEPUTY: pgettext_lazy("role in a team", "Deputy leader"),
    TeamRole.SECRETARY: pgettext_lazy("role in a team", "Secretary"),
    TeamRole.LIAISON: pgettext_lazy("role in a team", "Liaison in the shift"),
    TeamRole.MEMBER: pgettext_lazy("role in a team", "Member"),
}
KIND_LABELS = {
    ItemKind.SUGGESTION: gettext_lazy("Suggestion"),
    ItemKind.HAZARD: gettext_lazy("Hazard"),
    ItemKind.PROJECT: gettext_lazy("Project"),
    ItemKind.ACTION: gettext_lazy("Action"),
    ItemKind.INDICATOR: gettext_lazy("Indicator"),
    ItemKind.TOPIC: gettext_lazy("Topic"),
}
KIND_ICONS = {
    ItemKind.SUGGESTION: "bulb",
    ItemKind.HAZARD: "alert-triangle",
    ItemKind.PROJECT: "tools",
    ItemKind.ACTION: "checklist",
    ItemKind.INDICATOR: "chart-line",
    ItemKind.TOPIC: "message",
}
# The page of the record behind an item.
KIND_PAGES = {
    ItemKind.SUGGESTION: "suggestions:detail",
    ItemKind.HAZARD: "safety:hazard",
    ItemKind.PROJECT: "projects:detail",
    ItemKind.ACTION: "actions:detail",
}
DECISION_LABELS = {
    DecisionKind.START_PROJECT: gettext_lazy("Project started"),
    DecisionKind.ADD_ACTION: gettext_lazy("Action agreed"),
    DecisionKind.ACCEPT: gettext_lazy("Accepted"),
    DecisionKind.DECLINE: gettext_lazy("Declined"),
    DecisionKind.COMPLETE: gettext_lazy("Done"),
    DecisionKind.NOTE: gettext_lazy("Note"),
}
DECISION_PAGES = {
    DecisionKind.START_PROJECT: "projects:detail",
    DecisionKind.ADD_ACTION: "actions:detail",
    DecisionKind.COMPLETE: "actions:detail",
}
LIGHT_KINDS = {"GREEN": "good", "AMBER": "watch", "RED": "stop", "UNKNOWN": "quiet"}
LIGHT_LABELS = {
    "GREEN": gettext_lazy("In balance"),
    "AMBER": gettext_lazy("Worth a look"),
    "RED": gettext_lazy("Out of balance"),
    "UNKNOWN": gettext_lazy("Not known"),
}
LIGHT_TITLES = {
    "worker_share": gettext_lazy("People from the floor"),
    "women_share": gettext_lazy("Women"),
    "size": gettext_lazy("Size"),
    "departments": gettext_lazy("Production departments"),
    "shifts": gettext_lazy("Shifts"),
}
GOAL_REASONS = {
    "TITLE_MISSING": gettext_lazy("Say what shall be better."),
    "UNKNOWN_INDICATOR": gettext_lazy("Choose an indicator from the list."),
    "BASELINE_ORDER": gettext_lazy("The last day of the baseline lies before the first. Choose a later one."),
    "BASELINE_IN_FUTURE": gettext_lazy(
        "The baseline is measured before the goal: choose days that are over."
    ),
    "NO_BASELINE": gettext_lazy(
        "Nothing was recorded in these days, so nobody could say what changed. Choose other days or record first."
    ),
    "WRONG_DIRECTION": gettext_lazy(
        "This target is no better than the baseline of %(baseline)s. Choose one on the other side of it."
    ),
    "NOT_A_SHARE": gettext_lazy("Write a share between 0 and 100 per cent."),
    "UNKNOWN_PROJECT": gettext_lazy("Choose projects from the list."),
    "REASON_MISSING": gettext_lazy("Write why the goal is dropped; the team will read it."),
    "DROPPED": gettext_lazy("This goal was dropped. Set a new one."),
}
SERIES_REASONS = {
    "FIRST_IS_OVER": gettext_lazy("This day is over. Choose today or a later one."),
    "ENDS_BEFORE": gettext_lazy("The last day lies before the first. Choose a later one."),
    "TOO_MANY": gettext_lazy("That would be more than 60 meetings. Choose an earlier last day."),
    "ALL_PLANNED": gettext_lazy("The team meets on all these days already. Choose other days."),
}
SHIFT_LABELS = {
    Shift.DAY: gettext_lazy("Day shift"),
    Shift.MORNING: gettext_lazy("Morning shift"),
    Shift.AFTERNOON: gettext_lazy("Afternoon shift"),
    Shift.NIGHT: gettext_lazy("Night shift"),
}
TOPIC_LABELS = {
    TalkTopic.SAFETY: pgettext_lazy("topic of a shift talk", "Safety"),
    TalkTopic.QUALITY: pgettext_lazy("topic of a shift talk", "Quality"),
    TalkTopic.DELIVERY: pgettext_lazy("topic of a shift talk", "Plan of the day"),
    TalkTopic.PEOPLE: pgettext_lazy("topic of a shift talk", "People"),
}
ISSUE_PAGES = {
    IssueKind.SUGGESTION: "suggestions:detail",
    IssueKind.HAZARD: "safety:hazard",
    IssueKind.ACTION: "actions:detail",
}
ISSUE_LABELS = {
    IssueKind.SUGGESTION: KIND_LABELS[ItemKind.SUGGESTION],
    IssueKind.HAZARD: KIND_LABELS[ItemKind.HAZARD],
    IssueKind.ACTION: KIND_LABELS[ItemKind.ACTION],
}
TALK_REASONS = {
    "UNKNOWN_DEPARTMENT": gettext_lazy("Choose a department from the list."),
    "UNKNOWN_SHIFT": gettext_lazy("Choose a shift from the list."),
    "IN_FUTURE": gettext_lazy("This day has not come yet. Choose today or an earlier one."),
    "TOO_OLD": gettext_lazy("This day is more than 60 days ago. Choose a later one."),
    "NOBODY": gettext_lazy("Count at least one person."),
    "MORE_THAN_ALL": gettext_lazy("Women and men together are more than all who were there. Count again."),
    "TOO_MANY_ISSUES": gettext_lazy("Write 20 lines at most."),
}
PART_TITLES = {
    "meetings": gettext_lazy("Meetings"),
    "attendance": gettext_lazy("Attendance"),
    "actions": gettext_lazy("Promises kept"),
    "workers": gettext_lazy("People from the floor"),
    "women": gettext_lazy("Women"),
}
# What is missing where a part does not give all its points, and what to do.
PART_HINTS = {
    "meetings": gettext_lazy("Fewer meetings than planned. Set the next day at the end of each one."),
    "attendance": gettext_lazy("Many seats stay empty. Ask why: the hour, the shift, the boss?"),
    "actions": gettext_lazy("Promises come late. Give fewer, with a day somebody can keep."),
    "workers": gettext_lazy("Too few members work on the floor."),
    "women": gettext_lazy("Too few members are women, beside the workforce."),
}
# The same parts where little is missing: no alarm where most is well.
PART_HINTS_NEARLY = {
    "meetings": gettext_lazy("Nearly as many meetings as planned."),
    "attendance": gettext_lazy("A few seats stay empty."),
    "actions": gettext_lazy("Nearly all promises are kept in time."),
}
NEARLY_FROM = Decimal("0.8")
PART_UNKNOWN = {
    "meetings": gettext_lazy("Not known yet."),
    "attendance": gettext_lazy("No meeting in the last 90 days, so nothing to count."),
    "actions": gettext_lazy("Nothing the team promised was due in the last 90 days."),
    "workers": gettext_lazy("Nobody's level is known yet."),
    "women": gettext_lazy("Nobody's sex is known yet, or there is no workforce snapshot."),
}
SLEEP_LABELS = {
    "AWAKE": gettext_lazy("Awake"),
    "NEW": gettext_lazy("New"),
    "DROWSY": gettext_lazy("Falling asleep"),
    "DORMANT": gettext_lazy("Asleep"),
}
SLEEP_KINDS = {"AWAKE": "good", "NEW": "plain", "DROWSY": "watch", "DORMANT": "stop"}
SLEEP_SENTENCES = {
    "DROWSY": gettext_lazy("%(team)s has not met for more than six weeks. Plan a meeting, even a short one."),
    "DORMANT": gettext_lazy(
        "%(team)s has not met for more than twelve weeks. Start it again, or say that it has ended."
    ),
}
STORY = {
    "meeting.planned": gettext_lazy("Planned"),
    "meeting.opened": gettext_lazy("Opened"),
    "meeting.checked_in": gettext_lazy("Attendance taken"),
    "meeting.held": gettext_lazy("Closed as held"),
    "meeting.cancelled": gettext_lazy("Called off"),
    "meeting.released": gettext_lazy("Minutes released"),
    "meeting.taken_back": gettext_lazy("Minutes taken back"),
    "meeting.put_on_board": gettext_lazy("Minutes put on the board"),
    "meeting.kept_off_board": gettext_lazy("Minutes kept off the board"),
    "meeting.withdrawn": gettext_lazy("Withdrawn as a wrong entry"),
    "meeting.corrected": gettext_lazy("Corrected"),
    "meeting.imported": gettext_lazy("Came in with a workbook"),
    "meeting.changed_by_import": gettext_lazy("Changed by a workbook"),
    "goal.changed": gettext_lazy("Goal changed"),
    "goal.dropped": gettext_lazy("Goal dropped"),
    "goal.set": gettext_lazy("Goal set"),
    "team.calendar_renewed": gettext_lazy("New address for the calendar"),
    "team.changed": gettext_lazy("Team changed"),
    "team.checked": gettext_lazy("Looked at after the programme"),
    "team.handed_over": gettext_lazy("Post passed on"),
    "team_member.added": gettext_lazy("Joined the team"),
    "team_member.ended": gettext_lazy("Term ended"),
    "team_member.corrected": gettext_lazy("Corrected"),
    "team_member.imported": gettext_lazy("Came in with a workbook"),
    "team_member.changed_by_import": gettext_lazy("Changed by a workbook"),
}


def _of(light: Light) -> dict[str, Any]:
    share = light.numerator / light.denominator if light.denominator else None
    return {"count": light.numerator, "total": light.denominator, "share": format_share(share)}


def _floor_sentence(light: Light) -> str:
    values = _of(light)
    if light.colour == "UNKNOWN":
        return _("Nobody's level is known yet. Add it, so that the team can see whose voice it hears.")
    if light.colour == "GREEN":
        return (
            ngettext(
                "%(count)s of %(total)s members (%(share)s) works on the floor: half or more, as advised.",
                "%(count)s of %(total)s members (%(share)s) work on the floor: half or more, as advised.",
                light.numerator,
            )
            % values
        )
    if light.colour == "AMBER":
        return (
            ngettext(
                "%(count)s of %(total)s members (%(share)s) works on the floor. Half is advised: invite more of them.",
                "%(count)s of %(total)s members (%(share)s) work on the floor. Half is advised: invite more of them.",
                light.numerator,
            )
            % values
        )
    if not light.numerator:
        return (
            ngettext(
                "The one member does not work on the floor. The people who do the work have no voice here"
                " yet: invite some of them. The team can go on meanwhile.",
                "None of the %(total)s members works on the floor. The people who do the work have no voice here"
                " yet: invite some of them. The team can go on meanwhile.",
                light.denominator or 0,
            )
            % values
        )
    return (
        ngettext(
            "Only %(count)s of %(total)s members (%(share)s) works on the floor. Half is advised, three in ten is the"
            " least: invite more of them. The team can go on meanwhile.",
            "Only %(count)s of %(total)s members (%(share)s) work on the floor. Half is advised, three in ten is the"
            " least: invite more of them. The team can go on meanwhile.",
            light.numerator,
        )
        % values
    )


def _women_sentence(light: Light, composition: Composition) -> str:
    workforce = composition.workforce
    share = format_share(workforce.women / workforce.total) if workforce.total else "–"
    values = {**_of(light), "workforce": share}
    if light.colour == "UNKNOWN":
        return _("Enter a workforce snapshot and the members' sex to compare the team with the factory.")
    if light.colour == "RED":
        return (
            _(
                "No woman is in the team, though women are %(workforce)s of the workforce. Invite at least one."
            )
            % values
        )
    if light.colour == "AMBER":
        return (
            ngettext(
                "%(count)s of %(total)s members is a woman (%(share)s), more than ten points below women's"
                " %(workforce)s of the workforce.",
                "%(count)s of %(total)s members are women (%(share)s), more than ten points below their"
                " %(workforce)s of the workforce.",
                light.numerator,
            )
            % values
        )
    return (
        ngettext(
            "%(count)s of %(total)s members is a woman (%(share)s); women are %(workforce)s of the workforce.",
            "%(count)s of %(total)s members are women (%(share)s); they are %(workforce)s of the workforce.",
            light.numerator,
        )
        % values
    )


def _size_sentence(light: Light) -> str:
    values = {"count": light.numerator, "smallest": SIZE_SMALLEST, "largest": SIZE_LARGEST}
    if light.colour == "GREEN":
        return _("%(count)s members: enough to speak for the factory, few enough to decide.") % values
    if light.numerator < SIZE_SMALLEST:
        return (
            ngettext(
                "%(count)s member is few to carry the work. %(smallest)s to %(largest)s are advised.",
                "%(count)s members are few to carry the work. %(smallest)s to %(largest)s are advised.",
                light.numerator,
            )
            % values
        )
    return (
        _("%(count)s members are many to decide together. %(smallest)s to %(largest)s are advised.") % values
    )


def _departments_sentence(light: Light, composition: Composition, names: Mapping[str, str]) -> str:
    if light.colour == "UNKNOWN":
        return _("No department is marked as production yet. Mark them to see whether each has a voice.")
    if light.colour == "GREEN":
        return _("Every production department has somebody in the team.")
    missing = [names.get(code, code) for code in composition.missing_departments]
    values = {"missing": _(", ").join(missing)}
    return _("Nobody in the team comes from: %(missing)s.") % values


def _shift_words(names: frozenset[str]) -> str:
    """One shift of the factory, under each of the names it may go by."""
    first, *others = [str(SHIFT_LABELS[shift]) for shift in Shift if shift in names]
    return _("%(one)s or %(other)s") % {"one": first, "other": others[0]} if others else first


def _shifts_sentence(light: Light, composition: Composition) -> str:
    if not light.denominator:
        return _(
            "No production department says how many shifts it runs. Write it down on the page of each department."
        )
    if light.colour == "UNKNOWN":
        return ngettext(
            "The factory runs %(total)s shift, but no member's shift is known. Add it on the members' pages.",
            "The factory runs %(total)s shifts, but no member's shift is known. Add it on the members' pages.",
            light.denominator,
        ) % {"total": light.denominator}
    if light.denominator == 1:
        return _("Production runs one shift, and the team works in it.")
    if light.colour == "GREEN":
        sentence = _("All %(total)s shifts have somebody in the team.") % {"total": light.denominator}
    else:
        missing = _(", ").join(_shift_words(names) for names in composition.missing_shifts)
        sentence = _("Nobody in the team works on: %(missing)s.") % {"missing": missing}
    if not composition.shift_unknown:
        return sentence
    left_out = ngettext(
        "The shift of %(count)s member is not known.",
        "The shift of %(count)s members is not known.",
        composition.shift_unknown,
    ) % {"count": composition.shift_unknown}
    return _("%(sentence)s %(more)s") % {"sentence": sentence, "more": left_out}


def _with_unknown(sentence: str, light: Light, composition: Composition) -> str:
    """Say how many members a share leaves out because their level or sex is not known."""
    unknown = len(composition.members) - (light.denominator or 0)
    if not unknown or light.colour == "UNKNOWN":
        return sentence
    left_out = ngettext(
        "%(count)s member is left out, being not known.",
        "%(count)s members are left out, being not known.",
        unknown,
    ) % {"count": unknown}
    return _("%(sentence)s %(more)s") % {"sentence": sentence, "more": left_out}


def light_sentence(light: Light, composition: Composition, department_names: Mapping[str, str]) -> str:
    """What a light means, with the numbers it rests on and what to do."""
    if light.code == "worker_share":
        return _with_unknown(_floor_sentence(light), light, composition)
    if light.code == "women_share":
        return _with_unknown(_women_sentence(light, composition), light, composition)
    if light.code == "size":
        return _size_sentence(light)
    if light.code == "shifts":
        return _shifts_sentence(light, composition)
    return _departments_sentence(light, composition, department_names)


def item_title(view: ItemView) -> str:
    """What an agenda item is called; the code alone where the reader may not see the record."""
    item, record = view.item, view.record
    kind = ItemKind(item.kind)
    if kind is ItemKind.TOPIC:
        return item.title
    if kind is ItemKind.INDICATOR:
        return _indicator_title(item.about_code)
    if record is None:
        return _("%(kind)s %(code)s") % {"kind": KIND_LABELS[kind], "code": item.about_code}
    if kind is ItemKind.SUGGESTION:
        return record.title or _short(record.text)
    if kind is ItemKind.HAZARD:
        return _short(record.description)
    if kind is ItemKind.PROJECT:
        return record.title
    return record.text


def _indicator_title(about_code: str) -> str:
    code, _at, month = about_code.rpartition("@")
    known = load().indicators.get(code)
    name = translate(known.name, get_language() or "en") if known else code
    words = {
        "indicator": name,
        "month": formats.date_format(date.fromisoformat(f"{month}-01"), "YEAR_MONTH_FORMAT"),
    }
    return _("%(indicator)s, %(month)s: more than chance. What happened?") % words


def day_and_hour(meeting: Meeting) -> str:
    """When a meeting is: its day, and its hour where one is known; empty without a day."""
    if meeting.meeting_date is None:
        return ""
    day = formats.date_format(meeting.meeting_date, "DATE_FORMAT")
    if meeting.start_time is None:
        return day
    return _("%(day)s, %(hour)s") % {
        "day": day,
        "hour": formats.time_format(meeting.start_time, "TIME_FORMAT"),
    }


def is_reached(view: ItemView) -> bool:
    """Whether the team came to an item: it settled it, or decided something on it."""
    return bool(view.item.is_done or view.decisions)


def shown_code(item: AgendaItem) -> str:
    """The code of what an agenda item is about; an indicator is known by its name, not by a code."""
    return "" if item.kind == ItemKind.INDICATOR else item.about_code


def _short(text: str, room: int = 120) -> str:
    first = " ".join(text.split())
    return first if len(first) <= room else first[: room - 1].rstrip() + "…"


def team_name(team: ImprovementTeam) -> str:
    """A team's name; the one every factory starts with is said in the reader's language."""
    return _("Enterprise Improvement Team") if team.name == STANDARD_NAME else team.name

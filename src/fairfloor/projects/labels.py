"""Words for the codes of projects, and the sentences of their story."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from fairfloor.content import load as load_content
from fairfloor.content import translate
from fairfloor.core.models import AuditEvent
from fairfloor.core.ui.formatting import format_number
from fairfloor.core.ui.records import Entry
from fairfloor.measure.savings import per_year
from fairfloor.projects.figures import verified_savings
from fairfloor.projects.models import Benefit, ImprovementProject
from fairfloor.projects.workflow import (
    VERIFIED,
    InPlace,
    Light,
    PlanSource,
    SavingType,
    Status,
    months_in_place,
)

STATUS_LABELS = {
    Status.IDEA: gettext_lazy("Idea"),
    Status.APPROVED: gettext_lazy("Approved"),
    Status.IN_PROGRESS: gettext_lazy("In progress"),
    Status.DONE: gettext_lazy("Done"),
    Status.VERIFIED: gettext_lazy("Verified"),
    Status.SUSTAINED: gettext_lazy("Still in place"),
    Status.CANCELLED: gettext_lazy("Stopped"),
    Status.WITHDRAWN: gettext_lazy("Withdrawn"),
}
STATUS_KINDS = {
    Status.IDEA: "quiet",
    Status.APPROVED: "plain",
    Status.IN_PROGRESS: "brand",
    Status.DONE: "watch",  # waits to be verified
    Status.VERIFIED: "good",
    Status.SUSTAINED: "good",
    Status.CANCELLED: "quiet",
    Status.WITHDRAWN: "quiet",
}
SAVING_TYPE_LABELS = {
    SavingType.ONE_OFF: gettext_lazy("Once"),
    SavingType.RECURRING: gettext_lazy("Every year"),
}
FIELD_LABELS = {
    "title": gettext_lazy("title"),
    "department_code": gettext_lazy("department"),
    "module": gettext_lazy("module"),
    "tags": gettext_lazy("tags"),
    "owner_name": gettext_lazy("owner"),
    "start_date": gettext_lazy("start"),
    "due_date": gettext_lazy("due date"),
    "finish_date": gettext_lazy("finish"),
    "problem": gettext_lazy("problem"),
    "target": gettext_lazy("target"),
    "measures": gettext_lazy("what was done"),
    "check_result": gettext_lazy("result"),
    "no_check_reason": gettext_lazy("why there is no result"),
    "learned": gettext_lazy("what was learned"),
    "standard": gettext_lazy("new standard"),
    "cost": gettext_lazy("cost"),
    "saving": gettext_lazy("saving"),
    "saving_type": gettext_lazy("how often it is saved"),
    "saving_effect": gettext_lazy("where the saving comes from"),
}
PLAN_SOURCE_LABELS = {
    PlanSource.BASELINE: gettext_lazy("Baseline"),
    PlanSource.CLASS: gettext_lazy("Training"),
    PlanSource.SUGGESTION: gettext_lazy("Suggestion"),
    PlanSource.HAZARD: gettext_lazy("Hazard"),
    PlanSource.SURVEY: gettext_lazy("Survey"),
}
LIGHT_LABELS = {
    Light.RED: gettext_lazy("Stuck"),
    Light.AMBER: gettext_lazy("Slow"),
    Light.GREEN: gettext_lazy("On the way"),
}
# Square, diamond and dot: the shapes tell them apart on a black-and-white print.
LIGHT_KINDS = {Light.RED: "stop", Light.AMBER: "watch", Light.GREEN: "good"}
LIGHT_SHAPES = {Light.RED: "■", Light.AMBER: "◆", Light.GREEN: "●"}
PLAN_VERBS = {
    "drafted": gettext_lazy("drafted the plan"),
    "changed": gettext_lazy("changed the plan"),
    "revised": gettext_lazy("made a new revision"),
    "row_added": gettext_lazy("added a problem"),
    "row_changed": gettext_lazy("changed a row"),
    "looked_at": gettext_lazy("looked how a row stands"),
    "project_started": gettext_lazy("started a project from a row"),
    "imported": gettext_lazy("brought it in with a workbook"),
    "changed_by_import": gettext_lazy("changed it with a workbook"),
}
REASONS = {
    "PLAN_NAMELESS": gettext_lazy("Give the plan a title, or choose the module it comes from."),
    "DRAFTED_IN_FUTURE": gettext_lazy(
        "The plan was drafted on a day that has come. Choose today or earlier."
    ),
    "PLAN_PROBLEM_MISSING": gettext_lazy("Write the problem that comes first."),
    "PLAN_SOURCE_MISSING": gettext_lazy("Say where the problem was seen."),
    "PLAN_ACTION_MISSING": gettext_lazy("Write what will be done."),
    "PAIR_MISSING": gettext_lazy("Each row needs a worker and a manager who see to it together."),
    "PAIR_IS_ONE": gettext_lazy("The worker and the manager are two people. Name the other one."),
    "LIGHT_MISSING": gettext_lazy("Say how it stands: on the way, slow or stuck."),
    "LOOK_WORDS_MISSING": gettext_lazy("Say in a few words what you saw."),
    "LOOK_IN_FUTURE": gettext_lazy("This day has not come yet. Choose today or an earlier day."),
    "TITLE_MISSING": gettext_lazy("Give the project a title."),
    "DUE_BEFORE_START": gettext_lazy(
        "The due date lies before the start. Choose the start day or a later one."
    ),
    "FINISH_BEFORE_START": gettext_lazy(
        "The project cannot finish before it starts. Choose the start day or a later one."
    ),
    "FINISH_IN_FUTURE": gettext_lazy("This day has not come yet. Choose today or an earlier day."),
    "FINISH_MISSING": gettext_lazy("A finished project needs the day on which it was finished."),
    "AMOUNT_OUT_OF_RANGE": gettext_lazy("Write an amount of 0 or more."),
    "SAVING_TYPE_MISSING": gettext_lazy("Say whether this is saved once or every year."),
    "UNKNOWN_SAVING_TYPE": gettext_lazy("Choose whether this is saved once or every year."),
    "UNKNOWN_TAG": gettext_lazy("Choose tags from the list."),
    "UNKNOWN_MODULE": gettext_lazy("Choose a module from the list."),
    "UNKNOWN_DEPARTMENT": gettext_lazy("Choose a department from the list."),
    "HAZARD_CLOSED": gettext_lazy("One of these is no hazard any more. Choose among the others."),
    "SUGGESTION_CLOSED": gettext_lazy(
        "One of these suggestions has joined another one or was passed on. Choose among the others."
    ),
    "CHECK_MISSING": gettext_lazy(
        "Write what came out of it. If nothing could be measured, write the reason instead."
    ),
    "REASON_MISSING": gettext_lazy("Write a reason; the team will read it."),
    "OWN_WORK": gettext_lazy(
        "You own or finished this project, so somebody else has to verify it. Ask a colleague to look at it."
    ),
}
REASONS |= {
    "BENEFIT_TITLE_MISSING": gettext_lazy("Say in a few words what gets better."),
    "MONTHS_MISSING": gettext_lazy("Over how many months was this counted? Write a number from 1 to 60."),
    "AMOUNT_MISSING": gettext_lazy("Write at least one amount: what is wanted, expected or found."),
    "RATE_MISSING": gettext_lazy(
        "This is another currency than the factory's own. Write what one of it is worth, and the day of that rate."
    ),
    "RATE_IN_FUTURE": gettext_lazy("This day has not come yet. Write the day the rate was looked up."),
    "PART_OF_PART": gettext_lazy("A benefit can be a part of one that stands by itself. Choose another one."),
    "AMOUNT_TOO_LARGE": gettext_lazy(
        "In a year and in the factory's currency this is more than can be counted. Check amount, months and rate."
    ),
    "PART_OF_OTHER": gettext_lazy(
        "Money is a part of money, and another effect of its like. Choose another one."
    ),
    "OWN_AMOUNT": gettext_lazy(
        "Somebody else verified what this saves, and you own or finished the project. Ask a colleague to correct it."
    ),
    "BENEFIT_VERIFIED": gettext_lazy(
        "This benefit is verified. Take the verification back first, then it can be changed."
    ),
    "BENEFIT_NOT_VERIFIED": gettext_lazy("This benefit is not verified, so there is nothing to take back."),
    "ACTUAL_MISSING": gettext_lazy("Nothing was found yet. Write the amount found, then it can be verified."),
    "OWN_BENEFIT": gettext_lazy(
        "You own this project or wrote this amount, so somebody else has to verify it. Ask a colleague."
    ),
    "HAS_PARTS": gettext_lazy("Another benefit says it is a part of this one. Change that one first."),
    "VISIT_NOT_DUE": gettext_lazy(
        "The next look is due 3, 6 and 12 months after the finish, and the last one due has been made."
    ),
    "STATE_MISSING": gettext_lazy("Choose what you found."),
    "OWN_DEPARTMENT": gettext_lazy("This is the project's own department. Choose another one."),
    "TRIAL_MISSING": gettext_lazy("Say what you try."),
    "TRIAL_IN_FUTURE": gettext_lazy("This day has not come yet. Write the trial down when it has begun."),
    "LEARNED_MISSING": gettext_lazy(
        "It did not work: say what you learned, so that nobody tries the same again."
    ),
    "TOO_MANY_WHYS": gettext_lazy("Five whys are enough. Write one answer a line, at most five."),
    "UNKNOWN_PERSON": gettext_lazy("Choose people from the roster."),
    "WORDS_MISSING": gettext_lazy("Say what is no longer as it should be; the team will read it."),
}
BONE_LABELS = {
    "people": gettext_lazy("People"),
    "machine": gettext_lazy("Machine"),
    "material": gettext_lazy("Material"),
    "method": gettext_lazy("Way of working"),
    "measurement": gettext_lazy("Measuring"),
    "surroundings": gettext_lazy("Surroundings"),
}
IN_PLACE_LABELS = {
    InPlace.YES: gettext_lazy("Yes, all of it"),
    InPlace.PARTLY: gettext_lazy("Partly"),
    InPlace.NO: gettext_lazy("No"),
}
IN_PLACE_KINDS = {InPlace.YES: "good", InPlace.PARTLY: "watch", InPlace.NO: "stop"}
_TOLD = {
    "noted": gettext_lazy("Noted down as an idea"),
    "started": gettext_lazy("Project started"),
    "approved": gettext_lazy("Approved"),
    "begun": gettext_lazy("Work started"),
    "planned": gettext_lazy("Plan changed"),
    "done_recorded": gettext_lazy("Work recorded"),
    "checked": gettext_lazy("Result recorded"),
    "acted": gettext_lazy("Lesson recorded"),
    "linked": gettext_lazy("Suggestions added"),
    "hazards_linked": gettext_lazy("Hazards added"),
    "findings_linked": gettext_lazy("Findings added"),
    "findings_unlinked": gettext_lazy("Findings taken away"),
    "photo_added": gettext_lazy("Photo added"),
    "photo_removed": gettext_lazy("Photo removed"),
    "finished": gettext_lazy("Finished"),
    "verified": gettext_lazy("Result verified"),
    "sustained": gettext_lazy("Found still in place"),
    "reopened": gettext_lazy("Opened again"),
    "cancelled": gettext_lazy("Stopped"),
    "withdrawn": gettext_lazy("Withdrawn as a wrong entry"),
    "corrected": gettext_lazy("Corrected"),
    "visited": gettext_lazy("Looked at again"),
    "causes_named": gettext_lazy("Causes written down"),
    "tried": gettext_lazy("Something tried out"),
    "members_set": gettext_lazy("Project team changed"),
    "proposed_elsewhere": gettext_lazy("Proposed for another department"),
    "adopted_elsewhere": gettext_lazy("Works in another department too"),
    "benefit.stated": gettext_lazy("Benefit written down"),
    "benefit.changed": gettext_lazy("Benefit changed"),
    "benefit.verified": gettext_lazy("Benefit verified"),
    "benefit.unverified": gettext_lazy("Verification of a benefit taken back"),
    "benefit.removed": gettext_lazy("Benefit removed"),
    "imported": gettext_lazy("Imported from a workbook"),
    "changed_by_import": gettext_lazy("Changed by an imported workbook"),
}
PHOTO_ADDED = {
    "before": gettext_lazy("Photo from before added"),
    "after": gettext_lazy("Photo from after added"),
}
UNKNOWN_PERSON = pgettext_lazy("a project without an owner", "Nobody yet")


def tag_names(project: ImprovementProject, language: str) -> list[str]:
    """The tags of a project in words."""
    known = load_content().project_tags
    return [translate(known[code].name, language) if code in known else code for code in project.tag_codes]


def tag_choices(language: str) -> list[tuple[str, str]]:
    """All tags as (code, word)."""
    return [(tag.code, translate(tag.name, language)) for tag in load_content().project_tags.values()]


def module_choices(language: str) -> list[tuple[str, str]]:
    """All training modules as (code, name)."""
    return [(module.code, translate(module.name, language)) for module in load_content().modules.values()]


def module_name(code: str, language: str) -> str:
    """One module in words; a code the packs do not know stands for itself."""
    module = load_content().modules.get(code)
    return translate(module.name, language) if module else code


def money(amount: Decimal | None, currency: str) -> str:
    """An amount with its currency; cents only where there are some."""
    if amount is None:
        return ""
    places = 0 if amount == amount.to_integral_value() else 2
    return (
        _("%(amount)s %(currency)s")
        % {
            "amount": format_number(amount, places),
            "currency": currency,
        }
        if currency
        else format_number(amount, places)
    )


def in_currency(label: str, currency: str) -> str:
    """The heading of a column of amounts with their currency."""
    return _("%(label)s (%(currency)s)") % {"label": label, "currency": currency} if currency else label


def saving_text(project: ImprovementProject, currency: str) -> str:
    """What a project saves, how often, and whether somebody verified it; never more than the figures count.

    Where benefits are written one by one, they take the place of the project's own saving.
    """
    if any(benefit.is_money for benefit in project.benefits.all()):
        savings = verified_savings(project)
        year = sum(map(per_year, savings), Decimal(0))
        return _("%(amount)s in a year, verified") % {"amount": money(year, currency)} if savings else ""
    if project.saving is None:
        return ""
    amount = money(project.saving, currency)
    if project.saving_type == SavingType.RECURRING:
        amount = _("%(amount)s every year") % {"amount": amount}
    elif project.saving_type == SavingType.ONE_OFF:
        amount = _("%(amount)s once") % {"amount": amount}
    if project.status in VERIFIED:
        if months_in_place(project.visits.all()) < 12:
            return _("%(amount)s, verified and later found gone") % {"amount": amount}
        return _("%(amount)s, verified") % {"amount": amount}
    return _("%(amount)s, not verified yet") % {"amount": amount}


def verified_text(project: ImprovementProject) -> str:
    """Who verified a project and when."""
    if project.verified_date is None:
        return ""
    return _("%(name)s, %(day)s") % {
        "name": project.verified_by_name,
        "day": date_format(project.verified_date, "DATE_FORMAT"),
    }


def story(events: list[AuditEvent]) -> list[dict[str, object]]:
    """Recorded acts as the entries of a timeline, the newest first."""
    return [_entry(event) for event in reversed(events)]


def _entry(event: AuditEvent) -> dict[str, object]:
    verb = event.verb.removeprefix("project.")
    what = _TOLD.get(verb, verb)
    if verb == "photo_added":
        what = PHOTO_ADDED.get(event.detail.get("place"), what)
    lines = [event.detail[name] for name in ("benefit", "reason", "note") if event.detail.get(name)]
    changed = [str(FIELD_LABELS[name]) for name in event.detail.get("before", {}) if name in FIELD_LABELS]
    if changed and verb in {"planned", "corrected"}:
        lines.append(_("Changed: %(fields)s.") % {"fields": _(", ").join(changed)})
    return {
        "when": event.at,
        "is_exact": event.actor_kind == "user",
        "who": event.actor_name,
        "what": what,
        "detail": "\n".join(lines),
        "version": event.detail.get("version", 0),
    }


def benefit_story(events: list[AuditEvent]) -> list[Entry]:
    """The story for the page that says somebody was quicker."""
    return [
        Entry(one["when"], str(one["who"]), one["what"], str(one["detail"]), bool(one["is_exact"]))
        for one in reversed(story(events))
    ]


def amount_text(benefit: Benefit, amount: Decimal | None) -> str:
    """An amount of a benefit with its measure, and over how long it was counted."""
    if amount is None:
        return ""
    text = (
        money(amount, benefit.currency)
        if benefit.is_money
        else _("%(amount)s %(unit)s")
        % {
            "amount": format_number(amount, 0 if amount == amount.to_integral_value() else 2),
            "unit": benefit.unit,
        }
    )
    if not benefit.counted_months:
        return text
    if benefit.counted_months == 12:
        return _("%(amount)s every year") % {"amount": text}
    return ngettext("%(amount)s in %(months)s month", "%(amount)s in %(months)s months", benefit.months) % {
        "amount": text,
        "months": benefit.months,
    }

"""The words shown for the codes of incidents and rates."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from fairfloor.measure.rates import HUNDRED_FULL_TIMERS, MILLION_HOURS
from fairfloor.safety.incident_workflow import Factor, InjuryClass, Kind, Stage

KIND_LABELS = {
    Kind.INJURY: _("Somebody was hurt"),
    Kind.ILLNESS: _("Illness from work"),
    Kind.NEAR_MISS: _("Near miss"),
    Kind.PROPERTY: _("Damage to things"),
}
CLASS_LABELS = {
    InjuryClass.FATAL: _("Death"),
    InjuryClass.LOST_TIME: _("Away from work for a day or more"),
    InjuryClass.RESTRICTED: _("At work, with lighter tasks"),
    InjuryClass.MEDICAL: _("Treated by a doctor, back at work"),
    InjuryClass.FIRST_AID: _("First aid only"),
}
STAGE_LABELS = {
    Stage.REPORTED: _("Written down"),
    Stage.INVESTIGATED: _("Looked into"),
    Stage.AGREED: _("Actions agreed"),
    Stage.CLOSED: _("Closed"),
    Stage.WITHDRAWN: _("Withdrawn"),
}
STAGE_KINDS = {
    Stage.REPORTED: "wait",
    Stage.INVESTIGATED: "watch",
    Stage.AGREED: "brand",
    Stage.CLOSED: "good",
    Stage.WITHDRAWN: "quiet",
}
FACTOR_LABELS = {
    Factor.MACHINE: _("Machine or guard"),
    Factor.MAINTENANCE: _("Maintenance"),
    Factor.LAYOUT: _("Layout, ways, storage"),
    Factor.MATERIAL: _("Material or chemicals"),
    Factor.METHOD: _("Way of working"),
    Factor.TRAINING: _("Training and briefing"),
    Factor.SUPERVISION: _("Supervision and planning"),
    Factor.WORKLOAD: _("Pace, hours, tiredness"),
    Factor.SURROUNDINGS: _("Light, noise, heat, floor"),
    Factor.EQUIPMENT: _("Protective equipment"),
}
BASE_LABELS = {
    MILLION_HOURS: _("per 1,000,000 hours worked"),
    HUNDRED_FULL_TIMERS: _("per 200,000 hours worked"),
}
INCIDENT_VERBS = {
    "reported": _("Written down"),
    "imported": _("Imported from a register"),
    "changed_by_import": _("Changed by an import"),
    "investigated": _("Looked into"),
    "agreed": _("Actions agreed"),
    "closed": _("Closed"),
    "withdrawn": _("Withdrawn as a wrong entry"),
    "corrected": _("Corrected"),
    "health_written": _("Sealed details written"),
}
INCIDENT_FIELDS = {
    "incident_date": _("Happened on"),
    "hour": _("Hour"),
    "department_code": _("Department"),
    "place": _("Place"),
    "job": _("Job"),
    "kind": _("What it was"),
    "injury_class": _("How bad it was"),
    "sex": _("Sex"),
    "level": _("Level"),
    "days_lost": _("Days lost"),
}
REFUSALS = {
    ("description", "EMPTY"): _("Say in a sentence what happened."),
    ("incident_date", "FUTURE"): _("This day is still to come. Choose today or an earlier day."),
    ("held_date", "FUTURE"): _("This day is still to come. Choose today or an earlier day."),
    ("held_date", "BEFORE"): _("This is before it happened. Choose the day you looked into it."),
    ("hour", "OUTSIDE_SCALE"): _("Write the hour as 0 to 23."),
    ("injury_class", "MISSING_FOR_KIND"): _("Choose how bad it was; the rates depend on it."),
    ("injury_class", "NOT_FOR_KIND"): _(
        "Only an injury or illness has this. Leave it empty, or change what it was."
    ),
    ("days_lost", "NEGATIVE"): _("Days cannot be below 0."),
    ("days_lost", "TOO_MANY"): _("More than 6,000 days: please look at the number again."),
    ("days_lost", "NOT_FOR_CLASS"): _(
        "A case without absence has no days lost. Choose “Away from work for a day or more”, or take the days out."
    ),
    ("days_lost", "ZERO"): _(
        "Away from work for a day or more means at least 1 day. Leave it empty while the person is still away."
    ),
    ("why_1", "EMPTY"): _("Write at least the first why."),
    ("participants", "EMPTY"): _("Say who took part: at least one person."),
    ("participants", "UNKNOWN_WORKER"): _(
        "This code is not on the roster. Look it up under People, or choose sex and level without a code."
    ),
    ("participants", "SELF_EMPTY"): _("Give a roster code, or sex and level, for each person."),
    ("person_code", "UNKNOWN_WORKER"): _("This code is not on the roster. Look it up under People."),
    ("reason", "NO_ACTION"): _("No action has been agreed yet. Add one below, or say why none is needed."),
    ("reason", "EMPTY"): _("Please give the reason."),
    ("version", "ACTIONS_OPEN"): _("An action is still open. Finish it or drop it first."),
    ("month", "FUTURE"): _("This month is still to come."),
    ("hours", "EMPTY"): _("Write the hours worked in this month."),
    ("hours", "ZERO"): _("With 0 hours nothing can be divided. Leave the month out when nobody worked."),
    ("hours", "NEGATIVE"): _("Hours cannot be below 0."),
    ("hours", "TOO_MANY"): _("More hours than these people have in a month. Look at both numbers again."),
    ("hours", "MIXED"): _(
        "This month has hours kept another way. Keep either one total, or parts by department or sex, not both."
    ),
    ("workers", "ZERO"): _("Leave the number of people empty, or write how many there were."),
    ("workers", "NEGATIVE"): _("The number of people cannot be below 0."),
}


def refusal_words(field: str, code: str) -> str:
    """What to do about a refused value."""
    return str(REFUSALS.get((field, code), _t("Please look at this again.")))


def class_or_kind(kind: str, injury_class: str) -> str:
    """How an incident is named in a list: by how bad it was, else by what it was."""
    if injury_class:
        return str(CLASS_LABELS.get(injury_class, injury_class))
    return str(KIND_LABELS.get(kind, kind))

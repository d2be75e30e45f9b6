"""The words shown for the codes of incidents and rates."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairfloor.measure.rates import HUNDRED_FULL_TIMERS, MILLION_HOURS
from fairfloor.safety.incident_workflow import Factor, InjuryClass, Kind, Stage

KIND_LABELS = {
    Kind.INJURY: gettext_lazy("Somebody was hurt"),
    Kind.ILLNESS: gettext_lazy("Illness from work"),
    Kind.NEAR_MISS: gettext_lazy("Near miss"),
    Kind.PROPERTY: gettext_lazy("Damage to things"),
}
CLASS_LABELS = {
    InjuryClass.FATAL: gettext_lazy("Death"),
    InjuryClass.LOST_TIME: gettext_lazy("Away from work for a day or more"),
    InjuryClass.RESTRICTED: gettext_lazy("At work, with lighter tasks"),
    InjuryClass.MEDICAL: gettext_lazy("Treated by a doctor, back at work"),
    InjuryClass.FIRST_AID: gettext_lazy("First aid only"),
}
STAGE_LABELS = {
    Stage.REPORTED: gettext_lazy("Written down"),
    Stage.INVESTIGATED: gettext_lazy("Looked into"),
    Stage.AGREED: gettext_lazy("Actions agreed"),
    Stage.CLOSED: gettext_lazy("Closed"),
    Stage.WITHDRAWN: gettext_lazy("Withdrawn"),
}
STAGE_KINDS = {
    Stage.REPORTED: "wait",
    Stage.INVESTIGATED: "watch",
    Stage.AGREED: "brand",
    Stage.CLOSED: "good",
    Stage.WITHDRAWN: "quiet",
}
FACTOR_LABELS = {
    Factor.MACHINE: gettext_lazy("Machine or guard"),
    Factor.MAINTENANCE: gettext_lazy("Maintenance"),
    Factor.LAYOUT: gettext_lazy("Layout, ways, storage"),
    Factor.MATERIAL: gettext_lazy("Material or chemicals"),
    Factor.METHOD: gettext_lazy("Way of working"),
    Factor.TRAINING: gettext_lazy("Training and briefing"),
    Factor.SUPERVISION: gettext_lazy("Supervision and planning"),
    Factor.WORKLOAD: gettext_lazy("Pace, hours, tiredness"),
    Factor.SURROUNDINGS: gettext_lazy("Light, noise, heat, floor"),
    Factor.EQUIPMENT: gettext_lazy("Protective equipment"),
}
BASE_LABELS = {
    MILLION_HOURS: gettext_lazy("per 1,000,000 hours worked"),
    HUNDRED_FULL_TIMERS: gettext_lazy("per 200,000 hours worked"),
}
INCIDENT_VERBS = {
    "reported": gettext_lazy("Written down"),
    "imported": gettext_lazy("Imported from a register"),
    "changed_by_import": gettext_lazy("Changed by an import"),
    "investigated": gettext_lazy("Looked into"),
    "agreed": gettext_lazy("Actions agreed"),
    "closed": gettext_lazy("Closed"),
    "withdrawn": gettext_lazy("Withdrawn as a wrong entry"),
    "corrected": gettext_lazy("Corrected"),
    "health_written": gettext_lazy("Sealed details written"),
}
INCIDENT_FIELDS = {
    "incident_date": gettext_lazy("Happened on"),
    "hour": gettext_lazy("Hour"),
    "department_code": gettext_lazy("Department"),
    "place": gettext_lazy("Place"),
    "job": gettext_lazy("Job"),
    "kind": gettext_lazy("What it was"),
    "injury_class": gettext_lazy("How bad it was"),
    "sex": gettext_lazy("Sex"),
    "level": gettext_lazy("Level"),
    "days_lost": gettext_lazy("Days lost"),
}
REFUSALS = {
    ("description", "EMPTY"): gettext_lazy("Say in a sentence what happened."),
    ("incident_date", "FUTURE"): gettext_lazy("This day is still to come. Choose today or an earlier day."),
    ("held_date", "FUTURE"): gettext_lazy("This day is still to come. Choose today or an earlier day."),
    ("held_date", "BEFORE"): gettext_lazy("This is before it happened. Choose the day you looked into it."),
    ("hour", "OUTSIDE_SCALE"): gettext_lazy("Write the hour as 0 to 23."),
    ("injury_class", "MISSING_FOR_KIND"): gettext_lazy("Choose how bad it was; the rates depend on it."),
    ("injury_class", "NOT_FOR_KIND"): gettext_lazy(
        "Only an injury or illness has this. Leave it empty, or change what it was."
    ),
    ("days_lost", "NEGATIVE"): gettext_lazy("Days cannot be below 0."),
    ("days_lost", "TOO_MANY"): gettext_lazy("More than 6,000 days: please look at the number again."),
    ("days_lost", "NOT_FOR_CLASS"): gettext_lazy(
        "A case without absence has no days lost. Choose “Away from work for a day or more”, or take the days out."
    ),
    ("days_lost", "ZERO"): gettext_lazy(
        "Away from work for a day or more means at least 1 day. Leave it empty while the person is still away."
    ),
    ("why_1", "EMPTY"): gettext_lazy("Write at least the first why."),
    ("participants", "EMPTY"): gettext_lazy("Say who took part: at least one person."),
    ("participants", "UNKNOWN_WORKER"): gettext_lazy(
        "This code is not on the roster. Look it up under People, or choose sex and level without a code."
    ),
    ("participants", "SELF_EMPTY"): gettext_lazy("Give a roster code, or sex and level, for each person."),
    ("person_code", "UNKNOWN_WORKER"): gettext_lazy(
        "This code is not on the roster. Look it up under People."
    ),
    ("reason", "NO_ACTION"): gettext_lazy(
        "No action has been agreed yet. Add one below, or say why none is needed."
    ),
    ("reason", "EMPTY"): gettext_lazy("Please give the reason."),
    ("version", "ACTIONS_OPEN"): gettext_lazy("An action is still open. Finish it or drop it first."),
    ("month", "FUTURE"): gettext_lazy("This month is still to come."),
    ("hours", "EMPTY"): gettext_lazy("Write the hours worked in this month."),
    ("hours", "ZERO"): gettext_lazy(
        "With 0 hours nothing can be divided. Leave the month out when nobody worked."
    ),
    ("hours", "NEGATIVE"): gettext_lazy("Hours cannot be below 0."),
    ("hours", "TOO_MANY"): gettext_lazy(
        "More hours than these people have in a month. Look at both numbers again."
    ),
    ("hours", "MIXED"): gettext_lazy(
        "This month has hours kept another way. Keep either one total, or parts by department or sex, not both."
    ),
    ("workers", "ZERO"): gettext_lazy("Leave the number of people empty, or write how many there were."),
    ("workers", "NEGATIVE"): gettext_lazy("The number of people cannot be below 0."),
}


def refusal_words(field: str, code: str) -> str:
    """What to do about a refused value."""
    return str(REFUSALS.get((field, code), _("Please look at this again.")))


def class_or_kind(kind: str, injury_class: str) -> str:
    """How an incident is named in a list: by how bad it was, else by what it was."""
    if injury_class:
        return str(CLASS_LABELS.get(injury_class, injury_class))
    return str(KIND_LABELS.get(kind, kind))

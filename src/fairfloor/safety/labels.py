"""The words shown for the codes of safety."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from fairfloor.content import load as load_content
from fairfloor.content import translate
from fairfloor.safety.models import Hazard
from fairfloor.safety.workflow import (
    WORKERS_WORDS,
    Cause,
    Channel,
    ControlType,
    Method,
    Stage,
    Status,
    level_of,
)

STATUS_LABELS = {
    Status.OPEN: _("Reported"),
    Status.TRIAGED: _("Rated, nobody has it yet"),
    Status.ASSIGNED: _("Being fixed"),
    Status.FIXED: _("Fixed, to be looked at"),
    Status.VERIFIED: _("Looked at, it holds"),
    Status.CLOSED: _("Closed"),
    Status.REJECTED: _("No hazard"),
    Status.ESCALATED: _("With management"),
    Status.WITHDRAWN: _("Withdrawn"),
}
STATUS_KINDS = {
    Status.OPEN: "wait",
    Status.TRIAGED: "wait",
    Status.ASSIGNED: "watch",
    Status.FIXED: "wait",
    Status.VERIFIED: "good",
    Status.CLOSED: "good",
    Status.REJECTED: "quiet",
    Status.ESCALATED: "stop",
    Status.WITHDRAWN: "quiet",
}
CHANNEL_LABELS = {
    Channel.WORKER: _("A worker's phone"),
    Channel.STAFF: _("Entered by staff"),
    Channel.MEETING: _("A team meeting"),
    Channel.SUGGESTION: _("An idea passed on"),
    Channel.WALK_ROUND: _("A walk-round"),
}
CATEGORY_PICTURES = {
    "MACHINE_GUARDING": "kind_machine",
    "ELECTRICAL": "kind_electric",
    "FIRE_EXIT": "kind_fire",
    "CHEMICAL": "kind_chemical",
    "NOISE": "kind_noise",
    "DUST": "kind_dust",
    "HEAT": "kind_heat",
    "LIGHT": "kind_light",
    "ERGONOMICS": "kind_lift",
    "SLIPS": "kind_slip",
    "VEHICLES": "kind_vehicle",
    "HEIGHT": "kind_height",
    "PRESSURE": "kind_pressure",
    "PPE": "kind_ppe",
    "SANITATION": "kind_washroom",
    "VIOLENCE": "kind_violence",
    "MATERNITY": "kind_maternity",
    "EMERGENCY": "kind_aid",
    "OTHER": "kind_other",
}
# Drafts of answers to a finder: title and text.
ANSWER_DRAFTS = (
    (
        _("We are on our way"),
        _(
            "Thank you for telling us. Somebody is on the way to look. Please keep people away from the place."
        ),
    ),
    (
        _("Please tell us more"),
        _("Thank you. Where exactly is it, and when does it happen? You can answer here, without your name."),
    ),
    (
        _("It is being fixed"),
        _("Thank you. Somebody has been asked to fix it, and you read here when it is done."),
    ),
)
# From the surest to the weakest.
CONTROL_LABELS = {
    ControlType.ELIMINATION: _("Remove the danger"),
    ControlType.SUBSTITUTION: _("Replace it by something less dangerous"),
    ControlType.ENGINEERING: _("Guard, enclose or rebuild"),
    ControlType.ADMINISTRATIVE: _("Change how people work, train, warn"),
    ControlType.PPE: _("Protective equipment people wear"),
}
METHOD_LABELS = {
    Method.MATRIX: _("Matrix: likelihood × severity, 1 to 5"),
    Method.LEC: _("LEC: likelihood × exposure × consequence"),
}
BAND_LABELS = {
    "LOW": _("Low"),
    "MEDIUM": _("Medium"),
    "HIGH": _("High"),
    "CRITICAL": _("Critical: stop the work"),
    "ACCEPTABLE": _("Acceptable"),
    "POSSIBLE": _("Possible: watch it"),
    "SIGNIFICANT": _("Significant: fix it"),
    "STOP_WORK": _("Stop the work"),
}
# The four colours of a risk, each with a shape of its own: circle, square, triangle, diamond.
BAND_KINDS = {band: f"risk-{level_of(band)}" for band in BAND_LABELS}
# The four colours of a risk: word for the list, kind for the chip. Shape and colour: risks.css and the documents.
LEVEL_WORDS = {1: _("Low"), 2: _("Medium"), 3: _("High"), 4: _("Very high")}
STAGE_LABELS = {Stage.FIRST: _("At first"), Stage.AFTER: _("With measures")}
CAUSE_LABELS = {
    Cause.REGULAR: _("Regular review"),
    Cause.INCIDENT: _("After an incident"),
    Cause.CHANGE: _("After a change"),
}
LIKELIHOOD_LABELS = {
    1: _("1 – rare"),
    2: _("2 – unlikely"),
    3: _("3 – possible"),
    4: _("4 – likely"),
    5: _("5 – almost certain"),
}
SEVERITY_LABELS = {
    1: _("1 – first aid"),
    2: _("2 – needs a doctor"),
    3: _("3 – days lost"),
    4: _("4 – lasting harm"),
    5: _("5 – death"),
}
VERB_LABELS = {
    "reported": _("Reported"),
    "imported": _("Imported from a register"),
    "changed_by_import": _("Changed by an import"),
    "triaged": _("Rated"),
    "overdue": _("Past its day: handed up to the manager"),
    "linked": _("Known again: it has come back"),
    "confirmed_gone": _("The finder says that it is gone"),
    "reopened": _("The finder says that it is still there"),
    "group_given": _("The finder told sex or level"),
    "answered": _("The finder was answered"),
    "asked": _("The finder asked back"),
    "thanked": _("The finder says thank you"),
    "assigned": _("Given to somebody to fix"),
    "fixed": _("Fixed"),
    "verified": _("Looked at: it holds"),
    "closed": _("Closed"),
    "rejected": _("Found to be no hazard"),
    "escalated": _("Handed to management"),
    "withdrawn": _("Withdrawn as a wrong entry"),
    "corrected": _("Corrected"),
    "project_started": _("A project takes it up"),
    "project_finished": _("The project has ended; look whether the danger is gone"),
    "recorded": _("Recorded"),
    "rated": _("Rated with its measures"),
    "control_added": _("Measure written down"),
    "control_in_place": _("Measure put in place"),
    "control_dropped": _("Measure dropped"),
    "changed": _("Changed"),
    "filled": _("Filled from a hazard list"),
    "review_asked": _("A fresh look was asked for"),
    "reviewed": _("Looked at again"),
    "consulted": _("Workers were asked"),
}
FIELD_LABELS = {
    "found_date": _("Found on"),
    "assessed_date": _("Assessed on"),
    "sex": _("Sex"),
    "level": _("Level"),
    "finder_level": _("Level of who found it"),
    "department_code": _("Department"),
    "category": _("Kind"),
    "description": _("What is dangerous"),
    "job": _("Job"),
    "step": _("Step"),
    "hazard": _("Hazard"),
    "method": _("Method"),
    "likelihood": _("Likelihood"),
    "exposure": _("Exposure"),
    "severity": _("Severity"),
    "due_date": _("To be fixed by"),
    "fixed_date": _("Fixed on"),
    "control": _("What is done about it"),
    "control_type": _("Kind of measure"),
    "responsible_name": _("Who fixes it"),
    "kind": _("Kind"),
    "women": _("Women who do it"),
    "men": _("Men who do it"),
    "is_pregnancy": _("Matters in pregnancy"),
    "is_breastfeeding": _("Matters while nursing"),
    "title": _("Job"),
    "review_date": _("To be looked at again by"),
    "reason": _("Reason"),
    "closed_date": _("Closed on"),
    "recurrence_of_id": _("Came back"),
    "finder_word": _("What the finder says"),
}


def category_label(code: str) -> str:
    """A hazard category in the page's language; an unknown code stays as it is."""
    category = load_content().hazard_categories.get(code)
    return translate(category.name, get_language() or "en") if category else code


def category_choices() -> list[tuple[str, str]]:
    """All categories in the page's language."""
    return [(code, category_label(code)) for code in load_content().hazard_categories]


def code_words() -> dict[str, object]:
    """Every code of safety in words, for the story of a row."""
    return {**CONTROL_LABELS, **METHOD_LABELS, **dict(category_choices())}


def hazard_words(hazard: Hazard, is_insider: bool) -> str:
    """What is dangerous; workers' own words only for who is of the factory."""
    if is_insider or hazard.channel not in WORKERS_WORDS:
        return hazard.description
    kind = category_label(hazard.category)
    if not kind:
        return gettext("A danger a worker told of")
    return gettext("A danger a worker told of: %(kind)s") % {"kind": kind}

"""The words shown for the codes of surveys."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairfloor.core.ui.formatting import format_number, format_share
from fairfloor.measure.survey import Flag
from fairfloor.surveys.workflow import Status

STATUS_LABELS = {
    Status.OPEN: _("Open"),
    Status.CLOSED: _("Closed"),
    Status.CANCELLED: _("Cancelled"),
}
STATUS_KINDS = {Status.OPEN: "wait", Status.CLOSED: "good", Status.CANCELLED: "quiet"}

VERB_LABELS = {
    "opened": _("Opened"),
    "closed": _("Closed"),
    "cancelled": _("Cancelled"),
    "imported": _("Imported from a register"),
    "changed_by_import": _("Changed by an import"),
    "answers_replaced": _("The answers were brought in"),
}


def flag_words(flag: Flag) -> str:
    """A doubt about a round, in a sentence that says what to make of it."""
    share = format_share(flag.numerator / flag.denominator, 1) if flag.denominator else ""
    values = {
        "share": share,
        "numerator": format_number(flag.numerator),
        "denominator": format_number(flag.denominator),
    }
    sentences = {
        "TOO_FEW": gettext(
            "Only %(numerator)s people answered. Results are shown from %(denominator)s answers on, "
            "so that nobody can be recognised."
        ),
        "LOW_RESPONSE": gettext(
            "%(numerator)s of %(denominator)s people asked answered (%(share)s). Those who kept silent "
            "may think otherwise: ask why, and give people time during work."
        ),
        "CEILING": gettext(
            "More than 97 %% of the answers to every question are favourable (%(numerator)s of "
            "%(denominator)s, %(share)s). A result like this says little: people may not have felt free to "
            "answer. Look at who collects the answers, and where."
        ),
        "STRAIGHT_LINING": gettext(
            "%(numerator)s of %(denominator)s people gave one same answer throughout (%(share)s). "
            "They may not have read the questions."
        ),
    }
    return sentences[flag.code] % values

"""What stands in the way of a number or a plan, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _


def refusal_words(code: str, field: str = "") -> str:
    """Why a reading was not kept, and what to do."""
    if (code, field) == ("UNKNOWN", "quality"):
        return _("Choose A, B, C or D.")
    return {
        "FUTURE": _("This month has not begun. Choose this month or an earlier one."),
        "NEGATIVE": _("A count cannot be below 0."),
        "ABOVE_DENOMINATOR": _("More was counted than there is altogether. Check both numbers."),
        "ALREADY_THERE": _("This month has a value already. Open it in the list to correct it."),
        "UNKNOWN": _("Choose one from the list."),
        "NEW_DEFINITION": _(
            "What this number counts was defined anew. First a manager or the secretary opens its plan, reads the new "
            "definition and chooses a new baseline."
        ),
        "MISSING": _("Write the number, or choose D if nobody knows it."),
        "NOT_MISSING": _(
            "D means that nobody knows the number. Choose another grade, or leave the numbers empty."
        ),
        "CONFLICT": _(
            "You said one thing and the numbers say the other. Check whether the two numbers are in the right place; "
            "if they are, write why you see it differently."
        ),
        "NOT_YOURS": _(
            "Somebody else reports this number now. If that is wrong, ask a manager or the secretary."
        ),
        "OUT_OF_NOTHING": _(
            "Something was counted, but out of 0. Write how many there were altogether, or choose D if nobody knows."
        ),
    }[code]


def plan_refusal_words(code: str, baseline: str = "") -> str:
    """Why a plan was not kept, and what to do; ``baseline`` in words, where the plan had one."""
    return {
        "UNKNOWN": _("Choose one from the list."),
        "ORDER": _("The last month lies before the first one. Put the earlier month first."),
        "FUTURE": _("A baseline is what was measured already: end it this month or earlier."),
        "HALF": _("A window needs its first and its last month."),
        "NO_BASELINE": _(
            "No month in this window has a value measured by the definition of today. Choose other months, or write "
            "these down first."
        ),
        "BASELINE_NEEDED": _("Choose the baseline first: a target says how far it is to go from there."),
        "WRONG_DIRECTION": _(
            "This target is no better than the baseline of %(baseline)s. Choose one on the other side of it."
        )
        % {"baseline": baseline},
        "NOT_A_SHARE": _("A share lies between 0 and 100."),
        "NEGATIVE": _("A target cannot be below 0."),
        "BEFORE_BASELINE": _("The months to compare with begin after the baseline has ended."),
    }[code]


def draft_refusal_words(code: str) -> str:
    """Why a draft was not kept, and what to do."""
    return {
        "CHANGED": _(
            "This form was saved from another window or phone after you opened it here. Nothing is lost: choose which "
            "one to go on with."
        ),
        "SENT": _(
            "These numbers have been sent already, perhaps from another window. To correct one, open it in Measured "
            "numbers."
        ),
        "FUTURE": _("This month has not begun. Choose this month or an earlier one."),
        "NOT_YOURS": _(
            "No number has your name on it now. A manager or the secretary chooses who reports what."
        ),
    }[code]

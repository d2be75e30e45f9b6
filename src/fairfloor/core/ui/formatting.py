"""Figures as people read them, in the language of the page. Rounding is half-up, always."""

from __future__ import annotations

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from fairfloor.measure.rounding import Number, round_half_up

NO_FIGURE = "–"


def format_number(value: Number | None, places: int = 0) -> str:
    """A number with the language's separators, e.g. 12,345.7; a dash where there is none."""
    if value is None:
        return NO_FIGURE
    try:
        rounded = round_half_up(value, places)
    except ValueError:
        return NO_FIGURE
    return formats.number_format(rounded, decimal_pos=places, use_l10n=True, force_grouping=True)


def format_share(value: Number | None, places: int = 0) -> str:
    """A share (0.7404) as per cent (74 %); a dash where there is none.

    The product is exact: a float counts as the number it prints, so 0.285 is 28.5 % and rounds to 29 %.
    """
    if value is None:
        return NO_FIGURE
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    text = format_number(exact * 100, places)
    # Translators: how per cent is written, e.g. "74 %" (English here), "74%" (Chinese).
    return text if text == NO_FIGURE else _("%(number)s %%") % {"number": text}


def shortened(text: str, room: int) -> str:
    """Long words on one line in at most ``room`` letters: cut between words where there are any, with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= room:
        return line
    head = line[: room - 1]
    # Chinese has no spaces; one that lies far back would throw half of it away.
    if line[room - 1] != " " and " " in head[room // 2 :]:
        head = head.rpartition(" ")[0]
    return head.rstrip(" ,.;:，。；：、") + "…"

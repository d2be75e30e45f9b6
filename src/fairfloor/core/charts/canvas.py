"""What every chart shares: numbers, scales, text that fits, and the SVG it is written to."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from xml.sax.saxutils import escape

Number = int | float | Decimal
Values = Sequence[Number | None]
Format = Callable[[float], str]

WIDTH = 360.0  # user units; about the width of a phone, so that words stay readable there
EM = 13.0  # layouts leave room for 13 units, the size of words on a phone
MAX_SERIES = 5
FONT = "Noto Sans CJK SC"
COLOURS = ("#0F6B62", "#A86E12", "#4F629E", "#A93226", "#66665F")
HEAT = ("#EAF2EF", "#C3DED8", "#8CC1B8", "#2B7B71", "#0B5750")

# The same look as css/charts.css, for pictures that leave the page.
STANDALONE = {
    "ct-soft": 'fill="#535E5F"',
    "ct-halo": 'stroke="#FFFFFF" stroke-width="3" stroke-linejoin="round" paint-order="stroke"',
    "ct-strong": 'font-weight="bold"',
    "ct-grid": 'stroke="#E4E0D8" stroke-width="1"',
    "ct-axis": 'stroke="#878378" stroke-width="1"',
    "ct-limit": 'fill="none" stroke="#535E5F" stroke-width="1" stroke-dasharray="2 3"',
    "ct-baseline": 'fill="none" stroke="#535E5F" stroke-width="1.25" stroke-dasharray="6 3"',
    "ct-target": 'fill="none" stroke="#2A7048" stroke-width="1.5" stroke-dasharray="1.5 3"',
    "ct-whisker": 'fill="none" stroke="#1F2A2E" stroke-width="1.25"',
    "ct-flag": 'fill="none" stroke="#8A5A0B" stroke-width="1.75"',
    "ct-out": 'fill="none" stroke="#A93226" stroke-width="1.75"',
    "ct-empty": 'fill="#F3F0E9"',
    "ct-on-low": 'fill="#1F2A2E"',
    "ct-on-high": 'fill="#FFFFFF"',
    **{f"ct-h{step}": f'fill="{colour}"' for step, colour in enumerate(HEAT, 1)},
    **{
        f"ct-line s{n}": f'fill="none" stroke="{c}" stroke-width="2.25" stroke-linejoin="round"'
        for n, c in enumerate(COLOURS, 1)
    },
    **{f"ct-fill s{n}": f'fill="{c}"' for n, c in enumerate(COLOURS, 1)},
    **{f"ct-band s{n}": f'fill="{c}" fill-opacity="0.16"' for n, c in enumerate(COLOURS, 1)},
}


class TooManySeries(ValueError):
    """More than five series cannot be told apart; show small multiples instead."""


@dataclass(frozen=True)
class Series:
    """One line: its values, and where known the interval around each."""

    label: str
    values: Values
    low: Values = ()
    high: Values = ()


@dataclass(frozen=True)
class Row:
    """One named row of numbers, of bars, shares or a heat map."""

    label: str
    values: Values
    low: Values = ()
    high: Values = ()


@dataclass(frozen=True)
class Mark:
    """A line across the chart: the baseline, the target."""

    value: Number
    label: str


def finite(value: Number | None) -> float | None:
    """The number as float; None for a gap, for NaN and for what no picture can hold."""
    if value is None:
        return None
    try:
        result = float(value)
    except (OverflowError, ValueError):
        return None
    return result if math.isfinite(result) and abs(result) < 1e15 else None


def plain(value: float) -> str:
    """How a number is written when the caller has no format of their own."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) < 1000 else f"{value:,.0f}"


def colour_class(index: int) -> str:
    """The class of the n-th series, counted from 0."""
    if index >= MAX_SERIES:
        raise TooManySeries(f"At most {MAX_SERIES} series fit one chart.")
    return f"s{index + 1}"


def text_width(text: str, em: float = EM) -> float:
    """A careful guess in user units: a Chinese character is one em wide, a Latin one about 0.56."""
    return em * sum(1.0 if unicodedata.east_asian_width(character) in "WF" else 0.56 for character in text)


def fit(text: str, width: float, em: float = EM) -> str:
    """The text cut with an ellipsis where it would not fit."""
    if text_width(text, em) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", em) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def nice_ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Round numbers that enclose low and high, `count` steps or a few more."""
    if high <= low:
        # Equal values are measured from 0: a share of 100 % stands at the top, not below 120 %.
        low, high = (min(low, 0.0), max(low, 0.0)) if low else (0.0, 1.0)
    raw = (high - low) / count
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if raw <= factor * power * 1.000001)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if last - first > 50:  # a span too small beside its own size for floats
        return [low, high]
    return [round(position * step, 12) for position in range(first, last + 1)]


@dataclass(frozen=True)
class Scale:
    """A straight line from a value to a place."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Where the value sits; values outside are held at the edge."""
        span = self.high - self.low
        share = 0.5 if span <= 0 else (value - self.low) / span
        return self.start + (self.end - self.start) * min(1.0, max(0.0, share))


def n(value: float) -> str:
    """A coordinate with one decimal, without a needless zero."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass
class Canvas:
    """Collects shapes; every word passes through one place that escapes it."""

    chart_id: str
    title: str
    description: str
    standalone: bool = False
    parts: list[str] = field(default_factory=list)

    def look(self, names: str) -> str:
        """The attributes of a look: classes, and for a standalone picture the same in attributes."""
        if not self.standalone:
            return f'class="{names}"'
        known = STANDALONE.get(names)
        return known if known is not None else " ".join(STANDALONE[name] for name in names.split())

    def line(self, x1: float, y1: float, x2: float, y2: float, look: str) -> None:
        """A straight line."""
        self.parts.append(f'<line x1="{n(x1)}" y1="{n(y1)}" x2="{n(x2)}" y2="{n(y2)}" {self.look(look)}/>')

    def path(self, d: str, look: str) -> None:
        """A path; an empty one is left out."""
        if d:
            self.parts.append(f'<path d="{d}" {self.look(look)}/>')

    def rect(
        self, x: float, y: float, width: float, height: float, look: str, tip: str = "", round: float = 0
    ) -> None:
        """A rectangle, with a tip that shows when one points at it."""
        corner = f' rx="{n(round)}"' if round else ""
        inner = f"<title>{self.safe(tip)}</title>" if tip else ""
        size = f'width="{n(max(0.0, width))}" height="{n(max(0.0, height))}"'
        self.parts.append(f'<rect x="{n(x)}" y="{n(y)}" {size}{corner} {self.look(look)}>{inner}</rect>')

    def dot(self, x: float, y: float, radius: float, look: str, tip: str = "") -> None:
        """A circle."""
        inner = f"<title>{self.safe(tip)}</title>" if tip else ""
        self.parts.append(
            f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}" {self.look(look)}>{inner}</circle>'
        )

    def text(
        self, x: float, y: float, words: str, *, anchor: str = "start", look: str = "", room: float = 0
    ) -> None:
        """A line of words, cut to `room` where given; the whole then shows when one points at it."""
        shown = fit(words, room) if room else words
        tip = f"<title>{self.safe(words)}</title>" if shown != words else ""
        turned = "" if anchor == "start" else f' text-anchor="{anchor}"'
        style = f" {self.look(look)}" if look else ""
        self.parts.append(f'<text x="{n(x)}" y="{n(y)}"{turned}{style}>{self.safe(shown)}{tip}</text>')

    @staticmethod
    def safe(words: str) -> str:
        """Escaped, and without the control characters XML forbids."""
        return escape(
            re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "", str(words)),
            {'"': "&quot;"},
        )

    def finish(self, width: float, height: float) -> str:
        """The whole picture. `chart_id` must be unique on the page: title and description hang on it."""
        key = re.sub(r"[^A-Za-z0-9_-]", "-", self.chart_id)
        own = f' font-family="{FONT}" font-size="11" fill="#1F2A2E"' if self.standalone else ""
        size = f'viewBox="0 0 {n(width)} {n(height)}" width="{n(width)}" height="{n(height)}"'
        head = f'<title id="{key}-t">{self.safe(self.title)}</title>'
        if self.description != self.title:
            head += f'<desc id="{key}-d">{self.safe(self.description)}</desc>'
        named = f"{key}-t {key}-d" if self.description != self.title else f"{key}-t"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" {size} role="img" '
            f'aria-labelledby="{named}"{own}>{head}{"".join(self.parts)}</svg>'
        )

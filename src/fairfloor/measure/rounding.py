"""The one way figures are rounded for people: half-up, exactly, and away from zero for negative values."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from fractions import Fraction

Number = int | float | Decimal | Fraction
# Wide enough that nothing is rounded twice; what is wider still goes the long way.
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


def exact(value: Number) -> Fraction:
    """Return the value without loss. A float counts as the number its shortest text shows (0.1 is one tenth).

    Raises ValueError for NaN and infinity.
    """
    try:
        if isinstance(value, float):
            return Fraction(repr(value))
        return Fraction(value)
    except (ValueError, OverflowError) as problem:
        raise ValueError(f"Not a finite number: {value!r}") from problem


def round_half_up(value: Number, places: int = 0) -> Decimal:
    """Round to `places` decimals; an exact half goes away from zero (62.5 → 63, 0.625 → 0.63, -2.5 → -3).

    Python's own `round` goes to the even neighbour (62.5 → 62), which readers take for a mistake.
    The result keeps its decimals (`Decimal("74.0")`). Raises ValueError for negative `places` or no finite
    number.
    """
    if places < 0:
        raise ValueError("places must be 0 or more")
    if type(value) is Decimal or type(value) is float:
        try:
            near = _WIDE.quantize(
                Decimal(repr(value)) if isinstance(value, float) else value, Decimal((0, (1,), -places))
            )
            if near.is_finite():
                return near if near else near.copy_abs()
        except InvalidOperation:
            pass  # too many digits, or no number
    scaled = abs(exact(value)) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    is_negative = whole != 0 and value < 0
    # Built from its digits, because arithmetic on Decimal would round to the context's 28 digits.
    return Decimal((int(is_negative), tuple(int(digit) for digit in str(whole)), -places))


def percent(numerator: Number, denominator: Number, places: int = 1) -> Decimal | None:
    """Return 100 × numerator / denominator rounded half-up, in per cent; None when the denominator is 0."""
    below = exact(denominator)
    if below == 0:
        return None
    return round_half_up(100 * exact(numerator) / below, places)

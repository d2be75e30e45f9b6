"""Two ways to rate a risk: the 5 × 5 matrix, and LEC (likelihood × exposure × consequence)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Colour = Literal["GREEN", "BLUE", "YELLOW", "ORANGE", "RED"]
Value = int | float | Decimal

MATRIX = "MATRIX"
LEC = "LEC"

MATRIX_VALUES: frozenset[Decimal] = frozenset(Decimal(value) for value in range(1, 6))
LEC_LIKELIHOODS: frozenset[Decimal] = frozenset(map(Decimal, ("10", "6", "3", "1", "0.5", "0.2", "0.1")))
LEC_EXPOSURES: frozenset[Decimal] = frozenset(map(Decimal, ("10", "6", "3", "2", "1", "0.5")))
LEC_SEVERITIES: frozenset[Decimal] = frozenset(map(Decimal, ("100", "40", "15", "7", "3", "1")))


@dataclass(frozen=True)
class Rating:
    """What a rating comes to: the product, its band and the colour the band is shown in."""

    score: Decimal
    band: str
    colour: Colour


class RiskError(ValueError):
    """A risk cannot be rated; `code` is the reason, for a caller to put into words.

    Codes: METHOD_UNKNOWN, LIKELIHOOD_OUTSIDE_SCALE, EXPOSURE_OUTSIDE_SCALE, SEVERITY_OUTSIDE_SCALE,
    EXPOSURE_MISSING (LEC without it), EXPOSURE_NOT_USED (the matrix has none).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _on_scale(value: Value, scale: frozenset[Decimal], code: str) -> Decimal:
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite() or number not in scale:
        raise RiskError(code)
    return number


def _matrix_band(score: Decimal) -> tuple[str, Colour]:
    if score <= 4:
        return "LOW", "GREEN"
    if score <= 9:
        return "MEDIUM", "YELLOW"
    if score <= 16:
        return "HIGH", "ORANGE"
    return "CRITICAL", "RED"


def _lec_band(score: Decimal) -> tuple[str, Colour]:
    if score < 20:
        return "ACCEPTABLE", "GREEN"
    if score < 70:
        return "POSSIBLE", "BLUE"
    if score < 160:
        return "SIGNIFICANT", "YELLOW"
    # The published scale says "over 320": 320 itself is still HIGH.
    if score <= 320:
        return "HIGH", "ORANGE"
    return "STOP_WORK", "RED"


def rate(method: str, likelihood: Value, exposure: Value | None, severity: Value) -> Rating:
    """Rate a risk by MATRIX (exposure must be None) or LEC; raises RiskError with a reason code."""
    if method == MATRIX:
        if exposure is not None:
            raise RiskError("EXPOSURE_NOT_USED")
        score = _on_scale(likelihood, MATRIX_VALUES, "LIKELIHOOD_OUTSIDE_SCALE") * _on_scale(
            severity, MATRIX_VALUES, "SEVERITY_OUTSIDE_SCALE"
        )
        return Rating(score, *_matrix_band(score))
    if method == LEC:
        if exposure is None:
            raise RiskError("EXPOSURE_MISSING")
        score = (
            _on_scale(likelihood, LEC_LIKELIHOODS, "LIKELIHOOD_OUTSIDE_SCALE")
            * _on_scale(exposure, LEC_EXPOSURES, "EXPOSURE_OUTSIDE_SCALE")
            * _on_scale(severity, LEC_SEVERITIES, "SEVERITY_OUTSIDE_SCALE")
        )
        return Rating(score, *_lec_band(score))
    raise RiskError("METHOD_UNKNOWN")

"""The suppliers of facts, handed over at start by ``config.wiring`` so that nothing here imports upwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fairfloor.measure.cells import Supplier

_suppliers: dict[str, Supplier] = {}


def set_suppliers(suppliers: Iterable[Supplier]) -> None:
    """Install the suppliers; called once at start."""
    _suppliers.clear()
    for supplier in suppliers:
        if supplier.code in _suppliers:
            raise ValueError(f"Two suppliers are called {supplier.code}.")
        _suppliers[supplier.code] = supplier


def supplier(code: str) -> Supplier:
    """The supplier of that code; ``KeyError`` if the wiring lacks it."""
    return _suppliers[code]


def supplier_codes() -> tuple[str, ...]:
    """All codes."""
    return tuple(_suppliers)


@dataclass(frozen=True)
class Milestone:
    """Something done on a day that an indicator may show: a project with its page."""

    code: str
    title: str
    finish_date: date | None
    url_name: str


# Codes → what they name; the features above say what there is.
_milestones: list[Callable[[Sequence[str] | None], list[Milestone]]] = []


def set_milestones(*sources: Callable[[Sequence[str] | None], list[Milestone]]) -> None:
    """Install who knows what was done; called once at start. Without codes a source gives what can be chosen."""
    _milestones[:] = sources


def milestones(codes: Sequence[str] | None = None) -> list[Milestone]:
    """The milestones of these codes, or all that can be chosen."""
    if codes is not None and not codes:
        return []
    return [each for source in _milestones for each in source(codes)]

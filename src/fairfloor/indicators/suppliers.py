"""The suppliers of facts, handed over at start by ``config.wiring`` so that nothing here imports upwards."""

from __future__ import annotations

from collections.abc import Iterable

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

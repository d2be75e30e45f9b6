"""What other features may use of indicators."""

from fairfloor.indicators.cells import refresh
from fairfloor.indicators.figures import (
    MINIMUM_GROUP,
    Figure,
    facts_behind,
    figure,
    figures,
    groups,
    joined,
    reading_flows,
    split,
    splits,
)
from fairfloor.indicators.signals import month_before, signals_in
from fairfloor.indicators.suppliers import set_suppliers, supplier_codes

__all__ = [
    "MINIMUM_GROUP",
    "Figure",
    "facts_behind",
    "figure",
    "figures",
    "groups",
    "joined",
    "month_before",
    "reading_flows",
    "refresh",
    "set_suppliers",
    "signals_in",
    "split",
    "splits",
    "supplier_codes",
]

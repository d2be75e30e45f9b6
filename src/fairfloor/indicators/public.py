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
from fairfloor.indicators.periods import (
    chosen_period,
    last_twelve_months,
    period_choices,
    period_query,
    period_words,
)
from fairfloor.indicators.signals import month_before, signals_in
from fairfloor.indicators.suppliers import set_suppliers, supplier_codes
from fairfloor.indicators.wording import (
    Story,
    basis_words,
    count_story,
    month_words,
    share_story,
    value_words,
)

__all__ = [
    "MINIMUM_GROUP",
    "Figure",
    "Story",
    "basis_words",
    "chosen_period",
    "count_story",
    "facts_behind",
    "figure",
    "figures",
    "groups",
    "joined",
    "last_twelve_months",
    "month_before",
    "month_words",
    "period_choices",
    "period_query",
    "period_words",
    "reading_flows",
    "refresh",
    "set_suppliers",
    "share_story",
    "signals_in",
    "split",
    "splits",
    "supplier_codes",
    "value_words",
]

"""What other features may use of indicators."""

from fairfloor.indicators.cells import refresh
from fairfloor.indicators.courses import Course, course_of
from fairfloor.indicators.figures import (
    MINIMUM_GROUP,
    Figure,
    facts_behind,
    figure,
    figures,
    groups,
    joined,
    reading_flows,
    readings_aging,
    split,
    splits,
    splits_each,
)
from fairfloor.indicators.models import IndicatorPlan
from fairfloor.indicators.periods import (
    chosen_period,
    last_twelve_months,
    month_before,
    period_choices,
    period_query,
    period_words,
)
from fairfloor.indicators.plans import (
    PlanRefused,
    has_other_definitions,
    numbers_of_project,
    plan_indicator,
    plans,
)
from fairfloor.indicators.reporting import reporting_aging, reporting_flows, waiting
from fairfloor.indicators.sayings import (
    MARK_LABELS,
    QUALITY_LABELS,
    Said,
    change_from,
    change_of,
    said_of,
    say,
)
from fairfloor.indicators.services import write_reading
from fairfloor.indicators.signals import signals_in
from fairfloor.indicators.suppliers import Milestone, set_milestones, set_suppliers, supplier_codes
from fairfloor.indicators.wording import (
    Story,
    basis_words,
    count_story,
    month_words,
    range_words,
    share_story,
    value_words,
    with_currency,
)

__all__ = [
    "MARK_LABELS",
    "MINIMUM_GROUP",
    "QUALITY_LABELS",
    "Course",
    "Figure",
    "IndicatorPlan",
    "Milestone",
    "PlanRefused",
    "Said",
    "Story",
    "basis_words",
    "change_from",
    "change_of",
    "chosen_period",
    "count_story",
    "course_of",
    "facts_behind",
    "figure",
    "figures",
    "groups",
    "has_other_definitions",
    "joined",
    "last_twelve_months",
    "month_before",
    "month_words",
    "numbers_of_project",
    "period_choices",
    "period_query",
    "period_words",
    "plan_indicator",
    "plans",
    "range_words",
    "reading_flows",
    "readings_aging",
    "refresh",
    "reporting_aging",
    "reporting_flows",
    "said_of",
    "say",
    "set_milestones",
    "set_suppliers",
    "share_story",
    "signals_in",
    "split",
    "splits",
    "splits_each",
    "supplier_codes",
    "value_words",
    "waiting",
    "with_currency",
    "write_reading",
]

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
    split,
    splits,
)
from fairfloor.indicators.models import IndicatorPlan
from fairfloor.indicators.plans import PlanRefused, numbers_of_project, plan_indicator, plans
from fairfloor.indicators.reporting import waiting
from fairfloor.indicators.services import write_reading
from fairfloor.indicators.signals import month_before, signals_in
from fairfloor.indicators.suppliers import Milestone, set_milestones, set_suppliers, supplier_codes
from fairfloor.indicators.wording import Said, said_of

__all__ = [
    "MINIMUM_GROUP",
    "Course",
    "Figure",
    "IndicatorPlan",
    "Milestone",
    "PlanRefused",
    "Said",
    "course_of",
    "facts_behind",
    "figure",
    "figures",
    "groups",
    "joined",
    "month_before",
    "numbers_of_project",
    "plan_indicator",
    "plans",
    "reading_flows",
    "refresh",
    "said_of",
    "set_milestones",
    "set_suppliers",
    "signals_in",
    "split",
    "splits",
    "supplier_codes",
    "waiting",
    "write_reading",
]

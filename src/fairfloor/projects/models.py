"""Improvement projects and the suggestions behind them."""

from django.db import models
from django.db.models import F, Q

from fairfloor.core.tenancy import TenantModel
from fairfloor.measure.savings import Saving, per_year
from fairfloor.projects.workflow import COMPLETED, InPlace, Light, PlanSource, SavingType

LARGEST_A_YEAR = 10**13


class ImprovementProject(TenantModel):
    """One improvement, from the problem to what became the new standard (plan, do, check, act)."""

    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    department_code = models.CharField(max_length=40, blank=True)
    module = models.CharField(max_length=20, blank=True)
    tags = models.CharField(max_length=300, blank=True)  # codes with `;` between
    status = models.CharField(max_length=12, default="IN_PROGRESS")
    start_date = models.DateField(null=True)
    due_date = models.DateField(null=True)
    finish_date = models.DateField(null=True)
    owner_name = models.CharField(max_length=150, blank=True)
    owner_user_id = models.BigIntegerField(null=True)
    # Plan
    problem = models.TextField(max_length=4000, blank=True)
    target = models.TextField(max_length=4000, blank=True)
    # Do
    measures = models.TextField(max_length=4000, blank=True)
    # Check; the reason says why a finished project has no result that could be checked.
    check_result = models.TextField(max_length=4000, blank=True)
    no_check_reason = models.TextField(max_length=1000, blank=True)
    # Act
    learned = models.TextField(max_length=4000, blank=True)
    standard = models.TextField(max_length=4000, blank=True)
    # In the enterprise's currency; a recurring saving is per year.
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    saving = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    saving_type = models.CharField(max_length=12, blank=True)
    saving_effect = models.TextField(max_length=1000, blank=True)
    finished_by_name = models.CharField(max_length=150, blank=True)
    finished_by_user_id = models.BigIntegerField(null=True)
    verified_by_name = models.CharField(max_length=150, blank=True)
    verified_by_user_id = models.BigIntegerField(null=True)
    verified_date = models.DateField(null=True)
    photo_before = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    photo_after = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    # The day of the last change by a person, so that a project nobody touches can be found.
    changed_date = models.DateField(null=True)
    # Counts up with each change; a form that saw an older number is stale.
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "code"], name="project_code_once"),
            models.CheckConstraint(
                condition=Q(finish_date__gte=F("start_date")) | Q(finish_date=None) | Q(start_date=None),
                name="project_finish_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(status.value for status in COMPLETED))
                | Q(finish_date__isnull=False),
                name="project_completed_has_finish",
            ),
            models.CheckConstraint(condition=Q(cost__gte=0) | Q(cost=None), name="project_cost_not_negative"),
            models.CheckConstraint(
                condition=Q(saving__gte=0) | Q(saving=None), name="project_saving_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(saving_type__in=["", *sorted(kind.value for kind in SavingType)]),
                name="project_saving_type_known",
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "finish_date", "id"], name="project_finish"),
            models.Index(fields=["enterprise", "start_date", "id"], name="project_start"),
            models.Index(fields=["enterprise", "status", "due_date", "id"], name="project_status"),
        ]

    @property
    def tag_codes(self) -> tuple[str, ...]:
        """The tags as a tuple."""
        return tuple(self.tags.split(";")) if self.tags else ()


class ProjectSuggestion(TenantModel):
    """One suggestion behind one project."""

    project = models.ForeignKey(ImprovementProject, on_delete=models.CASCADE, related_name="suggestion_links")
    suggestion = models.ForeignKey("suggestions.Suggestion", on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "project", "suggestion"], name="project_suggestion_once"
            )
        ]


class Benefit(TenantModel):
    """What a project brings: money or another effect, as wanted, as expected, as found.

    Money is kept in the currency it was stated in, with the rate of a day, so that the figure stays what it was.
    """

    project = models.ForeignKey(ImprovementProject, on_delete=models.CASCADE, related_name="benefits")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    # Empty for money; else what it is measured in: hours a month, kg, steps.
    unit = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=12)
    # Over how many months a recurring amount is stated; empty for one made once.
    months = models.PositiveSmallIntegerField(null=True)
    target = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    forecast = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    actual = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    # One of this currency is so much of the enterprise's own, on that day.
    rate = models.DecimalField(max_digits=16, decimal_places=8, default=1)
    rate_date = models.DateField(null=True)
    # The benefit this one is a part of; then only that one counts.
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    stated_by_user_id = models.BigIntegerField(null=True)
    verified_by_name = models.CharField(max_length=150, blank=True)
    verified_by_user_id = models.BigIntegerField(null=True)
    verified_date = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "code"], name="benefit_code_once"),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(kind.value for kind in SavingType)), name="benefit_kind_known"
            ),
            models.CheckConstraint(condition=Q(rate__gt=0), name="benefit_rate_positive"),
            models.CheckConstraint(
                condition=Q(verified_date=None) | Q(actual__isnull=False), name="benefit_verified_has_actual"
            ),
        ]

    @property
    def is_money(self) -> bool:
        """Whether it is stated in money."""
        return not self.unit

    @property
    def counted_months(self) -> int:
        """Over how many months it was counted; 0 for one made once, whatever a workbook wrote beside it."""
        return (self.months or 0) if self.kind == SavingType.RECURRING else 0

    def saving(self, in_place: int = 12) -> Saving | None:
        """The amount found, ready to be added up; ``None`` for another effect, or while nothing was found.

        ``in_place``: the months of the first year its project lasted.
        """
        if not self.is_money or self.actual is None:
            return None
        return Saving(self.actual, self.counted_months, self.rate, in_place)

    def is_too_large(self) -> bool:
        """Whether an amount brought to a year is beyond what a figure can hold, so that a zero too many is likely."""
        amounts = (amount for amount in (self.target, self.forecast, self.actual) if amount is not None)
        return any(
            per_year(Saving(amount, self.counted_months, self.rate)) >= LARGEST_A_YEAR for amount in amounts
        )


class Visit(TenantModel):
    """A look, months after the end, whether the improvement is still in place."""

    project = models.ForeignKey(ImprovementProject, on_delete=models.CASCADE, related_name="visits")
    # 3, 6 or 12 months after the finish.
    after_months = models.PositiveSmallIntegerField()
    visit_date = models.DateField()
    state = models.CharField(max_length=10)
    words = models.TextField(max_length=1000, blank=True)
    by_name = models.CharField(max_length=150, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "project", "after_months"], name="project_visit_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(state.value for state in InPlace)),
                name="project_visit_state_known",
            ),
        ]


class CauseAnalysis(TenantModel):
    """Why the problem is there: causes on the six bones of the fish, and the chain of whys to the root."""

    project = models.OneToOneField(ImprovementProject, on_delete=models.CASCADE, related_name="causes")
    # One cause a line.
    people = models.TextField(max_length=2000, blank=True)
    machine = models.TextField(max_length=2000, blank=True)
    material = models.TextField(max_length=2000, blank=True)
    method = models.TextField(max_length=2000, blank=True)
    measurement = models.TextField(max_length=2000, blank=True)
    surroundings = models.TextField(max_length=2000, blank=True)
    # Up to five answers to "why?", each a line, the last one nearest to the root.
    whys = models.TextField(max_length=2000, blank=True)
    root = models.TextField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)


class Trial(TenantModel):
    """A small experiment: tried for a few days before everybody has to work that way."""

    project = models.ForeignKey(ImprovementProject, on_delete=models.CASCADE, related_name="trials")
    trial_date = models.DateField()
    what = models.TextField(max_length=1000)
    has_worked = models.BooleanField(null=True)
    learned = models.TextField(max_length=1000, blank=True)
    by_name = models.CharField(max_length=150, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["enterprise", "project", "trial_date", "id"], name="project_trial_day")
        ]


class ProjectMember(TenantModel):
    """Somebody who works on the project, by the roster's code."""

    project = models.ForeignKey(ImprovementProject, on_delete=models.CASCADE, related_name="members")
    worker_code = models.CharField(max_length=40)
    sex = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=12, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "project", "worker_code"], name="project_member_once"
            )
        ]


class Spread(TenantModel):
    """Another department where the improvement could work, and what came of it."""

    project = models.ForeignKey(ImprovementProject, on_delete=models.CASCADE, related_name="spreads")
    department_code = models.CharField(max_length=40)
    is_adopted = models.BooleanField(default=False)
    words = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "project", "department_code"], name="project_spread_once"
            )
        ]


class ImprovementPlan(TenantModel):
    """What a factory sets out to improve after a training module, row by row; hangs on the wall."""

    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200, blank=True)
    module = models.CharField(max_length=20, blank=True)
    drafted_date = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "code"], name="plan_code_once"),
            models.CheckConstraint(condition=~Q(title="") | ~Q(module=""), name="plan_has_title_or_module"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="plan_revision_from_one"),
        ]
        indexes = [models.Index(fields=["enterprise", "drafted_date", "id"], name="plan_drafted")]


class PlanRow(TenantModel):
    """One priority problem of a plan, and the pair of a worker and a manager who see to it."""

    plan = models.ForeignKey(ImprovementPlan, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveSmallIntegerField()
    problem = models.CharField(max_length=500)
    source = models.CharField(max_length=12)
    action = models.CharField(max_length=500)
    # A name, or a code of the roster.
    worker = models.CharField(max_length=150)
    manager = models.CharField(max_length=150)
    resources = models.CharField(max_length=300, blank=True)
    start_date = models.DateField(null=True)
    due_date = models.DateField(null=True)
    # In words: "Needle breaks a week", "14", "under 5".
    measure = models.CharField(max_length=200, blank=True)
    baseline = models.CharField(max_length=60, blank=True)
    target = models.CharField(max_length=60, blank=True)
    project = models.ForeignKey(ImprovementProject, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "plan", "number"], name="plan_row_once"),
            models.CheckConstraint(
                condition=Q(source__in=sorted(source.value for source in PlanSource)),
                name="plan_row_source_known",
            ),
            models.CheckConstraint(
                condition=Q(due_date__gte=F("start_date")) | Q(due_date=None) | Q(start_date=None),
                name="plan_row_due_after_start",
            ),
            models.CheckConstraint(condition=~Q(worker="") & ~Q(manager=""), name="plan_row_has_pair"),
        ]


class PlanLook(TenantModel):
    """How a row of a plan stood on a day."""

    row = models.ForeignKey(PlanRow, on_delete=models.CASCADE, related_name="looks")
    look_date = models.DateField()
    light = models.CharField(max_length=8)
    words = models.CharField(max_length=500)
    by_name = models.CharField(max_length=150, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "row", "look_date"], name="plan_look_once"),
            models.CheckConstraint(
                condition=Q(light__in=sorted(light.value for light in Light)), name="plan_look_light_known"
            ),
        ]


class ProjectHazard(TenantModel):
    """A hazard that a project shall remove."""

    project = models.ForeignKey(ImprovementProject, on_delete=models.CASCADE, related_name="hazard_links")
    hazard = models.ForeignKey("safety.Hazard", on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "project", "hazard"], name="project_hazard_once")
        ]

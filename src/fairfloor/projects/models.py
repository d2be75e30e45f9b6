"""Improvement projects and the suggestions behind them."""

from django.db import models
from django.db.models import F, Q

from fairfloor.core.tenancy import TenantModel
from fairfloor.measure.savings import Saving
from fairfloor.projects.workflow import COMPLETED, InPlace, SavingType


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

    def saving(self) -> Saving | None:
        """The amount found, ready to be added up; ``None`` for another effect, or while nothing was found."""
        if not self.is_money or self.actual is None:
            return None
        return Saving(self.actual, self.months or 0, self.rate)


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

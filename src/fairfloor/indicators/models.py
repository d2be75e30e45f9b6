"""Kept cells and typed-in readings."""

from django.db import models

from fairfloor.core.tenancy import TenantModel


class KeptCell(TenantModel):
    """A cell kept for one month (flows) or for one period asked for (states). See ``measure.cells.Cell``."""

    indicator = models.CharField(max_length=60)
    start_date = models.DateField()
    end_date = models.DateField()
    department = models.CharField(max_length=40, blank=True)
    sex = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=12, blank=True)
    item = models.CharField(max_length=60, blank=True)
    numerator = models.DecimalField(max_digits=20, decimal_places=4)
    denominator = models.DecimalField(max_digits=20, decimal_places=4)
    n = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "enterprise",
                    "indicator",
                    "start_date",
                    "end_date",
                    "department",
                    "sex",
                    "level",
                    "item",
                ],
                name="cell_once",
            )
        ]
        indexes = [models.Index(fields=["indicator", "start_date"], name="cell_over_enterprises")]


class KeptPeriod(TenantModel):
    """Says that a supplier's states were computed for a period, also when no cell came of it."""

    supplier = models.CharField(max_length=40)
    start_date = models.DateField()
    end_date = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "supplier", "start_date", "end_date"], name="kept_period_once"
            )
        ]


class Reading(TenantModel):
    """One month's value of an indicator the factory measures itself, as numerator and denominator."""

    indicator = models.CharField(max_length=60)
    month_date = models.DateField()
    numerator = models.DecimalField(max_digits=20, decimal_places=4)
    denominator = models.DecimalField(max_digits=20, decimal_places=4)
    quality = models.CharField(max_length=1, blank=True)
    # What the person said it did since the month before, and why that is so although the numbers say otherwise.
    said = models.CharField(max_length=8, blank=True)
    explanation = models.CharField(max_length=500, blank=True)
    # pack@version:item it was measured by; empty for one from before this was kept.
    definition = models.CharField(max_length=120, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "indicator", "month_date"], name="reading_once")
        ]


class IndicatorPlan(TenantModel):
    """How one indicator is used here: who reports it, what it is held against, where it shall go."""

    indicator = models.CharField(max_length=60)
    # Which definition the baseline was measured with: pack@version:item.
    definition = models.CharField(max_length=120)
    reporter_user_id = models.BigIntegerField(null=True)
    reporter_name = models.CharField(max_length=150, blank=True)
    # The first month the person owes a value for.
    since_date = models.DateField()
    # First days of the first and last month; the figure then is kept as it was.
    baseline_start_date = models.DateField(null=True)
    baseline_end_date = models.DateField(null=True)
    baseline = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    target = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    endline_start_date = models.DateField(null=True)
    endline_end_date = models.DateField(null=True)
    project_codes = models.CharField(max_length=600, blank=True)  # with `;` between
    is_in_use = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "indicator"], name="indicator_plan_once"),
            models.CheckConstraint(
                condition=models.Q(baseline_end_date__gte=models.F("baseline_start_date"))
                | models.Q(baseline_start_date=None),
                name="indicator_plan_baseline_ends_after",
            ),
            models.CheckConstraint(
                condition=models.Q(target=None) | models.Q(baseline__isnull=False),
                name="indicator_plan_target_has_baseline",
            ),
        ]

    @property
    def projects(self) -> tuple[str, ...]:
        """Codes of the projects this indicator is to show."""
        return tuple(self.project_codes.split(";")) if self.project_codes else ()


class MonthDraft(TenantModel):
    """A monthly form somebody has begun: what stands in its fields, for that person alone."""

    user_id = models.BigIntegerField()
    month_date = models.DateField()
    fields = models.JSONField(default=dict)
    kept_at = models.DateTimeField(null=True)
    # Which open page wrote it last: a name it made up.
    window = models.CharField(max_length=40, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "user_id", "month_date"], name="month_draft_once")
        ]

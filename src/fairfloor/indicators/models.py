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

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "indicator", "month_date"], name="reading_once")
        ]

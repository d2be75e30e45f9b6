"""Job advertisements, and what is done for the equality of women and men."""

from django.db import models

from fairfloor.core.tenancy import TenantModel


class JobAd(TenantModel):
    """An advertisement, with what the check of its words came to on the day it was saved."""

    code = models.CharField(max_length=20)
    posted_date = models.DateField()
    language = models.CharField(max_length=10, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=10000)
    is_clean = models.BooleanField()
    # The packs whose rules were used, pinned: pack@version, several with `;` between.
    rules = models.CharField(max_length=200)
    withdrawn_date = models.DateField(null=True)
    withdrawn_reason = models.TextField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "code"],
                condition=models.Q(withdrawn_date=None),
                name="job_ad_code_once",
            )
        ]
        indexes = [models.Index(fields=["enterprise", "posted_date", "id"], name="job_ad_day")]


class GenderPractice(TenantModel):
    """One thing the enterprise does, in one of the six areas A to F."""

    title = models.CharField(max_length=200)
    area = models.CharField(max_length=1)
    type = models.CharField(max_length=20, blank=True)
    practice_date = models.DateField()
    project_code = models.CharField(max_length=20, blank=True)
    withdrawn_date = models.DateField(null=True)
    withdrawn_reason = models.TextField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "title", "area", "practice_date"],
                condition=models.Q(withdrawn_date=None),
                name="gender_practice_once",
            )
        ]
        indexes = [models.Index(fields=["enterprise", "practice_date", "id"], name="gender_practice_day")]

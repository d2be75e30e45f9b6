"""Snapshots of the case report and the words people add to them."""

from django.db import models

from fairfloor.core.tenancy import TenantModel


class ReportSnapshot(TenantModel):
    """One report, frozen: its document never changes, whatever becomes of the records."""

    code = models.CharField(max_length=20)
    # The report's definition as `pack@version:item`.
    report = models.CharField(max_length=80)
    from_date = models.DateField()
    to_date = models.DateField()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=150, blank=True)
    status = models.CharField(max_length=12, default="DRAFT")
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["enterprise", "code"], name="report_code_once")]
        indexes = [models.Index(fields=["enterprise", "created_at", "id"], name="report_time")]


class ReportNarrative(TenantModel):
    """What the factory itself says in one section, in one language; plain text."""

    snapshot = models.ForeignKey(ReportSnapshot, on_delete=models.CASCADE, related_name="narratives")
    section_code = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    text = models.TextField(max_length=6000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "snapshot", "section_code", "language"], name="report_narrative_once"
            )
        ]

"""Hazards people found, and the risks of single job steps."""

from django.db import models

from fairfloor.core.tenancy import TenantModel


class Hazard(TenantModel):
    """Something that could hurt somebody. The finder is kept as a code only, or not at all."""

    code = models.CharField(max_length=20)
    found_date = models.DateField()
    finder_code = models.CharField(max_length=40, blank=True)
    sex = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=12, blank=True)
    department_code = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=20, blank=True)
    description = models.TextField(max_length=4000)
    # Both 1 to 5, or both empty while nobody has rated it.
    likelihood = models.PositiveSmallIntegerField(null=True)
    severity = models.PositiveSmallIntegerField(null=True)
    status = models.CharField(max_length=12, default="OPEN")
    due_date = models.DateField(null=True)
    fixed_date = models.DateField(null=True)
    control_type = models.CharField(max_length=16, blank=True)
    control = models.TextField(max_length=1000, blank=True)
    responsible_name = models.CharField(max_length=150, blank=True)
    # The login that recorded the fix: somebody else must look at it.
    fixed_by_user_id = models.BigIntegerField(null=True)
    reason = models.TextField(max_length=1000, blank=True)
    photo = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    photo_after = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    conversation = models.ForeignKey(
        "conversations.Conversation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["enterprise", "code"], name="hazard_code_once")]
        indexes = [
            models.Index(fields=["enterprise", "found_date", "id"], name="hazard_day"),
            models.Index(fields=["enterprise", "status", "due_date", "id"], name="hazard_status_due"),
        ]

"""Hazards people found, and by when they are to be fixed."""

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
    # Where it came from: WORKER, STAFF, MEETING, SUGGESTION, WALK_ROUND; and the code of it there.
    channel = models.CharField(max_length=12, default="STAFF")
    source_code = models.CharField(max_length=40, blank=True)
    # Whoever found it said: somebody could get hurt now.
    is_urgent = models.BooleanField(default=False)
    # Handed up because its day was past; emptied when somebody takes it on again.
    escalated_date = models.DateField(null=True)
    work_stopped_date = models.DateField(null=True)
    closed_date = models.DateField(null=True)
    # What the finder said after the fix: GONE, NOT_GONE or nothing.
    finder_word = models.CharField(max_length=8, blank=True)
    recurrence_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["enterprise", "code"], name="hazard_code_once")]
        indexes = [
            models.Index(fields=["enterprise", "found_date", "id"], name="hazard_day"),
            models.Index(fields=["enterprise", "status", "due_date", "id"], name="hazard_status_due"),
        ]


class HazardSetting(TenantModel):
    """Days this factory gives itself to fix a hazard, by rating; without a row the usual ones."""

    critical_days = models.PositiveSmallIntegerField()
    high_days = models.PositiveSmallIntegerField()
    medium_days = models.PositiveSmallIntegerField()
    low_days = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["enterprise"], name="hazard_setting_once")]

"""The suggestion scheme."""

from django.db import models

from fairfloor.core.tenancy import TenantModel


class Suggestion(TenantModel):
    """An idea from the floor, kept in the writer's words. Anonymous ones have no proposer code and no exact time."""

    code = models.CharField(max_length=20)
    submitted_date = models.DateField()
    channel = models.CharField(max_length=12)
    proposer_code = models.CharField(max_length=40, blank=True)
    sex = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=12, blank=True)
    department_code = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=4000)
    # A staff member's translation; the original above is never changed by it.
    translation = models.TextField(max_length=4000, blank=True)
    status = models.CharField(max_length=12, default="NEW")
    # The day somebody of the team first showed that it was read.
    acknowledged_date = models.DateField(null=True)
    decided_date = models.DateField(null=True)
    reason = models.TextField(max_length=1000, blank=True)
    # What the team last said about the idea itself; receipts of merged suggestions show this and not the thread.
    answer = models.TextField(max_length=4000, blank=True)
    # The outcome upper features record: the project that carries it out, the hazard it became, the one it joined.
    project_code = models.CharField(max_length=20, blank=True)
    hazard_code = models.CharField(max_length=20, blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    conversation = models.ForeignKey(
        "conversations.Conversation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    photo = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    # The day on which an overdue answer was handed up to the manager.
    escalated_date = models.DateField(null=True)
    # It came in a flood and waits for somebody to look before it counts; its writer has a receipt all the same.
    is_held = models.BooleanField(default=False)
    # Counts up with each change; a form that saw an older number is stale.
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["enterprise", "code"], name="suggestion_code_once")]
        indexes = [
            models.Index(fields=["enterprise", "submitted_date", "id"], name="suggestion_day"),
            models.Index(fields=["enterprise", "project_code"], name="suggestion_project"),
            models.Index(fields=["enterprise", "status", "submitted_date", "id"], name="suggestion_status"),
            models.Index(fields=["enterprise", "conversation"], name="suggestion_conversation"),
            # Few are held or wait at any time.
            models.Index(
                fields=["enterprise", "status"], name="suggestion_held", condition=models.Q(is_held=True)
            ),
        ]


class AnswerTemplate(TenantModel):
    """A draft answer of the factory's own, in one language; drafts of the content pack stand beside these."""

    title = models.CharField(max_length=120)
    language = models.CharField(max_length=10)
    text = models.TextField(max_length=4000)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "title", "language"], name="suggestion_answer_template_once"
            )
        ]

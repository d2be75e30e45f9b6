"""What somebody promised to do by a day."""

from django.db import models

from fairfloor.core.tenancy import TenantModel


class ActionItem(TenantModel):
    """One promise: who does what by when, and the record it belongs to."""

    code = models.CharField(max_length=20)
    text = models.CharField(max_length=500)
    # The owner by name, since many people on the floor have no login; the login beside it when there is one.
    owner_name = models.CharField(max_length=150, blank=True)
    owner_user = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_date = models.DateField()
    due_date = models.DateField(null=True)
    done_date = models.DateField(null=True)
    status = models.CharField(max_length=12, default="OPEN")
    about_feature = models.CharField(max_length=20, blank=True)
    about_code = models.CharField(max_length=60, blank=True)
    # Counts up with each change; a form that saw an older number is stale.
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "code"], name="action_code_once"),
            models.CheckConstraint(
                condition=models.Q(status="DONE", done_date__isnull=False)
                | (~models.Q(status="DONE") & models.Q(done_date__isnull=True)),
                name="action_done_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "status", "due_date", "id"], name="action_status_due"),
            models.Index(fields=["enterprise", "about_feature", "about_code"], name="action_about"),
            models.Index(fields=["enterprise", "owner_user", "status"], name="action_owner"),
        ]

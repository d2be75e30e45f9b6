"""Tables of the plumbing: the audit trail, stale marks, stored files, sent forms, signs of life of job workers."""

from django.db import models

from fairfloor.core.tenancy import GlobalModel, TenantModel


class AuditEvent(TenantModel):
    """One act on one row. The key is random and a worker's act keeps only its day."""

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_user_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150, blank=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    detail = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["enterprise", "object_type", "object_id"], name="audit_object"),
            models.Index(fields=["enterprise", "at", "id"], name="audit_time"),
        ]


class SystemEvent(GlobalModel):
    """One act on the installation itself."""

    at = models.DateTimeField()
    actor_name = models.CharField(max_length=150)
    verb = models.CharField(max_length=60)
    detail = models.JSONField(default=dict)


class StaleMark(TenantModel):
    """Says that the cells one supplier gives for one month must be computed again."""

    supplier = models.CharField(max_length=40)
    month_date = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "supplier", "month_date"], name="stale_mark_once")
        ]


class StoredFile(TenantModel):
    """A re-encoded picture in the data folder; the name it came with is not kept."""

    content_type = models.CharField(max_length=60)
    size_bytes = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # Who may look at it: the permission of the feature that stored it.
    permission = models.CharField(max_length=80)


class WorkerHeartbeat(GlobalModel):
    """The last sign of life of a job worker; a running job whose worker fell silent is started again."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()


class DailyRun(GlobalModel):
    """Says that a repeating job was put into the queue for one place, day and hour; the key makes it once."""

    name = models.CharField(max_length=60)
    place_id = models.BigIntegerField()
    day_date = models.DateField()
    hour = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "place_id", "day_date", "hour"], name="daily_run_once")
        ]


class SentForm(TenantModel):
    """A form that made something, by the id it carried, and the code of what it made; sent again it makes no second."""

    form_id = models.UUIDField()
    made_code = models.CharField(max_length=40, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["enterprise", "form_id"], name="sent_form_once")]

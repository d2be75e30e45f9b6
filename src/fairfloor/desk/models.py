"""Who wants a digest how often, which went out, and what hangs on the board."""

from django.db import models

from fairfloor.core.tenancy import GlobalModel, TenantModel


class DigestChoice(GlobalModel):
    """How often a person wants to be told what waits; without a row: daily."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="+")
    rhythm = models.CharField(max_length=8, default="DAILY")


class Digest(GlobalModel):
    """One digest of one person and day. The row is made before sending, so that a second is never sent."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    day_date = models.DateField()
    state = models.CharField(max_length=8, default="SENDING")
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day_date"], name="digest_once")]


class BoardLink(TenantModel):
    """The address of the board for a screen in the hall. Whoever knows it sees what was released, and nothing else."""

    token = models.CharField(max_length=24, unique=True)
    created_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        # A renewed link is gone: no old screen shows the factory any more.
        constraints = [models.UniqueConstraint(fields=["enterprise"], name="board_link_once")]


class BoardItem(TenantModel):
    """Something staff put on the board, in words they chose for it; the thing behind it is never shown itself."""

    kind = models.CharField(max_length=12)
    # What it tells of: a suggestion's or a project's code, or the key of a meeting; empty for a note.
    code = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=300)
    words_zh = models.CharField(max_length=300, blank=True)
    # Whether it was told as carried out; it vanishes when that turns out not to hold.
    is_done = models.BooleanField(default=False)
    # The very pictures that were looked at before they went up; pictures changed later are not let out with them.
    photo_before_id = models.BigIntegerField(null=True)
    photo_after_id = models.BigIntegerField(null=True)
    released_by_name = models.CharField(max_length=150, blank=True)
    released_date = models.DateField()
    withdrawn_date = models.DateField(null=True)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["enterprise", "withdrawn_date", "released_date"], name="board_item_up")
        ]

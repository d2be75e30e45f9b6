"""Who wants a digest how often, and which went out."""

from django.db import models

from fairfloor.core.tenancy import GlobalModel


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

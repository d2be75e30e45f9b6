"""Enterprises and the people in and around them."""

from django.db import models

from fairfloor.core.randomness import random_id
from fairfloor.core.tenancy import GlobalModel, ProgrammeModel, TenantModel


class Enterprise(GlobalModel):
    """A factory: the tenant. The id is random, so that no other number in a statement equals it by chance."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    sector = models.CharField(max_length=20, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    languages = models.CharField(max_length=80, default="en")
    founded = models.PositiveSmallIntegerField(null=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    report_from_date = models.DateField(null=True)
    report_to_date = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self):
        return self.name


class Department(TenantModel):
    """A part of the enterprise, known by its code."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    name_zh = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    shifts = models.PositiveSmallIntegerField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["enterprise", "code"], name="department_code_once")]

    def __str__(self):
        return self.name


class Worker(TenantModel):
    """A person on the roster. Registers keep the code; only here it meets a name."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=150, blank=True)
    sex = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=12, blank=True)
    department_code = models.CharField(max_length=40, blank=True)
    job = models.CharField(max_length=120, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["enterprise", "code"], name="worker_code_once")]


class WorkforceCount(TenantModel):
    """One line of a workforce snapshot: how many people of one kind on one day."""

    snapshot_date = models.DateField()
    department_code = models.CharField(max_length=40)
    level = models.CharField(max_length=12)
    sex = models.CharField(max_length=12)
    contract = models.CharField(max_length=20, blank=True)
    headcount = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "snapshot_date", "department_code", "level", "sex", "contract"],
                name="workforce_cell_once",
            )
        ]


class Membership(TenantModel):
    """A role a user holds in the enterprise, from one day to another."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=24)
    from_date = models.DateField()
    to_date = models.DateField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "user", "role"],
                condition=models.Q(to_date=None),
                name="membership_open_once",
            )
        ]


class StaffWorker(TenantModel):
    """Which person of the roster a login is. One row a login, for it may hold several roles at once."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    worker_code = models.CharField(max_length=40)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "user"], name="staff_worker_user_once"),
            models.UniqueConstraint(fields=["enterprise", "worker_code"], name="staff_worker_code_once"),
        ]


class WorkerLink(TenantModel):
    """The address behind a poster's QR code. Not a secret: it hangs on the wall."""

    token = models.CharField(max_length=24, unique=True)
    department_code = models.CharField(max_length=40, blank=True)
    # A line, a machine or another place, as people call it.
    label = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()


class Organisation(ProgrammeModel):
    """A programme, provider, buyer or union outside the enterprises."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)


class OrganisationMembership(ProgrammeModel):
    """A user who acts for an organisation outside, as TRAINER, PROGRAMME_OFFICER or BUYER."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=24)
    from_date = models.DateField()
    to_date = models.DateField(null=True)


class Grant(TenantModel):
    """What the enterprise shows to an organisation outside: one class of data, from one day to another."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    data_class = models.CharField(max_length=20)
    from_date = models.DateField()
    to_date = models.DateField()
    revoked_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_date__gte=models.F("from_date")), name="grant_ends_after"
            )
        ]


class SupportSession(TenantModel):
    """An administrator's look into an enterprise: for a reason, until a time, shown to the enterprise."""

    administrator = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    until_at = models.DateTimeField()

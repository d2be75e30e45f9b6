"""What happened: accidents, near misses, damage and illness; how it was looked into; and the hours people worked."""

from django.db import models

from fairfloor.core.tenancy import TenantModel


class Incident(TenantModel):
    """One thing that happened. Each person hurt has an incident of their own, since rates count people.

    Whoever was hurt stands here by sex and level alone; who it was and what the body suffered is `IncidentHealth`.
    """

    code = models.CharField(max_length=20)
    incident_date = models.DateField()
    # The hour on the clock, 0 to 23; empty where nobody noted it.
    hour = models.PositiveSmallIntegerField(null=True)
    department_code = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=120, blank=True)
    job = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=12)
    # Only for injuries and illnesses.
    injury_class = models.CharField(max_length=12, blank=True)
    description = models.TextField(max_length=4000)
    sex = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=12, blank=True)
    # Calendar days from the day after; empty while the person is still away.
    days_lost = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=12, default="REPORTED")
    # Why no action was agreed, or why the entry was withdrawn.
    reason = models.TextField(max_length=1000, blank=True)
    hazard_code = models.CharField(max_length=20, blank=True)
    photo = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "code"], name="incident_code_once"),
            models.CheckConstraint(
                condition=models.Q(hour__isnull=True) | models.Q(hour__lte=23), name="incident_hour_of_day"
            ),
            models.CheckConstraint(
                condition=models.Q(days_lost__isnull=True)
                | models.Q(days_lost=0)
                | models.Q(injury_class__in=["LOST_TIME", "FATAL"]),
                name="incident_days_of_lost_time",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["INJURY", "ILLNESS"]) | models.Q(injury_class=""),
                name="incident_class_of_injury",
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "incident_date", "id"], name="incident_day"),
            models.Index(fields=["enterprise", "status", "incident_date", "id"], name="incident_status"),
        ]


class IncidentHealth(TenantModel):
    """Sealed: who was hurt and how. Read only with `safety.see_health`; never in lists, search or the trail."""

    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="health")
    person_code = models.CharField(max_length=40, blank=True)
    nature = models.CharField(max_length=200, blank=True)
    body_part = models.CharField(max_length=200, blank=True)
    treatment = models.TextField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        pass


class Investigation(TenantModel):
    """Why it happened: up to five whys, one under the other, and what contributed."""

    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="investigation")
    held_date = models.DateField()
    why_1 = models.TextField(max_length=500)
    why_2 = models.TextField(max_length=500, blank=True)
    why_3 = models.TextField(max_length=500, blank=True)
    why_4 = models.TextField(max_length=500, blank=True)
    why_5 = models.TextField(max_length=500, blank=True)
    # Codes with ; between.
    factors = models.CharField(max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["enterprise", "held_date", "id"], name="investigation_day")]


class InvestigationMember(TenantModel):
    """Somebody who took part in an investigation; from the roster where there is one."""

    investigation = models.ForeignKey(Investigation, on_delete=models.CASCADE, related_name="members")
    position = models.PositiveSmallIntegerField()
    worker_code = models.CharField(max_length=40, blank=True)
    sex = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=12, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "investigation", "position"], name="investigation_member_place"
            )
        ]


class HoursWorked(TenantModel):
    """Hours worked in a month, of all or of one department or sex; without them there is no rate."""

    month_date = models.DateField()
    department_code = models.CharField(max_length=40, blank=True)
    sex = models.CharField(max_length=12, blank=True)
    hours = models.DecimalField(max_digits=12, decimal_places=2)
    # Average full-time workers of the month; empty where nobody counted.
    workers = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    is_estimate = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "month_date", "department_code", "sex"], name="hours_worked_once"
            ),
            models.CheckConstraint(condition=models.Q(hours__gt=0), name="hours_worked_above_zero"),
        ]


class RateSetting(TenantModel):
    """The base this factory shows its frequency rate with; without a row a million hours."""

    hour_base = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["enterprise"], name="safety_rate_setting_once")]

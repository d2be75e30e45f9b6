"""Jobs, their steps, what can hurt people in each, how it is rated and what is done about it."""

from django.db import models

from fairfloor.core.tenancy import TenantModel


class Job(TenantModel):
    """A job people do, and when its risks are to be looked at again."""

    title = models.CharField(max_length=120)
    department_code = models.CharField(max_length=40, blank=True)
    # How many people do it; empty while nobody has counted.
    women = models.PositiveIntegerField(null=True)
    men = models.PositiveIntegerField(null=True)
    reviewed_date = models.DateField(null=True)
    review_date = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["enterprise", "title"], name="safety_job_once")]
        indexes = [models.Index(fields=["enterprise", "review_date", "id"], name="safety_job_review")]


class JobStep(TenantModel):
    """One step of a job, in its order."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "job", "name"], name="safety_job_step_once")
        ]


class JobRisk(TenantModel):
    """One way in which one step of a job can hurt somebody, rated, with what is done about it.

    Job and step stand here by name too: the three names are the key of the register. Only `place` in the services
    writes them. `control` and `control_type` mirror the surest measure in place; the measures are `Control` rows.
    """

    job_step = models.ForeignKey(JobStep, null=True, on_delete=models.PROTECT, related_name="risks")
    assessed_date = models.DateField()
    job = models.CharField(max_length=120)
    step = models.CharField(max_length=200)
    hazard = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, blank=True)
    department_code = models.CharField(max_length=40, blank=True)
    finder_level = models.CharField(max_length=12, blank=True)
    # Who is exposed, where it is not everybody who does the job.
    women = models.PositiveIntegerField(null=True)
    men = models.PositiveIntegerField(null=True)
    is_pregnancy = models.BooleanField(default=False)
    is_breastfeeding = models.BooleanField(default=False)
    # The first rating, before measures.
    method = models.CharField(max_length=8)
    likelihood = models.DecimalField(max_digits=6, decimal_places=2)
    # Only LEC has it.
    exposure = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    severity = models.DecimalField(max_digits=6, decimal_places=2)
    # The latest rating with the measures in place; empty while there is none.
    after_method = models.CharField(max_length=8, blank=True)
    after_likelihood = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    after_exposure = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    after_severity = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    # 1 to 4, the four colours: at first, and now. 0 for a rating off its scale, which only old rows can have.
    level_first = models.PositiveSmallIntegerField(default=0)
    level_now = models.PositiveSmallIntegerField(default=0)
    control = models.TextField(max_length=1000, blank=True)
    control_type = models.CharField(max_length=16, blank=True)
    # Set when the entry was wrong; it then counts nowhere and its place can be taken again.
    withdrawn_date = models.DateField(null=True)
    withdrawn_reason = models.TextField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "job", "step", "hazard"],
                condition=models.Q(withdrawn_date=None),
                name="job_risk_once",
            )
        ]
        indexes = [
            models.Index(fields=["enterprise", "assessed_date", "id"], name="job_risk_day"),
            models.Index(fields=["enterprise", "level_now", "id"], name="job_risk_level"),
        ]


class Control(TenantModel):
    """A measure against one risk: in place, or planned with an owner and a day."""

    risk = models.ForeignKey(JobRisk, on_delete=models.PROTECT, related_name="controls")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=1000, blank=True)
    control_type = models.CharField(max_length=16, blank=True)
    is_in_place = models.BooleanField()
    owner_name = models.CharField(max_length=150, blank=True)
    due_date = models.DateField(null=True)
    # The day it was in place; empty for one that stood before anybody wrote it down.
    done_date = models.DateField(null=True)
    # The action that reminds its owner.
    action_code = models.CharField(max_length=20, blank=True)
    dropped_date = models.DateField(null=True)
    dropped_reason = models.TextField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "risk", "position"], name="safety_control_place"),
            models.CheckConstraint(
                condition=models.Q(is_in_place=True) | ~models.Q(owner_name=""),
                name="safety_planned_control_has_owner",
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "is_in_place", "due_date", "id"], name="safety_control_due")
        ]


class RatingRecord(TenantModel):
    """One rating as it was given. Never changed: rating again adds a row."""

    risk = models.ForeignKey(JobRisk, on_delete=models.PROTECT, related_name="ratings")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=8)
    method = models.CharField(max_length=8)
    likelihood = models.DecimalField(max_digits=6, decimal_places=2)
    exposure = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    severity = models.DecimalField(max_digits=6, decimal_places=2)
    score = models.DecimalField(max_digits=8, decimal_places=2)
    band = models.CharField(max_length=12)
    rated_date = models.DateField()
    rated_by = models.CharField(max_length=150, blank=True)
    reason = models.TextField(max_length=1000, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "risk", "number"], name="safety_rating_number")
        ]


class JobReview(TenantModel):
    """Somebody asked to look at a job's risks again, and what came of it."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="reviews")
    cause = models.CharField(max_length=12)
    words = models.TextField(max_length=1000, blank=True)
    asked_date = models.DateField()
    done_date = models.DateField(null=True)
    done_by = models.CharField(max_length=150, blank=True)
    outcome = models.TextField(max_length=1000, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["enterprise", "done_date", "asked_date", "id"], name="safety_review")]


class Consultation(TenantModel):
    """The people who do a job were asked about its risks on a day; what they said, and how many there were."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="consultations")
    held_date = models.DateField()
    words = models.TextField(max_length=4000, blank=True)
    women = models.PositiveIntegerField(default=0)
    men = models.PositiveIntegerField(default=0)
    front_line = models.PositiveIntegerField(default=0)
    recorded_by = models.CharField(max_length=150, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["enterprise", "held_date", "id"], name="safety_consulted_day")]


class ConsultationSignature(TenantModel):
    """A worker put their name to having been asked."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="signatures")
    name = models.CharField(max_length=150)
    worker_code = models.CharField(max_length=40, blank=True)
    signed_date = models.DateField()

    class Meta(TenantModel.Meta):
        pass


class OwnHazard(TenantModel):
    """A line of a hazard list the factory keeps for itself, beside the packs."""

    list_name = models.CharField(max_length=120)
    step = models.CharField(max_length=200)
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, blank=True)
    likelihood = models.PositiveSmallIntegerField()
    severity = models.PositiveSmallIntegerField()
    exposure = models.PositiveSmallIntegerField(default=6)
    is_pregnancy = models.BooleanField(default=False)
    is_breastfeeding = models.BooleanField(default=False)
    control = models.TextField(max_length=1000, blank=True)
    control_type = models.CharField(max_length=16, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "list_name", "step", "text"], name="safety_own_hazard_once"
            )
        ]


class RiskSetting(TenantModel):
    """How this factory rates the risks of its jobs; without a row by the matrix."""

    method = models.CharField(max_length=8)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["enterprise"], name="safety_risk_setting_once")]

"""Rounds walked with a checklist, what they found, red tags, areas with owners, and a factory's own lists."""

from django.db import models

from fairfloor.core.tenancy import TenantModel


class Area(TenantModel):
    """A place that is walked, and who looks after it; that person does not audit it."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    name_zh = models.CharField(max_length=120, blank=True)
    department_code = models.CharField(max_length=40, blank=True)
    owner_name = models.CharField(max_length=150, blank=True)
    owner_user_id = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["enterprise", "code"], name="area_code_once")]


class Routine(TenantModel):
    """How often an area is walked with a checklist, counted in weeks from a day."""

    area_code = models.CharField(max_length=40)
    checklist_code = models.CharField(max_length=60)
    every_weeks = models.PositiveSmallIntegerField()
    from_date = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "area_code", "checklist_code"], name="routine_once"
            ),
            models.CheckConstraint(condition=models.Q(every_weeks__gte=1), name="routine_every_week_or_more"),
        ]


class OwnChecklist(TenantModel):
    """One version of a list the factory wrote itself. A change makes a new version; rounds keep theirs."""

    code = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    # {"sections": [{"code", "name"}], "items": [{"code", "section", "text", "good"}]}
    document = models.JSONField()
    is_current = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "code", "number"], name="own_checklist_version_once"
            ),
            models.UniqueConstraint(
                fields=["enterprise", "code"],
                condition=models.Q(is_current=True),
                name="own_checklist_current_once",
            ),
        ]


class WalkRound(TenantModel):
    """A finished round: one row with its answers as one document."""

    code = models.CharField(max_length=20)
    # Minted on the phone when the round begins; the same round sent twice is one.
    client_id = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, blank=True)
    # pack@version:checklist; the items are pinned by their code under it.
    checklist_pin = models.CharField(max_length=120)
    checklist_code = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    area_code = models.CharField(max_length=40)
    department_code = models.CharField(max_length=40, blank=True)
    auditor_name = models.CharField(max_length=150, blank=True)
    auditor_user_id = models.BigIntegerField(null=True)
    started_date = models.DateField()
    finished_date = models.DateField()
    status = models.CharField(max_length=12, default="FINISHED")
    points = models.PositiveIntegerField(default=0)
    points_possible = models.PositiveIntegerField(default=0)
    # {item: [value, words]}; value is OK, NOT_OK, NA or 0 to 4.
    answers = models.JSONField(default=dict)
    # {section: [points, possible, findings]}: what stays readable when the pack has moved on.
    sections = models.JSONField(default=dict)
    reason = models.TextField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "code"], name="walk_round_code_once"),
            models.UniqueConstraint(fields=["enterprise", "client_id"], name="walk_round_client_once"),
            models.CheckConstraint(
                condition=models.Q(points__lte=models.F("points_possible")), name="walk_round_points_fit"
            ),
            models.CheckConstraint(
                condition=models.Q(finished_date__gte=models.F("started_date")), name="walk_round_ends_after"
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "finished_date", "id"], name="walk_round_day"),
            models.Index(
                fields=["enterprise", "area_code", "checklist_code", "finished_date"], name="walk_round_area"
            ),
        ]


class RoundPhoto(TenantModel):
    """A photo sent for one question of a round, which may itself still be on its way."""

    client_id = models.CharField(max_length=64)
    item = models.CharField(max_length=40)
    # Who sent it: nobody else's round may take it.
    user_id = models.BigIntegerField(null=True)
    photo = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "client_id", "item"], name="round_photo_once")
        ]


class Finding(TenantModel):
    """What a round found at one question, and what became of it."""

    code = models.CharField(max_length=20)
    round_code = models.CharField(max_length=20)
    found_date = models.DateField()
    item = models.CharField(max_length=40)
    # The question as it was asked, in the source language of its list.
    question = models.CharField(max_length=300, blank=True)
    words = models.TextField(max_length=1000, blank=True)
    department_code = models.CharField(max_length=40, blank=True)
    photo = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, default="OPEN")
    outcome_code = models.CharField(max_length=20, blank=True)
    reason = models.TextField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["enterprise", "code"], name="finding_code_once")]
        indexes = [
            models.Index(fields=["enterprise", "round_code"], name="finding_round"),
            models.Index(fields=["enterprise", "found_date", "id"], name="finding_day"),
        ]


class FindingProject(TenantModel):
    """A finding behind an improvement project."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="project_links")
    project = models.ForeignKey("projects.ImprovementProject", on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "finding", "project"], name="finding_project_once")
        ]


class RedTag(TenantModel):
    """A thing that may not be needed: what is decided about it, and by when it is gone."""

    code = models.CharField(max_length=20)
    item = models.CharField(max_length=200)
    area_code = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    tagged_date = models.DateField()
    tagged_by_name = models.CharField(max_length=150, blank=True)
    decision = models.CharField(max_length=8, blank=True)
    due_date = models.DateField(null=True)
    done_date = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "code"], name="red_tag_code_once"),
            models.CheckConstraint(
                condition=models.Q(done_date__isnull=True) | ~models.Q(decision=""),
                name="red_tag_decided_first",
            ),
        ]
        indexes = [models.Index(fields=["enterprise", "done_date", "due_date", "id"], name="red_tag_due")]

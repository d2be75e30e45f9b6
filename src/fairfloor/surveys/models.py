"""Rounds of a survey and the answers to them."""

from django.db import models

from fairfloor.core.tenancy import TenantModel


class SurveyRound(TenantModel):
    """One time the workforce was asked."""

    number = models.PositiveIntegerField()
    opened_date = models.DateField()
    closed_date = models.DateField(null=True)
    # How many people could answer; empty = not known.
    invited = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=10, default="OPEN")
    # Which questionnaire, pinned: pack@version:item.
    questionnaire = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "number"], name="survey_round_number_once")
        ]
        indexes = [models.Index(fields=["enterprise", "closed_date", "id"], name="survey_round_closed")]


class Response(TenantModel):
    """One person's answers, unlinkable: a random key, no time, no person.

    Sex, level and department together can single somebody out; nothing shows them for fewer than five people.
    """

    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="responses")
    department_code = models.CharField(max_length=40, blank=True)
    sex = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=12, blank=True)
    # One answer per item of the questionnaire, in its order: 1 to 5, or null.
    answers = models.JSONField()
    # Keyed hash of the phone's id for this send, so that a repeated one stays one; empty for imported answers.
    send_hash = models.CharField(max_length=64, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "send_hash"],
                condition=~models.Q(send_hash=""),
                name="survey_response_send_once",
            )
        ]
        indexes = [models.Index(fields=["enterprise", "round", "id"], name="survey_response_round")]

"""Trainings that took place and who took part."""

from django.db import models

from fairfloor.core.tenancy import TenantModel


class TrainingDelivery(TenantModel):
    """One training of one module, begun on one day."""

    code = models.CharField(max_length=40)
    # The module's stable code and the number it had in the programme, e.g. GE and "7".
    module = models.CharField(max_length=20)
    module_label = models.CharField(max_length=20, blank=True)
    start_date = models.DateField()
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "code"], name="training_delivery_code_once")
        ]
        indexes = [models.Index(fields=["enterprise", "start_date", "id"], name="training_delivery_day")]


class TrainingAttendance(TenantModel):
    """One person in one training; sex, level and department as they were then."""

    delivery = models.ForeignKey(TrainingDelivery, on_delete=models.PROTECT, related_name="attendances")
    participant_code = models.CharField(max_length=40)
    sex = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=12, blank=True)
    department_code = models.CharField(max_length=40, blank=True)
    hours_attended = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    pre_test = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    post_test = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    overall_satisfaction = models.PositiveSmallIntegerField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "delivery", "participant_code"], name="training_attendance_once"
            )
        ]

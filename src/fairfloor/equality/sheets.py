"""Job advertisements and gender practices as sheets."""

from fairfloor.content import load as load_content
from fairfloor.core.sheets import Column, ColumnKind, ModelSheet
from fairfloor.core.stale import mark_stale
from fairfloor.equality.figures import SUPPLIER
from fairfloor.equality.models import GenderPractice, JobAd
from fairfloor.equality.services import check_again, enterprise_country


class JobAdSheet(ModelSheet):
    """Job advertisements, by code; each is checked as it comes in."""

    name = "JobAds"
    model = JobAd
    verb = "job_ad"
    key = ("code",)
    fields = {"date": "posted_date"}
    prepared_fields = ("version", "is_clean", "rules")
    import_permission = "equality.write"
    export_permission = "equality.view"
    columns = (
        Column("code", required=True, max_length=20),
        Column("date", ColumnKind.DAY, required=True),
        Column("language", max_length=10),
        Column("title", required=True),
        Column("text", ColumnKind.LONG_TEXT, required=True, max_length=10000),
    )

    def queryset(self):
        return JobAd.objects.filter(withdrawn_date__isnull=True)

    def prepare(self, objs, rows):
        country = enterprise_country() if objs else ""
        for obj in objs:
            if not obj._state.adding:
                obj.version += 1
            check_again(obj, country)

    def after_save(self, objs):
        mark_stale(SUPPLIER.code, *{obj.posted_date for obj in objs})


class GenderPracticeSheet(ModelSheet):
    """Gender practices, by title, area and day."""

    name = "GenderPractices"
    model = GenderPractice
    verb = "gender_practice"
    key = ("title", "area", "date")
    fields = {"date": "practice_date", "project": "project_code"}
    prepared_fields = ("version",)
    import_permission = "equality.write"
    export_permission = "equality.view"

    @property
    def columns(self):
        return (
            Column("title", required=True),
            Column("area", required=True, choices=tuple(load_content().equality_areas)),
            Column("type", choices=tuple(load_content().practice_types)),
            Column("date", ColumnKind.DAY, required=True),
            Column("project", ref=("Projects", "code"), max_length=20),
        )

    def queryset(self):
        return GenderPractice.objects.filter(withdrawn_date__isnull=True)

    def prepare(self, objs, rows):
        for obj in objs:
            if not obj._state.adding:
                obj.version += 1

    def after_save(self, objs):
        mark_stale(SUPPLIER.code, *{obj.practice_date for obj in objs})


SHEETS = (JobAdSheet(), GenderPracticeSheet())

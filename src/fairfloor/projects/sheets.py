"""Improvement projects as a sheet."""

from decimal import Decimal

from fairfloor.content import load as load_content
from fairfloor.core.scoping import current_scope
from fairfloor.core.sheets import Column, ColumnKind, ModelSheet, Problem
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import DEPARTMENT, Enterprise
from fairfloor.projects.models import Benefit, ImprovementProject
from fairfloor.projects.plan_sheets import SHEETS as PLAN_SHEETS
from fairfloor.projects.workflow import COMPLETED, SavingType, Status

# What the columns `cost` and `saving` can hold.
LARGEST_AMOUNT = Decimal("999999999999.99")


_TEXTS = ("problem", "target", "measures", "check_result", "learned", "standard")
# A login stays beside a name only as long as the name does.
_LOGINS = {
    "owner_name": "owner_user_id",
    "finished_by_name": "finished_by_user_id",
    "verified_by_name": "verified_by_user_id",
}


class ProjectSheet(ModelSheet):
    """Projects, by code."""

    name = "Projects"
    model = ImprovementProject
    verb = "project"
    key = ("code",)
    fields = {
        "department": "department_code",
        "owner": "owner_name",
        "finished_by": "finished_by_name",
        "verified_by": "verified_by_name",
    }
    prepared_fields = ("version", *_LOGINS.values())
    import_permission = "projects.correct"
    export_permission = "projects.view"

    @property
    def columns(self):
        content = load_content()
        return (
            Column("code", required=True, max_length=20),
            Column("title", required=True, max_length=200),
            DEPARTMENT,
            Column("module", choices=tuple(content.modules)),
            Column("tags", ColumnKind.CODES, choices=tuple(content.project_tags)),
            Column("status", required=True, choices=tuple(Status)),
            Column("start_date", ColumnKind.DAY),
            Column("due_date", ColumnKind.DAY),
            Column("finish_date", ColumnKind.DAY),
            Column("cost", ColumnKind.NUMBER, minimum=Decimal(0), maximum=LARGEST_AMOUNT),
            Column("saving", ColumnKind.NUMBER, minimum=Decimal(0), maximum=LARGEST_AMOUNT),
            Column("saving_type", choices=tuple(SavingType)),
            Column("owner", max_length=150),
            *(Column(text, ColumnKind.LONG_TEXT, max_length=4000) for text in _TEXTS),
            Column("no_check_reason", ColumnKind.LONG_TEXT, max_length=1000),
            Column("saving_effect", ColumnKind.LONG_TEXT, max_length=1000),
            Column("finished_by", max_length=150),
            Column("verified_by", max_length=150),
            Column("verified_date", ColumnKind.DAY),
        )

    def problems_in(self, row):
        start, due, finish = row["start_date"], row["due_date"], row["finish_date"]
        if row["status"] in COMPLETED and not finish:
            yield Problem("finish_date", "MISSING_FOR_STATUS", {"status": row["status"]})
        if start and finish and finish < start:
            yield Problem("finish_date", "BEFORE", {"other": "start_date"})
        if start and due and due < start:
            yield Problem("due_date", "BEFORE", {"other": "start_date"})
        if row["verified_date"] and finish and row["verified_date"] < finish:
            yield Problem("verified_date", "BEFORE", {"other": "finish_date"})

    def rows_to_change(self):
        for obj in super().rows_to_change():
            obj.names_before = {name: getattr(obj, name) for name in _LOGINS}
            yield obj

    def prepare(self, objs, rows):
        # A form that was open while the workbook was imported is stale.
        for obj in objs:
            if obj._state.adding:
                continue
            obj.version += 1
            for name, login in _LOGINS.items():
                if getattr(obj, name) != obj.names_before[name]:
                    setattr(obj, login, None)

    def after_save(self, objs):
        mark_stale("projects", *{obj.finish_date for obj in objs})


class BenefitSheet(ModelSheet):
    """What projects bring, by code; the whole a part belongs to stands by its code."""

    name = "Benefits"
    model = Benefit
    verb = "benefit"
    key = ("code",)
    fields = {"verified_by": "verified_by_name"}
    prepared_fields = ("version", "project", "part_of")
    import_permission = "projects.correct"
    export_permission = "projects.view"
    _amount = {"minimum": Decimal(0), "maximum": LARGEST_AMOUNT}
    columns = (
        Column("code", required=True, max_length=20),
        Column("project", required=True, max_length=20, ref=("Projects", "code")),
        Column("title", required=True, max_length=200),
        Column("unit", max_length=40),
        Column("kind", required=True, choices=tuple(SavingType)),
        Column("months", ColumnKind.WHOLE, minimum=Decimal(1), maximum=Decimal(60)),
        Column("target", ColumnKind.NUMBER, **_amount),
        Column("forecast", ColumnKind.NUMBER, **_amount),
        Column("actual", ColumnKind.NUMBER, **_amount),
        Column("currency", max_length=3),
        Column(
            "rate", ColumnKind.NUMBER, required=True, minimum=Decimal("0.00000001"), maximum=Decimal(10**8)
        ),
        Column("rate_date", ColumnKind.DAY),
        Column("part_of", max_length=20, ref=("Benefits", "code")),
        Column("verified_by", max_length=150),
        Column("verified_date", ColumnKind.DAY),
    )

    def queryset(self):
        return super().queryset().select_related("project", "part_of")

    def row_of(self, obj):
        codes = {"project": obj.project.code, "part_of": obj.part_of.code if obj.part_of else ""}
        return {
            column.code: codes.get(column.code)
            if column.code in codes
            else getattr(obj, self.field_of(column.code))
            for column in self.columns
        }

    def values_of(self, row):
        values = super().values_of(row)
        del values["project"], values["part_of"]
        return values

    def problems_in(self, row):
        if row["kind"] == SavingType.RECURRING and row["months"] is None:
            yield Problem("months", "MISSING_FOR_STATUS", {"status": row["kind"]})
        if row["verified_date"] and row["actual"] is None:
            yield Problem("actual", "MISSING_FOR_STATUS", {"status": Status.VERIFIED})
        stated = {name: row[name] for name in ("target", "forecast", "actual", "rate")}
        if row["rate"] and Benefit(kind=row["kind"], months=row["months"], **stated).is_too_large():
            yield Problem("actual", "AMOUNT_TOO_LARGE", {})
        for one, other in (("verified_by", "verified_date"), ("verified_date", "verified_by")):
            if row[other] and not row[one]:
                yield Problem(one, "MISSING_FOR_STATUS", {"status": Status.VERIFIED})

    # What makes the amount that counts.
    counted = ("project", "unit", "kind", "months", "actual", "currency", "rate", "part_of")

    def problems_across(self, rows, whole):
        own, before = "", {}
        # A workbook that makes a factory is checked before there is one.
        if isinstance(enterprise_id := current_scope(), int):
            own = Enterprise.objects.values_list("currency", flat=True).get(pk=enterprise_id)
            verified = self.queryset().filter(verified_date__isnull=False)
            before = {obj.code: self.row_of(obj) for obj in verified}
        after = {row["code"]: row for row in whole(self.name)}
        parents = {row["part_of"] for row in after.values() if row["part_of"]}
        for index, row in enumerate(rows):
            old = before.get(row["code"])
            if old and row["verified_date"] and any(old[name] != row[name] for name in self.counted):
                yield index, Problem("actual", "VERIFIED_AMOUNT", {})
            is_foreign = bool(own) and not row["unit"] and row["currency"] not in {"", own}
            if is_foreign and not row["rate_date"]:
                yield index, Problem("rate_date", "RATE_DATE_MISSING", {"currency": own})
            parent = after.get(row["part_of"] or "")
            if parent and (
                row["code"] in parents or parent["part_of"] or bool(parent["unit"]) != bool(row["unit"])
            ):
                yield index, Problem("part_of", "PART_OF_WRONG", {})

    def prepare(self, objs, rows):
        projects = {
            p.code: p for p in ImprovementProject.objects.filter(code__in={r["project"] for r in rows})
        }
        wholes = {
            b.code: b for b in Benefit.objects.filter(code__in={r["part_of"] for r in rows if r["part_of"]})
        }
        wholes |= {obj.code: obj for obj in objs}
        for obj, row in zip(objs, rows, strict=True):
            obj.project, obj.part_of = projects[row["project"]], wholes.get(row["part_of"])
            if not obj._state.adding:
                obj.version += 1
        # A whole is written before its parts, which point to it.
        objs.sort(key=lambda obj: obj.part_of is not None)

    def after_save(self, objs):
        mark_stale("projects", *{obj.project.finish_date for obj in objs})


SHEETS = (ProjectSheet(), BenefitSheet(), *PLAN_SHEETS)

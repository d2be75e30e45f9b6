"""Verbs of the workbook: check (writes nothing) and apply (all of it or nothing)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from fairfloor.core import audit
from fairfloor.core.access import Actor, require, system_actor
from fairfloor.core.sheets import Row, Sheet
from fairfloor.core.tenancy import current_enterprise_id, scope
from fairfloor.organisations.public import (
    Department,
    Enterprise,
    create_enterprise,
    slug_for,
    update_enterprise,
)
from fairfloor.projects.public import has_amounts
from fairfloor.registers import profile as enterprise_sheet
from fairfloor.registers.bases import keep_bases, load_bases
from fairfloor.registers.catalog import EnterpriseSheet, all_sheets
from fairfloor.registers.checking import (
    Checked,
    Findings,
    Found,
    NoDatabase,
    Progress,
    Taught,
    check_book,
    no_progress,
    read_profile,
)
from fairfloor.registers.mapping import load_taught
from fairfloor.registers.merging import SheetPlan, plan_groups, plan_rows
from fairfloor.registers.models import ImportUpload
from fairfloor.registers.previews import sheet_counts
from fairfloor.registers.reading import Book, open_book

CLOSED = "CLOSED"


class WorkbookRefused(Exception):
    """The workbook has problems; nothing was written."""

    def __init__(self, checked: Checked):
        super().__init__(f"{checked.problems.total} problems")
        self.checked = checked


@dataclass
class Preview:
    """What an import would do, or what is wrong."""

    checked: Checked
    plans: list[SheetPlan] = field(default_factory=list)
    digest: str = ""


@dataclass
class ImportOutcome:
    """What an import did. With problems nothing was written; ``enterprise`` is then ``None`` if it was to be new."""

    enterprise: Enterprise | None
    plans: list[SheetPlan] = field(default_factory=list)
    problems: list[Found] = field(default_factory=list)
    problem_total: int = 0
    notes: list[Found] = field(default_factory=list)
    is_new: bool = False

    @property
    def created(self) -> int:
        """Rows that were new."""
        return sum(plan.created_count for plan in self.plans)

    @property
    def updated(self) -> int:
        """Rows that were changed."""
        return sum(len(plan.updated) for plan in self.plans)

    @property
    def unchanged(self) -> int:
        """Rows that were as they are."""
        return sum(plan.unchanged for plan in self.plans)

    @property
    def conflicts(self) -> int:
        """Rows changed on both sides, left as they are."""
        return sum(len(plan.conflicts) for plan in self.plans)


class _InScope:
    """The registers of the enterprise in scope."""

    def values(self, sheet: str, column: str) -> set[Any]:
        return next(
            ({row[column] for row in each.rows()} for each in all_sheets() if each.name == sheet), set()
        )

    def departments(self) -> dict[str, str]:
        found = {}
        for department in Department.objects.order_by("id"):
            found.update({department.name: department.code, department.name_zh: department.code})
        found.pop("", None)
        return found

    def rows(self, sheet: Sheet) -> Iterable[Row]:
        return sheet.rows()


def _check(book: Book, progress: Progress) -> Checked:
    """Check a book against the enterprise in scope."""
    return check_book(book, all_sheets(), load_taught(), _InScope(), progress)


def check_workbook(*, actor: Actor, path: Path, progress: Progress = no_progress) -> Preview:
    """Say what importing a workbook into the enterprise in scope would do. Writes nothing.

    Raises ``FileRefused`` for a file that is not a workbook we read.
    """
    require(actor, "registers.import")
    book = open_book(path)
    try:
        checked = _check(book, progress)
        enterprise = Enterprise.objects.get(pk=current_enterprise_id())
        _check_is_ours(checked, enterprise)
        plans = _plan(checked, book, actor, enterprise) if not checked.problems.total else []
        return Preview(checked, plans, book.digest)
    finally:
        book.close()


def apply_workbook(
    *,
    actor: Actor,
    path: Path,
    at: datetime,
    progress: Progress = no_progress,
    upload: ImportUpload | None = None,
    before_commit: Callable[[ImportOutcome], None] | None = None,
) -> ImportOutcome:
    """Import a workbook into the enterprise in scope: all of it or nothing.

    Rows changed on both sides are left and counted. Raises :class:`WorkbookRefused` for problems, ``FileRefused``
    for a file that is not a workbook. ``before_commit`` runs in the same transaction.
    """
    require(actor, "registers.import")
    book = open_book(path)
    try:
        checked = _check(book, _half(progress))
    finally:
        book.close()
    enterprise = Enterprise.objects.get(pk=current_enterprise_id())
    _check_is_ours(checked, enterprise)
    if checked.problems.total:
        raise WorkbookRefused(checked)
    with transaction.atomic():
        outcome = _write(checked, book, actor, enterprise, at, progress, upload, path.name)
        if before_commit is not None:
            before_commit(outcome)
    return outcome


def import_workbook(
    *,
    path: Path,
    at: datetime,
    actor: Actor | None = None,
    slug: str = "",
    is_demo: bool = False,
    progress: Progress = no_progress,
) -> ImportOutcome:
    """Import a workbook for the operator: create the enterprise of its Enterprise sheet, or update it.

    A slug not given comes from the sheet, else from the name. With problems nothing is written and the outcome
    lists them all. Raises ``FileRefused`` for a file that is not a workbook.
    """
    book = open_book(path)
    try:
        first = read_profile(book)
        slug = slug or first.profile.get("slug", "") or slug_for(first.profile.get("name", "") or "")
        enterprise = Enterprise.objects.filter(slug=slug).first() if first.profile or slug else None
        if enterprise is not None:
            with scope(enterprise.id):
                checked = _check(book, _half(progress))
        else:
            checked = check_book(book, all_sheets(), Taught(), NoDatabase(), _half(progress))
            if not checked.profile.get("name"):
                checked.problems.add(Found("Enterprise", "NO_ENTERPRISE"))
    finally:
        book.close()
    checked.profile["slug"] = slug
    if checked.problems.total:
        return _refused(enterprise, checked)
    is_new = enterprise is None
    try:
        with transaction.atomic():
            if enterprise is None:
                given = {
                    model: checked.profile[name]
                    for name, model in enterprise_sheet.FIELDS.items()
                    if name in checked.profile
                }
                enterprise = create_enterprise(at=at, is_demo=is_demo, **given)
            with scope(enterprise.id):
                doer = actor or system_actor(enterprise.id)
                outcome = _write(checked, book, doer, enterprise, at, progress, None, path.name)
            outcome.is_new = is_new
            return outcome
    except WorkbookRefused as refused:
        return _refused(None if is_new else enterprise, refused.checked)


def _half(progress: Progress) -> Progress:
    """Reading is the first half of the way, writing the second."""
    return lambda done, total, what: progress(done, 2 * total, what)


def _refused(enterprise: Enterprise | None, checked: Checked) -> ImportOutcome:
    return ImportOutcome(
        enterprise=enterprise,
        problems=checked.problems.kept,
        problem_total=checked.problems.total,
        notes=checked.notes.kept,
    )


def _check_is_ours(checked: Checked, enterprise: Enterprise) -> None:
    slug = checked.profile.pop("slug", "")
    if slug and slug != enterprise.slug:
        values = {"theirs": slug, "ours": enterprise.slug}
        checked.problems.add(
            Found("Enterprise", "OTHER_FACTORY", values, checked.profile_rows.get("slug", 0), "value")
        )


def _plan(checked: Checked, book: Book, actor: Actor, enterprise: Enterprise) -> list[SheetPlan]:
    """What would happen, sheet by sheet in writing order; adds problems that only the comparison shows."""
    plans: list[SheetPlan] = []
    bases = load_bases(book.export_id)
    if checked.profile:
        sheet = EnterpriseSheet()
        rows = [
            (checked.profile_rows.get(name, 0), {"field": name, "value": value})
            for name, value in checked.profile.items()
        ]
        plans.append(plan_rows(sheet, rows, enterprise_sheet.rows_of(enterprise), bases(sheet.name)))
        if (
            any(row["field"] == "currency" for row in plans[0].updated)
            and enterprise.currency
            and has_amounts()
        ):
            values = {"currency": enterprise.currency}
            checked.problems.add(
                Found(sheet.name, "CURRENCY_IN_USE", values, checked.profile_rows.get("currency", 0), "value")
            )
    for sheet in all_sheets():
        read = checked.sheets.get(sheet.name)
        if read is None or not read.rows:
            continue
        if sheet.replace_by:
            plan = plan_groups(sheet, read.rows, sheet.rows(), sheet.rows_to_show())
            _check_groups_closed(plan, plans, read.their_name, checked.problems)
        else:
            absent = [column.code for column in sheet.columns if column.code not in read.headings]
            plan = plan_rows(sheet, read.rows, sheet.rows(), bases(sheet.name), absent)
        plans.append(plan)
    for plan in plans:
        if plan.writes and not actor.may(plan.sheet.import_permission):
            read = checked.sheets.get(plan.sheet.name)
            name = read.their_name if read else plan.sheet.name
            checked.problems.add(Found(name, "NOT_ALLOWED", {}, plan.first_changed_row))
    return plans


def _check_groups_closed(
    plan: SheetPlan, before: list[SheetPlan], their_name: str, problems: Findings
) -> None:
    """Answers of a round that still runs cannot be replaced: people are answering."""
    column = next(each for each in plan.sheet.columns if each.code == plan.sheet.replace_by)
    if not plan.replaced or column.ref is None:
        return
    target, code = column.ref
    sheet = next((each for each in all_sheets() if each.name == target), None)
    if sheet is None or all(each.code != "status" for each in sheet.columns):
        return
    statuses = {row[code]: row["status"] for row in sheet.rows()}
    for other in before:
        if other.sheet.name == target:
            statuses.update({row[code]: row["status"] for row in [*other.created, *other.updated]})
    for group in plan.replaced:
        if statuses.get(group) != CLOSED:
            values = {"group": str(group), "status": statuses.get(group, "")}
            problems.add(Found(their_name, "ROUND_NOT_CLOSED", values, plan.first_changed_row, column.code))


def _write(
    checked: Checked,
    book: Book,
    actor: Actor,
    enterprise: Enterprise,
    at: datetime,
    progress: Progress,
    upload: ImportUpload | None,
    file_name: str,
) -> ImportOutcome:
    # One import at a time in one enterprise: the second compares with what the first wrote.
    enterprise = Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    plans = _plan(checked, book, actor, enterprise)
    if checked.problems.total:
        raise WorkbookRefused(checked)
    total = sum(plan.created_count + len(plan.updated) for plan in plans) or 1
    done = 0
    for plan in plans:
        progress(total + done, 2 * total, plan.sheet.name)
        if plan.writes:
            _write_sheet(plan, actor, enterprise, at)
        done += plan.created_count + len(plan.updated)
    progress(2 * total, 2 * total, "")
    keep_bases(book.export_id, plans, at)
    outcome = ImportOutcome(enterprise, plans, notes=checked.notes.kept)
    if any(plan.writes for plan in plans):
        if upload is None:
            upload = ImportUpload.objects.create(
                status="DONE",
                file_name=file_name[:200],
                file_digest=book.digest,
                size_bytes=0,
                user_id=actor.user_id or 0,
                user_name=actor.name,
                created_at=at,
                finished_at=at,
                result={"sheets": sheet_counts(plans)},
            )
        counts = {
            plan.sheet.name: [plan.created_count, len(plan.updated), plan.unchanged, len(plan.conflicts)]
            for plan in plans
        }
        audit.record(actor, "workbook.imported", upload, at, counts=counts, file=book.digest)
    return outcome


def _write_sheet(plan: SheetPlan, actor: Actor, enterprise: Enterprise, at: datetime) -> None:
    sheet: Sheet = plan.sheet
    if isinstance(sheet, EnterpriseSheet):
        values = {enterprise_sheet.FIELDS[row["field"]]: row["value"] for row in plan.updated}
        update_enterprise(actor=actor, enterprise_id=enterprise.pk, at=at, **values)
        return
    if plan.created or plan.updated:
        sheet.save(actor, plan.created, plan.updated, at)
    for group, rows in plan.replaced.items():
        sheet.replace(actor, group, rows, at)

"""A workbook's way through the web: received, checked, looked at, confirmed. Nothing is written before that."""

from __future__ import annotations

import json
import os
import time
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from fairfloor.accounts.public import User
from fairfloor.core.access import Actor, require
from fairfloor.core.jobs import enqueue
from fairfloor.core.tenancy import current_enterprise_id
from fairfloor.organisations.public import Enterprise, resolve_membership
from fairfloor.registers.checking import Progress
from fairfloor.registers.models import ImportUpload
from fairfloor.registers.previews import differences_in, file_to_json, sheet_counts, to_json
from fairfloor.registers.reading import MAX_UPLOAD_BYTES, FileRefused, check_outside
from fairfloor.registers.services import ImportOutcome, WorkbookRefused, apply_workbook, check_workbook

SMALL_BYTES = 1024 * 1024
KEPT_FOR = timedelta(days=7)
CHECKING, READY, REFUSED, APPLYING, DONE, FAILED, DROPPED = (
    "CHECKING",
    "READY",
    "REFUSED",
    "APPLYING",
    "DONE",
    "FAILED",
    "DROPPED",
)
AT_WORK = (CHECKING, APPLYING)


class NotReady(ValueError):
    """The upload is not in a state in which this can be done."""


def path_of(upload: ImportUpload) -> Path:
    """Where the workbook lies until it is imported or dropped."""
    return Path(settings.FILES_ROOT) / str(upload.enterprise_id) / "imports" / f"{upload.pk}.xlsx"


def _progress_path(upload: ImportUpload) -> Path:
    return path_of(upload).with_suffix(".progress")


def progress_of(upload: ImportUpload) -> tuple[int, int, str]:
    """How far the work is: done, total, and the sheet at hand."""
    try:
        done, total, what = json.loads(_progress_path(upload).read_text())
        return int(done), int(total), str(what)
    except (OSError, ValueError):
        return 0, 0, ""


def _reporter(upload: ImportUpload) -> Progress:
    """Writes progress to a file: while the import's transaction runs, no other could write it to the database."""
    path = _progress_path(upload)
    last = 0.0

    def report(done: int, total: int, what: str) -> None:
        nonlocal last
        if time.monotonic() - last < 0.5:
            return
        last = time.monotonic()
        temporary = path.with_suffix(".part")
        temporary.write_text(json.dumps([done, total, what]))
        os.replace(temporary, path)

    return report


def _remove_files(upload: ImportUpload) -> None:
    path_of(upload).unlink(missing_ok=True)
    _progress_path(upload).unlink(missing_ok=True)


def receive_upload(*, actor: Actor, file: UploadedFile, at: datetime) -> ImportUpload:
    """Keep a workbook and check it: a small one at once, a large one in the background.

    The same file sent again while it waits is the same upload. Raises ``FileRefused`` for what is not a workbook.
    """
    require(actor, "registers.import")
    size = file.size or 0
    if size > MAX_UPLOAD_BYTES:
        raise FileRefused("FILE_TOO_LARGE", limit=MAX_UPLOAD_BYTES // 2**20)
    forget_old_uploads(at)
    upload = ImportUpload(
        enterprise_id=current_enterprise_id(),
        status=CHECKING,
        file_name=Path(file.name or "").name[:200],
        size_bytes=size,
        user_id=actor.user_id or 0,
        user_name=actor.name,
        created_at=at,
    )
    path = path_of(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        upload.file_digest = _store(file, path)
        check_outside(path)
    except FileRefused:
        path.unlink(missing_ok=True)
        raise
    with transaction.atomic():
        same = (
            ImportUpload.objects.filter(
                file_digest=upload.file_digest, user_id=upload.user_id, status__in=(CHECKING, READY)
            )
            .order_by("-created_at", "-id")
            .first()
        )
        if same is None:
            upload.save(force_insert=True)
            # Queued also for a small file that is checked right below: if the process dies, the job finishes it.
            enqueue("registers.check_upload", upload_id=upload.pk)
        # Sent again, a refused workbook is looked at anew and takes the place of its first try.
        refused = list(
            ImportUpload.objects.filter(
                file_digest=upload.file_digest, user_id=upload.user_id, status=REFUSED
            ).order_by("id")
        )
        ImportUpload.objects.filter(pk__in=[each.pk for each in refused]).update(status=DROPPED, result={})
    for each in refused:
        _remove_files(each)
    if same is not None:
        path.unlink(missing_ok=True)
        upload = same
    if size <= SMALL_BYTES:
        return run_check(upload.pk)
    return upload


def _store(file: UploadedFile, path: Path) -> str:
    digest = sha256()
    temporary = path.with_suffix(".part")
    with temporary.open("wb") as out:
        for chunk in file.chunks():
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    os.replace(temporary, path)
    return digest.hexdigest()


def _actor_of(upload: ImportUpload) -> Actor:
    """The person who sent the upload, with the roles held now."""
    user = User.objects.filter(pk=upload.user_id).first()
    enterprise = Enterprise.objects.get(pk=upload.enterprise_id)
    found = resolve_membership(user, enterprise.slug, timezone.now()) if user else None
    return found[1] if found else Actor(kind="user", enterprise_id=enterprise.pk)


def run_check(upload_id: int, actor: Actor | None = None) -> ImportUpload:
    """Check an upload that waits for it; does nothing to any other."""
    upload = ImportUpload.objects.get(pk=upload_id)
    if upload.status != CHECKING:
        return upload
    try:
        preview = check_workbook(
            actor=actor or _actor_of(upload), path=path_of(upload), progress=_reporter(upload)
        )
    except FileRefused as refused:
        upload.status, upload.result = REFUSED, file_to_json(refused)
        _remove_files(upload)
    except Exception:
        ImportUpload.objects.filter(pk=upload.pk, status=CHECKING).update(status=FAILED)
        raise
    else:
        upload.status = REFUSED if preview.checked.problems.total else READY
        upload.result = to_json(preview.checked, preview.plans)
    ImportUpload.objects.filter(pk=upload.pk, status=CHECKING).update(
        status=upload.status, result=upload.result
    )
    _progress_path(upload).unlink(missing_ok=True)
    return ImportUpload.objects.get(pk=upload_id)


@transaction.atomic
def check_again(*, actor: Actor, upload_id: int) -> ImportUpload:
    """Check an upload anew, after words were taught."""
    require(actor, "registers.import")
    upload = ImportUpload.objects.select_for_update().get(pk=upload_id)
    if upload.status not in (READY, REFUSED) or not path_of(upload).exists():
        raise NotReady(upload.status)
    upload.status = CHECKING
    upload.save(update_fields=["status"])
    enqueue("registers.check_upload", upload_id=upload.pk)
    return upload


def confirm_upload(*, actor: Actor, upload_id: int, at: datetime) -> ImportUpload:
    """Import an upload that was looked at; pressed twice it happens once. Raises :class:`NotReady`."""
    require(actor, "registers.import")
    with transaction.atomic():
        upload = ImportUpload.objects.select_for_update().get(pk=upload_id)
        if upload.status in (APPLYING, DONE):
            return upload
        if upload.status != READY:
            raise NotReady(upload.status)
        upload.status = APPLYING
        upload.user_id, upload.user_name = actor.user_id or 0, actor.name
        upload.save(update_fields=["status", "user_id", "user_name"])
        # Queued also for a small file that is imported right below: if the process dies, the job finishes the work.
        enqueue("registers.apply_upload", upload_id=upload.pk)
    if upload.size_bytes <= SMALL_BYTES:
        return run_apply(upload.pk, at)
    return upload


class _AlreadyDone(Exception):
    pass


def run_apply(upload_id: int, at: datetime) -> ImportUpload:
    """Import a confirmed upload. Safe to run twice: the rows and the state change in one transaction."""
    upload = ImportUpload.objects.get(pk=upload_id)
    if upload.status != APPLYING:
        return upload

    def finish(outcome: ImportOutcome) -> None:
        current = ImportUpload.objects.select_for_update().get(pk=upload_id)
        if current.status != APPLYING:
            raise _AlreadyDone
        result = dict(current.result)
        done = settled(outcome)
        result.update(done)
        result["unknown"] = {}
        current.status, current.finished_at, current.result = DONE, at, result
        current.save(update_fields=["status", "finished_at", "result"])

    try:
        apply_workbook(
            actor=_actor_of(upload),
            path=path_of(upload),
            at=at,
            progress=_reporter(upload),
            upload=upload,
            before_commit=finish,
        )
    except _AlreadyDone:
        pass
    except WorkbookRefused as refused:
        result = to_json(refused.checked, [])
        ImportUpload.objects.filter(pk=upload_id, status=APPLYING).update(status=REFUSED, result=result)
    except FileRefused as refused:
        ImportUpload.objects.filter(pk=upload_id, status=APPLYING).update(
            status=REFUSED, result=file_to_json(refused)
        )
    except Exception:
        ImportUpload.objects.filter(pk=upload_id, status=APPLYING).update(status=FAILED)
        raise
    upload = ImportUpload.objects.get(pk=upload_id)
    if upload.status in (DONE, FAILED):
        _remove_files(upload)
    return upload


def settled(outcome: ImportOutcome) -> dict:
    """The part of a result that an import settles."""
    return {
        "sheets": sheet_counts(outcome.plans),
        "changes": [],
        "skipped": differences_in(outcome.plans, "skipped"),
        "conflicts": differences_in(outcome.plans, "conflicts"),
    }


@transaction.atomic
def drop_upload(*, actor: Actor, upload_id: int) -> None:
    """Forget an upload that was not confirmed. Raises :class:`NotReady` for one at work or done."""
    require(actor, "registers.import")
    upload = ImportUpload.objects.select_for_update().get(pk=upload_id)
    if upload.status in (APPLYING, DONE):
        raise NotReady(upload.status)
    upload.status, upload.result = DROPPED, {}
    upload.save(update_fields=["status", "result"])
    transaction.on_commit(lambda: _remove_files(upload))


def forget_old_uploads(at: datetime) -> None:
    """Drop what nobody confirmed for a week: a workbook full of people does not lie about for ever."""
    for upload in ImportUpload.objects.filter(
        created_at__lt=at - KEPT_FOR, status__in=(CHECKING, READY, REFUSED, FAILED)
    ).order_by("id"):
        _remove_files(upload)
        ImportUpload.objects.filter(pk=upload.pk).update(status=DROPPED, result={})


def waiting_uploads() -> list[ImportUpload]:
    """Uploads that are at work or wait for a person."""
    states = (CHECKING, READY, REFUSED, APPLYING)
    return list(ImportUpload.objects.filter(status__in=states).order_by("-created_at", "-id")[:10])

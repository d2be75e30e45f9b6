"""Background entry points."""

from django.utils import timezone

from fairfloor.core.jobs import job
from fairfloor.registers.uploads import run_apply, run_check


@job("registers.check_upload")
def check_upload(upload_id: int) -> None:
    """Check a large upload."""
    run_check(upload_id)


@job("registers.apply_upload")
def apply_upload(upload_id: int) -> None:
    """Import a confirmed upload."""
    run_apply(upload_id, timezone.now())

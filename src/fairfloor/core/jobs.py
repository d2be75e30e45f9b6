"""Background jobs: registered names, ids only, safe to run twice, never lost.

The queue is django-tasks-db. It leaves a job of a killed worker RUNNING for ever, so each worker here gives signs of
life, and :func:`reap` puts the jobs of silent workers back in the queue.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import close_old_connections, connection
from django.utils import timezone, translation
from django_tasks import TaskResultStatus, task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from fairfloor.core.models import WorkerHeartbeat
from fairfloor.core.tenancy import current_scope, scope

HEARTBEAT_SECONDS = 5
HOUSEKEEPING_SECONDS = 6 * 60 * 60
SILENT_AFTER = timedelta(seconds=30)

F = TypeVar("F", bound=Callable[..., None])
_jobs: dict[str, Callable[..., None]] = {}
_housekeeping: list[Callable[[datetime], object]] = []


def job(name: str) -> Callable[[F], F]:
    """Register a function as the job ``name``. It gets keyword ids, runs in the enqueuer's scope and language."""

    def register(function: F) -> F:
        if name in _jobs:
            raise ValueError(f"Two jobs are called {name}.")
        _jobs[name] = function
        return function

    return register


def housekeeping(function: Callable[[datetime], object]) -> Callable[[datetime], object]:
    """Have a function called with the time, a few times a day, by every job worker; safe to run twice.

    For clearing up after workers' acts. They queue no job of their own: the queue keeps the moment.
    """
    if function not in _housekeeping:
        _housekeeping.append(function)
    return function


def keep_house(now: datetime) -> None:
    """Call what was registered; one that fails is logged and does not hold up the others."""
    for function in _housekeeping:
        try:
            function(now)
        except Exception:
            logging.getLogger(__name__).exception("Clearing up failed.")


@task()
def run_job(name: str, enterprise_id: int | None, language: str, ids: dict[str, Any]) -> None:
    """Open scope and language again and call the registered function."""
    with translation.override(language):
        if enterprise_id is None:
            _jobs[name](**ids)
        else:
            with scope(enterprise_id):
                _jobs[name](**ids)


def enqueue(name: str, **ids: int | str) -> None:
    """Queue a job in the current transaction; it runs only if that commits."""
    if name not in _jobs:
        raise KeyError(f"No job is called {name}.")
    value = current_scope()
    run_job.enqueue(name, value if isinstance(value, int) else None, translation.get_language() or "en", ids)


def reap(now: datetime) -> int:
    """Put running jobs whose workers have been silent too long back in the queue; returns how many."""
    alive = set(
        WorkerHeartbeat.objects.filter(seen_at__gte=now - SILENT_AFTER).values_list("worker_id", flat=True)
    )
    count = 0
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if not alive.intersection(row.worker_ids[-1:]):
            count += DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING).update(
                status=TaskResultStatus.READY, started_at=None
            )
    WorkerHeartbeat.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
    return count


def queue_state(now: datetime) -> dict[str, int]:
    """Counts for ``doctor``: waiting, running, failed jobs and living workers."""
    rows = DBTaskResult.objects
    return {
        "waiting": rows.filter(status=TaskResultStatus.READY).count(),
        "running": rows.filter(status=TaskResultStatus.RUNNING).count(),
        "failed": rows.filter(status=TaskResultStatus.FAILED).count(),
        "workers": WorkerHeartbeat.objects.filter(seen_at__gte=now - SILENT_AFTER).count(),
    }


def _look_at_clock(now: datetime) -> None:
    """Queue the repeating jobs that are due; what goes wrong there must not stop the signs of life."""
    from fairfloor.core.schedule import enqueue_due
    from fairfloor.core.tidy import fold_log

    try:
        enqueue_due(now)
        fold_log()
    except Exception:
        logging.getLogger(__name__).exception("Repeating jobs could not be put into the queue.")


def _beat(worker_id: str, stop: threading.Event) -> None:
    looked_at = None
    house_at = time.monotonic() + HEARTBEAT_SECONDS
    while True:
        close_old_connections()
        now = timezone.now()
        WorkerHeartbeat.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": now})
        reap(now)
        if looked_at is None or now - looked_at >= timedelta(minutes=1):
            _look_at_clock(now)
            looked_at = now
        if time.monotonic() >= house_at:
            keep_house(now)
            house_at = time.monotonic() + HOUSEKEEPING_SECONDS
        if stop.wait(HEARTBEAT_SECONDS):
            break
    WorkerHeartbeat.objects.filter(worker_id=worker_id).delete()
    connection.close()


def run_worker(worker_id: str, *, until_empty: bool = False, interval: float = 0.5) -> None:
    """Work through the queue; for ever, or until it is empty. Handles SIGTERM when called in the main thread."""
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=interval,
        batch=until_empty,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
    )
    if threading.current_thread() is threading.main_thread() and not until_empty:
        worker.configure_signals()
    WorkerHeartbeat.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": timezone.now()})
    reap(timezone.now())
    stop = threading.Event()
    beat = threading.Thread(target=_beat, args=(worker_id, stop), daemon=True)
    if not until_empty:
        beat.start()
    try:
        worker.run()
    finally:
        stop.set()
        if beat.is_alive():
            beat.join(timeout=HEARTBEAT_SECONDS)
        if until_empty:
            WorkerHeartbeat.objects.filter(worker_id=worker_id).delete()

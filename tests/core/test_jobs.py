"""A killed worker delays a job and never loses it."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from fairfloor.core import jobs
from fairfloor.core.models import WorkerHeartbeat
from fairfloor.core.tenancy import current_enterprise_id, scope

seen: list[tuple[int, int]] = []


@jobs.job("tests.note")
def note(number: int) -> None:
    """Remembers in which enterprise it ran."""
    seen.append((current_enterprise_id(), number))


@pytest.mark.django_db(transaction=True)
class TestQueue:
    def test_a_job_runs_in_the_scope_it_was_queued_in(self, river):
        seen.clear()
        with scope(river.id), transaction.atomic():
            jobs.enqueue("tests.note", number=7)
        jobs.run_worker("w1", until_empty=True)
        assert seen == [(river.id, 7)]

    def test_a_job_of_a_rolled_back_transaction_never_runs(self, river):
        seen.clear()
        with pytest.raises(ZeroDivisionError), scope(river.id), transaction.atomic():
            jobs.enqueue("tests.note", number=7)
            _ = 1 / 0
        jobs.run_worker("w1", until_empty=True)
        assert seen == []

    def test_an_unknown_name_is_refused_at_once(self, river):
        with pytest.raises(KeyError):
            jobs.enqueue("tests.nothing")

    def test_a_running_job_of_a_silent_worker_is_run_again(self, river):
        seen.clear()
        with scope(river.id):
            jobs.enqueue("tests.note", number=8)
        DBTaskResult.objects.get().claim("gone")
        now = timezone.now()
        WorkerHeartbeat.objects.create(worker_id="gone", seen_at=now)
        assert jobs.reap(now) == 0
        assert jobs.reap(now + timedelta(seconds=31)) == 1
        jobs.run_worker("w2", until_empty=True)
        assert seen == [(river.id, 8)]
        assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


KILLED = """
import os, sys, time
import django; django.setup()
from fairfloor.core import jobs
from fairfloor.core.models import SystemEvent
from django.utils import timezone
from pathlib import Path

@jobs.job("tests.slow")
def slow(stage):
    marker = Path(os.environ["FAIRFLOOR_DATA"]) / "started"
    if not marker.exists():
        marker.write_text("x")
        time.sleep(60)
    SystemEvent.objects.create(at=timezone.now(), actor_name="job", verb="done")

jobs.HEARTBEAT_SECONDS = 0.2
from datetime import timedelta
jobs.SILENT_AFTER = timedelta(seconds=1)
if sys.argv[1] == "enqueue":
    from fairfloor.config.cli import main
    main(["migrate"])
    jobs.enqueue("tests.slow", stage=1)
elif sys.argv[1] == "work":
    jobs.run_worker("worker-" + sys.argv[2])
else:
    time.sleep(1.2)
    jobs.run_worker("worker-last", until_empty=True)
    print(SystemEvent.objects.filter(verb="done").count(), jobs.queue_state(timezone.now()))
"""


@pytest.mark.alone
def test_a_job_survives_kill_minus_9(tmp_path):
    script = tmp_path / "work.py"
    script.write_text(KILLED)
    environment = {
        **os.environ,
        "FAIRFLOOR_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "fairfloor.config.settings",
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, str(script), "enqueue"], env=environment, check=True)
    victim = subprocess.Popen([sys.executable, str(script), "work", "a"], env=environment)
    marker = Path(tmp_path) / "started"
    for _attempt in range(300):
        if marker.exists():
            break
        time.sleep(0.1)
    assert marker.exists()
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    last = subprocess.run(
        [sys.executable, str(script), "finish"], env=environment, check=True, capture_output=True, text=True
    )
    assert last.stdout.startswith("1 "), last.stdout
    assert "'running': 0" in last.stdout

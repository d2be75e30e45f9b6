"""Work through the background jobs. `serve` does this too; run it apart on a large site."""

from fairfloor.config.commands.serve import worker_name
from fairfloor.core.jobs import run_worker


def configure(parser) -> None:
    """Options of `run-jobs`."""
    parser.add_argument("--until-empty", action="store_true", help="stop when no job waits")


def run(options) -> int:
    """Run until stopped, or until the queue is empty."""
    run_worker(worker_name(), until_empty=options.until_empty)
    return 0

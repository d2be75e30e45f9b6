"""Every test: static checks, SQLite, PostgreSQL, Chromium. What cannot run here is said aloud, with how to get it."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def step(title: str, *command: str, **environment: str) -> bool:
    """Run one step from the project's folder; prints its title, how it ended and how long it took."""
    print(f"\n=== {title}", flush=True)
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False)
    took = time.monotonic() - started
    print(f"=== {title}: {'passed' if done.returncode == 0 else 'FAILED'} in {took:.0f} s", flush=True)
    return done.returncode == 0


def main() -> int:
    """Run everything; 0 only when every step that ran passed."""
    python = sys.executable
    tools = Path(python).parent
    skipped = []
    results = [
        step("Format", str(tools / "ruff"), "format", "--check", "src", "tests"),
        step("Lint", str(tools / "ruff"), "check", "src", "tests"),
        step("Types", str(tools / "mypy")),
        step("Import contracts", str(tools / "lint-imports")),
    ]
    pytest = (python, "-m", "pytest", "-q", "-rfEs")
    both = (*pytest, "-n", "2", "--dist", "worksteal", "-m")
    results.append(step("Tests on SQLite", *both, "not browser and not alone", TEST_DATABASE_URL=""))
    # The kill test makes a PostgreSQL database of its own beside SQLite's.
    alone = {"TEST_DATABASE_URL": "", "SOAK_DATABASE_URL": os.environ.get("TEST_DATABASE_URL", "")}
    # One at a time: these start servers, kill them, and count on the machine's whole attention.
    results.append(step("Tests that kill", *pytest, "-m", "alone", **alone))
    if os.environ.get("TEST_DATABASE_URL"):
        quick = "not browser and not slow and not alone"
        results.append(step("Tests on PostgreSQL", *both, quick, "--create-db"))
    else:
        skipped.append(
            "PostgreSQL: set TEST_DATABASE_URL=postgres://user:password@127.0.0.1:5432/name for a role that may create"
            " databases but is neither superuser nor BYPASSRLS. On Debian: apt install postgresql"
        )
    if any(shutil.which(name) for name in CHROMIUM_NAMES):
        results.append(step("Journeys in Chromium", *pytest, "-m", "browser", TEST_DATABASE_URL=""))
    else:
        skipped.append("Journeys in the browser: no Chromium was found. On Debian: apt install chromium")
    for line in skipped:
        print(f"\nSKIPPED — {line}", flush=True)
    print(
        f"\nSteps: {sum(results)} passed, {len(results) - sum(results)} failed, {len(skipped)} skipped",
        flush=True,
    )
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())

"""Bring a workbook of registers in. Creates the enterprise of its Enterprise sheet, or updates it.

All of it or nothing: with a problem in any row nothing is written, every problem is listed and the exit code is 1.
Rows changed on both sides are listed and left as they are.
"""

from __future__ import annotations

import sys
from pathlib import Path

from django.utils import timezone
from tqdm import tqdm

from fairfloor.config.cli import Refusal
from fairfloor.registers.public import FileRefused, import_workbook, refusal, sentence

SHOWN_PROBLEMS = 500


def configure(parser) -> None:
    """Options of `import-registers`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the workbook (.xlsx)")
    parser.add_argument("--slug", default="", help="the enterprise's address; by default from the workbook")


def run(options) -> int:
    """Import and print what happened per sheet."""
    path: Path = options.file
    if not path.is_file():
        raise Refusal(f"There is no file {path}. Check the name.")
    with Bar() as bar:
        try:
            outcome = import_workbook(path=path, slug=options.slug, at=timezone.now(), progress=bar)
        except FileRefused as refused:
            raise Refusal(refusal(refused)) from refused
    for note in outcome.notes[:SHOWN_PROBLEMS]:
        print(sentence(note), file=sys.stderr)
    if outcome.problems:
        for problem in outcome.problems[:SHOWN_PROBLEMS]:
            print(sentence(problem), file=sys.stderr)
        more = outcome.problem_total - min(len(outcome.problems), SHOWN_PROBLEMS)
        if more:
            print(f"… and {more} more.", file=sys.stderr)
        raise Refusal(
            f"{outcome.problem_total} problems were found. Nothing was written; correct them and try again."
        )
    enterprise = outcome.enterprise
    if enterprise is None:
        raise Refusal("The workbook names no enterprise.")
    print(f"{enterprise.name} ({enterprise.slug}): {'created' if outcome.is_new else 'updated'}")
    print(f"{'sheet':<18}{'created':>9}{'updated':>9}{'unchanged':>11}{'only ours':>11}{'both sides':>12}")
    for plan in outcome.plans:
        print(
            f"{plan.sheet.name:<18}{plan.created_count:>9}{len(plan.updated):>9}{plan.unchanged:>11}"
            f"{len(plan.skipped):>11}{len(plan.conflicts):>12}"
        )
    for plan in outcome.plans:
        for difference in plan.conflicts:
            columns = ", ".join(code for code, _ours, _theirs in difference.columns)
            print(
                f"Row {difference.row} of {plan.sheet.name} ({difference.key}) was changed in the file and in "
                f"Fairfloor ({columns}); it was left as it is in Fairfloor.",
                file=sys.stderr,
            )
    return 0


class Bar:
    """A progress bar on the error stream; silent where nobody watches."""

    def __init__(self) -> None:
        self._bar = tqdm(total=100, unit="%", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._bar.close()

    def __call__(self, done: int, total: int, what: str) -> None:
        self._bar.set_description(what)
        self._bar.n = 100 * done // max(total, 1)
        self._bar.refresh()

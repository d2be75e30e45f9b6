"""``make acceptance``: the published case beside what the imported registers give. Exit code 1 when one differs.

Runs as an operator would: a fresh data folder, the workbook imported and the report written by the command line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORKBOOK = ROOT / "src" / "fairfloor" / "desk" / "demo" / "riverside-registers.xlsx"
SLUG = "riverside-knitting"
SIX = ["voice", "hiring", "pay", "climate", "safety and health", "work–life"]

# (claim, key, value or (numerator, denominator), what the case says in public)
EXPECTED = (
    ("training.participants", "", 5, "5"),
    ("training.modules", "", {"WPC": "1", "GE": "7"}, "modules one and seven"),
    ("team.members", "", 13, "13"),
    ("team.members_female", "", 9, "9 women"),
    ("team.members_male", "", 4, "4 men"),
    ("team.front_line_share", "", (0, 13), "only leaders and managers are named"),
    ("team.meetings_held", "", 9, "9"),
    ("projects.completed", "", 83, "83"),
    ("projects.verified", "", 22, "not given"),
    ("projects.gender_practices", "", 4, "4"),
    ("projects.women_facilities", "", 1, "1"),
    ("surveys.rounds_closed", "", 5, "5"),
    ("surveys.favourable_min", "", (5313, 5360), "always above 99 %"),
    ("surveys.response_rate", "1", (268, 300), "not given"),
    ("surveys.response_rate", "2", (274, 300), "not given"),
    ("surveys.response_rate", "3", (281, 320), "not given"),
    ("surveys.response_rate", "4", (290, 320), "not given"),
    ("surveys.response_rate", "5", (295, 320), "not given"),
    ("suggestions.received", "", 104, "over 100"),
    ("suggestions.front_line_share", "", (77, 104), "74 %"),
    ("hazards.reported", "", 46, "over 40"),
    ("hazards.front_line_share", "", (29, 46), "63 %"),
    ("job_risks.identified", "", 162, "162"),
    ("workforce.women_in_management", "2022-09-01", (31, 46), "not given"),
    ("workforce.women_in_management", "2023-08-01", (37, 46), "80 % and more"),
    ("job_ads.clean", "", (3, 3), "no gender requirement"),
    ("equality.areas", "", SIX, "six"),
)
# A visible warning these claims must carry, without being blocked by it.
WARNINGS = {"team.front_line_share": "FRONT_LINE_ABSENT", "surveys.favourable_min": "CEILING"}

# Claims of the report on which the published case is silent.
BEYOND = {
    *("team.attendance", "team.health", "projects.savings_verified"),
    *("suggestions.per_100_people", "suggestions.days_to_answer", "suggestions.decided_in_14_days"),
    *("suggestions.accepted_share", "suggestions.implemented_share"),
    *("job_risks.high_before", "job_risks.high_after", "job_risks.high_controlled"),
    *("hazards.closed_in_time", "hazards.days_to_close"),
    *("defect-rate", "absenteeism-rate", "turnover-rate"),
}
SAME = {True: "yes", False: "NO", None: "–"}


def fairfloor(folder: Path, *arguments: str) -> str:
    """Run the command on a data folder; its output. A refusal ends the run with its words."""
    keep = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "FAIRFLOOR_SECRET_KEY"}}
    source = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-m", "fairfloor", *arguments],
        env=keep | {"FAIRFLOOR_DATA": str(folder), "PYTHONPATH": source, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"fairfloor {' '.join(arguments)} refused:\n{done.stderr}")
    return done.stdout


def differs(claim: dict | None, expected: object) -> bool:
    """Whether a claim is missing or says something else."""
    if claim is None:
        return True
    if isinstance(expected, tuple):
        numerator, denominator = expected
        share = (numerator * 20000 + denominator) // (2 * denominator) / 10000
        return (claim["numerator"], claim["denominator"], claim["value"]) != (numerator, denominator, share)
    return claim["value"] != expected


def line(claim: dict | None, name: str, published: str, is_same: bool | None) -> str:
    """One line of the table."""
    value, parts, n = "missing", "", ""
    if claim is not None:
        value, n = claim["value"], claim["n"]
        if isinstance(value, dict):
            value = ", ".join(f"{code} {label}" for code, label in value.items())
        elif isinstance(value, list):
            value = f"{len(value)} areas"
        if "denominator" in claim:
            parts = f"{claim['numerator']}/{claim['denominator']}"
    return f"{name:<43}{value!s:>14}{parts:>12}{n!s:>7}  {published:<37}{SAME[is_same]}"


def main() -> int:
    """Import, report, compare; prints the table."""
    with tempfile.TemporaryDirectory(prefix="fairfloor-acceptance-") as place:
        folder = Path(place)
        fairfloor(folder, "migrate")
        fairfloor(folder, "import-registers", str(WORKBOOK))
        report = json.loads(
            fairfloor(folder, "report", "case-report", "--enterprise", SLUG, "--format", "json")
        )
    claims = {(claim["id"], claim.get("key", "")): claim for claim in report["claims"]}
    wrong = []
    print(f"{report['enterprise_name']}, {report['period']['from']} to {report['period']['to']}\n")
    print(f"{'claim':<43}{'value':>14}{'of':>12}{'n':>7}  {'published':<37}same?")
    for name, key, expected, published in EXPECTED:
        claim = claims.pop((name, key), None)
        codes = {warning["code"] for warning in claim["warnings"]} if claim else set()
        is_same = not differs(claim, expected) and WARNINGS.get(name, "") in {"", *codes}
        print(line(claim, f"{name} {key}".strip(), published, is_same))
        if not is_same:
            wrong.append(name)
    for (name, key), claim in claims.items():
        if name in BEYOND:
            print(line(claim, f"{name} {key}".strip(), "nothing on this", None))
            continue
        print(f"{name} {key}: nobody expected this claim")
        wrong.append(name)
    print(f"\n{len(EXPECTED) - len(wrong)} of {len(EXPECTED)} claims are the same.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""A large invented factory as a workbook, the same for the same size. Shape: the registers of `acceptance.md`."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

DEPARTMENTS = ("KNT", "SEW", "BRD", "PAK", "DYE", "WHS")
LEVELS = ("FRONT_LINE",) * 8 + ("SUPERVISOR", "MANAGER")
CATEGORIES = ("SAFETY", "QUALITY", "COST", "DELIVERY", "COMFORT", "ENVIRONMENT", "GENDER", "COMMUNICATION")
TEXTS = (
    "Lots get mixed at shift change. Tape each cone on arrival.",
    "夏天三号线和四号线之间太热，建议增加两台风扇。",
    "The next water point is three minutes away.",
    "仓库白天也开着全部的灯，建议分区开关。",
)
FIRST, LAST = date(2021, 1, 1), date(2025, 12, 31)


def generate(
    path: Path, *, suggestions: int, name: str, seed: int = 7, first: date = FIRST
) -> dict[str, int]:
    """Write the workbook; hazards are a quarter of the suggestions, projects and risks a fifth, answers 60 %.

    The history begins on ``first`` and ends with 2025.
    """
    chance = random.Random(seed)
    hazards, projects, risks, answers = (
        suggestions // 4,
        suggestions // 5,
        suggestions // 5,
        suggestions * 3 // 5,
    )
    days = (LAST - first).days
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})

    def sheet(title: str, header: str, rows) -> None:
        target = workbook.add_worksheet(title)
        target.write_row(0, 0, header.split())
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    target.write_datetime(number, column, value)
                elif value not in ("", None):
                    target.write(number, column, value)

    def day() -> date:
        return first + timedelta(days=chance.randrange(days - 40))

    def sex() -> str:
        return chance.choice(("FEMALE", "FEMALE", "MALE"))

    slug = name.lower().replace(" ", "-")
    profile = {
        "slug": slug, "name": name, "country": "CN", "sector": "C1439", "languages": "en;zh-hans",
        "currency": "CNY", "time_zone": "Asia/Shanghai", "report_from": "2025-01-01", "report_to": "2025-12-31",
    }  # fmt: skip
    sheet("Enterprise", "field value", profile.items())
    sheet(
        "Departments",
        "code name name_zh kind shifts",
        [(d, d.title(), d, "production", 3) for d in DEPARTMENTS],
    )
    sheet(
        "Workforce",
        "date department level sex contract headcount",
        [
            (date(year, 1, 1), d, level, s, "PERMANENT", 5 + chance.randrange(60))
            for year in range(2021, 2026)
            for d in DEPARTMENTS
            for level in ("FRONT_LINE", "SUPERVISOR", "MANAGER", "TOP")
            for s in ("FEMALE", "MALE")
        ],
    )
    members = [f"M{n:02d}" for n in range(1, 14)]
    sheet(
        "TeamMembers",
        "team member sex level department role from_date to_date",
        [
            ("EIT", m, sex(), chance.choice(LEVELS), chance.choice(DEPARTMENTS), "MEMBER", first, "")
            for m in members
        ],
    )
    sheet(
        "Meetings",
        "team number date status present minutes",
        [
            (
                "EIT",
                n,
                first + timedelta(days=14 * n),
                "HELD",
                ";".join(chance.sample(members, 9)),
                f"Minutes {n}",
            )
            for n in range(1, days // 14)
        ],
    )

    def project_row(n: int):
        start = day()
        status = chance.choice(("DONE", "DONE", "VERIFIED", "IN_PROGRESS", "CANCELLED"))
        finish = start + timedelta(days=chance.randrange(5, 40)) if status in {"DONE", "VERIFIED"} else ""
        return (
            f"IP-{n:05d}", f"Improvement {n}", chance.choice(DEPARTMENTS), chance.choice(("WPC", "GE", "OSH")),
            chance.choice(("quality", "5S", "safety;gender_practice", "energy")), status, start,
            start + timedelta(days=45), finish, chance.randrange(100, 5000), chance.randrange(0, 20000),
            chance.choice(("ONE_OFF", "RECURRING")),
        )  # fmt: skip

    sheet(
        "Projects",
        "code title department module tags status start_date due_date finish_date cost saving saving_type",
        (project_row(n) for n in range(1, projects + 1)),
    )

    def suggestion_row(n: int):
        came = day()
        status = chance.choice(("NEW", "ACCEPTED", "DECLINED", "IMPLEMENTED", "IMPLEMENTED"))
        decided = "" if status == "NEW" else came + timedelta(days=chance.randrange(1, 30))
        return (
            f"S-{n:06d}", came, chance.choice(("QR", "BOX", "ORAL", "MEETING")), "", sex(), chance.choice(LEVELS),
            chance.choice(DEPARTMENTS), chance.choice(CATEGORIES), f"Idea {n}", chance.choice(TEXTS), status, decided,
            "Costs more than it saves" if status == "DECLINED" else "",
            f"IP-{chance.randrange(1, projects + 1):05d}" if status == "IMPLEMENTED" else "",
        )  # fmt: skip

    sheet(
        "Suggestions",
        "code date channel proposer sex level department category title text status decided_date reason project",
        (suggestion_row(n) for n in range(1, suggestions + 1)),
    )

    def hazard_row(n: int):
        found = day()
        is_closed = chance.random() < 0.8
        return (
            f"H-{n:05d}", found, sex(), chance.choice(LEVELS), chance.choice(DEPARTMENTS),
            chance.choice(("ELECTRICAL", "FIRE_EXIT", "CHEMICAL", "SLIPS")), f"Something unsafe {n}",
            chance.randint(1, 5), chance.randint(1, 5), "CLOSED" if is_closed else "OPEN", found + timedelta(days=14),
            found + timedelta(days=chance.randrange(1, 20)) if is_closed else "",
            chance.choice(("ENGINEERING", "PPE")) if is_closed else "",
        )  # fmt: skip

    sheet(
        "Hazards",
        "code date sex level department category description likelihood severity status due_date fixed_date"
        " control_type",
        (hazard_row(n) for n in range(1, hazards + 1)),
    )
    sheet(
        "JobRisks",
        "date job step hazard department finder_level method likelihood exposure severity control control_type",
        (
            (
                day(), f"Job {n % 40}", f"Step {n % 8}", f"Risk {n}", chance.choice(DEPARTMENTS),
                chance.choice(LEVELS), "MATRIX", chance.randint(1, 5), "", chance.randint(1, 5), "Guard",
                chance.choice(("ENGINEERING", "ADMINISTRATIVE")),
            )
            for n in range(1, risks + 1)
        ),
    )  # fmt: skip
    rounds = max(1, answers // 600)
    apart = (days - 10) // rounds
    sheet(
        "SurveyRounds",
        "round opened closed invited status",
        [
            (
                n,
                first + timedelta(days=apart * n),
                first + timedelta(days=apart * n + 7),
                answers // rounds + 30,
                "CLOSED",
            )
            for n in range(1, rounds + 1)
        ],
    )
    sheet(
        "SurveyAnswers",
        "round department sex level " + " ".join(f"q{q}" for q in range(1, 21)),
        (
            (n % rounds + 1, chance.choice(DEPARTMENTS), sex(), chance.choice(LEVELS),
             *(chance.choice((2, 3, 4, 4, 5, 5)) for _q in range(20)))
            for n in range(answers)
        ),
    )  # fmt: skip
    sheet(
        "Readings",
        "indicator month numerator denominator quality",
        [
            (code, date(year, month, 1), chance.randrange(2000, 5000), 100_000, "A")
            for code in ("defect-rate", "absenteeism-rate", "turnover-rate")
            for year in range(2021, 2026)
            for month in range(1, 13)
        ],
    )
    workbook.close()
    return {
        "suggestions": suggestions, "hazards": hazards, "projects": projects, "job risks": risks,
        "survey responses": answers,
    }  # fmt: skip

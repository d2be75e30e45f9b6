"""The year since: Riverside's ideas, hazards, projects and measures of the last twelve months, told by day.

All days are counted back from today, so the figures of the last twelve months have a shape whenever the demo is
loaded. The period of the factory's report lies years before and stays as its workbook says.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from fairfloor.config.demo.drawings import PICTURES, drawn_upload
from fairfloor.config.demo.stage import Stage
from fairfloor.config.demo.year_words import HAZARDS, IDEAS, PROJECTS, Fix, Tale
from fairfloor.indicators.services import write_reading
from fairfloor.organisations.public import Level, latest_workforce, record_workforce
from fairfloor.projects.public import finish_project, start_project
from fairfloor.projects.services import add_photo, record_act, record_check, record_do, verify_project
from fairfloor.safety.public import report_hazard
from fairfloor.safety.services import assign_hazard, fix_hazard, verify_hazard
from fairfloor.suggestions.public import accept_suggestion, decline_suggestion

# Who wrote, as far as they said so: two of three do. Read off in turn.
WRITERS = (
    {"sex": "FEMALE", "level": "FRONT_LINE"},
    {},
    {"sex": "MALE", "level": "FRONT_LINE"},
    {"sex": "FEMALE", "level": "FRONT_LINE"},
    {},
    {"sex": "FEMALE", "level": "SUPERVISOR"},
    {"sex": "FEMALE", "level": "FRONT_LINE"},
    {"sex": "MALE", "level": "FRONT_LINE"},
    {},
)
NEWEST, OLDEST = 50, 345  # days ago; what is newer is told one by one in `riverside`
ANSWERED_AFTER = (6, 9, 4, 17, 8, 3, 11, 7)  # days, read off in turn

# Twelve complete months, the oldest first: (indicator, what is counted, of how many).
READINGS = (
    ("defect-rate", (3080, 3010, 3045, 2890, 2910, 2840, 2760, 2790, 2620, 2590, 2470, 2430), 100_000),
    ("absenteeism-rate", (655, 668, 641, 630, 648, 615, 604, 611, 590, 572, 580, 561), 20_300),
    ("turnover-rate", (27, 26, 28, 25, 24, 26, 23, 24, 22, 21, 22, 20), 1_004),
)


def play(stage: Stage) -> None:
    """Everything of the year that is over and done with."""
    _ideas(stage)
    _projects(stage)
    _hazards(stage)
    _readings(stage)
    _workforce(stage)


def _days(count: int, newest: int, oldest: int) -> list[int]:
    """So many days spread over the year, denser towards now, with a little noise; the oldest first."""
    steps = max(count - 1, 1)
    spread = [newest + (oldest - newest) * (1 - (step / steps) ** 0.75) for step in range(count)]
    return [min(oldest, max(newest, round(day) + (step * 7) % 9 - 4)) for step, day in enumerate(spread)]


def _ideas(stage: Stage) -> None:
    """Ideas that were answered without a project."""
    secretary = stage.actors["secretary"]
    for number, (idea, ago) in enumerate(zip(IDEAS, _days(len(IDEAS), NEWEST, OLDEST), strict=True)):
        suggestion = stage.idea(
            ago, idea.text, category=idea.category, department_code=idea.department, **WRITERS[number % 9]
        )
        moment = stage.when(ago - ANSWERED_AFTER[number % 8])
        if idea.is_accepted:
            accept_suggestion(actor=secretary, suggestion_id=suggestion.pk, answer=idea.answer, **moment)
        else:
            decline_suggestion(actor=secretary, suggestion_id=suggestion.pk, reason=idea.answer, **moment)


def _projects(stage: Stage) -> None:
    """Projects from the ideas behind them to the manager's word that the result holds."""
    for number, (tale, ago) in enumerate(zip(PROJECTS, _days(len(PROJECTS), 12, 318), strict=True)):
        _project(stage, tale, ago, number)


def _project(stage: Stage, tale: Tale, finished: int, number: int) -> None:
    secretary, member = stage.actors["secretary"], stage.actors["member"]
    begun = finished + 24 + (number * 5) % 13
    ideas = [
        stage.idea(
            begun + 7 + 2 * place,
            text,
            category=tale.category,
            department_code=tale.department,
            **WRITERS[(2 * number + place) % 9],
        )
        for place, text in enumerate(tale.ideas)
    ]
    project = start_project(
        actor=secretary,
        title=tale.title,
        department_code=tale.department,
        module=tale.module,
        tags=tale.tags,
        problem=tale.problem,
        suggestion_ids=[idea.pk for idea in ideas],
        owner_name=member.name,
        owner_user_id=member.user_id,
        due_date=stage.day(finished - 5),
        **stage.when(begun),
    )
    here = {"actor": member, "project_id": project.pk}
    if tale.picture:
        before, after = PICTURES[tale.picture]
        add_photo(**here, place="before", upload=drawn_upload(before), **stage.when(begun - 1))
        add_photo(**here, place="after", upload=drawn_upload(after), **stage.when(finished + 2))
    record_do(**here, measures=tale.measures, cost=Decimal(tale.cost), **stage.when(finished + 12))
    record_check(**here, check_result=tale.result, **stage.when(finished + 3))
    if tale.standard:
        record_act(**here, standard=tale.standard, **stage.when(finished + 1))
    finish_project(**here, answer=tale.answer, **stage.when(finished))
    if finished > 30:
        saving = {"saving": Decimal(tale.saving), "saving_type": "RECURRING"} if tale.saving else {}
        verify_project(
            actor=stage.actors["manager"], project_id=project.pk, **saving, **stage.when(finished - 10)
        )


def _hazards(stage: Stage) -> None:
    for number, (fix, ago) in enumerate(zip(HAZARDS, _days(len(HAZARDS), 48, 350), strict=True)):
        _hazard(stage, fix, ago, number)


def _hazard(stage: Stage, fix: Fix, found: int, number: int) -> None:
    officer, member = stage.actors["safety"], stage.actors["member"]
    hazard = report_hazard(
        actor=officer if number % 4 == 3 else stage.worker,
        description=fix.text,
        category=fix.category,
        department_code=fix.department,
        likelihood=fix.likelihood,
        severity=fix.severity,
        **WRITERS[(number + 3) % 9],
        **stage.when(found),
    )
    assign_hazard(
        actor=officer,
        hazard_id=hazard.pk,
        responsible_name="Deng Hao",
        due_date=stage.day(found - 14),
        at=stage.at(found - 1),
    )
    fixed = found - 3 - (number * 4) % 15
    fix_hazard(
        actor=officer,
        hazard_id=hazard.pk,
        control_type=fix.control_type,
        control=fix.control,
        **stage.when(fixed),
    )
    verify_hazard(actor=member, hazard_id=hazard.pk, at=stage.at(fixed - 2))


def _readings(stage: Stage) -> None:
    """The three numbers the factory measures itself, month by month."""
    for indicator, counts, of in READINGS:
        month = stage.today.replace(day=1)
        for number, count in enumerate(reversed(counts)):
            month = (month - timedelta(days=1)).replace(day=1)
            write_reading(
                actor=stage.actors["secretary"],
                indicator=indicator,
                month_date=month,
                numerator=Decimal(count),
                denominator=Decimal(of - of * (number % 3) // 140),
                quality="B",
                **stage.when(1),
            )


def _workforce(stage: Stage) -> None:
    """Two counts of who works here; more women lead at the second one."""
    known: dict[tuple[str, str, str], int] = {}
    for row in latest_workforce():
        key = (row.department_code, row.level, row.sex)
        known[key] = known.get(key, 0) + row.headcount
    lead = {Level.MANAGER, Level.SUPERVISOR}
    for days_ago, hired, more_women in ((305, 1, 0), (31, 2, 1)):
        lines = []
        for (department, level, sex), count in sorted(known.items()):
            grown = hired if level == Level.FRONT_LINE else more_women * (level in lead and sex == "FEMALE")
            lines.append((department, level, sex, count + grown))
        record_workforce(
            actor=stage.actors["secretary"],
            snapshot_date=stage.day(days_ago),
            lines=lines,
            at=stage.at(days_ago - 1),
        )

"""Walk-rounds of the demo: hazard hunts behind known hazards, half a year of 5S audits, two red tags."""

from __future__ import annotations

from datetime import date

from fairfloor.checklists.catalog import find_checklist
from fairfloor.checklists.models import Finding
from fairfloor.checklists.services.findings import link_hazard, link_project, make_action
from fairfloor.checklists.services.rounds import Answer, keep_photo, record_round
from fairfloor.checklists.services.settings import add_area, set_routine
from fairfloor.checklists.services.tags import decide_tag, hang_tag
from fairfloor.config.demo.drawings import PICTURES, drawn_upload
from fairfloor.config.demo.stage import Stage
from fairfloor.core.files import store_photo
from fairfloor.projects.public import ImprovementProject
from fairfloor.safety.public import Hazard

# Started before the rounds are told: see riverside.
TOOLS_PROJECT = "One place for every tool at the knitting machines"
AREAS = (
    ("KNT-A", "Knitting hall", "织造大厅", "KNT", "Zhou Min"),
    ("PAK-A", "Packing tables", "包装台", "PAK", "Hu Jing"),
)
# Points for the five questions of each S, month by month: where it stood, and where it has come to.
COURSES = {
    "KNT-A": ("22222", "22322", "23323", "33323", "33433", "34434"),
    "PAK-A": ("33223", "33233", "33333", "33333", "34333", "34343"),
}


def play(stage: Stage) -> None:
    """Areas first, then what was walked in them."""
    for code, name, name_zh, department, owner in AREAS:
        add_area(
            actor=stage.actors["manager"],
            code=code,
            name=name,
            name_zh=name_zh,
            department_code=department,
            owner_name=owner,
            at=stage.at(190),
        )
        for checklist, weeks in (("five-s", 4), ("hunt-general", 8)):
            set_routine(
                actor=stage.actors["manager"],
                area_code=code,
                checklist_code=checklist,
                every_weeks=weeks,
                from_date=stage.day(180),
                at=stage.at(190),
            )
    _audits(stage)
    _hunts(stage)
    _tags(stage)
    _taken_up(stage)


def _round(stage: Stage, username: str, code: str, area: str, day: date, answers: dict[str, Answer]) -> None:
    checklist = find_checklist(code)
    actor = stage.actors[username]
    client_id = f"demo-{code}-{area}-{day:%Y%m%d}"
    for item, answer in answers.items():
        if code == "five-s" and answer.value in "01":
            stored = store_photo(drawn_upload(PICTURES["shelf"][0]), permission="checklists.view")
            keep_photo(actor=actor, client_id=client_id, item=item, photo_id=stored.pk)
    record_round(
        actor=actor,
        client_id=client_id,
        checklist_code=code,
        version=checklist.version,
        area_code=area,
        started_date=day,
        finished_date=day,
        answers=answers,
        day=stage.today,
        at=stage.now,
    )


def _audits(stage: Stage) -> None:
    parts = ("sort", "set", "shine", "standard", "sustain")
    for area, course in COURSES.items():
        for month, points in enumerate(course):
            answers = {
                f"{part}-{number}": Answer(value)
                for part, value in zip(parts, points, strict=True)
                for number in range(1, 6)
            }
            if month in {0, 3}:
                answers["sort-3"] = Answer(
                    "1", "The corner for red tags is full, and the oldest tag has no day."
                )
            _round(stage, "representative", "five-s", area, stage.day(154 - 28 * month), answers)


def _hunts(stage: Stage) -> None:
    """What each hunt found stands in the register of hazards already; the round is linked to it."""
    known = list(Hazard.objects.exclude(category="").order_by("-found_date", "code")[:9])
    for number in range(3):
        hazards = known[number::3]
        if not hazards:
            return
        items = find_checklist("hunt-general").items
        answers = {item.code: Answer("OK") for item in items}
        found: dict[str, str] = {}
        for hazard in hazards:
            free = [each for each in items if each.category == hazard.category and each.code not in found]
            if free:
                found[free[0].code] = hazard.code
                answers[free[0].code] = Answer("NOT_OK", hazard.description[:300])
        day = max(hazard.found_date for hazard in hazards)
        area = AREAS[number % len(AREAS)][0]
        before = set(Finding.objects.values_list("code", flat=True))
        _round(stage, "safety", "hunt-general", area, min(day, stage.today), answers)
        for finding in Finding.objects.exclude(code__in=before):
            link_hazard(
                actor=stage.actors["safety"],
                finding_id=finding.pk,
                hazard_code=found[finding.item],
                at=stage.now,
            )


def _tags(stage: Stage) -> None:
    member = stage.actors["member"]
    fan = hang_tag(
        actor=member,
        item="Standing fan without a plug",
        area_code="KNT-A",
        reason="Nobody has used it since last summer.",
        **stage.when(25),
    )
    decide_tag(actor=member, tag_id=fan.pk, decision="SCRAP", due_date=stage.day(-6), at=stage.at(20))
    hang_tag(
        actor=stage.actors["representative"],
        item="Two pallets of old carton sizes",
        area_code="PAK-A",
        reason="The customer changed the size in spring.",
        **stage.when(9),
    )


def _taken_up(stage: Stage) -> None:
    """What became of the corner for red tags: two findings behind one project, one an action, one open."""
    project = ImprovementProject.objects.filter(title=TOOLS_PROJECT).first()
    findings = list(
        Finding.objects.filter(item="sort-3", status="OPEN").order_by("department_code", "found_date", "id")
    )
    if project is None or len(findings) < 3:
        return
    secretary = stage.actors["secretary"]
    for finding in findings[:2]:
        link_project(
            actor=secretary,
            finding_id=finding.pk,
            project_code=project.code,
            day=stage.day(10),
            at=stage.at(10),
        )
    make_action(
        actor=stage.actors["representative"],
        finding_id=findings[2].pk,
        question="",
        owner_name="Hu Jing",
        owner_user_id=None,
        due_date=stage.day(-9),
        day=stage.day(5),
        at=stage.at(5),
    )

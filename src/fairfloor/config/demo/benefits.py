"""What Riverside's finished projects brought, told one benefit at a time, and how one of them found its cause."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from fairfloor.config.demo.stage import Stage
from fairfloor.organisations.public import Worker
from fairfloor.projects.public import ImprovementProject, Status
from fairfloor.projects.services import (
    name_causes,
    record_trial,
    record_visit,
    say_where_else,
    set_members,
    state_benefit,
    verify_benefit,
)

# In the order of the projects, the newest first: (what, other fields, whether a colleague has verified it)
BENEFITS = (
    ("Bottled water no longer bought", {"months": 4, "target": 1200, "forecast": 1000, "actual": 980}, True),
    (
        "Less time lost to burnt fingers",
        {"unit": "hours a month", "months": 1, "target": 10, "actual": 14},
        True,
    ),
    ("A disputed order paid after all", {"kind": "ONE_OFF", "actual": 2500}, True),
    ("Paper cups no longer bought", {"months": 12, "currency": "USD", "rate": "7.1", "actual": 240}, False),
)


def play(stage: Stage) -> None:
    """Benefits on the newest projects without a saving in money; causes, a trial and a look back on one."""
    plain = ImprovementProject.objects.filter(
        status=Status.VERIFIED, saving=None, finish_date__gte=stage.day(330)
    )
    projects = list(plain.order_by("-finish_date", "id")[: len(BENEFITS)])
    own = stage.enterprise.currency
    for project, (title, fields, is_verified) in zip(projects, BENEFITS, strict=False):
        days = (stage.today - project.finish_date).days - 1
        values = {"kind": "RECURRING", **fields}
        for name in ("target", "forecast", "actual", "rate"):
            if name in values:
                values[name] = Decimal(values[name])
        if "rate" in values:
            values["rate_date"] = project.finish_date
        benefit = state_benefit(
            actor=stage.actors["secretary"],
            project_id=project.pk,
            own_currency=own,
            title=title,
            **values,
            **stage.when(days),
        )
        if is_verified:
            verify_benefit(actor=stage.actors["manager"], benefit_id=benefit.pk, **stage.when(days - 1))
    _look_back(stage)
    _find_the_cause(stage)


def _look_back(stage: Stage) -> None:
    """Somebody went back to the projects that ended long ago; the newest of them still waits for a visit."""
    oldest = ImprovementProject.objects.filter(
        status=Status.VERIFIED, finish_date__range=(stage.day(320), stage.day(185))
    ).order_by("finish_date", "id")[:3]
    words = ("", "", "The labels have come off on two shelves; new ones are ordered.")
    for project, state, text in zip(oldest, ("YES", "YES", "PARTLY"), words, strict=False):
        day = project.finish_date + timedelta(days=184)
        ago = (stage.today - day).days
        record_visit(
            actor=stage.actors["manager"], project_id=project.pk, state=state, words=text, **stage.when(ago)
        )
        if state == "YES":
            say_where_else(
                actor=stage.actors["secretary"],
                project_id=project.pk,
                department_code="PAK" if project.department_code != "PAK" else "KNT",
                words="With lower tables.",
                **stage.when(ago - 1),
            )


def _find_the_cause(stage: Stage) -> None:
    """The running project asks why, and tries something out first."""
    running = ImprovementProject.objects.filter(status=Status.IN_PROGRESS).exclude(owner_name="")
    project = running.order_by("start_date", "id").first()
    if project is None:
        return
    here = {"actor": stage.actors["member"], "project_id": project.pk}
    name_causes(
        **here,
        people="New colleagues learn it by watching",
        machine="The guard covers only half of the opening",
        method="Nobody checks before the shift begins",
        whys="The yarn catches\nThe guide is worn\nNobody looks at it\nIt is on no checklist",
        root="The guide is on no checklist.",
        **stage.when(9),
    )
    record_trial(
        **here,
        what="A wider guide on one machine, three days.",
        has_worked=False,
        learned="It hides the thread; the guide must be clear, not wide.",
        **stage.when(7),
    )
    record_trial(**here, what="A clear guide on two machines, one week.", has_worked=True, **stage.when(3))
    codes = Worker.objects.exclude(code="").order_by("code", "id").values_list("code", flat=True)[:5]
    set_members(**here, worker_codes=list(codes), **stage.when(9))

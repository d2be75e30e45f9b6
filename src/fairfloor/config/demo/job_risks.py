"""Riverside's job risks: who does the jobs, what is in place and planned, and how the risks stand with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from fairfloor.config.demo.stage import Stage
from fairfloor.content import HazardLine, HazardMeasure
from fairfloor.content import load as load_content
from fairfloor.safety.models import Control, Job, JobRisk
from fairfloor.safety.services import (
    AddedControl,
    add_control,
    add_own_hazard,
    change_job,
    correct_job_risk,
    drop_control,
    finish_control,
    finish_review,
    rate_job_risk,
    record_consultation,
    trigger_review,
)
from fairfloor.safety.workflow import HIGH_LEVEL, Cause

# Job of the register → the hazard lists its dangers are told from, its own first.
LISTS = {
    "Knitting operator": ("knitting-operator", "machine-operator", "cutter", "presser"),
    "Toe-closing operator": ("sewing-operator", "presser", "machine-operator", "knitting-operator"),
    "Boarding operator": ("boarding-operator", "presser", "machine-operator", "cleaner"),
    "Packer": ("picker", "machine-operator", "forklift-driver", "cutter"),
    "Dyer": ("dyer", "chemical-storekeeper", "boarding-operator", "cleaner"),
    "Forklift driver": ("forklift-driver", "picker", "chemical-storekeeper", "machine-operator"),
    "Electrician": ("electrician", "boiler-attendant", "machine-operator", "picker"),
    "Yarn handler": ("picker", "knitting-operator", "cutter", "forklift-driver"),
    "Cleaner": ("cleaner", "picker", "chemical-storekeeper", "machine-operator"),
}
# Job → department where most of it is done, women, men.
JOBS = {
    "Knitting operator": ("KNT", 96, 71),
    "Toe-closing operator": ("SEW", 88, 9),
    "Boarding operator": ("BRD", 22, 41),
    "Packer": ("PAK", 74, 18),
    "Dyer": ("DYE", 8, 37),
    "Forklift driver": ("WHS", 2, 11),
    "Electrician": ("KNT", 0, 9),
    "Yarn handler": ("WHS", 14, 21),
    "Cleaner": ("PAK", 16, 4),
}
OWNERS = ("Chen Jie", "Wu Qiang", "Zhao Min", "Liu Yang")
# Days from today by which a planned measure is to stand: some are late, most are to come.
DUE = (-12, 20, 35, -3, 50, 14, 65)


def play(stage: Stage) -> None:
    """Controls, ratings, consultations and a review on the 162 risks of the imported register."""
    _jobs(stage)
    risks = list(JobRisk.objects.filter(withdrawn_date__isnull=True).order_by("job", "step", "hazard", "id"))
    dangers: dict[str, Iterator[HazardLine]] = {}
    for number, risk in enumerate(risks):
        if risk.job in LISTS:
            line = next(dangers.setdefault(risk.job, _dangers(risk.job)))
            _risk(stage, number, risk, line)
    _people(stage)
    add_own_hazard(
        actor=stage.actors["safety"],
        list_name="Toe-closing, line 3",
        step="Change the yarn",
        text="Loose end is drawn into the belt",
        likelihood=3,
        severity=3,
        kind="MACHINE_GUARDING",
        control="Belt cover with a yarn cutter",
        control_type="ENGINEERING",
        at=stage.at(20),
    )


def _jobs(stage: Stage) -> None:
    for number, job in enumerate(Job.objects.order_by("title", "id")):
        if job.title in JOBS:
            department, women, men = JOBS[job.title]
            change_job(
                actor=stage.actors["safety"],
                job_id=job.pk,
                title=job.title,
                department_code=department,
                women=women,
                men=men,
                review_date=stage.day(-30 * (number + 1)),
                at=stage.at(60),
            )


def _dangers(job: str) -> Iterator[HazardLine]:
    """The dangers of a job, each once; the workbook says only "Noise 5"."""
    templates, told = load_content().job_hazards, set()
    for code in LISTS[job]:
        for step in templates[code].steps:
            for line in step.lines:
                if line.text not in told:
                    told.add(line.text)
                    yield line


def _risk(stage: Stage, number: int, risk: JobRisk, line: HazardLine) -> None:
    actor = stage.actors["safety"]
    surer, other = line.measures[0], line.measures[-1]
    correct_job_risk(
        actor=actor,
        job_risk_id=risk.pk,
        values={
            "hazard": line.text,
            "kind": line.kind,
            "is_pregnancy": line.is_pregnancy,
            "is_breastfeeding": line.is_breastfeeding,
        },
        at=stage.at(60),
    )
    for wrong in Control.objects.filter(risk=risk, dropped_date__isnull=True):
        drop_control(
            actor=actor, control_id=wrong.pk, reason="Written down more exactly below", **stage.when(60)
        )
    if risk.level_first >= 1:
        if number % 3:
            _in_place(stage, risk, surer, 55 - number % 20)
        else:
            _in_place(stage, risk, other, 55 - number % 20)
    if risk.level_first >= HIGH_LEVEL and number % 4 != 1:
        _plan(stage, number, risk, other if number % 3 else surer)
    if risk.level_first >= 2 and number % 9:
        rate_job_risk(
            actor=actor,
            job_risk_id=risk.pk,
            method=risk.method,
            likelihood=_lower(risk, number % 3 != 0),
            exposure=risk.exposure,
            severity=risk.severity,
            reason="Looked at with the people of the line, measures in place",
            day=stage.day(30 - number % 12),
            at=stage.at(30 - number % 12),
        )


def _lower(risk: JobRisk, is_guarded: bool) -> Decimal:
    """A guard makes harm rare, a rule only less likely."""
    if risk.method == "LEC":
        scale = [Decimal(each) for each in ("0.1", "0.2", "0.5", "1", "3", "6", "10")]
    else:
        scale = [Decimal(each) for each in range(1, 6)]
    return scale[max(0, scale.index(risk.likelihood.normalize()) - (3 if is_guarded else 1))]


def _in_place(stage: Stage, risk: JobRisk, measure: HazardMeasure, ago: int) -> None:
    control = AddedControl(measure.text, measure.type, is_in_place=True, done_date=stage.day(ago))
    add_control(
        actor=stage.actors["safety"],
        job_risk_id=risk.pk,
        control=control,
        day=stage.day(ago),
        at=stage.at(ago),
    )


def _plan(stage: Stage, number: int, risk: JobRisk, measure: HazardMeasure) -> None:
    due = stage.day(0) + timedelta(days=DUE[number % len(DUE)])
    control = AddedControl(
        measure.text, measure.type, is_in_place=False, owner_name=OWNERS[number % len(OWNERS)], due_date=due
    )
    made = add_control(
        actor=stage.actors["safety"],
        job_risk_id=risk.pk,
        control=control,
        day=stage.day(40),
        at=stage.at(40),
    )
    if number % 5 == 0:
        finish_control(actor=stage.actors["safety"], control_id=made.pk, **stage.when(15))
    elif number % 23 == 2:
        reason = "The supplier will rebuild the machine instead"
        drop_control(actor=stage.actors["safety"], control_id=made.pk, reason=reason, **stage.when(10))


def _people(stage: Stage) -> None:
    actor = stage.actors["safety"]
    jobs = {job.title: job for job in Job.objects.all()}
    for title, ago, women, men, front, words, names in (
        (
            "Boarding operator",
            28,
            4,
            6,
            9,
            "The screen helps. The floor by the steam outlet is still wet at the end of the shift.",
            ("Wang Fang", "Li Na", "Zhang Wei", "Sun Hao"),
        ),
        (
            "Toe-closing operator",
            24,
            9,
            1,
            10,
            "Chairs that can be set higher. Whoever is pregnant should not lift the boxes.",
            ("Chen Mei", "Liu Yan"),
        ),
        ("Dyer", 21, 1, 5, 5, "The pump for the liquid dye is good; we want one at vat 4 too.", ()),
    ):
        if title in jobs:
            record_consultation(
                actor=actor,
                job_id=jobs[title].pk,
                held_date=stage.day(ago),
                words=words,
                women=women,
                men=men,
                front_line=front,
                signatures=[(name, "") for name in names],
                at=stage.at(ago),
            )
    if "Boarding operator" in jobs:
        finish_review(
            actor=actor,
            job_id=jobs["Boarding operator"].pk,
            outcome="Two measures added after the talk with the line",
            **stage.when(27),
        )
    if "Dyer" in jobs:
        trigger_review(
            actor=actor,
            cause=Cause.CHANGE,
            words="Vat 4 now runs with the liquid dye",
            job="Dyer",
            **stage.when(5),
        )

"""Riverside's improvement plan after the first training, and two projects that remove hazards."""

from __future__ import annotations

from fairfloor.config.demo.stage import Stage
from fairfloor.projects.services import (
    add_row,
    draft_plan,
    link_hazards,
    look_at_row,
    start_project,
    start_row_project,
)
from fairfloor.safety.public import UNFIXED, Hazard

# (problem, source, action, worker, manager, measure, baseline, target, looks as days ago → light, words)
ROWS = (
    (
        "Broken needles are found in finished socks",
        "BASELINE",
        "Count needles at each change of shift",
        "Wang Fang",
        "Chen Bo",
        ("Broken needles found at packing a week", "9", "under 2"),
        (
            (35, "AMBER", "Two shifts of three count."),
            (7, "GREEN", "All shifts count; three found this week."),
        ),
    ),
    (
        "Aisles between the knitting machines are blocked",
        "CLASS",
        "Mark the aisles and give each yarn cart a place",
        "Liu Min",
        "Zhao Lei",
        ("Blocked places on the weekly round", "11", "under 3"),
        ((35, "RED", "Paint has not come."), (7, "GREEN", "Marked; four blocked places left.")),
    ),
    (
        "The label printer stops twice a shift",
        "SUGGESTION",
        "Change the roller each month, keep one spare",
        "Sun Yan",
        "Chen Bo",
        ("Stops a shift", "2", "under 1 a week"),
        ((7, "AMBER", "New roller in; the spare is ordered."),),
    ),
    (
        "It is too hot beside the setting machines in summer",
        "SURVEY",
        "Lead the hot air out and measure each afternoon",
        "Gao Jun",
        "Zhao Lei",
        ("Degrees at 15:00", "36", "31"),
        ((7, "RED", "The offer for the duct is twice the budget."),),
    ),
    (
        "Covers of two presses are opened while they run",
        "HAZARD",
        "Fit a switch that stops the press",
        "Ma Li",
        "Chen Bo",
        ("Presses with a switch", "0 of 2", "2 of 2"),
        (),
    ),
)


def play(stage: Stage) -> None:
    """The plan with its looks, one row already a project, and two projects with the hazards they remove."""
    secretary, member = stage.actors["secretary"], stage.actors["member"]
    plan = draft_plan(actor=secretary, title="After the first training", module="WPC", **stage.when(60))
    made = []
    for problem, source, action, worker, manager, (measure, baseline, target), looks in ROWS:
        row = add_row(
            actor=secretary,
            plan_id=plan.pk,
            problem=problem,
            source=source,
            action=action,
            worker=worker,
            manager=manager,
            start_date=stage.day(55),
            due_date=stage.day(-30),
            measure=measure,
            baseline=baseline,
            target=target,
            at=stage.when(60)["at"],
        )
        made.append(row)
        for ago, light, words in looks:
            look_at_row(actor=secretary, row_id=row.pk, light=light, words=words, **stage.when(ago))
    carried = start_row_project(actor=secretary, row_id=made[-1].pk, **stage.when(5))
    open_hazards = list(Hazard.objects.filter(status__in=sorted(UNFIXED)).order_by("-found_date", "id")[:3])
    link_hazards(
        actor=member,
        project_id=carried.pk,
        hazard_ids=[hazard.pk for hazard in open_hazards[:1]],
        **stage.when(4),
    )
    start_project(
        actor=member,
        title="Clear ways in knitting and packing",
        problem="The same places are blocked again each week.",
        target="Nothing stands in the ways for four weeks.",
        hazard_ids=[hazard.pk for hazard in open_hazards[1:]],
        owner_name=member.name,
        **stage.when(3),
    )

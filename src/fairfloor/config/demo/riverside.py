"""Living items of Riverside Knitting, all of the last weeks: after the period its workbook reports on."""

from __future__ import annotations

from decimal import Decimal

from fairfloor.actions.public import add_action, complete_action
from fairfloor.config.demo import (
    benefits,
    board,
    direction,
    hazard_lives,
    incidents,
    job_risks,
    logins,
    media,
    meetings,
    numbers,
    plans,
    rounds,
    team_life,
    year,
)
from fairfloor.config.demo.stage import Stage
from fairfloor.projects.public import finish_project, start_project
from fairfloor.projects.services import begin_project, record_act, record_check, record_do, verify_project
from fairfloor.safety.public import report_hazard
from fairfloor.safety.services import assign_hazard, fix_hazard, verify_hazard
from fairfloor.suggestions.public import (
    accept_suggestion,
    answer_suggestion,
    confirm_outcome,
    decline_suggestion,
    mark_passed_to_safety,
    merge_suggestion,
    take_to_meeting,
)

# What a writer may say of themself, if they like.
WOMAN = {"sex": "FEMALE", "level": "FRONT_LINE"}
MAN = {"sex": "MALE", "level": "FRONT_LINE"}
LEADER = {"sex": "FEMALE", "level": "SUPERVISOR"}


def play(stage: Stage) -> None:
    """Everything at every stage: ideas, hazards, projects, actions and the next meeting."""
    _new_ideas(stage)
    _decided_ideas(stage)
    _hazards(stage)
    _projects(stage)
    _actions(stage)
    year.play(stage)
    incidents.play(stage)
    hazard_lives.tell(stage)
    benefits.play(stage)
    rounds.play(stage)
    direction.play(stage)
    numbers.play(stage)
    team_life.play(stage)
    job_risks.play(stage)
    plans.play(stage)
    meetings.play(stage)
    logins.play(stage)
    board.play(stage)


def _new_ideas(stage: Stage) -> None:
    secretary = stage.actors["secretary"]
    stage.idea(
        1,
        "午休时织造车间的灯可以关一半，省电也好休息。",
        category="COST",
        **WOMAN,
        department_code="KNT",
    )
    stage.idea(
        3,
        "The label printer in packing jams after every tenth sheet. A new roller would save us the waiting.",
        category="QUALITY",
        **WOMAN,
        department_code="PAK",
    )
    late = stage.idea(
        19,
        "定型车间太热，能不能在靠门的一侧装一台排风扇？",
        category="COMFORT",
        **MAN,
        department_code="BRD",
    )
    answer_suggestion(
        actor=secretary,
        suggestion_id=late.pk,
        text="谢谢您。我们已请设备部测量温度，下周告诉您结果。",
        **stage.when(16),
    )
    stage.asks(late, 2, "还是很热，有结果了吗？")
    cones = stage.idea(
        4,
        "Put the yarn cones for the night shift beside the machines before the day shift leaves.",
        category="DELIVERY",
        **LEADER,
        department_code="KNT",
    )
    media.send_photo(stage, cones, "shelf", 4)


def _decided_ideas(stage: Stage) -> None:
    secretary, member = stage.actors["secretary"], stage.actors["member"]
    for_meeting = stage.idea(
        8,
        "Let each line choose its own song for the last half hour.",
        category="COMMUNICATION",
        **WOMAN,
    )
    take_to_meeting(actor=secretary, suggestion_id=for_meeting.pk, **stage.when(6))
    second = stage.idea(9, "食堂的汤常常不够，最后来的人喝不到。", category="OTHER", **MAN)
    take_to_meeting(actor=secretary, suggestion_id=second.pk, **stage.when(6))

    accepted = stage.idea(
        13,
        "Give the toe-closing line adjustable chairs; many of us have sore backs after noon.",
        category="COMFORT",
        **WOMAN,
        department_code="SEW",
    )
    accept_suggestion(
        actor=secretary,
        suggestion_id=accepted.pk,
        answer="A good idea. Four chairs come next week for a trial; tell us how they feel.",
        **stage.when(10),
    )
    declined = stage.idea(15, "Pay the monthly bonus every week.", category="OTHER", **WOMAN)
    decline_suggestion(
        actor=stage.actors["manager"],
        suggestion_id=declined.pk,
        reason="The wage office closes its books once a month, so we cannot. "
        "We will print on each pay slip how the bonus was reckoned, which several of you asked for.",
        **stage.when(11),
    )
    twin = stage.idea(
        12,
        "The chairs at toe closing hurt. Please get better ones.",
        category="COMFORT",
        **WOMAN,
        department_code="SEW",
    )
    merge_suggestion(
        actor=member,
        suggestion_id=twin.pk,
        into_id=accepted.pk,
        answer="Another colleague had the same idea. You will read the same answer here.",
        **stage.when(10),
    )
    danger = stage.idea(
        7,
        "仓库后门的应急灯不亮了，晚上什么都看不见。",
        category="SAFETY",
        **MAN,
        department_code="WHS",
    )
    hazard = report_hazard(
        actor=stage.actors["safety"],
        description="应急灯不亮：仓库后门。",
        category="LIGHT",
        department_code="WHS",
        likelihood=4,
        severity=4,
        **stage.when(6),
    )
    mark_passed_to_safety(
        actor=stage.actors["safety"], suggestion_id=danger.pk, hazard_code=hazard.code, **stage.when(6)
    )


def _hazards(stage: Stage) -> None:
    officer, member = stage.actors["safety"], stage.actors["member"]
    belt = report_hazard(
        actor=stage.worker,
        description="The guard over the belt of dyeing machine 6 is held by one screw only.",
        category="MACHINE_GUARDING",
        department_code="DYE",
        likelihood=4,
        severity=5,
        **stage.when(9),
    )
    assign_hazard(
        actor=officer,
        hazard_id=belt.pk,
        responsible_name="Deng Hao",
        due_date=stage.day(2),
        at=stage.at(8),
    )
    cable = report_hazard(
        actor=member,
        description="A cable lies across the aisle between packing tables 3 and 4.",
        category="SLIPS",
        department_code="PAK",
        likelihood=3,
        severity=3,
        **stage.when(14),
    )
    assign_hazard(
        actor=officer, hazard_id=cable.pk, responsible_name="Hu Jing", due_date=stage.day(5), at=stage.at(13)
    )
    fix_hazard(
        actor=member,
        hazard_id=cable.pk,
        control_type="ENGINEERING",
        control="The cable now runs along the beam overhead.",
        **stage.when(7),
    )
    drum = report_hazard(
        actor=stage.worker,
        description="染料桶没有标签，不知道里面是什么。",
        category="CHEMICAL",
        department_code="DYE",
        likelihood=3,
        severity=4,
        **stage.when(25),
    )
    assign_hazard(
        actor=officer, hazard_id=drum.pk, responsible_name="Deng Hao", due_date=stage.day(15), at=stage.at(24)
    )
    fix_hazard(
        actor=officer,
        hazard_id=drum.pk,
        control_type="ADMINISTRATIVE",
        control="所有染料桶都贴了中文和英文标签。",
        **stage.when(18),
    )
    verify_hazard(actor=member, hazard_id=drum.pk, at=stage.at(16))
    report_hazard(
        actor=stage.worker,
        description="Boxes stand before the fire exit of the warehouse in the evening.",
        category="FIRE_EXIT",
        department_code="WHS",
        likelihood=3,
        severity=5,
        **stage.when(1),
    )


def _projects(stage: Stage) -> None:
    secretary, member = stage.actors["secretary"], stage.actors["member"]
    start_project(
        actor=secretary,
        title="Compressed air: find and close the leaks",
        department_code="ENG",
        tags=("energy",),
        problem="At night, with no machine running, the compressor still starts every six minutes.",
        is_idea=True,
        **stage.when(5),
    )
    planned = start_project(
        actor=secretary,
        title="One place for every tool at the knitting machines",
        department_code="KNT",
        module="LEAN",
        tags=("5S",),
        problem="A setter looks for tools eleven minutes a shift.",
        target="Under two minutes by the end of next month.",
        owner_name=member.name,
        owner_user_id=member.user_id,
        due_date=stage.day(-20),
        **stage.when(12),
    )
    begin = {"actor": member, "project_id": planned.pk}
    if planned.status != "IN_PROGRESS":
        begin_project(**begin, **stage.when(11))
    doing = start_project(
        actor=secretary,
        title="Fewer holed socks after boarding",
        department_code="BRD",
        module="QM",
        tags=("quality",),
        problem="4.1 % of pairs leave boarding with a hole at the heel.",
        target="Below 2.5 %.",
        owner_name=member.name,
        owner_user_id=member.user_id,
        due_date=stage.day(4),
        **stage.when(40),
    )
    if doing.status != "IN_PROGRESS":
        begin_project(actor=member, project_id=doing.pk, **stage.when(39))
    record_do(
        actor=member,
        project_id=doing.pk,
        measures="Rounded the edges of 36 forms and check the steam pressure at each start of shift.",
        cost=Decimal("1800"),
        **stage.when(20),
    )
    _finished(stage)


def _finished(stage: Stage) -> None:
    """From an idea on a phone to "it is fixed", the whole way; and one finished that waits to be verified."""
    secretary, member, manager = (stage.actors[name] for name in ("secretary", "member", "manager"))
    idea = stage.idea(
        48,
        "饮水机离缝头车间太远，来回要十分钟。",
        category="COMFORT",
        **WOMAN,
        department_code="SEW",
    )
    project = start_project(
        actor=secretary,
        title="A water dispenser beside toe closing",
        department_code="SEW",
        tags=("welfare",),
        problem="The next dispenser is 140 metres away.",
        suggestion_ids=(idea.pk,),
        owner_name=member.name,
        owner_user_id=member.user_id,
        due_date=stage.day(20),
        **stage.when(44),
    )
    if project.status != "IN_PROGRESS":
        begin_project(actor=member, project_id=project.pk, **stage.when(43))
    record_do(
        actor=member,
        project_id=project.pk,
        measures="Laid a pipe and set a dispenser at the end of the line.",
        cost=Decimal("2300"),
        **stage.when(30),
    )
    record_check(
        actor=member,
        project_id=project.pk,
        check_result="The walk now takes one minute. Asked twelve colleagues: all content.",
        **stage.when(24),
    )
    record_act(
        actor=member,
        project_id=project.pk,
        learned="Ask where people walk before setting anything up.",
        standard="Maintenance changes the filter on the first of each month.",
        **stage.when(23),
    )
    finish_project(
        actor=member,
        project_id=project.pk,
        answer="饮水机已经装好了，就在缝头车间的尽头。谢谢您的建议！",
        **stage.when(22),
    )
    confirm_outcome(
        actor=stage.worker, suggestion_id=idea.pk, is_fixed=True, text="很好，谢谢！", **stage.when(20)
    )
    verify_project(actor=manager, project_id=project.pk, **stage.when(18))

    other = stage.idea(
        35,
        "Mark the walkway in the warehouse in yellow so the fork-lift keeps off it.",
        category="SAFETY",
        **WOMAN,
    )
    marked = start_project(
        actor=secretary,
        title="A marked walkway through the warehouse",
        department_code="WHS",
        tags=("safety",),
        suggestion_ids=(other.pk,),
        owner_name=member.name,
        owner_user_id=member.user_id,
        due_date=stage.day(3),
        **stage.when(32),
    )
    if marked.status != "IN_PROGRESS":
        begin_project(actor=member, project_id=marked.pk, **stage.when(31))
    finish_project(
        actor=member,
        project_id=marked.pk,
        answer="The walkway is painted, and the drivers were told. Is it good so?",
        check_result="Two weeks without a near miss; before, there was one each week.",
        **stage.when(5),
    )


def _actions(stage: Stage) -> None:
    secretary, hr = stage.actors["secretary"], stage.actors["hr"]
    about = {"about_feature": "", "about_code": ""}

    def write(days_ago: int, text: str, owner, due_in: int):
        return add_action(
            actor=secretary,
            text=text,
            owner_name=owner.name,
            owner_user_id=owner.user_id,
            due_date=stage.day(-due_in),
            **about,
            **stage.when(days_ago),
        )

    write(12, "Ask two front-line workers to join the improvement team", secretary, -2)
    write(12, "Put the summary of the last meeting on the board in both shifts", secretary, 2)
    write(10, "Look through the job advertisements once more before they go out", hr, 5)
    write(9, "Measure the temperature in boarding at noon for a week", stage.actors["safety"], -1)
    done = write(20, "Order four adjustable chairs for a trial", stage.actors["manager"], -8)
    complete_action(actor=stage.actors["manager"], action_id=done.pk, **stage.when(9))

"""Rounds are taken once and whole; what does not fit is refused and changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fairfloor.actions.public import ActionItem
from fairfloor.checklists.models import Finding, OwnChecklist, RedTag, Routine, WalkRound
from fairfloor.checklists.selectors import compare, due_rounds, previous_round
from fairfloor.checklists.services import findings, settings, tags
from fairfloor.checklists.services.rounds import AnotherRound, Answer, RoundRefused, withdraw_round
from fairfloor.core.access import Forbidden
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.core.tenancy import scope
from fairfloor.safety.public import Hazard
from tests.cast import NOW, TODAY
from tests.checklists.rounds import all_answers, area, walk


@pytest.fixture(autouse=True)
def inside(river, hill, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    with scope(hill.id):
        area(hill)
    with scope(river.id):
        area(river)
        yield


def test_a_hunt_is_scored_by_section_and_keeps_its_findings(river, hill):
    answers = all_answers("hunt-fire", "OK", out_1=Answer("NOT_OK", "Chained"), out_2=Answer("NA"))
    walked, is_new = walk(river, answers=answers)
    assert is_new
    assert (walked.points, walked.points_possible) == (24, 25)
    assert walked.sections["out"] == [6, 7, 1]
    assert walked.checklist_pin == "checklist-hunt-fire@1:hunt-fire"
    found = Finding.objects.get()
    assert (found.item, found.words, found.department_code) == ("out-1", "Chained", "KNT")
    with scope(hill.id):
        assert not WalkRound.objects.exists()


def test_sent_twice_is_one_and_other_answers_are_refused(river):
    first, _new = walk(river, client_id="a" * 32)
    again, is_new = walk(river, client_id="a" * 32)
    assert (again.pk, is_new) == (first.pk, False)
    with pytest.raises(AnotherRound):
        walk(river, client_id="a" * 32, answers=all_answers("hunt-fire", "NA"))
    assert WalkRound.objects.count() == 1


REFUSED = [
    ({"answers": {"out-1": Answer("OK")}}, "UNANSWERED"),
    ({"answers_of": ("hunt-fire", "4")}, "OUTSIDE_SCALE"),
    ({"version": "0"}, "STALE_CHECKLIST"),
    ({"code": "hunt-moon", "answers": {}}, "UNKNOWN_CHECKLIST"),
    ({"area_code": "NOWHERE"}, "UNKNOWN_AREA"),
    ({"finished_date": TODAY + timedelta(days=1)}, "FUTURE"),
    ({"started_date": TODAY, "finished_date": TODAY - timedelta(days=2)}, "BEFORE"),
    ({"code": "five-s", "answers_of": ("five-s", "5")}, "OUTSIDE_SCALE"),
    ({"code": "five-s", "answers_of": ("five-s", "1")}, "PHOTO_MISSING"),
]


@pytest.mark.parametrize(
    ("values", "why"), REFUSED, ids=[why + str(n) for n, (_v, why) in enumerate(REFUSED)]
)
def test_what_does_not_fit_is_refused(river, values, why):
    values = dict(values)
    if "answers_of" in values:
        values["answers"] = all_answers(*values.pop("answers_of"))
    with pytest.raises(RoundRefused) as caught:
        walk(river, **values)
    assert caught.value.code == why
    assert not WalkRound.objects.exists()
    assert not Finding.objects.exists()


def test_an_unknown_question_is_refused(river):
    with pytest.raises(RoundRefused, match="UNKNOWN_ITEM"):
        walk(river, answers={**all_answers("hunt-fire", "OK"), "roof-9": Answer("OK")})


def test_a_low_score_needs_a_photo_of_the_same_person(river):
    low = all_answers("five-s", "3", sort_1=Answer("1", "Old samples"))
    with pytest.raises(RoundRefused, match="PHOTO_MISSING"):
        walk(river, "five-s", low)
    walked, _new = walk(river, "five-s", low, photo_for=["sort-1"])
    assert (walked.points, walked.points_possible) == (73, 100)
    assert Finding.objects.get().photo is not None


def test_who_looks_after_an_area_does_not_audit_it(river):
    area(river, "OWN", owner_user_id=1, owner_name="Test Person")
    with pytest.raises(RoundRefused, match="OWN_AREA"):
        walk(river, "five-s", area_code="OWN")
    assert walk(river, "hunt-fire", area_code="OWN")[1]
    walk(river, "five-s")


def test_a_finding_becomes_a_hazard_with_the_rating_of_its_question(river):
    walk(river, answers=all_answers("hunt-fire", "OK", out_1=Answer("NOT_OK", "Chained")))
    found = Finding.objects.get()
    officer = river.actor("SAFETY_OFFICER")
    findings.make_hazard(actor=officer, finding_id=found.pk, question="", at=NOW, version=1)
    hazard = Hazard.objects.get()
    assert (hazard.category, hazard.likelihood, hazard.severity) == ("FIRE_EXIT", 3, 5)
    assert hazard.description.startswith("Chained (Can every exit")
    found.refresh_from_db()
    assert (found.status, found.outcome_code) == ("HAZARD", hazard.code)
    assert (hazard.channel, hazard.source_code) == ("WALK_ROUND", found.round_code)
    with pytest.raises(MoveNotAllowed):
        findings.drop_finding(actor=officer, finding_id=found.pk, reason="No", at=NOW)


def test_a_finding_becomes_an_action_or_nothing_for_a_reason(river):
    bad = {"out_1": Answer("NOT_OK"), "out_2": Answer("NOT_OK")}
    walk(river, answers=all_answers("hunt-fire", "OK", **bad))
    one, two = Finding.objects.order_by("item")
    officer = river.actor("SAFETY_OFFICER")
    findings.make_action(
        actor=officer,
        finding_id=one.pk,
        question="",
        owner_name="Hu",
        owner_user_id=None,
        due_date=TODAY,
        day=TODAY,
        at=NOW,
    )
    assert ActionItem.objects.get().about_code == one.round_code
    with pytest.raises(findings.ReasonMissing):
        findings.drop_finding(actor=officer, finding_id=two.pk, reason=" ", at=NOW)
    with pytest.raises(StaleEdit):
        findings.drop_finding(actor=officer, finding_id=two.pk, reason="Rebuilt", at=NOW, version=9)
    assert (
        findings.drop_finding(actor=officer, finding_id=two.pk, reason="Rebuilt", at=NOW).status == "NOTHING"
    )


def test_a_round_is_compared_with_the_one_before(river):
    before = all_answers("five-s", "2")
    walk(river, "five-s", before, finished_date=TODAY - timedelta(days=1))
    now = {**all_answers("five-s", "2"), "sort-1": Answer("4"), "set-1": Answer("4"), "shine-1": Answer("2")}
    walked, _new = walk(river, "five-s", now)
    found = compare(walked, previous_round(walked))
    assert (found.better, found.worse, found.same) == (2, 0, 3)


def test_a_wrong_round_is_taken_back_once(river):
    walked, _new = walk(river)
    with pytest.raises(Forbidden):
        withdraw_round(actor=river.actor("TEAM_MEMBER"), round_id=walked.pk, reason="Test", at=NOW)
    manager = river.actor("MANAGER")
    with pytest.raises(ValueError, match="reason"):
        withdraw_round(actor=manager, round_id=walked.pk, reason="", at=NOW)
    withdraw_round(actor=manager, round_id=walked.pk, reason="Test", at=NOW)
    with pytest.raises(MoveNotAllowed):
        withdraw_round(actor=manager, round_id=walked.pk, reason="Test", at=NOW)


def test_a_routine_is_due_until_it_is_walked(river):
    common = {
        "actor": river.actor("MANAGER"),
        "area_code": "LINE-A",
        "checklist_code": "hunt-fire",
        "at": NOW,
    }
    settings.set_routine(**common, every_weeks=4, from_date=TODAY)
    assert [due.due_date for due in due_rounds(TODAY)] == [TODAY]
    walk(river)
    assert due_rounds(TODAY) == []
    assert due_rounds(TODAY + timedelta(weeks=3))[0].due_date == TODAY + timedelta(weeks=4)
    settings.set_routine(**common, every_weeks=0, from_date=TODAY)
    assert not Routine.objects.exists()


def test_an_own_list_gets_a_new_version_and_old_rounds_keep_theirs(river):
    manager = river.actor("MANAGER")
    text = "# Gate\nIs the gate lit? | At night\nIs the dog tied?"
    own = settings.publish_checklist(actor=manager, name="Gate", kind="HAZARD_HUNT", text=text, at=NOW)
    assert settings.text_of(own.document) == text
    walked, _new = walk(river, own.code)
    changed = settings.publish_checklist(
        actor=manager,
        name="Gate",
        kind="HAZARD_HUNT",
        text=text + "\nIs it dry?",
        at=NOW,
        code=own.code,
        number=1,
    )
    assert changed.number == 2
    assert walked.checklist_pin.startswith(f"{own.code}@1:")
    with pytest.raises(RoundRefused, match="STALE_CHECKLIST"):
        walk(river, own.code)
    with pytest.raises(StaleEdit):
        settings.publish_checklist(
            actor=manager, name="G", kind="HAZARD_HUNT", text=text, at=NOW, code=own.code, number=1
        )
    with pytest.raises(settings.SettingRefused):
        settings.publish_checklist(actor=manager, name="G", kind="FIVE_S", text="# Only\n", at=NOW)
    assert OwnChecklist.objects.count() == 2


def test_a_red_tag_is_decided_then_done(river):
    actor = river.actor("WORKER_REPRESENTATIVE")
    tag = tags.hang_tag(actor=actor, item="Old fan", area_code="LINE-A", reason="", day=TODAY, at=NOW)
    assert tag.due_date == TODAY + timedelta(days=30)
    with pytest.raises(MoveNotAllowed):
        tags.finish_tag(actor=actor, tag_id=tag.pk, day=TODAY, at=NOW)
    with pytest.raises(tags.TagRefused):
        tags.decide_tag(actor=actor, tag_id=tag.pk, decision="BURN", due_date=TODAY, at=NOW)
    with pytest.raises(tags.TagRefused):
        early = TODAY - timedelta(days=1)
        tags.decide_tag(actor=actor, tag_id=tag.pk, decision="SELL", due_date=early, at=NOW)
    tags.decide_tag(actor=actor, tag_id=tag.pk, decision="SELL", due_date=TODAY, at=NOW)
    tags.finish_tag(actor=actor, tag_id=tag.pk, day=TODAY, at=NOW)
    assert RedTag.objects.get().done_date == TODAY

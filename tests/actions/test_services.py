"""Verbs on actions: what they do, and what they refuse."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fairfloor.actions.models import ActionItem
from fairfloor.actions.public import (
    MoveNotAllowed,
    StaleEdit,
    TextMissing,
    actions_about,
    add_action,
    cancel_action,
    change_action,
    complete_action,
    open_actions,
    overdue_actions,
    reopen_action,
    waiting,
)
from fairfloor.core import audit
from fairfloor.core.access import Forbidden
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from tests.cast import NOW, TODAY

LATER = NOW + timedelta(minutes=5)


def add(factory, text="Mend the lamp", due_date=TODAY, **values):
    with scope(factory.id):
        return add_action(
            actor=factory.actor(Role.TEAM_MEMBER, name="Lin Wei"),
            text=text,
            owner_name="Luo Yan",
            due_date=due_date,
            about_feature="safety",
            about_code="H-1",
            day=TODAY,
            at=NOW,
            **values,
        )


def test_an_action_is_kept_with_its_trace(river, hill):
    action = add(river)
    add(hill, "Elsewhere")
    with scope(river.id):
        assert [a.text for a in open_actions("safety", "H-1")] == ["Mend the lamp"]
        assert action.code.startswith("A-")
        assert [e.verb for e in audit.story_of(action)] == ["action.added"]
        with pytest.raises(ActionItem.DoesNotExist):
            complete_action(actor=hill.actor(Role.TEAM_MEMBER), action_id=add(hill).pk, day=TODAY, at=NOW)


def test_without_words_there_is_no_action(river):
    with pytest.raises(TextMissing):
        add(river, "   ")
    with scope(river.id):
        assert not ActionItem.objects.exists()


def test_a_worker_without_account_and_an_outsider_may_not(river):
    action = add(river)
    with scope(river.id):
        for actor in (river.worker, river.actor(Role.BUYER)):
            with pytest.raises(Forbidden):
                complete_action(actor=actor, action_id=action.pk, day=TODAY, at=NOW)
        representative = river.actor(Role.WORKER_REPRESENTATIVE)
        assert complete_action(actor=representative, action_id=action.pk, day=TODAY, at=NOW).status == "DONE"


def test_done_reopened_cancelled(river):
    action = add(river)
    actor = river.actor(Role.TEAM_MEMBER)
    with scope(river.id):
        done = complete_action(actor=actor, action_id=action.pk, day=TODAY, at=NOW, version=1)
        assert (done.status, done.done_date, done.version) == ("DONE", TODAY, 2)
        with pytest.raises(MoveNotAllowed):
            complete_action(actor=actor, action_id=action.pk, day=TODAY, at=NOW)
        with pytest.raises(StaleEdit):
            reopen_action(actor=actor, action_id=action.pk, at=NOW, version=1)
        assert reopen_action(actor=actor, action_id=action.pk, at=NOW, version=2).done_date is None
        cancelled = cancel_action(actor=actor, action_id=action.pk, reason="Bought new", at=LATER)
        assert cancelled.status == "CANCELLED"
        assert audit.story_of(action)[-1].detail["reason"] == "Bought new"
        assert actions_about("safety", "H-1") == [cancelled]
        assert not open_actions()


def test_a_change_keeps_what_it_said_before(river):
    action = add(river)
    actor = river.actor(Role.TEAM_MEMBER)
    values = {"text": "Mend both lamps", "owner_name": "Luo Yan", "due_date": date(2026, 4, 1)}
    with scope(river.id):
        changed = change_action(actor=actor, action_id=action.pk, at=LATER, version=1, **values)
        assert changed.version == 2
        before = audit.story_of(action)[-1].detail["before"]
        assert before == {"text": "Mend the lamp", "due_date": "2026-03-10"}
        with pytest.raises(StaleEdit):
            change_action(actor=actor, action_id=action.pk, at=NOW, version=1, **values)
        # The same again is no change and leaves no trace.
        assert change_action(actor=actor, action_id=action.pk, at=NOW, version=2, **values).version == 2
        with pytest.raises(TextMissing):
            change_action(actor=actor, action_id=action.pk, at=NOW, **(values | {"text": ""}))


def test_overdue_begins_the_day_after(river):
    add(river, "today", TODAY)
    add(river, "late", TODAY - timedelta(days=1))
    add(river, "later", TODAY - timedelta(days=9))
    add(river, "whenever", None)
    with scope(river.id):
        assert [a.text for a in overdue_actions(TODAY)] == ["later", "late"]
        assert [a.text for a in open_actions()] == ["later", "late", "today", "whenever"]


def test_what_waits_for_a_person(river):
    user = river.user("lin", Role.TEAM_MEMBER)
    add(river, "late", TODAY - timedelta(days=1), owner_user_id=user.pk)
    add(river, "far off", TODAY + timedelta(days=30), owner_user_id=user.pk)
    add(river, "not mine")
    with scope(river.id):
        actor = river.actor(Role.TEAM_MEMBER)
        mine = waiting(replace(actor, user_id=user.pk), TODAY)
        assert [(w.url_name, w.is_late) for w in mine] == [("actions:detail", True)]
        assert waiting(river.worker, TODAY) == []

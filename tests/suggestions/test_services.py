"""Rules of suggestions that no page shows by itself."""

from datetime import timedelta

import pytest

from fairfloor.core import audit
from fairfloor.core.access import Forbidden
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role, group_to_keep
from fairfloor.suggestions import services
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.public import waiting, worker_story
from fairfloor.suggestions.selectors import LIKE_ENOUGH
from fairfloor.suggestions.similarity import likeness, tokens
from tests.cast import NOW, TODAY
from tests.suggestions.asking import send

PEOPLE = [
    ("KNT", "FEMALE", "FRONT_LINE", 40),
    ("KNT", "MALE", "FRONT_LINE", 4),
    ("KNT", "FEMALE", "SUPERVISOR", 2),
    ("KNT", "MALE", "SUPERVISOR", 1),
    ("PAK", "MALE", "SUPERVISOR", 9),
]


@pytest.mark.parametrize(
    ("department", "sex", "level", "kept"),
    [
        ("KNT", "FEMALE", "FRONT_LINE", ("FEMALE", "FRONT_LINE")),
        ("KNT", "MALE", "FRONT_LINE", ("", "FRONT_LINE")),
        ("KNT", "FEMALE", "SUPERVISOR", ("FEMALE", "")),
        ("KNT", "OTHER", "SUPERVISOR", ("", "")),
        ("", "MALE", "SUPERVISOR", ("MALE", "SUPERVISOR")),
        ("PAK", "MALE", "", ("MALE", "")),
        ("DYE", "FEMALE", "FRONT_LINE", ("", "")),
        ("KNT", "", "", ("", "")),
    ],
)
def test_a_group_is_kept_where_five_share_it(department, sex, level, kept):
    assert group_to_keep(PEOPLE, department, sex, level) == kept
    assert group_to_keep([], department, sex, level) == ("", "")


def act(factory, *roles):
    return {"actor": factory.actor(*roles, name="Li Na"), "day": TODAY, "at": NOW}


def test_each_verb_asks_for_its_permission(river):
    sent = send(river)
    outsider = act(river, Role.BUYER)
    member = act(river, Role.TEAM_MEMBER)
    key = sent.suggestion.pk
    with scope(river.id):
        for verb, values in (
            (services.accept_suggestion, {}),
            (services.answer_suggestion, {"text": "x"}),
            (services.pass_to_safety, {"description": "x"}),
            (services.translate_suggestion, {"translation": "x"}),
        ):
            with pytest.raises(Forbidden):
                verb(suggestion_id=key, **values, **outsider)
        for many in (services.acknowledge_suggestions, services.take_many_to_meeting):
            with pytest.raises(Forbidden):
                many(suggestion_ids=[key], **outsider)
        for verb, values in (
            (services.correct_suggestion, {"title": "x"}),
            (services.withdraw_suggestion, {"reason": "x"}),
        ):
            with pytest.raises(Forbidden):
                verb(suggestion_id=key, **values, **member)
        with pytest.raises(Forbidden):
            services.ask_back(suggestion_id=key, text="x", **outsider)
        assert Suggestion.objects.get().version == 1


def test_another_factory_s_suggestion_is_not_there(river, hill):
    key = send(river).suggestion.pk
    with scope(hill.id):
        for verb, values in (
            (services.accept_suggestion, {}),
            (services.withdraw_suggestion, {"reason": "x"}),
            (services.ask_back, {"text": "x"}),
            (services.confirm_outcome, {"is_fixed": True, "text": ""}),
            (services.add_writer_group, {"sex": "FEMALE", "level": ""}),
        ):
            with pytest.raises(Suggestion.DoesNotExist):
                verb(suggestion_id=key, **values, **act(hill, Role.MANAGER))


def test_a_worker_s_words_cannot_be_corrected_and_typed_ones_can(river):
    phone = send(river)
    with scope(river.id):
        manager = act(river, Role.MANAGER)
        with pytest.raises(ValueError, match="own words"):
            services.correct_suggestion(suggestion_id=phone.suggestion.pk, text="Other", **manager)
        with pytest.raises(ValueError, match="to come"):
            services.correct_suggestion(
                suggestion_id=phone.suggestion.pk, submitted_date=TODAY + timedelta(days=1), **manager
            )
        with pytest.raises(ValueError, match="status"):
            services.correct_suggestion(suggestion_id=phone.suggestion.pk, status="DONE", **manager)
        paper = services.submit_suggestion(
            client_id="paper-client-id-0001", text="Mor light", channel="BOX", **manager
        )
        services.correct_suggestion(suggestion_id=paper.suggestion.pk, text="More light", **manager)
        story = audit.story_of(paper.suggestion)
    changes = [event.detail["changes"] for event in story if event.verb == "suggestion.corrected"]
    assert changes == [{"text": ["Mor light", "More light"]}]


def test_a_correction_that_changes_nothing_leaves_no_trace(river):
    sent = send(river)
    with scope(river.id):
        services.correct_suggestion(suggestion_id=sent.suggestion.pk, title="", **act(river, Role.MANAGER))
        assert [event.verb for event in audit.story_of(sent.suggestion)] == ["suggestion.submitted"]


def test_what_waits_is_told_to_those_who_can_answer(river, hill):
    new = send(river, text="Fresh", day=TODAY)
    late = send(river, text="Old", client_id="another-client-id-1", day=TODAY - timedelta(days=20))
    send(hill, text="Foreign")
    with scope(river.id):
        member = act(river, Role.TEAM_MEMBER)
        found = waiting(member["actor"], TODAY)
        assert [(item.key, item.is_late) for item in found] == [
            (late.suggestion.code, True),
            (new.suggestion.code, False),
        ]
        assert waiting(act(river, Role.WORKER_REPRESENTATIVE)["actor"], TODAY) == []
        services.decline_suggestion(suggestion_id=late.suggestion.pk, reason="No.", **member)
        services.accept_suggestion(suggestion_id=new.suggestion.pk, **member)
        assert waiting(member["actor"], TODAY) == []
        services.ask_back(
            actor=river.worker, suggestion_id=late.suggestion.pk, text="Why?", day=TODAY, at=NOW
        )
        assert [item.key for item in waiting(member["actor"], TODAY)] == [late.suggestion.code]


def test_a_receipt_tells_the_clock(river):
    sent = send(river)
    key = sent.suggestion.conversation_id
    with scope(river.id):
        assert worker_story(key, "en", TODAY).picture == "letter"
        services.acknowledge_suggestions(suggestion_ids=[sent.suggestion.pk], **act(river, Role.TEAM_MEMBER))
        assert worker_story(key, "en", TODAY).word == "Read"
        assert worker_story(key, "en", TODAY + timedelta(days=14)).word == "Read"
        assert worker_story(key, "en", TODAY + timedelta(days=15)).word == "Waiting too long"
        assert worker_story(0, "en", TODAY) is None


@pytest.mark.parametrize(
    ("one", "alike", "unlike"),
    [
        ("3号线上方的灯一直闪，晚上眼睛难受", "3号线的灯晚上一直闪，请换灯管", "食堂的菜太咸了，希望少放盐"),
        (
            "The lamp over line 3 flickers at night",
            "Flickering lamp on line 3 every night",
            "More water near the knitting hall",
        ),
    ],
)
def test_likeness_in_both_scripts(one, alike, unlike):
    near, far = likeness(tokens(one), tokens(alike)), likeness(tokens(one), tokens(unlike))
    assert near > LIKE_ENOUGH > far
    assert likeness(tokens(one), tokens(one)) == 100
    assert likeness(tokens("?!"), tokens(one)) == 0

"""The staff pages of suggestions: each act with its refusals, and both factories."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fairfloor.conversations.public import messages_of
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from fairfloor.safety.public import Hazard
from fairfloor.suggestions.models import Suggestion
from tests.suggestions.asking import ATTACK, send, signed_in

ACTS = ("accept", "answer", "meeting", "decline", "merge", "safety", "translate", "correct", "withdraw")
PAGES = ("", "decline/", "merge/", "safety/", "translate/", "correct/", "withdraw/")


@pytest.fixture
def secretary(river):
    return signed_in(river, "li", Role.TEAM_SECRETARY)


def address(factory, sent=None, page=""):
    base = f"/e/{factory.slug}/suggestions/"
    return f"{base}{sent.suggestion.code}/{page}" if sent else base + page


def fresh(factory, sent):
    with scope(factory.id):
        return Suggestion.objects.select_related("conversation", "merged_into").get(pk=sent.suggestion.pk)


def thread(factory, sent):
    with scope(factory.id):
        return [message.text for message in messages_of(sent.suggestion.conversation_id)]


def test_strangers_find_nothing_and_members_may_not_do_what_is_not_theirs(river, hill):
    sent = send(river)
    neighbour = signed_in(hill, "wang", Role.TEAM_SECRETARY, Role.MANAGER)
    representative = signed_in(river, "chen", Role.WORKER_REPRESENTATIVE)
    own = address(hill) + f"{sent.suggestion.code}/"
    assert neighbour.get(address(river)).status_code == 404
    for page in PAGES:
        assert neighbour.get(own + page).status_code == 404, page
        assert neighbour.get(address(river, sent, page)).status_code == 404, page
        assert Client().get(address(river, sent, page)).status_code == 302, page
    for act in ACTS:
        assert neighbour.post(f"{own}{act}/", {"reason": "x", "answer": "x"}).status_code == 404, act
        assert representative.post(address(river, sent, f"{act}/"), {"reason": "x"}).status_code == 403, act
    assert representative.get(address(river, sent)).status_code == 200
    assert representative.get(address(river, page="enter/")).status_code == 200
    assert representative.get(address(river, page="sort/")).status_code == 403
    assert (fresh(river, sent).status, fresh(river, sent).version) == ("NEW", 1)


def test_accepting_answers_the_writer(river, secretary):
    sent = send(river)
    answer = secretary.post(address(river, sent, "accept/"), {"answer": "In May.", "version": "1"})
    assert (answer.status_code, answer.url) == (303, address(river, sent))
    after = fresh(river, sent)
    assert (after.status, after.answer, bool(after.acknowledged_date)) == ("ACCEPTED", "In May.", True)
    assert thread(river, sent) == ["In May."]


def test_an_accepted_idea_offers_to_start_its_project(river, secretary):
    """Only once it is accepted, only while it has none, and only to who may start one."""
    sent = send(river)
    offer = f"projects/new/?suggestion={sent.suggestion.code}"
    representative = signed_in(river, "chen", Role.WORKER_REPRESENTATIVE)
    assert offer not in secretary.get(address(river, sent)).content.decode()
    secretary.post(address(river, sent, "accept/"), {"answer": "In May.", "version": "1"})
    page = secretary.get(address(river, sent)).content.decode()
    assert offer in page
    assert offer not in representative.get(address(river, sent)).content.decode()
    form = secretary.get(f"/e/{river.slug}/{offer}").content.decode()
    assert re.search(rf'value="{sent.suggestion.pk}"[^>]* checked', form)
    with scope(river.id):
        Suggestion.objects.filter(pk=sent.suggestion.pk).update(project_code="IP-1")
    assert offer not in secretary.get(address(river, sent)).content.decode()


def test_who_was_slower_sees_who_was_quicker(river, secretary):
    sent = send(river)
    manager = signed_in(river, "zhao", Role.MANAGER)
    manager.post(address(river, sent, "decline/"), {"reason": "Too dear.", "version": "1"})
    late = secretary.post(address(river, sent, "accept/"), {"answer": "My long answer", "version": "1"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Zhao" in page
    assert "Too dear." in page
    assert "My long answer" in page
    assert fresh(river, sent).status == "DECLINED"
    for act, fields in (
        ("translate/", {"translation": "x"}),
        ("withdraw/", {"reason": "x"}),
        ("answer/", {"answer": "x"}),
        ("merge/", {"code": send(river, client_id="another-client-id-9").suggestion.code}),
    ):
        assert secretary.post(address(river, sent, act), {**fields, "version": "1"}).status_code == 409, act
    # The same form pressed twice is not a second decision either.
    assert (
        manager.post(address(river, sent, "decline/"), {"reason": "Too dear.", "version": "1"}).status_code
        == 409
    )
    assert thread(river, sent) == ["Too dear."]


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("answer/", {"answer": "  "}),
        ("answer/", {"answer": "x" * 4001}),
        ("accept/", {"answer": "x" * 4001}),
        ("decline/", {"reason": ""}),
        ("decline/", {"reason": "x" * 1001}),
        ("merge/", {}),
        ("merge/", {"code": "S-NOPE2"}),
        ("safety/", {"description": ""}),
        ("safety/", {"description": "Edge", "category": "NO_SUCH"}),
        ("withdraw/", {"reason": ""}),
        ("translate/", {"translation": "x" * 4001}),
        ("correct/", {"submitted_date": "2026-02-31", "channel": "QR"}),
        ("correct/", {"submitted_date": "2999-01-01", "channel": "QR"}),
        ("correct/", {"submitted_date": "2026-03-01", "channel": "PIGEON"}),
    ],
)
def test_what_is_not_complete_comes_back(river, secretary, act, fields):
    sent = send(river)
    answer = secretary.post(address(river, sent, act), fields)
    assert answer.status_code == 422
    assert 'id="problems"' in answer.content.decode()
    assert (fresh(river, sent).status, fresh(river, sent).version) == ("NEW", 1)


def test_declining_starts_from_a_draft(river, secretary):
    sent = send(river)
    assert "first this year" in secretary.get(address(river, sent, "decline/?draft=NOT_NOW")).content.decode()
    assert secretary.get(address(river, sent, "decline/?draft=NO_SUCH")).status_code == 200
    secretary.post(address(river, sent, "decline/"), {"reason": "Not now.", "version": "1"})
    assert (fresh(river, sent).status, fresh(river, sent).reason) == ("DECLINED", "Not now.")


def test_merging_offers_the_likest_and_never_another_factory_s(river, hill, secretary):
    # The page looks back a year from the day it is read.
    now = {"day": timezone.now().date(), "at": timezone.now()}
    one = send(river, text="3号线上方的灯一直闪，晚上眼睛很难受", **now)
    same = send(river, text="3号线的灯晚上一直闪，请换灯管", client_id="another-client-id-1", **now)
    send(river, text="食堂的菜太咸了，希望少放盐", client_id="another-client-id-2", **now)
    foreign = send(hill, text="3号线上方的灯一直闪，晚上眼睛很难受")
    page = secretary.get(address(river, one, "merge/"))
    assert [c["row"].code for c in page.context["candidates"]] == [same.suggestion.code]
    assert secretary.post(address(river, one, "merge/"), {"code": foreign.suggestion.code}).status_code == 422
    assert secretary.post(address(river, one, "merge/"), {"code": one.suggestion.code}).status_code == 422
    done = secretary.post(address(river, one, "merge/"), {"into": same.suggestion.code, "version": "1"})
    assert done.status_code == 303
    assert fresh(river, one).merged_into.code == same.suggestion.code
    assert one.suggestion.code in secretary.get(address(river, same)).content.decode()


def test_a_danger_becomes_a_hazard_or_nothing_happens(river, secretary):
    sent = send(river, text="Sharp edge on trolley 7", department_code="PAK")
    secretary.post(
        address(river, sent, "safety/"), {"description": "Sharp edge", "answer": "Taped.", "version": "9"}
    )
    with scope(river.id):
        assert Hazard.objects.count() == 0
    done = secretary.post(address(river, sent, "safety/"), {"description": "Sharp edge", "answer": "Taped."})
    assert done.status_code == 303
    with scope(river.id):
        hazard = Hazard.objects.get()
    after = fresh(river, sent)
    assert (after.status, after.hazard_code, hazard.department_code) == ("TO_SAFETY", hazard.code, "PAK")
    assert thread(river, sent) == ["Taped."]


def test_a_translation_stands_beside_the_words(river, secretary):
    sent = send(river, text="车间太热")
    secretary.post(address(river, sent, "translate/"), {"translation": "It is too hot.", "version": "1"})
    after = fresh(river, sent)
    assert (after.text, after.translation) == ("车间太热", "It is too hot.")


def test_a_correction_leaves_a_trace_and_not_the_writer_s_words(river, secretary):
    sent = send(river, department_code="KNT")
    fields = {"submitted_date": "2026-03-09", "channel": "QR", "department_code": "PAK", "version": "1"}
    assert (
        secretary.post(address(river, sent, "correct/"), {**fields, "text": "Other words"}).status_code == 303
    )
    after = fresh(river, sent)
    assert (after.department_code, after.text) == ("PAK", "More light at the knitting machines")
    page = secretary.get(address(river, sent)).content.decode()
    assert "Knitting → Packing" in page
    assert "2026-03-10 → 2026-03-09" in page


def test_a_withdrawn_entry_says_why(river, secretary):
    sent = send(river)
    assert secretary.post(address(river, sent, "withdraw/"), {"reason": "Entered twice"}).status_code == 303
    assert fresh(river, sent).status == "WITHDRAWN"
    assert secretary.post(address(river, sent, "accept/"), {}).status_code == 409


def test_several_at_once(river, hill, secretary):
    sent = [send(river, client_id=f"another-client-id-{n}") for n in range(3)]
    foreign = send(hill)
    ids = [str(one.suggestion.pk) for one in (*sent[:2], foreign)] + ["no number"]
    assert secretary.get(address(river, page="sort/")).status_code == 200
    assert secretary.post(address(river, page="sort/"), {"id": ids, "act": "acknowledge"}).status_code == 303
    assert [bool(fresh(river, one).acknowledged_date) for one in sent] == [True, True, False]
    secretary.post(address(river, sent[0], "accept/"))
    assert secretary.post(address(river, page="sort/"), {"id": ids, "act": "meeting"}).status_code == 303
    assert [fresh(river, one).status for one in sent] == ["ACCEPTED", "IN_MEETING", "NEW"]
    assert (fresh(hill, foreign).status, fresh(hill, foreign).acknowledged_date) == ("NEW", None)
    assert secretary.post(address(river, page="sort/"), {"act": "meeting"}).status_code == 422
    assert secretary.post(address(river, page="sort/"), {"id": ids, "act": "burn"}).status_code == 422


def test_entering_for_a_worker_prints_a_receipt_and_keeps_what_is_common(river, hill, secretary):
    fields = {
        "text": "As it stood on paper",
        "submitted_date": "2026-03-02",
        "channel": "BOX",
        "department_code": "KNT",
    }
    fields["client_id"] = "0f8fad5b-d9cb-469f-a165-70867728950e"
    one = secretary.post(address(river, page="enter/"), fields)
    assert one.status_code == 303
    slip = secretary.get(one.url)
    assert slip.content.decode().count("receipt.svg#p") == 4
    assert signed_in(hill, "wang", Role.MANAGER).get(one.url.replace("/river/", "/hill/")).status_code == 404
    again = secretary.post(address(river, page="enter/"), fields)
    assert again.url == one.url
    clash = secretary.post(address(river, page="enter/"), {**fields, "text": "Another paper"})
    assert clash.status_code == 409
    assert "Another paper" in clash.content.decode()
    next_one = secretary.post(
        address(river, page="enter/"), {**fields, "client_id": "", "text": "Two", "another": "1"}
    )
    page = secretary.get(next_one.url)
    assert page.status_code == 200
    assert page.context["form"]["department_code"].value() == "KNT"
    for wrong in ({"text": ""}, {"channel": "QR"}, {"submitted_date": "2999-01-01"}):
        assert secretary.post(address(river, page="enter/"), {**fields, **wrong}).status_code == 422


def test_an_attack_is_only_text_on_every_page(river, secretary):
    sent = send(river, text=ATTACK)
    send(river, text=ATTACK + " again", client_id="another-client-id-1")
    secretary.post(address(river, sent, "answer/"), {"answer": ATTACK})
    secretary.post(address(river, sent, "translate/"), {"translation": ATTACK})
    pages = [address(river, sent, page) for page in PAGES]
    pages += [address(river), address(river, page="?view=all&q=script"), address(river, page="sort/")]
    pages += [
        address(river, page="enter/?channel=%3Cscript%3Ealert(1)"),
        address(river, sent, "decline/?draft=<script>alert"),
    ]
    for page in pages:
        answer = secretary.get(page)
        assert answer.status_code == 200, page
        assert "<script>alert" not in answer.content.decode(), page
        assert "<img src=x" not in answer.content.decode(), page
    stale = secretary.post(address(river, sent, "accept/"), {"answer": ATTACK, "version": "1"})
    assert stale.status_code == 409
    assert "<script>alert" not in stale.content.decode()


def test_the_list_shows_what_waits_and_finds_the_rest(river, hill, secretary):
    waits = send(river, text="A fan for the dyeing hall")
    done = send(river, text="Chairs with a back", client_id="another-client-id-1", department_code="PAK")
    foreign = send(hill, text="A fan for the hill")
    secretary.post(address(river, done, "accept/"))

    def codes(query):
        answer = secretary.get(address(river) + query)
        assert answer.status_code == 200
        return {row.item.code for row in answer.context["listing"].rows}

    assert codes("") == codes("?view=nonsense") == {waits.suggestion.code}
    assert codes("?view=all") == {waits.suggestion.code, done.suggestion.code}
    assert codes("?view=all&q=fan") == {waits.suggestion.code}
    assert codes("?view=all&department=PAK") == codes("?view=doing") == {done.suggestion.code}
    assert codes("?view=all&period=30&level=FRONT_LINE") == set()
    part = secretary.get(address(river), headers={"HX-Request": "true", "HX-Target": "listing"})
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]
    book = secretary.get(address(river, page="?view=all&export=xlsx"))
    assert book["Content-Type"].endswith("sheet")
    assert foreign.suggestion.code not in secretary.get(address(river, page="?view=all")).content.decode()


def test_thirty_rows_cost_what_two_cost(river, secretary):
    def queries(page):
        secretary.get(page)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert secretary.get(page).status_code == 200
        return len(captured)

    def fill(count):
        for n in range(count):
            sent = send(river, client_id=f"filler-{count}-client-id-{n}", department_code="KNT")
            secretary.post(address(river, sent, "answer/"), {"answer": f"Answer {n}"})

    fill(2)
    pages = [address(river), address(river, page="?view=all"), address(river, page="sort/")]
    few = [queries(page) for page in pages]
    fill(28)
    assert [queries(page) for page in pages] == few

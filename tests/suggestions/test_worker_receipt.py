"""What a receipt opens, and for whom."""

import pytest
from django.core.cache import cache

from fairfloor.conversations import services as conversations
from fairfloor.conversations.public import messages_of, parse_receipt
from fairfloor.core.tenancy import scope
from fairfloor.organisations.models import WorkforceCount
from fairfloor.organisations.public import Role
from fairfloor.suggestions import services
from fairfloor.suggestions.models import Suggestion
from tests.cast import NOW, TODAY
from tests.suggestions.asking import ATTACK, send, token


@pytest.fixture(autouse=True)
def _no_counters():
    cache.clear()


def address(factory, receipt, page=""):
    return f"/w/{token(factory)}/r/{receipt.code}/{page}"


def team(factory):
    return factory.actor(Role.TEAM_SECRETARY, Role.MANAGER, name="Li Na")


def decide(factory, verb, sent, **values):
    with scope(factory.id):
        return verb(actor=team(factory), suggestion_id=sent.suggestion.pk, day=TODAY, at=NOW, **values)


def fresh(factory, sent):
    with scope(factory.id):
        return Suggestion.objects.get(pk=sent.suggestion.pk)


def carried_out(factory, sent):
    decide(factory, services.accept_suggestion, sent, answer="Yes, in May.")
    with scope(factory.id):
        services.record_project(
            actor=team(factory), suggestion_id=sent.suggestion.pk, project_code="IP-AAAAA", day=TODAY, at=NOW
        )
        services.record_outcome(
            actor=team(factory), project_code="IP-AAAAA", answer="The lamps hang.", day=TODAY, at=NOW
        )


def test_a_receipt_opens_in_its_own_factory_only(river, hill, client):
    sent = send(river)
    assert client.get(address(river, sent.receipt)).status_code == 200
    stranger = client.get(f"/w/{token(hill)}/r/{sent.receipt.code}/")
    unknown = client.get(f"/w/{token(hill)}/r/00-01-02-03-12345678/")
    nonsense = client.get(f"/w/{token(hill)}/r/hello/")
    assert [stranger.status_code, unknown.status_code, nonsense.status_code] == [404, 404, 404]
    # The address itself is all that may differ.
    for page in ("sent/",):
        assert client.get(f"/w/{token(hill)}/r/{sent.receipt.code}/{page}").status_code == 404
    assert stranger.content.replace(sent.receipt.code.encode(), b"") == unknown.content.replace(
        b"00-01-02-03-12345678", b""
    )
    for page in ("say/", "fixed/", "about/"):
        assert client.post(f"/w/{token(hill)}/r/{sent.receipt.code}/{page}", {"text": "x"}).status_code == 404


def test_finding_a_message_by_pictures_or_by_number(river, hill, client):
    receipt = send(river).receipt
    page = f"/w/{token(river)}/messages/"
    pictures = {f"p{place}": f"{number:02d}" for place, number in enumerate(receipt.pictures, 1)}
    for fields in (
        {**pictures, "digits": receipt.spoken_digits},
        {"digits": receipt.code},
        {"digits": receipt.code.replace("-", "")},
    ):
        found = client.post(page, fields)
        assert (found.status_code, found.url) == (303, address(river, receipt))
    wrong = {**pictures, "digits": "00000000"}
    assert client.post(page, wrong).status_code == 404
    assert client.post(page, {**pictures, "digits": "123"}).status_code == 422
    assert client.post(page, {**pictures, "p1": "64", "digits": receipt.digits}).status_code == 422
    assert client.post(page, {}).status_code == 422
    assert (
        client.post(f"/w/{token(hill)}/messages/", {**pictures, "digits": receipt.digits}).status_code == 404
    )
    assert not client.cookies


def test_guessing_receipts_is_stopped(river, client, monkeypatch):
    monkeypatch.setattr(conversations, "WRONG_RECEIPTS_PER_MINUTE", 3)
    receipt = send(river).receipt
    guesses = [client.get(f"/w/{token(river)}/r/00-01-02-03-1234567{n}/").status_code for n in range(4)]
    assert guesses == [404, 404, 404, 429]
    assert client.get(address(river, receipt)).status_code == 429
    assert client.post(f"/w/{token(river)}/messages/", {"digits": receipt.code}).status_code == 429


def test_the_writer_asks_back_and_the_team_sees_that(river, client):
    sent = send(river)
    decide(river, services.decline_suggestion, sent, reason="No money this year.")
    answer = client.post(address(river, sent.receipt, "say/"), {"text": f"Why? {ATTACK}"})
    client.post(address(river, sent.receipt, "say/"), {"text": f"Why? {ATTACK}"})
    assert answer.status_code == 303
    page = client.get(address(river, sent.receipt)).content.decode()
    assert "No money this year." in page
    assert "<script>alert" not in page
    with scope(river.id):
        thread = messages_of(sent.suggestion.conversation_id)
        assert [message.is_from_staff for message in thread] == [True, False]
        assert Suggestion.objects.get().conversation.is_waiting
    assert client.post(address(river, sent.receipt, "say/"), {"text": " "}).status_code == 422
    long = client.post(address(river, sent.receipt, "say/"), {"text": "x" * 2001})
    assert long.status_code == 422
    assert "x" * 2001 in long.content.decode()
    decide(river, services.answer_suggestion, sent, text="Ask again in May.")
    with scope(river.id):
        assert not Suggestion.objects.get().conversation.is_waiting


def test_a_full_thread_says_so(river, client, monkeypatch):
    monkeypatch.setattr(conversations, "MESSAGES_IN_THREAD", 1)
    sent = send(river)
    assert client.post(address(river, sent.receipt, "say/"), {"text": "One"}).status_code == 303
    full = client.post(address(river, sent.receipt, "say/"), {"text": "Two"})
    assert full.status_code == 422
    assert "Two" in full.content.decode()


@pytest.mark.parametrize(("said", "status"), [("yes", "CONFIRMED"), ("no", "ACCEPTED")])
def test_the_writer_says_whether_it_is_fixed(river, client, said, status):
    sent = send(river)
    early = client.post(address(river, sent.receipt, "fixed/"), {"fixed": said})
    assert (early.status_code, fresh(river, sent).status) == (303, "NEW")
    carried_out(river, sent)
    assert "fixed/" in client.get(address(river, sent.receipt)).content.decode()
    for _press in range(2):
        answer = client.post(
            address(river, sent.receipt, "fixed/"), {"fixed": said, "text": "Two are dark again."}
        )
        assert answer.status_code == 303
    after = fresh(river, sent)
    assert after.status == status
    with scope(river.id):
        words = [message.text for message in messages_of(after.conversation_id)]
        assert after.conversation.is_waiting == (said == "no")
    assert words.count("Two are dark again.") == (1 if said == "no" else 0)


def test_a_merged_idea_shows_the_answer_of_the_other_and_not_its_words(river, client):
    first = send(river, text="SECRET WORDS of the first writer")
    second = send(river, text="The same again", client_id="another-client-id-1")
    decide(river, services.merge_suggestion, second, into_id=first.suggestion.pk)
    decide(river, services.answer_suggestion, first, text="PRIVATE REPLY to the first writer")
    decide(river, services.accept_suggestion, first, answer="Both get lamps.")
    page = client.get(address(river, second.receipt)).content.decode()
    assert "Both get lamps." in page
    assert "SECRET WORDS" not in page
    assert "PRIVATE REPLY" not in page
    assert "The same again" in page


def people(factory, **counts):
    with scope(factory.id):
        for cell, headcount in counts.items():
            level, sex = cell.rsplit("__", 1)
            WorkforceCount.objects.create(
                snapshot_date=TODAY, department_code="KNT", level=level, sex=sex, headcount=headcount
            )


def test_sex_and_level_are_kept_once_and_only_in_company(river, client):
    people(river, FRONT_LINE__FEMALE=40, SUPERVISOR__FEMALE=2, SUPERVISOR__MALE=4)
    many = send(river, department_code="KNT")
    few = send(river, client_id="another-client-id-1", department_code="KNT")
    elsewhere = send(river, client_id="another-client-id-2", department_code="PAK")
    for sent, level in ((many, "FRONT_LINE"), (few, "SUPERVISOR"), (elsewhere, "FRONT_LINE")):
        answer = client.post(address(river, sent.receipt, "about/"), {"sex": "FEMALE", "level": level})
        assert answer.status_code == 303
        assert client.get(answer.url).status_code == 200
    assert (fresh(river, many).sex, fresh(river, many).level) == ("FEMALE", "FRONT_LINE")
    assert (fresh(river, few).sex, fresh(river, few).level) == ("", "SUPERVISOR")
    assert (fresh(river, elsewhere).sex, fresh(river, elsewhere).level) == ("", "")
    client.post(address(river, many.receipt, "about/"), {"sex": "MALE", "level": "MANAGER"})
    assert (fresh(river, many).sex, fresh(river, many).level) == ("FEMALE", "FRONT_LINE")
    client.post(address(river, elsewhere.receipt, "about/"), {"sex": "<b>", "level": "KING"})
    assert fresh(river, elsewhere).level == ""


def test_a_receipt_read_aloud_and_written_down_is_the_same():
    whole = parse_receipt("07-63-12-40-48310275")
    assert whole == parse_receipt("07 63 12 40 4831 0275") == parse_receipt("0763124048310275")
    assert whole.spoken_digits == "4831 0275"
    for wrong in (
        "",
        "07-63",
        "07-63-12-64-48310275",
        "٠٧-63-12-40-48310275",
        "07-63-12-40-4831027",
        "x" * 500,
    ):
        assert parse_receipt(wrong) is None

"""Sending an idea from a phone: every answer the page can give."""

import json
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache

from fairfloor.core.models import AuditEvent
from fairfloor.core.tenancy import scope
from fairfloor.organisations.models import WorkerLink
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.web import views_worker
from tests.suggestions.asking import ATTACK, CLIENT_ID, token

LANGUAGES = ("en", "zh-hans", "es", "vi")
AS_SCRIPT = {"headers": {"accept": "application/json"}}


@pytest.fixture(autouse=True)
def _no_counters():
    cache.clear()


def address(factory, page="idea/"):
    return f"/w/{token(factory)}/{page}"


def ideas(factory):
    with scope(factory.id):
        return list(Suggestion.objects.order_by("id"))


@pytest.mark.parametrize("page", ["", "idea/", "messages/", "changes/"])
def test_each_page_opens_in_each_language_and_keeps_no_session(river, client, page):
    for language in LANGUAGES:
        chosen = client.post(
            address(river, "language/"), {"language": language, "next": address(river, page)}
        )
        assert (chosen.status_code, chosen.url) == (303, address(river, page))
        answer = client.get(chosen.url)
        assert answer.status_code == 200
        assert f'lang="{language}"' in answer.content.decode()
        assert not answer.cookies
    assert set(client.cookies) == {"django_language"}


def test_the_language_page_does_not_lead_to_another_site(river, client):
    answer = client.post(address(river, "language/"), {"language": "vi", "next": "https://example.org/"})
    assert answer.url == address(river, "")
    unknown = client.post(address(river, "language/"), {"language": "xx"})
    assert "django_language" not in unknown.cookies


def test_an_idea_leads_to_its_receipt(river, hill, client):
    answer = client.post(address(river), {"text": "More light", "category": "COMFORT", "department": "KNT"})
    assert answer.status_code == 303
    (idea,) = ideas(river)
    assert (idea.text, idea.category, idea.department_code, idea.channel) == (
        "More light",
        "COMFORT",
        "KNT",
        "QR",
    )
    assert ideas(hill) == []
    page = client.get(answer.url)
    assert page.status_code == 200
    assert page.content.decode().count("receipt.svg#p") == 4
    assert not client.cookies


def test_a_phone_learns_from_the_status_what_became_of_it(river, client):
    first = client.post(address(river), {"text": "More light", "client_id": CLIENT_ID}, **AS_SCRIPT)
    again = client.post(address(river), {"text": "More light\r\n", "client_id": CLIENT_ID}, **AS_SCRIPT)
    other = client.post(address(river), {"text": "Less light", "client_id": CLIENT_ID}, **AS_SCRIPT)
    empty = client.post(address(river), {"text": "  "}, **AS_SCRIPT)
    assert [first.status_code, again.status_code, other.status_code, empty.status_code] == [
        201,
        200,
        409,
        422,
    ]
    assert first.json() == again.json()
    assert empty.json()["fields"]["text"]
    assert [idea.text for idea in ideas(river)] == ["More light"]


def test_an_outbox_may_send_json(river, client):
    body = json.dumps({"text": "More light", "client_id": CLIENT_ID, "sex": "FEMALE"})
    answer = client.post(address(river), body, content_type="application/json", **AS_SCRIPT)
    assert answer.status_code == 201
    assert ideas(river)[0].sex == ""
    for broken in ("{", "[1]", '{"text": 3}'):
        assert (
            client.post(address(river), broken, content_type="application/json", **AS_SCRIPT).status_code
            == 422
        )


def test_a_form_sent_twice_is_one_idea(river, client):
    pages = [
        client.post(address(river), {"text": "More light", "client_id": CLIENT_ID}) for _press in range(2)
    ]
    assert [page.status_code for page in pages] == [303, 303]
    assert pages[0].url == pages[1].url
    assert len(ideas(river)) == 1


def test_other_words_from_a_used_form_are_kept_and_can_be_sent_again(river, client):
    client.post(address(river), {"text": "More light", "client_id": CLIENT_ID})
    clash = client.post(address(river), {"text": "A fan", "client_id": CLIENT_ID})
    assert clash.status_code == 409
    assert "A fan" in clash.content.decode()
    again = client.post(address(river), {"text": "A fan", "client_id": str(clash.context["client_id"])})
    assert again.status_code == 303
    assert sorted(idea.text for idea in ideas(river)) == ["A fan", "More light"]


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"text": "x" * 4001},
        {"text": "nul \x00 sign"},
        {"text": "More light", "category": "NO_SUCH"},
        {"text": "More light", "department": "ELSEWHERE"},
        {"text": "Buy pills", "website": "https://example.org"},
    ],
)
def test_what_cannot_be_taken_comes_back_with_its_words(river, client, fields):
    answer = client.post(address(river), fields)
    assert answer.status_code == 422
    assert ideas(river) == []
    if len(fields["text"]) < 4001 and fields["text"].isprintable():
        assert fields["text"] in answer.content.decode()


def test_4000_signs_fit_however_lines_end(river, client):
    text = "字" * 1999 + "\n" + "字" * 2000
    assert client.post(address(river), {"text": text}).status_code == 303
    assert ideas(river)[0].text == text


def test_an_unknown_link_is_not_found_and_an_old_one_says_where_the_new_one_is(river, client):
    assert client.get("/w/no-such-link/").status_code == 404
    link = token(river)
    with scope(river.id):
        WorkerLink.objects.filter(token=link).update(is_active=False)
    for page in ("", "idea/", "changes/"):
        answer = client.get(f"/w/{link}/{page}")
        assert answer.status_code == 410
        assert "<textarea" not in answer.content.decode()
    assert client.post(f"/w/{link}/idea/", {"text": "More light"}).status_code == 410
    assert client.post(f"/w/{link}/idea/", {"text": "More light"}, **AS_SCRIPT).json()["message"]
    assert ideas(river) == []
    assert client.get(f"/w/{link}/messages/").status_code == 200


def test_a_flood_is_slowed_and_loses_no_words(river, client, monkeypatch):
    monkeypatch.setattr(views_worker, "MOST_IN_A_MINUTE", 2)
    answers = [client.post(address(river), {"text": f"Idea {n}"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert "Idea 2" in answers[2].content.decode()
    assert len(ideas(river)) == 2


def test_a_link_of_a_department_prefills_the_place(river, client):
    with scope(river.id):
        WorkerLink.objects.filter(token=token(river)).update(department_code="PAK")
        link = WorkerLink.objects.get().token
    assert '<option value="PAK" selected>' in client.get(f"/w/{link}/idea/").content.decode()


def test_an_attack_is_only_text(river, client):
    back = client.post(address(river), {"text": ATTACK, "category": "NO_SUCH"})
    sent = client.post(address(river), {"text": ATTACK})
    for page in (back, client.get(sent.url), client.get(sent.url.replace("sent/", ""))):
        assert "<script>alert" not in page.content.decode()
        assert "<img src=x" not in page.content.decode()


def test_the_record_of_an_idea_has_no_time(river, client):
    client.post(address(river), {"text": "More light"})
    with scope(river.id):
        event = AuditEvent.objects.get(verb="suggestion.submitted")
        (idea,) = Suggestion.objects.all()
    at = event.at.astimezone(ZoneInfo(river.enterprise.time_zone))
    assert (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)
    assert at.date() == idea.submitted_date
    assert (event.actor_name, event.actor_user_id) == ("", None)

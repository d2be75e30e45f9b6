"""Answering the survey on a phone: every answer the page can give, and nothing that leads back."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from fairfloor.core.models import AuditEvent
from fairfloor.core.tenancy import scope
from fairfloor.organisations.models import WorkforceCount
from fairfloor.organisations.public import Role, local_day
from fairfloor.surveys.models import Response
from fairfloor.surveys.services import close_round, open_round
from tests.suggestions.asking import token

CLIENT_ID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
AS_SCRIPT = {"headers": {"accept": "application/json"}}


@pytest.fixture(autouse=True)
def _no_counters():
    cache.clear()


@pytest.fixture
def asked(river):
    """The factory with a round open today."""
    now = timezone.now()
    with scope(river.id):
        open_round(
            actor=river.actor(Role.MANAGER),
            number=3,
            invited=40,
            opened_date=local_day(river.enterprise, now),
            at=now,
        )
    return river


def address(factory):
    return f"/w/{token(factory)}/survey/"


def answered(factory):
    with scope(factory.id):
        return list(Response.objects.order_by("id"))


def answers(**others):
    return {"round": "3", "client_id": CLIENT_ID, "q1": "5", "q2": "4", "q20": "1", **others}


def test_the_questions_are_asked_in_the_workers_language(asked, client):
    for language, words in (
        ("en", "I feel safe at my workplace."),
        ("zh-hans", "我"),
        ("es", "Puedo decir que no a las horas extra."),
        ("vi", "Tôi được phép từ chối làm thêm giờ."),
    ):
        client.cookies["django_language"] = language
        page = client.get(address(asked))
        assert page.status_code == 200
        assert words in page.content.decode()
        assert "sessionid" not in page.cookies


def test_answers_are_kept_once_and_unsigned(asked, hill, client):
    sent = client.post(address(asked), answers())
    assert (sent.status_code, sent.url) == (303, f"{address(asked)}thanks/")
    assert "arrived" in client.get(sent.url).content.decode()
    [row] = answered(asked)
    assert (row.answers[0], row.answers[1], row.answers[19], row.answers[2]) == (5, 4, 1, None)
    assert answered(hill) == []
    with scope(asked.id):
        # The record of acts has an order; an answer leaves no line in it.
        assert list(AuditEvent.objects.values_list("verb", flat=True)) == ["survey_round.opened"]
    again = client.post(address(asked), json.dumps(answers()), content_type="application/json", **AS_SCRIPT)
    assert again.status_code == 200
    other = client.post(
        address(asked), json.dumps(answers(q1="1")), content_type="application/json", **AS_SCRIPT
    )
    assert other.status_code == 409
    assert len(answered(asked)) == 1


def test_a_phone_that_never_heard_the_answer_is_told_it_after_the_end(asked, client):
    client.post(address(asked), answers())
    now = timezone.now()
    with scope(asked.id):
        close_round(actor=asked.actor(Role.MANAGER), number=3, day=local_day(asked.enterprise, now), at=now)
    again = client.post(address(asked), json.dumps(answers()), content_type="application/json", **AS_SCRIPT)
    assert again.status_code == 200
    late = client.post(address(asked), answers(client_id="another-id-0123456789"))
    assert late.status_code == 410
    assert "over" in late.content.decode()
    assert client.get(address(asked)).status_code == 410
    assert len(answered(asked)) == 1


@pytest.mark.parametrize(
    "wrong", [{"q1": "6"}, {"q1": "", "q2": "", "q20": ""}, {"website": "x"}, {"round": "x"}, {"sex": "X"}]
)
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(asked, client, wrong):
    refused = client.post(address(asked), answers(**wrong))
    assert refused.status_code == 422
    assert 'role="alert"' in refused.content.decode()
    assert answered(asked) == []


def test_a_round_that_begins_tomorrow_asks_nobody(river, client):
    now = timezone.now()
    with scope(river.id):
        tomorrow = local_day(river.enterprise, now) + timedelta(days=1)
        open_round(actor=river.actor(Role.MANAGER), number=3, invited=40, opened_date=tomorrow, at=now)
    assert client.get(address(river)).status_code == 410
    assert "/survey/" not in client.get(f"/w/{token(river)}/").content.decode()
    assert client.post(address(river), answers()).status_code == 410
    assert answered(river) == []


def test_the_first_page_offers_an_open_survey(asked, client):
    assert "/survey/" in client.get(f"/w/{token(asked)}/").content.decode()


def test_groups_of_fewer_than_five_are_not_kept(asked, client):
    with scope(asked.id):
        WorkforceCount.objects.all().delete()
        for sex, count in (("FEMALE", 12), ("MALE", 4)):
            WorkforceCount.objects.create(
                snapshot_date=timezone.now().date(),
                department_code="KNIT",
                level="FRONT_LINE",
                sex=sex,
                headcount=count,
            )
        from fairfloor.organisations.models import Department

        Department.objects.get_or_create(code="KNIT", defaults={"name": "Knitting"})
    client.post(address(asked), answers(sex="MALE", level="FRONT_LINE", department="KNIT"))
    client.post(
        address(asked),
        answers(client_id="another-id-0123456789", sex="FEMALE", level="FRONT_LINE", department="KNIT"),
    )
    kept = sorted((row.department_code, row.sex, row.level) for row in answered(asked))
    assert kept == [("KNIT", "", "FRONT_LINE"), ("KNIT", "FEMALE", "FRONT_LINE")]

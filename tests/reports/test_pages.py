"""The report in the browser: who may open what, and what happens when two people write at once."""

import pytest

from fairfloor.core.access import Actor
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from fairfloor.reports.models import ReportSnapshot
from fairfloor.reports.selectors import reports_for
from fairfloor.reports.services import make_snapshot, publish_snapshot
from tests.cast import NOW, PASSWORD
from tests.reports.conftest import MARCH


@pytest.fixture
def report(river):
    with scope(river.id):
        return make_snapshot(actor=river.system, enterprise=river.enterprise, period=MARCH, at=NOW)


@pytest.fixture
def signed_in(client, river):
    def sign_in(*roles):
        user = river.user("-".join(roles).lower(), *roles)
        assert client.login(username=user.username, password=PASSWORD)
        return client

    return sign_in


def address(factory, rest=""):
    return f"/e/{factory.slug}/reports/{rest}"


def reload(factory, report):
    with scope(factory.id):
        return ReportSnapshot.objects.get(pk=report.pk)


def test_a_manager_makes_writes_publishes_and_withdraws(signed_in, river):
    client = signed_in(Role.MANAGER)
    assert client.get(address(river, "new/")).status_code == 200
    made = client.post(address(river, "new/"), {"start": "2026-01-01", "end": "2026-02-28"})
    assert made.status_code == 303
    page = made["Location"]
    assert client.get(page).status_code == 200
    words = client.post(page + "words/team/?language=en", {"text": "We <b>met</b>.", "version": "0"})
    assert words.status_code == 303
    body = client.get(page + "?language=en").content.decode()
    assert "We &lt;b&gt;met&lt;/b&gt;." in body
    assert "We &lt;b" not in client.get(page + "?language=zh-hans").content.decode()
    assert client.post(page + "publish/", {"version": "1"}).status_code == 303
    assert client.post(page + "publish/", {"version": "1"}).status_code == 409
    assert client.get(page + "words/team/").status_code == 409
    assert client.post(page + "withdraw/", {"reason": "", "version": "2"}).status_code == 422
    assert client.post(page + "withdraw/", {"reason": "Wrong month", "version": "2"}).status_code == 303
    assert "Wrong month" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("start", "end"),
    [("2026-03-02", "2026-03-01"), ("", ""), ("31.02.2026", "2026-03-01"), ("1900-01-01", "2026-01-01")],
)
def test_a_period_that_cannot_be_is_sent_back(signed_in, river, start, end):
    answer = signed_in(Role.MANAGER).post(address(river, "new/"), {"start": start, "end": end})
    assert answer.status_code == 422
    with scope(river.id):
        assert not ReportSnapshot.objects.exists()


def test_words_written_by_two_people(signed_in, river, report):
    client = signed_in(Role.TEAM_SECRETARY)
    page = address(river, f"{report.code}/words/team/?language=en")
    assert client.post(page, {"text": "Mine", "version": "0"}).status_code == 303
    answer = client.post(page, {"text": "Yours", "version": "0"})
    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()
    assert "Yours" in answer.content.decode()


def test_files_in_both_languages(signed_in, river, report):
    client = signed_in(Role.TEAM_MEMBER)
    for form, start in (("json", b"{"), ("html", b"<!DOCTYPE"), ("pdf", b"%PDF")):
        for language in ("en", "zh-hans", "xx"):
            answer = client.get(address(river, f"{report.code}/file/{form}/"), {"language": language})
            assert answer.status_code == 200
            assert answer.content.startswith(start)
            assert "attachment" in answer["Content-Disposition"]
    assert client.get(address(river, f"{report.code}/file/docx/")).status_code == 404


def test_who_may_only_read(signed_in, river, report):
    client = signed_in(Role.TEAM_MEMBER)
    page = address(river, f"{report.code}/")
    assert client.get(page).status_code == 200
    assert client.get(address(river)).status_code == 200
    for rest in ("publish/", "withdraw/", "words/team/"):
        assert client.post(page + rest, {"reason": "x"}).status_code == 403
    assert client.post(address(river, "new/"), {}).status_code == 403
    assert reload(river, report).status == "DRAFT"


def test_a_grant_opens_published_reports_only(river, report):
    insider = river.actor(Role.TEAM_MEMBER)
    buyer = Actor(
        kind="user",
        enterprise_id=river.id,
        roles=frozenset({Role.BUYER}),
        granted=frozenset({"figures.view", "reports.view"}),
    )
    with scope(river.id):
        assert report in reports_for(insider)
        assert report not in reports_for(buyer)
        publish_snapshot(actor=river.actor(Role.MANAGER), snapshot_id=report.pk, at=NOW)
        assert report in reports_for(buyer)


def test_strangers_and_other_factories_find_nothing(signed_in, river, hill, report):
    client = signed_in(Role.MANAGER)
    assert client.get(address(hill, f"{report.code}/")).status_code == 404
    assert client.get(address(river, "R-NONE/")).status_code == 404
    with scope(hill.id):
        other = make_snapshot(actor=hill.system, enterprise=hill.enterprise, period=MARCH, at=NOW)
    for rest in ("", "file/json/", "file/pdf/", "words/team/", "withdraw/"):
        assert client.get(address(river, f"{other.code}/{rest}")).status_code == 404
    assert client.post(address(river, f"{other.code}/publish/")).status_code == 404
    client.logout()
    assert client.get(address(river, f"{report.code}/")).status_code == 302


def test_the_reports_language_is_not_the_pages(signed_in, river, report):
    body = signed_in(Role.MANAGER).get(address(river, f"{report.code}/?language=zh-hans")).content.decode()
    assert '<html lang="en"' in body
    assert '<article class="report" lang="zh-Hans">' in body
    assert "案例报告" in body

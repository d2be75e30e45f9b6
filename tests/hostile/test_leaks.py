"""What a person of one factory, or from outside, must never read: looked for on every page they can reach."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fairfloor.core.access import Kind, access_of
from fairfloor.core.checks import iter_patterns
from fairfloor.core.models import StoredFile
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import (
    MEMBER_ROLES,
    DataClass,
    Role,
    add_organisation_member,
    create_organisation,
    give_grant,
    local_day,
)
from tests.hostile.attack import body_of, crawl, read_page

pytestmark = pytest.mark.slow


def exports(urls):
    """Addresses of the workbooks behind the lists among the pages."""
    return [f"{url.split('?')[0]}?export=xlsx" for url in urls]


def everything(client, starts):
    """(address, all that was said) of every page, every list's workbook and every register a person can fetch."""
    reached, lists, downloads = [], set(), []
    for url, response in crawl(client, starts):
        reached.append(url)
        yield url, response.status_code, body_of(response)
        if response.status_code == 200 and not response.streaming and b"export=xlsx" in response.content:
            lists.add(url.split("?")[0])
        if response.status_code == 200 and url.endswith("/registers/"):
            downloads = [form for form in read_page(url, response)[1] if "download" in form.action]
    for url in sorted(lists):
        response = client.get(url, {"export": "xlsx"})
        yield f"{url} as a workbook", response.status_code, body_of(response)
    for form in downloads:
        response = client.post(form.action.removeprefix("http://testserver"), form.values())
        yield f"{form.action} {form.values()}", response.status_code, body_of(response)


def sign_in(factory, name, *roles):
    client = Client()
    client.force_login(factory.user(name, *roles))
    return client


@pytest.mark.parametrize("role", MEMBER_ROLES)
def test_nothing_of_another_factory_is_ever_shown(ours, theirs, role):
    client = sign_in(ours.factory, "insider", role)
    seen_own = False
    pages = 0
    for url, status, body in everything(client, ["/e/river/", "/"]):
        assert status < 500, url
        assert theirs.mark.encode() not in body, url
        assert b"Hill Works" not in body, url
        seen_own = seen_own or ours.mark.encode() in body
        pages += 1
    assert seen_own
    assert pages > 25


def test_a_worker_reads_nothing_but_the_own_thread(ours, theirs):
    client = Client()
    own = ours.receipts[0]
    starts = [f"/w/{ours.token}/", f"/w/{ours.token}/r/{own.code}/", f"/w/{ours.token}/r/{own.code}/sent/"]
    for url, status, body in everything(client, starts):
        assert status < 500, url
        assert theirs.mark.encode() not in body, url
        for number in range(1, 6):
            assert f"{ours.words} idea {number}".encode() not in body, url
        assert f"{ours.words} danger".encode() not in body, url
        assert f"S-{ours.mark}".encode() not in body, url


def test_a_finder_reads_the_own_thread_only(ours, theirs):
    """The receipt of a danger opens that thread; another factory's poster opens nothing with it."""
    client, own = Client(), ours.receipts[-1]
    starts = [f"/w/{ours.token}/r/{own.code}/", f"/w/{ours.token}/r/{own.code}/sent/"]
    seen = b""
    for url, status, body in everything(client, starts):
        assert status < 500, url
        assert theirs.mark.encode() not in body, url
        assert f"{ours.words} idea".encode() not in body, url
        seen += body
    assert f"{ours.words} danger asks".encode() in seen
    assert f"{ours.mark} danger answer".encode() in seen
    assert client.get(f"/w/{theirs.token}/r/{own.code}/").status_code == 404


@pytest.mark.parametrize("role", [Role.TRAINER, Role.PROGRAMME_OFFICER, Role.BUYER])
def test_no_grant_opens_workers_words(ours, theirs, role):
    """All classes of data granted: figures, projects, hazards show; what workers wrote does not, nor who found what."""
    user = ours.factory.user("outsider")
    now = timezone.now()
    day = local_day(ours.factory.enterprise, now)
    organisation = create_organisation(name="Outside", kind="PROVIDER", at=now)
    add_organisation_member(user_id=user.pk, organisation_id=organisation.pk, role=role, from_date=day)
    with scope(ours.factory.id):
        for each in DataClass:
            give_grant(
                actor=ours.factory.system,
                organisation_id=organisation.pk,
                data_class=each,
                from_date=day,
                to_date=day + timedelta(days=9),
                at=now,
            )
    client = Client()
    client.force_login(user)
    seen_own = False
    for url, status, body in everything(client, ["/e/river/", "/"]):
        assert status in {200, 302}, (url, status)
        assert ours.words.encode() not in body, url
        assert theirs.mark.encode() not in body, url
        assert b"Found by" not in body, url
        assert f"{ours.mark} Li".encode() not in body, url
        seen_own = seen_own or f"{ours.mark} living hazard".encode() in body
    assert seen_own
    assert client.get("/e/hill/").status_code == 404
    danger = client.get(f"/e/river/safety/hazards/{ours.keys['danger']}/").content
    assert b"A danger a worker told of: Electricity" in danger
    # No search and no list says what the words are.
    found = client.get("/e/river/safety/", {"q": ours.words}).content
    assert str(ours.keys["danger"]).encode() not in found
    with scope(ours.factory.id):
        photo = StoredFile.objects.get(permission="safety.view_finder")
    assert client.get(f"/e/river/files/{photo.pk}/").status_code in {403, 404}


def test_survey_groups_below_five_are_not_shown(ours):
    from datetime import date

    from fairfloor.surveys.models import SurveyRound
    from tests.hostile.factories import ANSWERS
    from tests.registers_rows import row, sheet

    factory = ours.factory
    with scope(factory.id):
        people = [("KNT", "FEMALE")] * 8 + [("PAK", "MALE")] * 2
        answers = [row("SurveyAnswers", round=1, department=d, sex=s, **ANSWERS) for d, s in people]
        sheet("SurveyAnswers").replace(factory.system, 1, answers, timezone.now())
        assert SurveyRound.objects.get().closed_date == date(2023, 3, 2)
    client = sign_in(factory, "hr", Role.HR_FOCAL)
    page = client.get("/e/river/surveys/1/").content.decode()
    assert "Packing" not in page or "not shown" in page
    table = body_of(client.post("/e/river/registers/download/", {"sheet": "SurveyAnswers"})).decode()
    assert "PAK" not in table
    assert "MALE'" not in table.replace("FEMALE'", "")


def test_another_factorys_keys_are_not_there(ours, theirs, insider):
    """Every address of our factory with codes and keys of theirs in it is 404, by reading and by writing."""
    from tests.architecture.test_access_matrix import address

    keys = theirs.keys
    codes = [str(keys[name]) for name in ("project", "hazard", "action", "report", "idea", "photo", "item")]
    codes += [
        f"S-{theirs.mark}",
        f"{theirs.mark}P",
        f"{theirs.mark}D",
        f"{theirs.mark}A",
        theirs.receipts[0].code,
    ]
    tried = 0
    for route, _namespaces, pattern in iter_patterns():
        access = access_of(pattern.callback)
        if access.kind is not Kind.ENTERPRISE or "<" not in route.replace("<slug:slug>", ""):
            continue
        for code in codes:
            for filler in ("none", "1"):
                url = address(route, "river", ours.token)
                parts = url.split("/")
                filled = "/".join(code if part == filler and n > 2 else part for n, part in enumerate(parts))
                if filled == url or (filler == "1" and not code.isdigit()):
                    continue
                tried += 1
                for ask in (insider.get, insider.post):
                    answer = ask(filled)
                    assert answer.status_code in {404, 405}, (filled, answer.status_code)
                    assert theirs.mark.encode() not in body_of(answer).replace(code.encode(), b"")
    assert tried > 100

"""The board: what staff released, nothing else, and never of another factory."""

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from fairfloor.core.access import Forbidden
from fairfloor.core.files import store_photo
from fairfloor.core.models import StoredFile
from fairfloor.core.stale import mark_stale
from fairfloor.core.tenancy import scope
from fairfloor.desk.board import board, live_items
from fairfloor.desk.board_services import (
    NothingToRelease,
    WordsMissing,
    put_back_item,
    release_item,
    renew_board_link,
    withdraw_item,
)
from fairfloor.desk.board_slides import slides
from fairfloor.desk.models import BoardItem
from fairfloor.organisations.public import Role, record_workforce
from fairfloor.projects.models import ImprovementProject
from fairfloor.safety.models import Hazard
from fairfloor.suggestions.models import Suggestion
from tests.cast import NOW, TODAY, Factory
from tests.pages import browser, queries_of

SECRET = "the writer's own words stay inside"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    for place in ("views_board", "views_board_public"):
        monkeypatch.setattr(f"fairfloor.desk.web.{place}.timezone.now", lambda: NOW)


def idea(number: int = 1, status: str = "IMPLEMENTED", day: date = TODAY, **more) -> Suggestion:
    mark_stale("suggestions", day - timedelta(days=10))
    return Suggestion.objects.create(
        code=f"S-{number:03}",
        submitted_date=day - timedelta(days=10),
        decided_date=day if status not in {"NEW"} else None,
        channel="QR",
        text=SECRET,
        title=f"Title {number}",
        status=status,
        **more,
    )


def release(
    factory: Factory, words: str = "More light at the machines", kind="SUGGESTION", **more
) -> BoardItem:
    code = more.pop("code", "S-001" if kind == "SUGGESTION" else "")
    return release_item(
        actor=factory.actor(Role.TEAM_SECRETARY), kind=kind, code=code, words=words, day=TODAY, at=NOW, **more
    )


def address(factory: Factory) -> str:
    with scope(factory.id):
        return f"/b/{renew_board_link(actor=factory.actor(Role.MANAGER), at=NOW).token}/"


def shown(url: str) -> str:
    response = Client().get(url + "?all=1")
    assert response.status_code == 200
    return response.content.decode()


def test_the_board_shows_released_words_and_nothing_of_another_factory(river, hill):
    for factory, words in ((river, "River has more light"), (hill, "Hill has new fans")):
        with scope(factory.id):
            idea()
            idea(2)
            release(factory, words, words_zh="灯更亮了")
    page = shown(address(river))
    assert "River has more light" in page
    assert "灯更亮了" in page
    assert "Hill" not in page
    assert SECRET not in page
    assert "Title 2" not in page
    # No way into the program.
    assert "/e/" not in page
    assert "<a " not in page
    assert "<script" not in page


def test_nobody_without_the_permission_releases(river):
    with scope(river.id):
        idea()
        with pytest.raises(Forbidden):
            release_item(
                actor=river.actor(Role.TEAM_MEMBER),
                kind="SUGGESTION",
                code="S-001",
                words="x",
                day=TODAY,
                at=NOW,
            )
        with pytest.raises(WordsMissing):
            release(river, "  ")
        with pytest.raises(NothingToRelease):
            release(river, code="S-404")
        idea(3, "NEW")
        with pytest.raises(NothingToRelease):
            release(river, code="S-003")
        assert not BoardItem.objects.exists()


def test_an_item_of_another_factory_is_not_found(river, hill):
    with scope(hill.id):
        item = release(hill, kind="NOTE", words="Only Hill")
    client = browser(river, Role.TEAM_SECRETARY)
    assert client.post(f"/e/river/board/items/{item.pk}/withdraw/").status_code == 404
    assert client.post(f"/e/hill/board/items/{item.pk}/withdraw/").status_code == 404
    assert client.get("/e/hill/board/").status_code == 404
    with scope(hill.id):
        assert live_items() == [item]


def test_what_is_opened_again_or_withdrawn_vanishes_by_itself(river):
    with scope(river.id):
        row = idea()
        release(river)
        assert len(live_items()) == 1
        for status in ("ACCEPTED", "WITHDRAWN", "DECLINED"):
            Suggestion.objects.filter(pk=row.pk).update(status=status)
            assert live_items() == []
        Suggestion.objects.filter(pk=row.pk).update(status="CONFIRMED")
        assert len(live_items()) == 1


def test_taking_down_can_be_undone_while_it_holds(river):
    with scope(river.id):
        row, actor = idea(), river.actor(Role.MANAGER)
        item = release(river)
        withdraw_item(actor=actor, item_id=item.pk, day=TODAY, at=NOW)
        assert live_items() == []
        put_back_item(actor=actor, item_id=item.pk, day=TODAY, at=NOW)
        assert len(live_items()) == 1
        withdraw_item(actor=actor, item_id=item.pk, day=TODAY, at=NOW)
        Suggestion.objects.filter(pk=row.pk).update(status="DECLINED")
        with pytest.raises(NothingToRelease):
            put_back_item(actor=actor, item_id=item.pk, day=TODAY, at=NOW)


def photo() -> StoredFile:
    return StoredFile.objects.create(
        content_type="image/jpeg", size_bytes=1, width=1, height=1, permission="projects.view"
    )


def test_other_pictures_than_those_released_do_not_show(river, hill):
    with scope(river.id):
        project = ImprovementProject.objects.create(
            code="P-001",
            title="Racks",
            status="DONE",
            finish_date=TODAY,
            photo_before=photo(),
            photo_after=photo(),
        )
        item = release(river, kind="PHOTO", code="P-001", words="Racks by the line")
        assert [each.pk for each in live_items()] == [item.pk]
        before = project.photo_before_id
    url, other = address(river), address(hill)
    # There are no bytes behind the row here; a stranger's board does not even get so far.
    assert Client().get(f"{other}photos/{item.pk}/before.jpg").status_code == 404
    assert f"{url}photos/{item.pk}/before.jpg" in shown(url)
    assert f"photos/{item.pk}" not in shown(other)
    with scope(river.id):
        ImprovementProject.objects.update(photo_after=photo())
        assert live_items() == []
        assert before == item.photo_before_id
    assert Client().get(f"{url}photos/{item.pk}/before.jpg").status_code == 404


def test_released_pictures_reach_the_screen_and_the_sheet(river, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    with scope(river.id):
        pictures = [
            store_photo(SimpleUploadedFile("x.png", out.getvalue()), permission="projects.view") for _ in "ab"
        ]
        ImprovementProject.objects.create(
            code="P-001",
            title="Racks",
            status="DONE",
            finish_date=TODAY,
            photo_before=pictures[0],
            photo_after=pictures[1],
        )
        item = release(river, kind="PHOTO", code="P-001", words="Racks by the line")
        release(river, kind="NOTE", words="A *note* with #typst $signs$")
        for number in range(10):
            release(river, kind="NOTE", words=f"{number} " + "long words " * 27)
    url = address(river)
    photo_page = Client().get(f"{url}photos/{item.pk}/after.jpg")
    assert photo_page.status_code == 200
    assert photo_page["Cache-Control"] == "no-store"
    assert Client().get(f"{url}photos/{item.pk}/other.jpg").status_code == 404
    sheet = browser(river, Role.TEAM_MEMBER).get("/e/river/board/print/en.pdf").content
    assert sheet.startswith(b"%PDF")
    # However much was put up, it stays one sheet.
    assert re.search(rb"/Count 1\b", sheet)
    (tmp_path / "sheet.pdf").write_bytes(sheet)
    with scope(river.id):
        withdraw_item(actor=river.actor(Role.MANAGER), item_id=item.pk, day=TODAY, at=NOW)
    assert Client().get(f"{url}photos/{item.pk}/after.jpg").status_code == 404


def test_a_renewed_address_shows_nothing(river):
    old = address(river)
    new = address(river)
    assert Client().get(old).status_code == 404
    assert Client().get("/b/nothing/").status_code == 404
    response = Client().get(new)
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert 'http-equiv="refresh"' in response.content.decode()


def test_small_counts_and_small_departments_are_not_shown(river):
    with scope(river.id):
        for number in range(4):
            idea(number, department_code="KNT" if number else "PAK")
        record_workforce(
            actor=river.system,
            snapshot_date=TODAY,
            lines=[("KNT", "FRONT_LINE", "FEMALE", 60), ("PAK", "FRONT_LINE", "MALE", 4)],
            at=NOW,
        )
        found = board(TODAY)
        assert [count.quarter for count in found.counts] == [None, None, None]
        assert found.days is None
        assert found.thanks("en") == ["Knitting"]
        idea(9)
        found = board(TODAY)
        assert found.counts[0].quarter == 5
        assert found.days == 10


def test_open_critical_dangers_stand_as_a_number(river, hill):
    with scope(hill.id):
        Hazard.objects.create(
            code="H-1",
            found_date=TODAY,
            channel="QR",
            description="x",
            likelihood=5,
            severity=5,
            status="TRIAGED",
        )
        assert board(TODAY).open_critical == 1
    with scope(river.id):
        assert board(TODAY).open_critical == 0


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "critical dangers open"), (1, "critical danger open"), (2, "critical dangers open")],
)
def test_a_count_and_its_words_agree(river, count, words):
    with scope(river.id):
        found = board(TODAY)
        told = slides(replace(found, open_critical=count, closed=count, days=float(count)), ("en",))
    (ideas, today) = (slide for slide in told if slide.numbers)
    assert today.numbers[0].label == (("en", words),)
    assert [number.label[0][1] for number in today.numbers[1:]] == (
        [["danger removed"], ["dangers removed"]][count - 1] if count else []
    )
    assert ideas.numbers[-1].label[0][1] == ("day to an answer" if count == 1 else "days to an answer")


def test_words_that_may_name_somebody_are_pointed_out_once(river):
    with scope(river.id):
        idea()
    client = browser(river, Role.TEAM_SECRETARY)
    data = {"kind": "SUGGESTION", "code": "S-001", "words": "Call 138 1234 5678 and say thanks", "seen": ""}
    page = client.post("/e/river/board/release/", data)
    assert page.status_code == 422
    with scope(river.id):
        assert not BoardItem.objects.exists()
    data["seen"] = page.context["form"]["seen"].value()
    assert client.post("/e/river/board/release/", data).status_code == 303
    with scope(river.id):
        assert BoardItem.objects.get().code == "S-001"


def test_pages_and_their_permissions(river):
    secretary, member = browser(river, Role.TEAM_SECRETARY), browser(river, Role.TEAM_MEMBER)
    assert member.get("/e/river/board/").status_code == 200
    assert member.get("/e/river/board/release/").status_code == 403
    assert secretary.get("/e/river/settings/board/").status_code == 200
    assert secretary.post("/e/river/settings/board/").status_code == 303
    for language in ("en", "zh-hans"):
        sheet = member.get(f"/e/river/board/print/{language}.pdf")
        assert sheet.status_code == 200
        assert sheet.content.startswith(b"%PDF")
    assert member.get("/e/river/board/print/xx.pdf").status_code == 404


def test_queries_do_not_grow_with_items(river):
    client = browser(river, Role.TEAM_SECRETARY)
    counts = []
    for start in (0, 10):
        with scope(river.id):
            for number in range(start, start + 10):
                idea(number)
                release(river, code=f"S-{number:03}")
        counts.append([queries_of(client, f"/e/river/board/{part}") for part in ("", "release/")])
    assert counts[0] == counts[1]

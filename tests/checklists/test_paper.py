"""Paper: a round, an empty list, the red tags; in the reader's language, tagged, and only for one's own factory."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from fairfloor.checklists.models import Finding, WalkRound
from fairfloor.checklists.services import findings as services
from fairfloor.checklists.services.rounds import Answer
from fairfloor.checklists.services.settings import publish_checklist
from fairfloor.checklists.services.tags import decide_tag, finish_tag, hang_tag
from fairfloor.content import load
from fairfloor.core.tenancy import scope
from tests.cast import NOW, TODAY
from tests.checklists.rounds import all_answers, area, walk
from tests.pages import browser
from tests.projects.builders import person

HOME = "/e/river/checklists/"


@pytest.fixture(autouse=True)
def inside(river, hill, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    with scope(hill.id):
        area(hill)
    with scope(river.id):
        area(river, owner_name="Hu Jing")
        yield


def words_of(client, url, language="en"):
    """The text of a PDF without spaces and breaks (Chinese has none), having looked that it is tagged."""
    answer = client.get(url, headers={"accept-language": language})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    reader = PdfReader(io.BytesIO(answer.content))
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert reader.trailer["/Root"]["/Lang"].startswith(language[:2])
    return "".join("".join(page.extract_text().split()) for page in reader.pages), len(reader.pages)


def test_a_round_tells_its_score_its_course_and_what_became_of_each_finding(river):
    walk(river, "five-s", all_answers("five-s", "2"), finished_date=TODAY - timedelta(days=1))
    low = {"sort_1": Answer("1", "Five empty boxes 📦"), "sort_2": Answer("0")}
    walked, _new = walk(river, "five-s", all_answers("five-s", "3", **low), photo_for=("sort-1", "sort-2"))
    one, two = Finding.objects.order_by("item")
    when = {"day": TODAY, "at": NOW}
    project = services.start_project_of(
        actor=person(river), finding_id=one.pk, title="A shelf for boxes", **when
    )
    services.make_action(
        actor=river.actor("SAFETY_OFFICER"),
        finding_id=two.pk,
        question="",
        owner_name="Hu Jing",
        owner_user_id=None,
        due_date=TODAY + timedelta(days=400),
        **when,
    )
    client = browser(river, "MANAGER")
    text, _pages = words_of(client, f"{HOME}rounds/{walked.code}/print/")
    for words in (
        "70of100points",
        "15/20",
        "5Sscore70%,50%atthefirstof2audits.",
        "sectionsbetter4,worse0,thesame1.",
        "withaphoto",
        f"Project“Ashelfforboxes”({project.code}):Inprogress",
        "HuJing,by",
        "3–mostly",
        # What the font lacks is marked, never left out.
        "Fiveemptyboxes〓",
        "Page1of",
    ):
        assert words in text, words
    chinese, _pages = words_of(client, f"{HOME}rounds/{walked.code}/print/", "zh-hans")
    assert load().translate("Are only the materials that are needed here?", "zh-hans") in chinese
    assert "RiverWorks" in text


def test_a_round_whose_list_has_moved_on_still_prints_its_score(river):
    walked, _new = walk(river, answers=all_answers("hunt-fire", "OK", out_1=Answer("NOT_OK")))
    WalkRound.objects.filter(pk=walked.pk).update(checklist_pin="checklist-hunt-fire@0:hunt-fire")
    text, _pages = words_of(browser(river, "MANAGER"), f"{HOME}rounds/{walked.code}/print/")
    assert f"{walked.points}of{walked.points_possible}points" in text
    assert "Allanswers" not in text
    assert "withoutaphoto" in text


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_list_has_an_empty_form_with_all_its_questions(river, language):
    client = browser(river, "TEAM_MEMBER")
    for code, checklist in load().checklists.items():
        text, pages = words_of(client, f"{HOME}lists/{code}/print/", language)
        for item in checklist.items:
            question = "".join(load().translate(item.text, language).split())
            assert question in text, question
        assert pages <= 2 + len(checklist.items) // 18


def test_an_own_list_has_an_empty_form_in_its_own_words(river):
    own = publish_checklist(
        actor=river.actor("MANAGER"),
        code="",
        name="Dock",
        kind="HAZARD_HUNT",
        text="Is the ramp dry? | No water, no oil.",
        at=NOW,
    )
    text, _pages = words_of(browser(river, "MANAGER"), f"{HOME}lists/{own.code}/print/")
    assert "Istherampdry?Nowater,nooil." in text


def test_the_red_tags_that_hang_come_first(river, hill):
    member = river.actor("TEAM_MEMBER")
    when = {"day": TODAY, "at": NOW}
    client = browser(river, "MANAGER")
    assert "Noredtaghangsanywhere." in words_of(client, f"{HOME}tags/print/")[0]
    hang_tag(actor=member, item="Old fan", area_code="LINE-A", reason="", **when)
    gone = hang_tag(actor=member, item="Broken chair", area_code="", reason="", **when)
    decide_tag(actor=member, tag_id=gone.pk, decision="SCRAP", due_date=TODAY, at=NOW)
    # The page asks the clock which tags were taken down lately.
    finish_tag(actor=member, tag_id=gone.pk, day=timezone.localdate(), at=NOW)
    with scope(hill.id):
        hang_tag(actor=hill.actor("TEAM_MEMBER"), item="Secret press", area_code="", reason="", **when)
    text, _pages = words_of(client, f"{HOME}tags/print/")
    assert text.index("Oldfan") < text.index("Brokenchair")
    assert "1redtaghangs.Notdecidedyet:1." in text
    assert "Secretpress" not in text


def test_paper_of_another_factory_is_not_found(river, hill):
    walked, _new = walk(river)
    other = browser(hill, "MANAGER")
    assert other.get(f"/e/hill/checklists/rounds/{walked.code}/print/").status_code == 404
    assert other.get(f"{HOME}tags/print/").status_code == 404

"""The minutes on paper in two languages, and what of them everybody may read."""

from io import BytesIO

import pytest
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from fairfloor.core.edits import StaleEdit
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role, local_day
from fairfloor.suggestions.public import submit_suggestion
from fairfloor.teams.models import AgendaItem, Meeting
from fairfloor.teams.public import released_minutes
from fairfloor.teams.services import (
    MoveNotAllowed,
    WordsMissing,
    add_topic,
    check_in,
    close_meeting,
    decide_decline,
    decide_note,
    open_meeting,
    release_minutes,
    schedule_meeting,
)
from tests.cast import NOW, TODAY
from tests.pages import browser

PAGE = "/e/river/team/meetings/EIT/1/"
MINUTES = "We met <b>&</b> {{ 7*7 }}\x07 {% x %}\r\n\r\n#strong[typst] 班前会"


def held(crew, minutes=MINUTES):
    """A held meeting: a worker's idea declined, and a topic with a note."""
    day = local_day(crew.factory.enterprise, timezone.now())
    submit_suggestion(
        actor=crew.factory.worker, client_id="client-secret-0000", text="My own words", day=day, at=NOW
    )
    meeting = schedule_meeting(actor=crew.secretary, team_id=crew.team.id, meeting_date=day, at=NOW)
    open_meeting(actor=crew.secretary, meeting_id=meeting.pk, day=day, at=NOW)
    topic = add_topic(actor=crew.secretary, meeting_id=meeting.pk, title="Canteen", at=NOW)
    add_topic(actor=crew.secretary, meeting_id=meeting.pk, title="Bicycle stand", at=NOW)
    decide_note(actor=crew.secretary, item_id=topic.pk, text="More vegetables", at=NOW)
    idea = AgendaItem.objects.get(meeting=meeting, kind="SUGGESTION")
    decide_decline(actor=crew.secretary, item_id=idea.pk, reason="Too dear for us", day=day, at=NOW)
    present = [crew.members["M01"].pk, crew.members["M02"].pk]
    check_in(actor=crew.secretary, meeting_id=meeting.pk, present_ids=present, at=NOW)
    return close_meeting(actor=crew.secretary, meeting_id=meeting.pk, minutes=minutes, day=day, at=NOW)


def release(crew, meeting, **changed):
    values = {"actor": crew.secretary, "meeting_id": meeting.pk, "is_out": True, "day": TODAY, "at": NOW}
    return release_minutes(**(values | changed))


def text_of_docx(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_minutes_come_as_pdf_and_word_in_two_languages(crew, other_crew):
    with scope(crew.factory.id):
        held(crew)
    client = browser(crew.factory, Role.TEAM_SECRETARY)
    answer = client.get(f"{PAGE}minutes/pdf/?language=en")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pdf = PdfReader(BytesIO(answer.content))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = "".join(page.extract_text() for page in pdf.pages)
    for words in (
        "Minutes of meeting 1",
        "More vegetables",
        "{{ 7*7 }}",
        "#strong[typst]",
        "班前会",
        "M01, M02",
    ):
        assert words in text
    word = text_of_docx(client.get(f"{PAGE}minutes/docx/?language=en").content)
    for words in (
        "Minutes of meeting 1",
        "Note: More vegetables",
        "We met <b>&</b> {{ 7*7 }} {% x %}",
        "班前会",
    ):
        assert words in word
    assert "\x07" not in word
    for told in (text, word):
        decided, waiting = told.split("Not reached this time")
        assert "Bicycle stand" in waiting
        assert "Bicycle stand" not in decided
    page = client.get(PAGE).content.decode()
    assert "1 item was not reached" in page
    assert client.get(f"{PAGE}minutes/docx/?language=zh-hans").status_code == 200
    assert PdfReader(BytesIO(client.get(f"{PAGE}minutes/pdf/?language=zh-hans").content)).pages
    assert client.get(f"{PAGE}minutes/odt/").status_code == 404
    assert browser(other_crew.factory, Role.TEAM_SECRETARY).get(f"{PAGE}minutes/pdf/").status_code == 404


def test_released_minutes_tell_decisions_and_no_names_and_no_workers_words(crew, other_crew):
    with scope(other_crew.factory.id):
        assert released_minutes() == []
    with scope(crew.factory.id):
        meeting = held(crew, "We met.")
        assert released_minutes() == []
        out = release(crew, meeting, version=meeting.version)
        (found,) = released_minutes()
        assert (found.number, found.present, found.notes) == (1, 2, ("We met.",))
        assert found.decisions == ("Note: More vegetables",)
        assert "My own words" not in str(found)
        assert "Too dear" not in str(found)
        assert "M01" not in str(found)
        assert release(crew, meeting, version=1).version == out.version  # sent twice
        with pytest.raises(StaleEdit):
            release(crew, meeting, is_out=False, version=1)
        release(crew, meeting, is_out=False)
        assert released_minutes() == []
    with scope(other_crew.factory.id), pytest.raises(Meeting.DoesNotExist):
        release(other_crew, meeting)


def test_only_held_meetings_with_something_to_read_are_released(crew):
    with scope(crew.factory.id):
        meeting = schedule_meeting(actor=crew.secretary, team_id=crew.team.id, meeting_date=TODAY, at=NOW)
        with pytest.raises(MoveNotAllowed):
            release(crew, meeting)
        close_meeting(actor=crew.secretary, meeting_id=meeting.pk, minutes="", day=TODAY, at=NOW)
        with pytest.raises(WordsMissing):
            release(crew, meeting)
    client = browser(crew.factory, Role.TEAM_SECRETARY)
    answer = client.post(f"{PAGE}minutes/release/", {"out": 1})
    assert answer.status_code == 422
    assert "Write the minutes first" in answer.content.decode()
    with scope(crew.factory.id):
        Meeting.objects.update(minutes="Said")
    assert client.post(f"{PAGE}minutes/release/", {"out": 1, "version": 99}).status_code == 409
    assert client.post(f"{PAGE}minutes/release/", {"out": 1, "version": 2}).status_code == 303
    assert "Released on" in client.get(PAGE).content.decode()
    assert browser(crew.factory, Role.TEAM_MEMBER).post(f"{PAGE}minutes/release/").status_code == 403

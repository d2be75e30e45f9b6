"""Pages and documents about jobs: open to insiders, closed to strangers, alike in cost however many rows."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role, Worker
from fairfloor.safety import services
from fairfloor.safety.models import ConsultationSignature, Control, Job, JobRisk, OwnHazard
from fairfloor.safety.web import views_job_documents
from tests.cast import NOW
from tests.pages import browser, queries_of

DAY = date(2026, 3, 2)
RISKS = "/e/river/safety/job-risks/"


def risk(factory, hazard="Entanglement", **values):
    values = {
        "job": "Knitter",
        "method": "MATRIX",
        "likelihood": Decimal(4),
        "severity": Decimal(5),
        "department_code": "KNT",
    } | values
    with scope(factory.id):
        return services.record_job_risk(
            actor=factory.system, step="Start", hazard=hazard, day=DAY, at=NOW, **values
        )


def planned(factory, on, text="Fit a guard", due=DAY):
    with scope(factory.id):
        return services.add_control(
            actor=factory.system,
            job_risk_id=on.pk,
            control=services.AddedControl(
                text, "ENGINEERING", is_in_place=False, owner_name="Li", due_date=due
            ),
            day=DAY,
            at=NOW,
        )


def test_each_page_opens_for_insiders_and_not_for_strangers(river, hill):
    mine, theirs = risk(river), risk(hill)
    measure, their_measure = planned(river, mine), planned(hill, theirs)
    client = browser(river, Role.SAFETY_OFFICER)
    job, their_job = mine.job_step.job_id, theirs.job_step.job_id
    for url in (
        "map/",
        "map/?when=first",
        "method/",
        "register.pdf",
        "register.xlsx",
        "plan.pdf",
        "plan.xlsx",
        "lists/",
        "lists/add/",
        "lists/dyer/",
        "jobs/",
        f"jobs/{job}/",
        f"jobs/{job}/change/",
        f"jobs/{job}/review/",
        f"jobs/{job}/ask/",
        f"jobs/{job}/consult/",
        f"jobs/{job}/card.pdf",
        f"jobs/{job}/sheet.pdf",
        f"{mine.pk}/",
        f"{mine.pk}/rate/",
        f"{mine.pk}/measure/",
        f"measures/{measure.pk}/done/",
        f"measures/{measure.pk}/drop/",
    ):
        assert client.get(RISKS + url).status_code == 200, url
    for url in (
        f"jobs/{their_job}/",
        f"jobs/{their_job}/card.pdf",
        f"jobs/{their_job}/consult/",
        f"{theirs.pk}/rate/",
        f"{theirs.pk}/measure/",
        f"measures/{their_measure.pk}/done/",
        f"measures/{their_measure.pk}/drop/",
        "lists/own-1/",
        "lists/nothing/",
        "register.doc",
    ):
        assert client.get(RISKS + url).status_code == 404, url
    looker = browser(river, Role.WORKER_REPRESENTATIVE)
    assert looker.get(f"{RISKS}jobs/{job}/").status_code == 200
    assert looker.get(f"{RISKS}{mine.pk}/rate/").status_code == 403
    assert looker.get(f"{RISKS}lists/dyer/").status_code == 403


def test_a_planned_measure_needs_its_owner_and_its_day(river):
    mine = risk(river)
    client = browser(river, Role.SAFETY_OFFICER)
    sent = {"text": "Fit a guard", "control_type": "ENGINEERING", "state": "PLANNED"}
    refused = client.post(f"{RISKS}{mine.pk}/measure/", sent)
    assert refused.status_code == 422
    assert "Write who" in refused.content.decode()
    assert client.post(f"{RISKS}{mine.pk}/measure/", sent | {"owner_name": "Li"}).status_code == 422
    with scope(river.id):
        assert not Control.objects.exists()
    kept = sent | {"owner_name": "Li", "due_date": "2026-05-01"}
    assert client.post(f"{RISKS}{mine.pk}/measure/", kept).status_code == 303
    with scope(river.id):
        control = Control.objects.get()
    done = {"done_date": "2026-04-30", "version": control.version}
    assert client.post(f"{RISKS}measures/{control.pk}/done/", done).status_code == 303
    assert "since" in client.get(f"{RISKS}{mine.pk}/").content.decode()


def test_a_residual_rating_above_the_first_says_why(river):
    mine = risk(river, likelihood=Decimal(2), severity=Decimal(2))
    client = browser(river, Role.SAFETY_OFFICER)
    sent = {"likelihood": "5", "severity": "2", "rated_date": "2026-03-02", "version": 1}
    refused = client.post(f"{RISKS}{mine.pk}/rate/", sent)
    assert refused.status_code == 422
    assert "above the first rating" in refused.content.decode()
    assert client.post(f"{RISKS}{mine.pk}/rate/", sent | {"likelihood": "6"}).status_code == 422
    assert client.post(f"{RISKS}{mine.pk}/rate/", sent | {"reason": "Older machine"}).status_code == 303
    page = client.get(f"{RISKS}{mine.pk}/").content.decode()
    assert "Older machine" in page
    stale = client.post(f"{RISKS}{mine.pk}/rate/", sent | {"reason": "Again"})
    assert stale.status_code == 409


def test_the_method_is_chosen_and_old_ratings_stay(river):
    mine = risk(river)
    client = browser(river, Role.SAFETY_OFFICER)
    assert client.post(f"{RISKS}method/", {"method": "LEC"}).status_code == 303
    assert "6 – every day" in client.get(f"{RISKS}{mine.pk}/rate/").content.decode()
    with scope(river.id):
        assert JobRisk.objects.get().method == "MATRIX"
    assert client.post(f"{RISKS}method/", {"method": "GUESS"}).status_code == 422


def test_from_a_list_to_a_register(river):
    client = browser(river, Role.SAFETY_OFFICER)
    sent = {
        "title": "Dyer",
        "line-powder": "on",
        "have-powder-0": "on",
        "line-caustic": "on",
        "owner_name": "Li",
        "due_date": "2026-05-01",
        "women": "3",
    }
    assert client.post(f"{RISKS}lists/dyer/", {"title": "Dyer"}).status_code == 422
    assert client.post(f"{RISKS}lists/dyer/", {**sent, "due_date": ""}).status_code == 422
    with scope(river.id):
        assert not JobRisk.objects.exists()
    assert client.post(f"{RISKS}lists/dyer/", sent).status_code == 303
    with scope(river.id):
        assert JobRisk.objects.count() == 2
        assert Job.objects.get().women == 3
        assert Control.objects.filter(is_in_place=True).count() == 1
        assert set(Control.objects.filter(is_in_place=False).values_list("owner_name", flat=True)) == {"Li"}
    # The same once more changes nothing.
    assert client.post(f"{RISKS}lists/dyer/", sent).status_code == 303
    with scope(river.id):
        assert JobRisk.objects.count() == 2


def test_an_own_list_beside_the_packs(river, hill):
    client = browser(river, Role.SAFETY_OFFICER)
    sent = {
        "list_name": "Loom B",
        "step": "Start",
        "text": "Shuttle flies out",
        "likelihood": "2",
        "severity": "4",
        "control": "Net",
        "control_type": "ENGINEERING",
    }
    assert client.post(f"{RISKS}lists/add/", sent | {"severity": "6"}).status_code == 422
    assert client.post(f"{RISKS}lists/add/", sent).status_code == 303
    with scope(river.id):
        line = OwnHazard.objects.get()
    assert "Loom B" in client.get(f"{RISKS}lists/").content.decode()
    assert (
        client.post(f"{RISKS}lists/own-{line.pk}/", {"title": "Loom B", f"line-{line.pk}": "on"}).status_code
        == 303
    )
    other = browser(hill, Role.SAFETY_OFFICER)
    assert other.get(f"/e/hill/safety/job-risks/lists/own-{line.pk}/").status_code == 404
    assert other.post(f"/e/hill/safety/job-risks/lists/line/{line.pk}/remove/").status_code == 404
    assert client.post(f"{RISKS}lists/line/{line.pk}/remove/").status_code == 303
    with scope(river.id):
        assert not OwnHazard.objects.exists()
        assert JobRisk.objects.count() == 1


def test_workers_were_asked(river):
    job = risk(river).job_step.job_id
    client = browser(river, Role.SAFETY_OFFICER)
    sent = {"held_date": "2026-03-02", "women": "2", "men": "1", "front_line": "3", "words": "More light"}
    for wrong in ({"women": "0", "men": "0", "front_line": "0"}, {"front_line": "4"}, {"names": "Wang"}):
        assert client.post(f"{RISKS}jobs/{job}/consult/", sent | wrong).status_code == 422, wrong
    named = sent | {"names": "Wang Fang\nLi Na", "has_agreed": "on"}
    assert client.post(f"{RISKS}jobs/{job}/consult/", named).status_code == 303
    page = client.get(f"{RISKS}jobs/{job}/").content.decode()
    assert "More light" in page
    assert "Wang Fang" in page


def test_a_worker_may_sign_with_their_number(river):
    job = risk(river).job_step.job_id
    with scope(river.id):
        Worker.objects.create(code="K-17", name="Li Na")
    client = browser(river, Role.SAFETY_OFFICER)
    sent = {"held_date": "2026-03-02", "women": "3", "men": "0", "front_line": "3", "has_agreed": "on"}
    refused = client.post(f"{RISKS}jobs/{job}/consult/", sent | {"names": "Wang Fang, K-99"})
    assert refused.status_code == 422
    assert "K-99" in refused.content.decode()
    named = sent | {"names": "K-17\nLi N.，K-17\nWang Fang"}
    assert client.post(f"{RISKS}jobs/{job}/consult/", named).status_code == 303
    with scope(river.id):
        signed = set(ConsultationSignature.objects.values_list("name", "worker_code"))
    assert signed == {("Li Na", "K-17"), ("Li N.", "K-17"), ("Wang Fang", "")}


def test_a_review_is_asked_for_and_done(river):
    job = risk(river).job_step.job_id
    client = browser(river, Role.SAFETY_OFFICER)
    assert (
        client.post(f"{RISKS}jobs/{job}/ask/", {"cause": "CHANGE", "words": "New machine"}).status_code == 303
    )
    assert "New machine" in client.get(f"{RISKS}jobs/{job}/").content.decode()
    done = {"done_date": "2026-03-02", "outcome": "Two lines added"}
    assert client.post(f"{RISKS}jobs/{job}/review/", {"done_date": "2026-03-02"}).status_code == 422
    assert client.post(f"{RISKS}jobs/{job}/review/", done).status_code == 303
    assert (
        "A fresh look was asked for"
        not in client.get(f"{RISKS}jobs/{job}/").content.decode().split("<h2>")[0]
    )


def test_the_map_leads_into_the_list(river):
    risk(river)
    risk(river, hazard="Noise", likelihood=Decimal(1))
    client = browser(river, Role.SAFETY_OFFICER)
    page = client.get(f"{RISKS}map/").content.decode()
    assert "?department=KNT&amp;now=4" in page
    listed = client.get(f"{RISKS}?department=KNT&now=4").content.decode()
    assert "Entanglement" in listed
    assert "Noise" not in listed


def test_documents_say_what_the_register_holds(river):
    mine = risk(river, control="Fixed guard", control_type="ENGINEERING")
    planned(river, mine, text="=HYPERLINK(1)")
    client = browser(river, Role.SAFETY_OFFICER)
    pdf = client.get(f"{RISKS}jobs/{mine.job_step.job_id}/card.pdf?languages=en,zh-hans").content
    assert pdf.startswith(b"%PDF")
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{RISKS}register.xlsx").content))
    (rows,) = (book.get_sheet_by_index(0).to_python(),)
    assert rows[1][2] == "Entanglement"
    assert "Fixed guard" in rows[1][6]
    assert "=HYPERLINK(1) (Li" in rows[1][8]


def test_a_card_stays_one_page_however_long_its_words(river):
    for number in range(9):
        mine = risk(
            river,
            hazard=f"{number} " + "a danger told at great length " * 6,
            control=f"{number} " + "a rule told at great length " * 30,
            control_type="ADMINISTRATIVE",
            is_pregnancy=True,
        )
    client = browser(river, Role.SAFETY_OFFICER)
    pdf = client.get(f"{RISKS}jobs/{mine.job_step.job_id}/card.pdf").content
    assert len(PdfReader(BytesIO(pdf)).pages) == 1


@pytest.mark.parametrize("url", ["jobs/", "map/", "register.xlsx", "plan.xlsx"])
def test_pages_cost_the_same_with_more_rows(river, url):
    client = browser(river, Role.SAFETY_OFFICER)
    for number in range(2):
        planned(river, risk(river, hazard=f"H{number}", job=f"J{number}"))
    few = queries_of(client, RISKS + url)
    for number in range(2, 12):
        planned(river, risk(river, hazard=f"H{number}", job=f"J{number}"))
    assert queries_of(client, RISKS + url) == few


def test_a_long_register_comes_in_parts_that_hold_every_line(river, monkeypatch):
    monkeypatch.setattr(views_job_documents, "LINES_IN_ONE_PDF", 3)
    for number in range(7):
        risk(river, hazard=f"Danger {number}")
    client = browser(river, Role.SAFETY_OFFICER)
    answer = client.get(f"{RISKS}register.pdf")
    assert answer["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["job-risks-01.pdf", "job-risks-02.pdf", "job-risks-03.pdf"]
        text = "".join(
            page.extract_text() for name in archive.namelist() for page in PdfReader(archive.open(name)).pages
        )
    assert all(f"Danger {number}" in " ".join(text.split()) for number in range(7))
    narrowed = client.get(f"{RISKS}register.pdf?level=1")
    assert narrowed["Content-Type"] == "application/pdf"

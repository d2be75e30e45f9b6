"""What a month or a plan cannot be, sent by hand: nothing changes, and the page says what to do, in both languages."""

from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.html import escape
from django.utils.translation import trans_real

from fairfloor.core.tenancy import scope
from fairfloor.indicators.models import IndicatorPlan, MonthDraft, Reading
from fairfloor.organisations.public import Role
from tests.indicators.test_courses import STEADY, fill
from tests.indicators.test_month import HERE, MONTH, assign, client_of, part
from tests.pages import browser

PO = Path(__file__).parents[2] / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
PLAN = "/e/river/readings/plans/defect-rate/"
ADD = "/e/river/readings/add/"


@pytest.fixture(scope="module")
def catalogue():
    with PO.open("rb") as file:
        return read_po(file)


@pytest.fixture
def said(catalogue, tmp_path, monkeypatch):
    """``said(client, url, sent, English)``: the refusal in English and, where it is translated, in Chinese."""
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)

    def ask(client, url, sent, english, status=422):
        answer = client.post(url, sent)
        assert answer.status_code == status
        assert escape(english) in answer.content.decode()
        assert "Traceback" not in answer.content.decode()
        message = catalogue.get(english)
        if message is None or not message.string:
            return  # another test asks for every translation
        monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path])
        monkeypatch.setattr(trans_real, "_translations", {})
        answer = client.post(url, sent, HTTP_ACCEPT_LANGUAGE="zh-hans")
        assert answer.status_code == status
        assert escape(message.string) in answer.content.decode()
        monkeypatch.setattr(trans_real, "_translations", {})

    return ask


def everything(factory):
    with scope(factory.id):
        return [list(model.objects.order_by("pk").values()) for model in (Reading, IndicatorPlan, MonthDraft)]


ABOVE = "More was counted than there is altogether. Check both numbers."
THERE = "This month has a value already. Open it in the list to correct it."
ANEW = (
    "What this number counts was defined anew. First a manager or the secretary opens its plan, reads the new "
    "definition and chooses a new baseline."
)
BEGUN = "This month has not begun. Choose this month or an earlier one."
NOTHING = (
    "Something was counted, but out of 0. Write how many there were altogether, or choose D if nobody knows."
)
MISSING = "Write the number, or choose D if nobody knows it."

MONTHS = [
    ({"month": MONTH, **part("defect-rate", "1001", "1000")}, ABOVE),
    ({"month": MONTH, **part("labour-productivity", "5", "0")}, NOTHING),
    ({"month": MONTH, **part("defect-rate", "", "1000")}, MISSING),
    ({"month": MONTH, **part("defect-rate", "4", "1000", "")}, "Choose A, B, C or D."),
    ({"month": "2996-01", **part("defect-rate", "4", "1000")}, BEGUN),
    (
        {"month": "soon", **part("defect-rate", "4", "1000")},
        "The form did not say which month it is for. Choose the month and send again.",
    ),
    (
        {**part("defect-rate", "4", "1000")},
        "The form did not say which month it is for. Choose the month and send again.",
    ),
    (
        {"month": MONTH},
        "No number is filled in yet. Write at least one, or choose D where nobody knows it.",
    ),
]


@pytest.mark.parametrize(("sent", "words"), MONTHS)
def test_a_month_that_cannot_be(river, said, sent, words):
    client = client_of(assign(river, "mei", "defect-rate", "labour-productivity"))
    before = everything(river)
    said(client, HERE, sent, words)
    assert everything(river) == before


@pytest.mark.parametrize(
    "number", ["-1", "NaN", "Infinity", "1e400", "1" * 40, "4,000", "four", "<b>", "0.00001", "0x10"]
)
def test_a_number_that_is_none(river, number):
    client = client_of(assign(river, "mei", "defect-rate"))
    before = everything(river)
    for sent in (part("defect-rate", number, "1000"), part("defect-rate", "1", number)):
        answer = client.post(HERE, {"month": MONTH, **sent})
        assert answer.status_code == 422
        assert "problems" in answer.content.decode()
    assert everything(river) == before


def test_a_month_twice(river, said):
    client = client_of(assign(river, "mei", "defect-rate"))
    sent = {"month": MONTH, **part("defect-rate", "40", "1000")}
    assert client.post(HERE, sent).status_code == 303
    before = everything(river)
    said(client, HERE, sent | {"defect-rate-numerator": "41"}, THERE)
    alone = {"indicator": "defect-rate", "month": MONTH, "numerator": "41", "denominator": "1000"}
    said(client, ADD, alone, THERE)
    assert everything(river) == before


def test_somebody_else_s_number_is_left_alone(river, hill):
    mine = client_of(assign(river, "mei", "defect-rate"))
    assign(river, "bo", "turnover-rate")
    assign(hill, "ana", "absenteeism-rate")
    before, theirs = everything(river), everything(hill)
    sent = {**part("turnover-rate", "4", "100"), **part("absenteeism-rate", "4", "100")}
    assert mine.post(HERE, {"month": MONTH, **sent}).status_code == 422
    assert everything(river) == before
    assert everything(hill) == theirs


def test_a_definition_that_changed(river, said):
    mine = client_of(assign(river, "mei", "defect-rate"))
    with scope(river.id):
        fill(river, STEADY[:3])
        IndicatorPlan.objects.update(definition="core-indicators@0:defect-rate")
        reading = Reading.objects.first()
    before = everything(river)
    said(mine, HERE, {"month": "2026-03", **part("defect-rate", "40", "1000")}, ANEW)
    alone = {"indicator": "defect-rate", "month": "2026-03", "numerator": "41", "denominator": "1000"}
    said(mine, ADD, alone, ANEW)
    page = mine.get(f"/e/river/readings/{reading.pk}/").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    changed = {"numerator": "1", "denominator": "1000", "quality": "A", "seen": seen}
    said(mine, f"/e/river/readings/{reading.pk}/", changed, ANEW)
    assert everything(river) == before


NO_BETTER = "This target is no better than the baseline of 4.10 %. Choose one on the other side of it."
BASE = {
    "is_in_use": "on",
    "baseline_start": "2025-03",
    "baseline_end": "2026-02",
    "target": "3",
    "version": "",
}
PLANS = [
    ({"target": "5"}, NO_BETTER),
    ({"target": "4.1"}, NO_BETTER),
    ({"target": "101"}, "A share lies between 0 and 100."),
    ({"target": "-1"}, "A target cannot be below 0."),
    (
        {"baseline_start": "", "baseline_end": ""},
        "Choose the baseline first: a target says how far it is to go from there.",
    ),
    ({"baseline_start": ""}, "A window needs its first and its last month."),
    (
        {"baseline_start": "2026-02", "baseline_end": "2025-03"},
        "The last month lies before the first one. Put the earlier month first.",
    ),
    (
        {"baseline_end": "2996-01"},
        "A baseline is what was measured already: end it this month or earlier.",
    ),
    (
        {"baseline_start": "2001-01", "baseline_end": "2001-12"},
        "No month in this window has a value measured by the definition of today. Choose other months, or write "
        "these down first.",
    ),
    (
        {"endline_start": "2025-06", "endline_end": "2025-07"},
        "The months to compare with begin after the baseline has ended.",
    ),
]


@pytest.mark.parametrize(("values", "words"), PLANS)
def test_a_plan_that_cannot_be(river, said, values, words):
    with scope(river.id):
        fill(river, STEADY)
    client = browser(river, Role.MANAGER)
    before = everything(river)
    said(client, PLAN, BASE | values, words)
    # Nor does it change the plan that is there.
    assert client.post(PLAN, BASE).status_code == 303
    before = everything(river)
    said(client, PLAN, BASE | values | {"version": "1"}, words)
    assert everything(river) == before


@pytest.mark.parametrize(
    "values",
    [
        {"target": "NaN"},
        {"target": "1e99"},
        {"reporter": "424242"},
        {"reporter": "x"},
        {"project_codes": ["IP-99999"]},
        {"baseline_start": "2025-13"},
        {"version": "x"},
    ],
)
def test_what_no_page_would_send(river, values):
    with scope(river.id):
        fill(river, STEADY)
    before = everything(river)
    assert browser(river, Role.MANAGER).post(PLAN, BASE | values).status_code == 422
    assert everything(river) == before


def test_who_may_not_plan(river, hill):
    with scope(river.id):
        fill(river, STEADY)
    before = everything(river)
    assert browser(river, Role.TEAM_MEMBER).post(PLAN, BASE).status_code == 403
    assert browser(hill, Role.MANAGER).post(PLAN, BASE).status_code == 404
    assert browser(river, Role.MANAGER).post(PLAN.replace("defect", "no"), BASE).status_code == 404
    assert everything(river) == before


def test_one_summary_says_of_which_number_each_thing_is(river):
    client = client_of(assign(river, "mei", "defect-rate", "turnover-rate"))
    sent = {"month": MONTH, **part("defect-rate", "1001", "1000"), **part("turnover-rate", "4", "1000", "")}
    answer = client.post(HERE, sent).content.decode()
    assert answer.count('class="problem-summary"') == 1
    assert f"Defect rate · Defective pieces: {ABOVE}" in answer
    assert "Staff turnover · How good is the number: Choose A, B, C or D." in answer
    # Each part may stay empty as a whole; its fields are no free choice one by one.
    assert "Defective pieces <span" not in answer

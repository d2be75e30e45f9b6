"""The monthly form's draft: saved while one writes, one's own, never over what another window wrote."""

from django.test import Client

from fairfloor.core.tenancy import scope
from fairfloor.indicators.models import MonthDraft, Reading
from fairfloor.organisations.public import Role
from tests.cast import PASSWORD
from tests.indicators.test_month import HERE, MONTH, assign, client_of, part
from tests.pages import browser

DRAFT = HERE + "draft/"


def save(client, fields, seen="", window="", month=MONTH):
    return client.post(DRAFT, {"month": month, "seen": seen, "window": window, **fields})


def kept(factory):
    with scope(factory.id):
        return [row.fields for row in MonthDraft.objects.all()]


def test_a_draft_follows_what_is_typed(river, hill):
    mine = client_of(assign(river, "mei", "defect-rate"))
    assign(hill, "ana", "defect-rate")
    first = save(mine, part("defect-rate", "4", "", ""))
    assert first.status_code == 200
    assert first.json()["message"].startswith("Saved at ")
    second = save(mine, part("defect-rate", "41", "1000", "A"), seen=first.json()["seen"])
    assert second.status_code == 200
    assert second.json()["seen"] != first.json()["seen"]
    page = mine.get(f"{HERE}?month={MONTH}").content.decode()
    assert 'value="41"' in page
    assert second.json()["seen"] in page.replace("&#x2B;", "+")
    assert "Saved at " in page
    # Emptied again, nothing stays of it.
    assert save(mine, part("defect-rate", "", "", ""), seen=second.json()["seen"]).status_code == 200
    assert kept(river) == [{}]
    assert kept(hill) == []
    with scope(river.id):
        assert not Reading.objects.exists()


def test_another_window_is_asked_and_its_words_stay(river):
    mine = client_of(assign(river, "mei", "defect-rate"))
    first = save(mine, part("defect-rate", "4", "", ""), window="one").json()
    assert save(mine, part("defect-rate", "5", "", ""), seen=first["seen"], window="two").status_code == 200
    late = save(mine, part("defect-rate", "9", "", ""), seen=first["seen"], window="one")
    assert late.status_code == 409
    assert late.json()["code"] == "CHANGED"
    assert kept(river) == [{"defect-rate-numerator": "5"}]
    # The same words are no conflict; neither is what the same page wrote when its answer was lost on the way.
    assert save(mine, part("defect-rate", "5", "", ""), window="three").status_code == 200
    assert (
        save(mine, part("defect-rate", "51", "", ""), seen=first["seen"], window="three").status_code == 200
    )
    # Whoever chooses what stands here says what they saw.
    now = save(mine, part("defect-rate", "9", "", ""), window="one").json()["seen"]
    assert save(mine, part("defect-rate", "9", "", ""), seen=now, window="one").status_code == 200
    assert kept(river) == [{"defect-rate-numerator": "9"}]


def test_the_button_without_a_script_is_asked_too(river):
    mine = client_of(assign(river, "mei", "defect-rate"))
    save(mine, part("defect-rate", "4", "", ""), window="one")
    answer = mine.post(HERE, {"month": MONTH, "keep": "1", **part("defect-rate", "9", "", "")})
    assert answer.status_code == 409
    words = answer.content.decode()
    assert "This form was saved from another window or phone meanwhile." in words
    assert 'value="9"' in words
    assert kept(river) == [{"defect-rate-numerator": "4"}]
    with scope(river.id):
        seen = MonthDraft.objects.get().kept_at.isoformat()
    again = {"month": MONTH, "keep": "1", "seen": seen, **part("defect-rate", "9", "", "")}
    assert mine.post(HERE, again).status_code == 303
    assert kept(river) == [{"defect-rate-numerator": "9"}]


def test_only_open_fields_of_one_s_own_are_kept(river):
    mine = client_of(assign(river, "mei", "defect-rate", "turnover-rate"))
    assign(river, "bo", "absenteeism-rate")
    odd = {
        **part("defect-rate", "4", "", ""),
        **part("absenteeism-rate", "7", "", ""),
        "defect-rate-<b>": "x",
        "defect-rate-explanation": "a" + "b" * 900,
    }
    assert save(mine, odd).status_code == 200
    (fields,) = kept(river)
    assert set(fields) == {"defect-rate-numerator", "defect-rate-explanation"}
    assert fields["defect-rate-explanation"] == "a" + "b" * 499
    # Sent from another window meanwhile: only what is still open, then nothing.
    assert mine.post(HERE, {"month": MONTH, **part("defect-rate", "4", "100")}).status_code == 303
    assert kept(river) == []
    both = {**part("defect-rate", "8", "", ""), **part("turnover-rate", "1", "", "")}
    assert save(mine, both).status_code == 200
    assert kept(river) == [{"turnover-rate-numerator": "1"}]
    assert mine.post(HERE, {"month": MONTH, **part("turnover-rate", "1", "100")}).status_code == 303
    answer = save(mine, both)
    assert (answer.status_code, answer.json()["code"]) == (409, "SENT")
    assert "have been sent already" in answer.json()["message"]
    assert kept(river) == []


def test_months_nobody_can_mean_and_strangers(river, hill):
    mine = client_of(assign(river, "mei", "defect-rate"))
    for month in ("2996-01", "x", "", "2026-13"):
        assert save(mine, part("defect-rate", "4", "", ""), month=month).status_code == 422
    assert save(client_of(assign(hill, "ana", "defect-rate")), {}).status_code == 404
    assert save(browser(river, Role.WORKER_REPRESENTATIVE), {}).status_code == 403
    answer = save(browser(river, Role.MANAGER), part("defect-rate", "4", "", ""))
    assert (answer.status_code, answer.json()["code"]) == (422, "NOT_YOURS")
    assert mine.get(DRAFT).status_code == 405
    assert Client().post(DRAFT, {"month": MONTH}).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.login(username="mei", password=PASSWORD)
    assert save(strict, part("defect-rate", "4", "", "")).status_code == 403
    assert kept(river) == []


def test_the_list_tells_the_browser_what_can_go(river):
    mine = client_of(assign(river, "mei", "defect-rate"))
    answer = mine.post(HERE, {"month": MONTH, **part("defect-rate", "4", "100")})
    assert answer["Location"].endswith("?sent=2026-02")
    page = mine.get(answer["Location"]).content.decode()
    assert f'data-sent-key="fairfloor-month:{mine.session["_auth_user_id"]}:river:2026-02"' in page
    assert "data-sent-key" not in mine.get("/e/river/readings/?sent=<b>").content.decode()

"""A form sent after the sign-in ended keeps its words on the screen, and no address ends on an empty page."""

import pytest

from tests.hostile.attack import nothing_changes

WORDS = "The guard of machine 14 <waits> for a part"
FORM = {"text": WORDS, "reason": "等零件", "level": "MANAGER", "password": "quite secret words"}

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def secretary(client, river):
    client.force_login(river.user("zhou", "TEAM_SECRETARY"))
    return client


def test_the_words_of_a_form_sent_too_late_are_shown_and_nothing_changes(client, river):
    with nothing_changes():
        answer = client.post(f"/e/{river.slug}/actions/add/", FORM, headers=BROWSER)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "The guard of machine 14 &lt;waits&gt; for a part</textarea>" in page
    assert "等零件</textarea>" in page
    assert "MANAGER" not in page
    assert "secret" not in page
    assert f"/accounts/login/?next=/e/{river.slug}/actions/add/" in page


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-dest": "empty"}],
    ids=["another site", "a script"],
)
def test_words_of_another_site_or_a_script_are_not_shown(client, river, headers):
    answer = client.post(f"/e/{river.slug}/actions/add/", FORM, headers=headers)
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")


def test_a_part_of_a_page_asks_for_the_whole_page_instead_of_holding_the_sign_in(client, river):
    answer = client.get(f"/e/{river.slug}/actions/", headers={"hx-request": "true"})
    assert answer.headers["HX-Refresh"] == "true"
    assert answer.content == b""


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/e/river/team/meetings/EIT/1/minutes/board/", "/e/river/team/meetings/EIT/1/minutes/"),
        ("/e/river/team/meetings/EIT/1/items/7/decide/idea/", "/e/river/team/meetings/EIT/1/"),
    ],
)
def test_an_address_that_only_takes_forms_leads_to_the_page_of_its_form(secretary, address, page):
    answer = secretary.get(address, headers=BROWSER)
    assert (answer.status_code, answer.url) == (303, page)


def test_a_script_that_asks_in_a_wrong_way_still_hears_so(secretary):
    assert secretary.get("/e/river/team/meetings/EIT/1/minutes/board/").status_code == 405

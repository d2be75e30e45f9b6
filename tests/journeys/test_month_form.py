"""The monthly form in a browser: it saves itself, survives a lost network, and asks where two windows differ."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.journeys.conftest import axe, follow

OWN = "() => Object.keys(localStorage).filter(key => key.startsWith('fairfloor-month:'))"


@pytest.fixture
def form(sign_in):
    """``form("hr")`` gives the page of this month, of which nobody has reported anything yet."""

    def go(role: str = "hr", **options):
        page = sign_in(role, **options)
        slug = page.url.split("/e/")[1].split("/")[0]
        page.goto(f"/e/{slug}/readings/month/?month={date.today():%Y-%m}")
        page.wait_for_selector("#month", timeout=5000)
        return page

    return go


def state(page, words):
    page.wait_for_function(
        "words => document.getElementById('month-state').textContent.startsWith(words)", arg=words
    )


def test_what_is_typed_survives_a_lost_network(form):
    page = form(width=360)
    assert axe(page) == []
    above = page.locator("#month input[name$='-numerator']").first
    name = above.get_attribute("name")
    box = f"input[name='{name}']"
    page.fill(box, "37")
    state(page, "Saved at ")
    assert page.evaluate(OWN) == []
    # No network: it says so, keeps it, and has it after the page was opened anew.
    page.context.set_offline(True)
    page.fill(box, "38")
    state(page, "Not saved: no network.")
    assert len(page.evaluate(OWN)) == 1
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.route("**/month/draft/", lambda route: route.abort())
    page.context.set_offline(False)
    page.reload()
    assert page.input_value(box) == "38"
    state(page, "Not saved: no network.")
    assert axe(page) == []
    # Back on: saved, and nothing stays in the browser.
    page.unroute("**/month/draft/")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    state(page, "Saved at ")
    assert page.evaluate(OWN) == []
    page.reload()
    assert page.input_value(box) == "38"


def test_two_windows_are_asked(form):
    page = form()
    other = page.context.new_page()
    other.goto(page.url)
    box = f"input[name='{page.locator('#month input[name$=-denominator]').first.get_attribute('name')}']"
    page.fill(box, "500")
    state(page, "Saved at ")
    other.fill(box, "600")
    other.wait_for_selector("#month-other:not([hidden])")
    assert "Nothing is lost" in other.inner_text("#month-other")
    assert axe(other) == []
    assert other.input_value(box) == "600"
    other.click("[data-act=mine]")
    state(other, "Saved at ")
    # The first window is late now, and takes over what the second saved.
    page.fill(box, "700")
    page.wait_for_selector("#month-other:not([hidden])")
    follow(page.locator("[data-act=theirs]").first)
    assert page.input_value(box) == "600"
    assert page.evaluate(OWN) == []


def test_signing_out_takes_it_off_a_shared_laptop(form):
    page = form()
    box = f"input[name='{page.locator('#month input[name$=-numerator]').first.get_attribute('name')}']"
    page.evaluate("() => localStorage.setItem('fairfloor-month:1:other:2020-01', '{}')")
    page.route("**/month/draft/", lambda route: route.abort())
    page.fill(box, "41")
    state(page, "Not saved: no network.")
    assert len(page.evaluate(OWN)) == 2
    page.locator("details.menu summary", has_text="Your account").click()
    follow(page.get_by_role("button", name="Sign out"))
    assert page.evaluate(OWN) == ["fairfloor-month:1:other:2020-01"]


def test_the_form_works_without_a_script(form):
    page = form(javascript=False)
    box = f"input[name='{page.locator('#month input[name$=-numerator]').first.get_attribute('name')}']"
    address = page.url
    page.fill(box, "43")
    follow(page.locator("button[name=keep]").first)
    assert re.search(r"/readings/\?sent=\d{4}-\d\d$", page.url)
    page.goto(address)
    assert page.input_value(box) == "43"

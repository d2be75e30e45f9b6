"""One whole meeting on a projector, by keyboard only: from check-in to released minutes."""

from __future__ import annotations

import pytest


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def turn(page, key: str) -> None:
    """Press a key that leads to another page, and wait until it is there."""
    with page.expect_navigation():
        page.keyboard.press(key)


def focus(page, selector: str) -> None:
    """Walk with the Tab key until an element has the focus."""
    for _step in range(120):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key never came to {selector}.")


@pytest.fixture
def projector(sign_in):
    page = sign_in("secretary")
    page.set_viewport_size({"width": 1920, "height": 1080})
    # A pointer would hide a gap in the keyboard's way.
    for name in ("click", "fill", "check"):
        setattr(page, name, None)
    return page


def test_a_whole_meeting_by_keyboard(projector):
    page = projector
    slug = page.url.split("/e/")[1].split("/")[0]
    page.goto(f"/e/{slug}/team/meetings/plan/")
    day = page.input_value("input[name=meeting_date]")
    assert day
    focus(page, "input[name=place]")
    page.keyboard.type("Canteen")
    turn(page, "Enter")
    focus(page, ".page-actions button")
    turn(page, "Enter")

    # Who is here: the first three people, by space bar and arrow.
    assert page.evaluate("() => document.activeElement.matches('.here input')")
    press(page, "Space", "ArrowDown", "Space", "ArrowDown", "Space")
    turn(page, "Enter")
    assert "item=1" in page.url

    # A topic of their own, then back to the first item.
    focus(page, ".meeting-tools summary")
    press(page, "Enter", "Tab")
    page.keyboard.type("The canteen's new hours")
    turn(page, "Enter")
    assert page.inner_text("h1.item-title") == "The canteen's new hours"

    # Agree on an action: down to the first decision, Enter opens it, Ctrl+Enter sends it.
    press(page, "ArrowDown", "Enter")
    page.wait_for_function("() => document.activeElement.matches('details.offer[open] textarea')")
    page.keyboard.type("Ask the kitchen")
    focus(page, "details.offer[open] input[name$=owner_name]")
    page.keyboard.type("Hu Li")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert "Ask the kitchen" in page.inner_text(".decided")

    # Escape closes a decision that was opened by mistake; the arrows turn the pages.
    press(page, "ArrowDown", "Enter")
    page.wait_for_selector("details.offer[open]")
    press(page, "Escape")
    page.wait_for_selector("details.offer[open]", state="detached")
    turn(page, "ArrowLeft")
    turn(page, "ArrowRight")
    focus(page, ".meeting-bar button[name=done]")
    turn(page, "Enter")

    # The end: minutes, and out to everybody.
    focus(page, "a.agenda-step[href$='/close/']")
    turn(page, "Enter")
    focus(page, "textarea[name=minutes]")
    page.keyboard.type("We settled the canteen's hours.")
    focus(page, "form button[type=submit]")
    turn(page, "Enter")
    assert "We settled the canteen's hours." in page.inner_text(".minutes-text")
    focus(page, "#release")
    turn(page, "Enter")
    assert page.locator("#release").count() == 0
    assert "Released on" in page.inner_text("aside")
    # Nothing on the projector runs over its edge.
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")

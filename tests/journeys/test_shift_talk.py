"""A shift talk on the floor: written where there is no network, sent by itself and once."""

from __future__ import annotations


def test_a_talk_waits_for_the_network_and_arrives_once(sign_in):
    page = sign_in("secretary", width=360)
    slug = page.url.split("/e/")[1].split("/")[0]
    page.goto(f"/e/{slug}/team/talks/new/", wait_until="networkidle")
    page.context.set_offline(True)
    page.fill("input[name=present]", "17")
    page.fill("textarea[name=issues]", "The gate of the lift jams\nMore gloves")
    page.check("input[name=topic_safety]")
    page.click("#talk button[type=submit]")
    page.wait_for_selector("[data-outbox-panel]")
    assert "It waits safely on this phone" in page.inner_text("[data-outbox-panel]")
    page.context.set_offline(False)
    page.wait_for_url("**/team/talks/T-*/", timeout=30000)
    assert "The gate of the lift jams" in page.inner_text("main")
    # One tap makes a danger of it.
    page.locator("form[action$='/hazard/'] button").first.click()
    page.wait_for_selector("a[href*='/safety/']:has-text('H-')")
    page.goto(f"/e/{slug}/team/talks/")
    assert page.locator("td:has-text('17')").count() == 1
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")

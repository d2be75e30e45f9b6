"""A shift talk on the floor: written where there is no network, sent by itself and once."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import axe, follow


def test_a_talk_waits_for_the_network_and_arrives_once(sign_in):
    page = sign_in("secretary", width=360)
    slug = page.url.split("/e/")[1].split("/")[0]
    page.goto(f"/e/{slug}/team/talks/new/", wait_until="networkidle")
    page.context.set_offline(True)
    page.select_option("select[name=department_code]", index=1)
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


KEPT = """async () => {
  const cache = await caches.open("fairfloor-talk");
  return (await cache.keys()).map(one => one.url);
}"""


def test_the_form_opens_again_without_a_network(sign_in):
    page = sign_in("secretary", width=360)
    context = page.context
    home = page.url
    slug = home.split("/e/")[1].split("/")[0]
    address = f"/e/{slug}/team/talks/new/"
    page.goto(address)
    page.wait_for_selector("#talk[data-ready]")
    assert "opens on this phone without a network" in page.inner_text("#talk-lead")
    # This page and its files, nothing else of what staff see.
    kept = page.evaluate(KEPT)
    assert [url for url in kept if "/static/" not in url] == [page.url]
    page.close()

    # Closed, no network, opened anew: style and words are there, and what is sent waits.
    context.set_offline(True)
    page = context.new_page()
    page.goto(address)
    assert axe(page) == []
    assert "The network is away or slow." in page.inner_text("#talk-lead")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("() => getComputedStyle(document.querySelector('.topbar')).display") == "flex"
    page.select_option("select[name=department_code]", index=1)
    page.fill("input[name=present]", "23")
    page.fill("textarea[name=issues]", "The fan of line 4 is loud")
    page.click("#talk button[type=submit]")
    page.wait_for_selector("[data-outbox-panel]")
    page.close()
    # Other pages do not open from the phone.
    page = context.new_page()
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"/e/{slug}/team/talks/")
    page.close()  # Chromium's own page would load again by itself
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"/e/{slug}/team/talks/")
    for _attempt in range(50):
        if not page.evaluate("() => Outbox.list().then(all => all.length)"):
            break
        page.wait_for_timeout(200)
    page.reload()
    assert page.locator("td:has-text('23')").count() == 1

    # Sent straight from the kept page too, once the network is back.
    page.goto(address)
    page.wait_for_selector("#talk[data-ready]")
    context.set_offline(True)
    page.goto(address)
    page.select_option("select[name=department_code]", index=1)
    page.fill("input[name=present]", "29")
    page.click("#talk button[type=submit]")
    page.wait_for_selector("[data-outbox-panel]")
    context.set_offline(False)
    page.wait_for_url("**/team/talks/T-*/", timeout=30000)

    # Signed out, nothing is kept, and nobody else gets it without a network.
    page.goto(home)
    page.locator("details.menu summary", has_text="Your account").click()
    follow(page.get_by_role("button", name="Sign out"))
    assert "fairfloor-talk" not in page.evaluate("() => caches.keys()")
    context.set_offline(True)
    with pytest.raises(Exception, match="ERR_"):
        page.goto(address)


def test_on_a_shared_phone_nobody_sends_for_another(sign_in, installation):
    page = sign_in("secretary", width=360)
    slug = page.url.split("/e/")[1].split("/")[0]
    page.goto(f"/e/{slug}/team/talks/new/")
    page.wait_for_selector("#talk[data-ready]")
    page.route(
        "**/team/talks/new/",
        lambda route: route.abort() if route.request.method == "POST" else route.fallback(),
    )
    page.select_option("select[name=department_code]", index=1)
    page.fill("input[name=present]", "31")
    page.click("#talk button[type=submit]")
    page.wait_for_selector("[data-outbox-panel]")
    page.unroute("**/team/talks/new/")
    # The session ends without a sign-out, and somebody else takes the phone.
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    username, password = installation.sign_ins["manager"]
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password)
    page.click("main form button")
    page.wait_for_url("**/e/**")
    assert "fairfloor-talk" not in page.evaluate("() => caches.keys()")
    page.goto(f"/e/{slug}/team/talks/", wait_until="networkidle")
    assert page.evaluate("async () => (await Outbox.list()).length") == 1
    assert not page.locator("[data-outbox-list]").is_visible()
    page.evaluate("() => Outbox.send({ now: true })")
    assert page.evaluate("async () => (await Outbox.list())[0].state") == "WAITING"

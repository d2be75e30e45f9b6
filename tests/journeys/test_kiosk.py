"""A shared tablet: used, left alone, and then as if nobody had been there."""

import re

import pytest

from tests.journeys.conftest import axe, outbox_ready

KEPT = """async () => {
  const databases = indexedDB.databases ? await indexedDB.databases() : [];
  const items = await window.Outbox.list();
  const cached = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).keys()) cached.push(new URL(one.url).pathname);
  return {local: Object.keys(localStorage), session: Object.keys(sessionStorage), items: items.length,
          cached: cached.filter(path => path.includes("/r/")), history: history.length, databases: databases.length};
}"""


@pytest.fixture
def new_tablet(browser, installation):
    contexts = []

    def go(**options):
        context = browser.new_context(
            base_url=installation.url, viewport={"width": 800, "height": 1100}, locale="en", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda problem: pytest.fail(str(problem)))
        home = installation.worker_url.rstrip("/") + "/"
        page.goto(home + "kiosk/")
        page.get_by_role("button", name="Use this tablet together").click()
        page.wait_for_url(re.compile(r"/w/[a-z0-9]+/$"))
        return page, home

    yield go
    for context in contexts:
        context.close()


@pytest.fixture
def tablet(new_tablet):
    page, home = new_tablet()
    page.clock.install()
    return page, home


def kept(page):
    outbox_ready(page)
    return page.evaluate(KEPT)


def test_after_an_idea_nothing_of_it_is_left(tablet):
    page, home = tablet
    assert axe(page) == []
    before = page.evaluate("history.length")
    page.get_by_role("link", name="I have an idea").click()
    page.wait_for_url(re.compile("/idea/$"))
    outbox_ready(page)
    page.locator("textarea[name=text]").fill("My secret words about the foreman.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(re.compile("/sent/"))
    digits = page.locator(".card-digits").first.inner_text()
    assert axe(page) == []
    # A link in the clipboard would be the next person's to paste, and no tablet remembers a receipt.
    assert page.locator("[data-print]").is_visible()
    assert page.locator("[data-copy]").count() == 0
    assert "remembers" not in page.content()
    page.get_by_role("button", name="Done. Next person").click()
    page.wait_for_url(home)
    left = kept(page)
    assert left["history"] == before
    assert (left["local"], left["session"], left["items"], left["cached"]) == ([], [], 0, [])
    page.go_back()
    assert digits not in page.content()
    assert "secret words" not in page.content()
    page.goto(home + "idea/")
    assert page.locator("textarea[name=text]").input_value() == ""
    page.goto(home + "messages/")
    outbox_ready(page)
    assert digits not in page.content()


def test_who_is_quicker_than_the_scripts_leaves_nothing_either(new_tablet):
    page, home = new_tablet(service_workers="block")
    before = page.evaluate("history.length")

    def late(route):
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/kiosk*.js", late)
    page.route("**/worker*.js", late)
    # The outbox does not come at all.
    page.route("**/offline/*.js", lambda route: None)
    page.goto(home, wait_until="commit")
    page.get_by_role("link", name="I have an idea").click()
    page.wait_for_url(re.compile("/idea/$"), wait_until="commit")
    page.locator("textarea[name=text]").fill("My quick words about the foreman.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(re.compile("/sent/"))
    digits = page.locator(".card-digits").first.inner_text()
    page.get_by_role("button", name="Done. Next person").click()
    page.wait_for_url(home)
    assert page.evaluate("history.length") == before
    assert page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))") == []
    page.go_back()
    assert digits not in page.content()
    assert "quick words" not in page.content()


def test_left_alone_it_asks_and_then_closes(tablet):
    page, home = tablet
    page.get_by_role("link", name="I have an idea").click()
    page.wait_for_url(re.compile("/idea/$"))
    page.locator("textarea[name=text]").fill("Half a thought")
    page.clock.run_for(46_000)
    page.get_by_role("alertdialog").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="I am still here").click()
    assert page.locator("textarea[name=text]").input_value() == "Half a thought"
    page.clock.run_for(46_000)
    page.get_by_role("alertdialog").wait_for()
    page.clock.run_for(16_000)
    page.wait_for_url(home)
    page.goto(home + "idea/")
    assert page.locator("textarea[name=text]").input_value() == ""

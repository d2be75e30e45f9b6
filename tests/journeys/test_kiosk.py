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
def tablet(browser, installation):
    context = browser.new_context(
        base_url=installation.url, viewport={"width": 800, "height": 1100}, locale="en"
    )
    page = context.new_page()
    page.on("pageerror", lambda problem: pytest.fail(str(problem)))
    page.clock.install()
    home = installation.worker_url.rstrip("/") + "/"
    page.goto(home + "kiosk/")
    page.get_by_role("button", name="Use this tablet together").click()
    page.wait_for_url(re.compile(r"/w/[a-z0-9]+/$"))
    yield page, home
    context.close()


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

"""A danger from a worker's photo to the closed hazard, the overview and the case report."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.journeys.conftest import axe, follow, outbox_ready
from tests.journeys.test_media import photo

HOME = "/e/riverside-knitting/"
WORDS = "The cover of the dryer's belt is off."


def act(page, name, fill=()):
    """Open one of the steps on a hazard's page, fill it in, take it."""
    box = page.locator(f"#act-{name}")
    box.locator("summary").click()
    for field, value in fill:
        control = box.locator(f"[name={name}-{field}]")
        if control.count() > 1:
            box.locator(f"[name={name}-{field}][value={value}]").check()
        elif control.evaluate("each => each.tagName") == "SELECT":
            control.select_option(value)
        elif isinstance(value, dict):
            control.set_input_files(value)
        else:
            control.fill(value)
    follow(box.locator("button[type=submit]"))
    assert page.locator(".problem-summary").count() == 0, page.locator("main").inner_text()[:2000]


def reported(page) -> int:
    """How many hazards the overview counts."""
    page.goto(HOME + "safety/overview/")
    card = page.locator("section.stat", has=page.get_by_role("heading", name="Hazards reported"))
    return int(re.search(r"\d+", card.locator(".stat-value").inner_text()).group())


def on_board(page) -> int:
    """How many removed dangers the board tells."""
    told = re.search(r"(\d+)\s+\D*dangers? removed", page.locator("main").inner_text())
    return int(told.group(1)) if told else 0


def found_on(installation, day: str) -> int:
    """How many hazards the factory has of a day; other journeys report some, too."""
    return installation.count(
        "safety_hazard JOIN organisations_enterprise AS place ON place.id = enterprise_id"
        " WHERE slug = 'riverside-knitting' AND found_date = ? AND status <> 'WITHDRAWN'",
        day,
    )


def test_from_a_workers_photo_to_the_closed_hazard(installation, phone, sign_in):
    officer = sign_in("safety")
    before = reported(officer)
    assert axe(officer) == []

    # Without a network: the picture of the kind alone is kept, nothing at all is told at once.
    phone.goto(installation.worker_url)
    phone.wait_for_selector("body[data-kept]", timeout=30_000)
    phone.context.set_offline(True)
    phone.click("a.choice-danger")
    outbox_ready(phone)
    phone.click("footer button")
    phone.get_by_role("alert").get_by_text("Choose a picture").wait_for()
    assert axe(phone) == []
    phone.locator("label.tile", has_text="Machines and guards").click()
    phone.locator("label.tile", has_text="Somebody could get hurt now").click()
    phone.set_input_files("#attach-photo", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    phone.click("dialog [data-do=none]")
    phone.wait_for_selector(".attach-item img")
    phone.click("footer button")
    phone.wait_for_selector("[data-outbox-panel]")
    phone.context.set_offline(False)
    phone.wait_for_selector("[data-parcels][data-state=arrived]", timeout=30_000)
    assert phone.locator(".card-digits").is_visible()
    receipt = phone.locator("[data-receipt]").get_attribute("data-receipt")
    thread = f"{installation.worker_url}r/{receipt}/"
    phone.goto(thread)
    assert phone.locator(".own-photo").count() == 1
    phone.fill("#text", WORDS)
    phone.locator("form:has([data-attach]) > button").click()
    phone.get_by_text(WORDS).wait_for()
    assert axe(phone) == []

    # Rated, given to somebody, fixed with a photo. Whoever fixed it is not asked to check it.
    officer.goto(HOME + "safety/?back=urgent")
    officer.get_by_role("link", name="Machines and guards").first.click()
    officer.get_by_text(WORDS).wait_for()
    assert officer.get_by_alt_text("The hazard as it was found").evaluate("each => each.naturalWidth") > 0
    officer.fill("#answer", "Thank you. We are on our way.")
    follow(officer.locator("#talk button[type=submit]").first)
    act(officer, "triage", [("likelihood", "4"), ("severity", "4")])
    act(officer, "assign", [("responsible_name", "Hu Jing")])
    after = {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    act(officer, "fix", [("control_type", "ENGINEERING"), ("control", "Cover bolted on"), ("photo", after)])
    assert officer.get_by_alt_text("The place after the fix").count() == 1
    assert officer.locator("#act-verify").count() == 0
    assert axe(officer) == []

    manager = sign_in("manager")
    manager.goto(officer.url)
    act(manager, "verify")

    phone.goto(thread)
    phone.get_by_text("We are on our way.").wait_for()
    phone.get_by_role("button", name="Yes, it is fixed").click()
    phone.get_by_text("You said that the danger is gone.").wait_for()
    manager.reload()
    assert manager.get_by_text("It is gone", exact=True).count() == 1
    manager.goto(HOME + "board/")
    removed = on_board(manager)
    manager.goto(officer.url)
    act(manager, "close")
    assert manager.locator(".page-head .state, .page-head").first.inner_text().count("Closed")

    hazard = manager.url
    manager.goto(HOME + "board/")
    assert on_board(manager) == removed + 1
    manager.goto(hazard)
    assert reported(officer) == before + 1
    # The case report of the day counts it.
    # The factory's day is a few hours ahead of the world's.
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    manager.goto(HOME + "reports/new/")
    manager.fill("input[name=start]", today)
    manager.fill("input[name=end]", today)
    follow(manager.get_by_role("button", name="Make the report").first)
    count = found_on(installation, today)
    told = "1 hazard was reported." if count == 1 else f"{count} hazards were reported."
    manager.get_by_text(told).first.wait_for()


def test_what_is_not_gone_is_opened_again_from_another_phone(installation, phone, sign_in, browser):
    phone.goto(installation.worker_url + "danger/")
    outbox_ready(phone)
    phone.locator("label.tile", has_text="Vehicles and lifting gear").click()
    phone.click("footer button")
    phone.wait_for_url(re.compile("/sent/"))
    thread = f"{installation.worker_url}r/{phone.locator('[data-receipt]').get_attribute('data-receipt')}/"

    officer = sign_in("safety")
    officer.goto(HOME + "safety/?q=&sort=-found")
    officer.get_by_role("link", name="Vehicles and lifting gear").first.click()
    act(officer, "triage", [("likelihood", "3"), ("severity", "3")])
    act(officer, "assign", [("responsible_name", "Hu Jing")])
    act(officer, "fix", [("control_type", "ENGINEERING"), ("control", "A mirror at the corner")])
    manager = sign_in("manager")
    manager.goto(officer.url)
    act(manager, "verify")

    # The receipt alone opens the thread, on a phone that never saw it.
    other = browser.new_context(base_url=installation.url, viewport={"width": 360, "height": 740}).new_page()
    other.goto(thread)
    other.get_by_text("No, not fixed").click()
    other.fill("#why", "The mirror fell down in the night.")
    other.locator("#why + button, form:has(#why) button").first.click()
    other.get_by_text("The mirror fell down in the night.").first.wait_for()
    manager.reload()
    assert "The mirror fell down in the night." in manager.locator("main").inner_text()
    assert manager.locator("#act-fix").count() == 1
    other.context.close()

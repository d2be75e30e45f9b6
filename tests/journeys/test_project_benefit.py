"""From three ideas to a project, a benefit a second person verifies, a month's numbers, and what the chart may say."""

from __future__ import annotations

import time

from tests.journeys.conftest import axe, follow, press

HOME = "/e/riverside-knitting/"
IDEAS = (
    "The needles of row 3 bend every week.",
    "Row 3 drops stitches at night.",
    "Check the needles of row 3 daily.",
)
CAUSAL = ("because", "thanks to", "led to", "caused", "due to")


def test_three_ideas_become_a_benefit_and_a_chart(installation, sign_in, phone, capsys):
    began = time.perf_counter()
    for text in IDEAS:
        phone.goto(installation.worker_url.rstrip("/") + "/idea/")
        phone.locator("textarea[name=text]").fill(text)
        press(phone, "Send")

    # One project for the three, finished, with what it brought.
    secretary = sign_in("secretary")
    secretary.goto(f"{HOME}projects/new/")
    secretary.get_by_label("Title").fill("Needles of row 3 checked every shift")
    for text in IDEAS:
        secretary.get_by_label(text).check()
    press(secretary, "Start the project")
    project = secretary.url
    code = project.rstrip("/").rpartition("/")[2]
    for text in IDEAS:
        assert secretary.locator(".project-side").get_by_text(text).count() == 1
    for part, label, text, button in (
        ("plan/", "The problem", "Bent needles drop stitches.", "Save the plan"),
        ("do/", "What was done", "A gauge hangs beside the row.", "Save what was done"),
        ("check/", "What came out of it", "No bent needle for two weeks.", "Save the result"),
    ):
        secretary.goto(project + part)
        secretary.get_by_label(label).fill(text)
        press(secretary, button)
    secretary.goto(f"{project}finish/")
    press(secretary, "Finish")
    secretary.goto(f"{project}benefits/new/")
    secretary.get_by_label("What gets better?").fill("Fewer socks thrown away")
    secretary.get_by_label("Again and again").check()
    secretary.get_by_label("Counted over how many months?").fill("12")
    secretary.locator("[name=actual]").fill("9600")
    press(secretary, "Save")

    # The one who stated it cannot verify it; a second person does.
    assert secretary.get_by_role("link", name="Verify").count() == 0
    manager = sign_in("manager")
    manager.goto(project)
    link = manager.locator("a[href*='/benefits/'][href$='/verify/']")
    manager.goto(link.first.get_attribute("href"))
    assert axe(manager) == []
    follow(manager.locator("main form button[type=submit]").first)
    assert "9,600" in manager.locator("main").inner_text()

    # A target the wrong way is refused with what was typed; then the project stands beside the number it was to move.
    manager.goto(f"{HOME}readings/plans/defect-rate/")
    assert axe(manager) == []
    target = manager.get_by_label("Target").input_value()
    manager.get_by_label("Target").fill("9")
    press(manager, "Save the plan")
    assert manager.get_by_text("no better than the baseline").first.is_visible()
    manager.get_by_label("Target").fill(target)
    manager.locator("select[name=project_codes]").select_option(value=[code])
    press(manager, "Save the plan")

    # The project leads to the chart, which says what it may say and no more.
    manager.goto(project)
    follow(manager.get_by_role("link", name="Defect rate"))
    said = manager.locator(".figure-sentence").inner_text()
    around = manager.locator(".around").inner_text()
    assert said.startswith("Improved: ")
    assert said.endswith("more than chance.")
    assert "Not enough data around “Needles of row 3 checked every shift”" in around
    assert not any(word in (said + around).lower() for word in CAUSAL)
    assert manager.locator("svg.chart .ct-limit").count() == 2
    assert axe(manager) == []
    manager.set_viewport_size({"width": 360, "height": 740})
    assert manager.evaluate("document.documentElement.scrollWidth") <= 360

    # The month's form on a phone, by keyboard alone: more absent than planned is refused, then it is kept.
    reporter = sign_in("hr", width=360)
    # A month in which no other journey left a draft.
    reporter.goto(f"{HOME}readings/month/?month=2021-01")
    assert axe(reporter) == []
    reporter.locator("[name=absenteeism-rate-numerator]").focus()
    for keys in ("700", "Tab", "600", "Tab", "Space", "Enter"):
        (reporter.keyboard.type if keys.isdigit() else reporter.keyboard.press)(keys)
    reporter.get_by_text("More was counted than there is altogether.").first.wait_for()
    reporter.locator("[name=absenteeism-rate-denominator]").focus()
    reporter.keyboard.press("End")
    reporter.keyboard.type("00")
    with reporter.expect_navigation():
        reporter.keyboard.press("Enter")
    assert reporter.get_by_text("1 number is kept.").is_visible()
    assert reporter.evaluate("document.documentElement.scrollWidth") <= 360
    with capsys.disabled():
        print(f"\nthree ideas to a chart: {time.perf_counter() - began:.1f} s")  # noqa: T201

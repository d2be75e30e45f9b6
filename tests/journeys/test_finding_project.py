"""From what a 5S audit found to a verified project, and the paper that says so."""

from __future__ import annotations

import io

from pypdf import PdfReader

from tests.journeys.conftest import axe, follow, press

HOME = "/e/riverside-knitting/"


def test_a_finding_becomes_a_project_and_is_verified(installation, sign_in):
    secretary = sign_in("secretary", width=360)
    secretary.goto(f"{HOME}checklists/?kind=FIVE_S")
    waits = secretary.get_by_text("Waits for somebody to take it up")
    rounds = secretary.locator("a[href*='/checklists/rounds/']").evaluate_all(
        "all => all.map(each => each.href)"
    )
    for url in rounds:
        secretary.goto(url)
        if waits.count():
            break
    round_url = secretary.url
    assert axe(secretary) == []
    follow(secretary.get_by_role("link", name="Make this a project"))
    assert axe(secretary) == []
    secretary.get_by_label("What shall become better?").fill("No red tag older than thirty days")
    press(secretary, "Start the project")
    project = secretary.url
    assert axe(secretary) == []
    assert secretary.get_by_role("heading", name="Findings behind it").is_visible()
    for part, label, text, button in (
        ("plan/", "The problem", "Tags hang for months.", "Save the plan"),
        ("do/", "What was done", "A look every Friday.", "Save what was done"),
        ("check/", "What came out of it", "None older than thirty days for five weeks.", "Save the result"),
    ):
        secretary.goto(project + part)
        secretary.get_by_label(label).fill(text)
        press(secretary, button)
    secretary.goto(f"{project}finish/")
    press(secretary, "Finish")
    secretary.goto(round_url)
    assert secretary.get_by_text("nobody has verified the result yet").is_visible()

    manager = sign_in("manager")
    manager.goto(f"{project}verify/")
    press(manager, "Verify")
    manager.goto(round_url)
    assert manager.get_by_text("Its project is finished and verified").is_visible()
    answer = manager.context.request.get(f"{round_url.partition('#')[0]}print/")
    reader = PdfReader(io.BytesIO(answer.body()))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Its project is finished and verified" in text
    assert "No red tag older than thirty days" in text

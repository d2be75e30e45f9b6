"""The main job, end to end: from a worker's phone to the PDF of the case report."""

import io
import json
import re
from urllib.parse import urljoin

import pytest
from PIL import Image
from pypdf import PdfReader

from fairfloor.core.checks import iter_patterns
from tests.journeys.conftest import axe, follow, press

HOME = "/e/riverside-knitting/"
IDEA = "The steps behind boarding line 2 are slippery when it rains. A rubber mat would help."


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), (90, 140, 120)).save(out, "JPEG")
    return out.getvalue()


def check(page, seen: set[str]) -> None:
    """Each kind of page is looked at once by axe, in English and in Chinese."""
    kind = re.sub(r"[A-Z]{1,2}-[0-9A-Z]{3,6}|\d[\d-]{5,}", "…", page.url.split("?")[0])
    if kind in seen:
        return
    seen.add(kind)
    root = urljoin(page.url, "/")
    for language in ("zh-hans", "en"):
        page.context.add_cookies([{"name": "django_language", "value": language, "url": root}])
        page.reload()
        assert page.locator("html").get_attribute("lang").lower() == language
        assert axe(page) == []


def test_from_the_phone_to_the_pdf(installation, phone, sign_in):
    seen: set[str] = set()

    # A worker without an account writes an idea and keeps the receipt.
    phone.goto(installation.worker_url)
    check(phone, seen)
    follow(phone.get_by_role("link", name="I have an idea"))
    check(phone, seen)
    phone.get_by_label("What is your idea?").fill(IDEA)
    press(phone, "Send")
    check(phone, seen)
    receipt = phone.url.removesuffix("sent/")
    phone.goto(receipt)
    check(phone, seen)
    assert phone.get_by_text("rubber mat").first.is_visible()

    # The secretary finds it and takes it to the meeting, with a word to the worker.
    secretary = sign_in("secretary")
    secretary.goto(f"{HOME}suggestions/?q=rubber+mat&view=all")
    check(secretary, seen)
    follow(secretary.locator("a.row-title").first)
    code = re.search(r"S-[0-9A-Z]{5}", secretary.url).group(0)
    check(secretary, seen)
    secretary.get_by_label("Answer to the writer").fill("Thank you. The team looks at it this week.")
    press(secretary, "Take to the meeting")
    phone.goto(receipt)
    assert phone.get_by_text("The team looks at it this week.").is_visible()

    # The meeting: its agenda filled itself, the decision starts a project.
    secretary.goto(f"{HOME}team/meetings/")
    check(secretary, seen)
    secretary.goto(f"{HOME}team/")
    meeting = secretary.get_by_role("link", name="Go to the meeting").get_attribute("href")
    secretary.goto(meeting)
    check(secretary, seen)
    press(secretary, "Begin the meeting now")
    secretary.get_by_label("Ma Xia").check()
    secretary.get_by_label("Guo Fang").check()
    press(secretary, "These people are here")
    for number in range(1, 60):
        secretary.goto(f"{meeting}?item={number}")
        if secretary.locator("main").get_by_text(code).count():
            break
    else:
        raise AssertionError("The idea is not on the agenda.")
    check(secretary, seen)
    secretary.locator("summary", has_text="Start a project").click()
    form = secretary.locator("form[action$='decide/start-project/']")
    form.locator("input[name$=title]").fill("A rubber mat on the steps of line 2")
    form.locator("input[name$=owner_name]").fill("Gao Gang")
    follow(form.locator("button[type=submit]"))
    phone.goto(receipt)
    assert phone.locator("main").inner_text() != ""

    # Plan, do, check, act; photos before and after; finished.
    secretary.goto(f"{HOME}projects/?q=rubber+mat")
    follow(secretary.locator("a.row-title").first)
    project = secretary.url
    check(secretary, seen)
    secretary.goto(f"{project}plan/")
    check(secretary, seen)
    secretary.get_by_label("The problem").fill("Three people slipped on the wet steps in October.")
    secretary.get_by_label("The target").fill("Nobody slips for three months.")
    press(secretary, "Save the plan")
    for part, label, text, button in (
        ("do/", "What was done", "A ribbed mat was screwed to each step.", "Save what was done"),
        ("check/", "What came out of it", "No slip in two weeks of rain.", "Save the result"),
        ("act/", "What we learned", "Outdoor steps need a mat before the rain.", "Save the lesson"),
    ):
        secretary.goto(project + part)
        secretary.get_by_label(label).fill(text)
        press(secretary, button)
    secretary.goto(f"{project}photos/")
    check(secretary, seen)
    for index in (0, 1):
        secretary.goto(f"{project}photos/")
        secretary.locator("main form input[type=file]").nth(index).set_input_files(
            {"name": f"IMG_{index}.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        )
        follow(secretary.locator("main form:has(input[type=file]) button").nth(index))
    secretary.goto(f"{project}finish/")
    check(secretary, seen)
    press(secretary, "Finish")
    assert secretary.locator("main img").count() >= 2
    check(secretary, seen)

    # The worker reads the outcome and says that it is fixed; the register knows.
    phone.goto(receipt)
    press(phone, re.compile("^Yes|fixed", re.IGNORECASE))
    secretary.goto(f"{HOME}suggestions/{code}/")
    assert re.search("confirm", secretary.locator("main").inner_text(), re.IGNORECASE)

    # Today, the team, the figures and the rest hold their places.
    manager = sign_in("manager")
    for place in ("", "team/", "safety/", "surveys/", "surveys/1/", "equality/", "training/", "registers/",
                  "settings/", "reports/", "figures/suggestions.received/?from=2022-09-01&to=2023-08-31"):  # fmt: skip
        manager.goto(HOME + place)
        check(manager, seen)

    # The report over the published period: page, JSON and PDF say the same.
    manager.goto(f"{HOME}reports/new/")
    check(manager, seen)
    press(manager, "Make the report")
    check(manager, seen)
    assert manager.get_by_text("104", exact=False).count()
    with manager.expect_download() as download:
        manager.get_by_role("link", name=re.compile("PDF")).first.click()
    pdf = PdfReader(download.value.path())
    text = " ".join(page.extract_text() for page in pdf.pages)
    done = installation.command(
        "report", "case-report", "--enterprise", "riverside-knitting", "--format", "json"
    )
    claims = {c["id"]: c for c in json.loads(done.stdout)["claims"]}
    assert claims["suggestions.received"]["value"] == 104
    assert claims["projects.completed"]["value"] == 83
    squeezed = re.sub(r"\s+", "", text)
    for claim in claims.values():
        if claim.get("numerator") is not None:
            # Points of team health have parts of points; the sentence says whole ones.
            assert f"{claim['numerator']:.0f}" in squeezed.replace(",", ""), claim


# Pages of one thing; those without anything in their address are found in the address plan.
PAGES = [
    "surveys/5/", "equality/job-ads/AD-1/", "figures/defect-rate/?from=2022-09-01&to=2023-08-31",
    "suggestions/S-00001/", "projects/IP-001/", "safety/hazards/H-0002/", "team/meetings/EIT/2/",
    "team/health/EIT/", "readings/of/defect-rate/", "readings/plans/defect-rate/",
]  # fmt: skip


def planned_pages() -> list[str]:
    """Every address below a factory's that names no single thing, in order."""
    start = "e/<slug:slug>/"
    routes = {route for route, _names, _pattern in iter_patterns() if route.startswith(start)}
    return sorted(route.removeprefix(start) for route in routes if "<" not in route.removeprefix(start))


@pytest.mark.parametrize(("language", "width"), [("en", 360), ("zh-hans", 1366)])
def test_every_staff_page_is_accessible_and_fits(sign_in, language, width):
    page = sign_in("manager", language=language, width=width)
    found, looked_at = [], 0
    for place in [*planned_pages(), *PAGES]:
        asked = page.request.get(HOME + place, max_redirects=0)
        if place not in PAGES and (asked.status != 200 or "html" not in asked.headers["content-type"]):
            continue
        answer = page.goto(HOME + place)
        assert answer.status == 200, (place, answer.status)
        looked_at += 1
        found += [f"{place}: {line}" for line in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{place} is wider than {width} px")
    assert not found, "\n".join(found)
    assert looked_at > 60


@pytest.mark.parametrize("language", ["en", "zh-hans", "es", "vi"])
def test_every_worker_page_is_accessible_and_fits(installation, phone, language):
    base = installation.worker_url.rstrip("/") + "/"
    phone.context.add_cookies([{"name": "django_language", "value": language, "url": installation.url}])
    found = []
    for place in ("", "idea/", "danger/", "messages/", "changes/"):
        assert phone.goto(base + place).status == 200
        assert phone.locator("html").get_attribute("lang").lower() == language
        found += axe(phone)
        if phone.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{language} {place} is too wide")
    assert found == []


def test_the_chain_works_without_javascript(installation, sign_in, browser):
    context = browser.new_context(
        base_url=installation.url, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    worker = context.new_page()
    worker.goto(installation.worker_url.rstrip("/") + "/idea/")
    worker.locator("textarea[name=text]").fill("Please oil the gate of the yarn store; it screams.")
    press(worker, "Send")
    secretary = sign_in("secretary", javascript=False)
    secretary.goto(f"{HOME}suggestions/?q=yarn+store%3B&view=all")
    follow(secretary.locator("a.row-title").first)
    secretary.get_by_label("Answer to the writer").fill("Oiled today.")
    press(secretary, "Accept")
    worker.goto(worker.url.removesuffix("sent/"))
    assert worker.get_by_text("Oiled today.").is_visible()
    context.close()


def test_two_people_change_one_thing(sign_in):
    first, second = sign_in("secretary"), sign_in("manager")
    for page in (first, second):
        page.goto(f"{HOME}suggestions/S-00010/correct/")
    first.locator("main form textarea").first.fill("The first words")
    press(first, "Save")
    with second.expect_response(lambda r: r.request.method == "POST") as answer:
        second.locator("main form textarea").first.fill("Somebody else's words")
        second.get_by_role("button", name="Save").click()
    assert answer.value.status == 409
    assert "Somebody else's words" in second.content().replace("&#x27;", "'")

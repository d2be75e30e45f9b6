"""Take the pictures of the README, the tutorial and the how-to pages anew.

``python -m scripts.pictures`` loads the demo into a folder of its own, walks through the tutorial in Chromium and
writes ``docs/images/*.png``. Look at them before you commit them: nothing else does.
"""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.conftest import CHROMIUM, FLAGS, Installation, served_demo
from tests.registers.workbooks import suggestion, suggestions, workbook

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1366, "height": 860}
HOME = "/e/riverside-knitting/"
IDEA = "The paper roll for the cartons hangs too high. A lower holder would spare our shoulders."


def take(page: Page, name: str, *, heading: str = "", width: int = 0) -> None:
    """Write what the window shows as ``name``.png, few colours, few bytes; from the top, or from a heading on."""
    page.wait_for_load_state("networkidle")
    if heading:
        scroll = "each => each.scrollIntoView({block: 'center', behavior: 'instant'})"
        page.get_by_role("heading", name=heading).evaluate(scroll)
    else:
        page.evaluate("scrollTo(0, 0)")
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    if width:
        image = image.resize((width, image.height * width // image.width), Image.Resampling.LANCZOS)
    image.quantize(128, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def press(page: Page, name: str | re.Pattern) -> None:
    """Press a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def sign_in(browser: Browser, demo: Installation, role: str) -> Page:
    """A laptop of somebody signed in, in English."""
    page = browser.new_context(base_url=demo.url, viewport=LAPTOP, locale="en").new_page()
    username, password = demo.sign_ins[role]
    page.goto("/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password)
    press(page, "Sign in")
    return page


def photo(colour: tuple[int, int, int]) -> bytes:
    """A plain photo as a phone would send it."""
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), colour).save(out, "JPEG")
    return out.getvalue()


def write_idea(phone: Page, demo: Installation) -> str:
    """From the worker's first page to the receipt; returns the receipt's address."""
    phone.goto(demo.worker_url)
    take(phone, "worker-home")
    phone.goto(demo.worker_url + "danger/")
    take(phone, "worker-danger")
    phone.goto(demo.worker_url + "idea/")
    phone.fill("#text", IDEA)
    take(phone, "worker-idea")
    press(phone, "Send")
    take(phone, "worker-receipt")
    return phone.url.removesuffix("sent/")


def decide(secretary: Page, phone: Page, receipt: str) -> None:
    """Today, the new ideas, the idea, the team and its meeting."""
    secretary.goto(HOME)
    take(secretary, "today")
    secretary.goto(f"{HOME}suggestions/sort/")
    take(secretary, "sort")
    secretary.goto(f"{HOME}suggestions/?q=paper+roll&view=all")
    secretary.locator("a.row-title").first.click()
    secretary.get_by_label("Answer to the writer").fill("Thank you. The team looks at it this week.")
    take(secretary, "suggestion")
    code = re.search(r"S-[0-9A-Z]{5}", secretary.url).group(0)
    press(secretary, "Take to the meeting")
    phone.goto(receipt)
    take(phone, "worker-answer")
    secretary.goto(f"{HOME}team/")
    take(secretary, "team")
    meeting = secretary.get_by_role("link", name="Go to the meeting").get_attribute("href")
    secretary.goto(meeting)
    press(secretary, "Begin the meeting now")
    for name in ("Ma Xia", "Guo Fang", "Zhu Hong"):
        secretary.get_by_label(name).check()
    press(secretary, "These people are here")
    number = 1
    secretary.goto(f"{meeting}?item={number}")
    while not secretary.locator("main").get_by_text(code).count():
        number += 1
        assert number < 60, "The idea is not on the agenda."
        secretary.goto(f"{meeting}?item={number}")
    take(secretary, "meeting")
    secretary.locator("summary", has_text="Start a project").click()
    form = secretary.locator("form[action$='decide/start-project/']")
    form.locator("input[name$=title]").fill("A lower holder for the paper roll")
    form.locator("input[name$=owner_name]").fill("Gao Gang")
    with secretary.expect_navigation():
        form.locator("button[type=submit]").click()


def improve(secretary: Page, phone: Page, receipt: str) -> None:
    """The project from its plan to its end, and the worker's word on it."""
    secretary.goto(f"{HOME}projects/?q=paper+roll")
    secretary.locator("a.row-title").first.click()
    project = secretary.url
    secretary.goto(f"{project}plan/")
    secretary.get_by_label("The problem").fill(
        "The roll hangs at 190 cm; six of eight people pack with raised arms."
    )
    secretary.get_by_label("The target").fill("Everybody reaches the roll with the elbow below the shoulder.")
    press(secretary, "Save the plan")
    for part, label, text, button in (
        ("do/", "What was done", "A holder at 120 cm, made in our own workshop.", "Save what was done"),
        ("check/", "What came out of it", "All eight reach it; nobody raises an arm.", "Save the result"),
        (
            "act/",
            "What we learned",
            "Ask the shortest and the tallest before fixing a height.",
            "Save the lesson",
        ),
    ):
        secretary.goto(project + part)
        secretary.get_by_label(label).fill(text)
        press(secretary, button)
    for index, colour in enumerate(((150, 120, 90), (90, 140, 120))):
        secretary.goto(f"{project}photos/")
        secretary.locator("main form input[type=file]").nth(index).set_input_files(
            {"name": f"IMG_{index}.jpg", "mimeType": "image/jpeg", "buffer": photo(colour)}
        )
        with secretary.expect_navigation():
            secretary.locator("main form:has(input[type=file]) button").nth(index).click()
    secretary.goto(f"{project}finish/")
    press(secretary, "Finish")
    take(secretary, "project")
    phone.goto(receipt)
    take(phone, "worker-done")


def look(manager: Page) -> None:
    """Figures, board, report."""
    manager.goto(HOME)
    manager.get_by_role("link", name="Report period").click()
    take(manager, "pulse", heading="The factory's pulse")
    manager.goto(f"{HOME}figures/defect-rate/")
    take(manager, "figure")
    manager.goto(f"{HOME}readings/of/defect-rate/")
    take(manager, "control-chart", width=1000)
    manager.goto(f"{HOME}board/")
    take(manager, "board", width=1000)
    manager.goto(f"{HOME}reports/new/")
    press(manager, "Make the report")
    take(manager, "report")


def bring_in(secretary: Page, folder: Path) -> None:
    """The registers, and a workbook with two mistakes."""
    secretary.goto(f"{HOME}registers/")
    take(secretary, "registers")
    rows = [
        suggestion("S-90001", text="A second lamp at the gate"),
        suggestion("S-90002", date="31.02.2023", text="Softer gloves for the dye house"),
        suggestion("S-90003", status="DECLINED", text="A bench in the yard"),
    ]
    workbook(folder / "own.xlsx", {"Suggestions": suggestions(*rows)})
    secretary.goto(f"{HOME}registers/upload/")
    secretary.set_input_files("input[type=file]", folder / "own.xlsx")
    press(secretary, "Check the workbook")
    secretary.get_by_role("heading", name="To correct").wait_for(timeout=60_000)
    secretary.set_viewport_size({"width": 1366, "height": 560})
    take(secretary, "import")
    secretary.set_viewport_size(LAPTOP)


def main() -> None:
    """All pictures, one after the other."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served_demo(Path(folder)) as demo,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as browser,
    ):
        phone = browser.new_context(base_url=demo.url, viewport=PHONE, has_touch=True, locale="en").new_page()
        secretary = sign_in(browser, demo, "secretary")
        bring_in(secretary, Path(folder))
        receipt = write_idea(phone, demo)
        decide(secretary, phone, receipt)
        improve(secretary, phone, receipt)
        look(sign_in(browser, demo, "manager"))


if __name__ == "__main__":
    main()

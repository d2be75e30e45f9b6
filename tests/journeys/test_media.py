"""A photo and a voice note, from a phone's camera and microphone to the improvement team's ears."""

import io
import re

import pytest
from PIL import Image

from tests.core.test_files import picture_with_place
from tests.journeys.conftest import CHROMIUM, FLAGS, axe

HOME = "/e/riverside-knitting/"
MEDIA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture(scope="module")
def media_browser(browser):
    """Chromium with a microphone that plays a test tone."""
    with_devices = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, *MEDIA])
    yield with_devices
    with_devices.close()


@pytest.fixture
def phone(media_browser, installation):
    context = media_browser.new_context(
        base_url=installation.url,
        viewport={"width": 360, "height": 740},
        has_touch=True,
        locale="en",
        permissions=["microphone"],
    )
    page = context.new_page()
    page.on("pageerror", lambda problem: pytest.fail(str(problem)))
    yield page
    context.close()


def photo() -> bytes:
    """Black and white stripes two points wide: where they are covered, nothing but grey is left."""
    image = Image.new("L", (2400, 1800))
    image.putdata([255 * (x // 16 % 2) for _y in range(1800) for x in range(2400)])
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()


def cover_and_add(page):
    """Draw a line across the picture with the finger, undo, draw again, add."""
    canvas = page.locator("dialog canvas")
    page.wait_for_selector("dialog canvas[width='1600']")
    page.click("dialog [data-do=cover]")
    frame = canvas.bounding_box()
    middle = frame["y"] + frame["height"] / 2
    for turn in range(2):
        page.mouse.move(frame["x"] + 5, middle)
        page.mouse.down()
        page.mouse.move(frame["x"] + frame["width"] - 5, middle, steps=4)
        page.mouse.up()
        if turn == 0:
            page.click("dialog [data-do=undo]")
            assert page.locator("dialog [data-do=undo]").is_disabled()
    page.click("dialog [data-do=done]")
    page.wait_for_selector(".attach-item img")


def record(page):
    """Agree, speak for a moment, listen, add."""
    page.click("[data-attach] [data-voice]")
    page.wait_for_selector("dialog >> text=Colleagues know your voice")
    page.click("dialog [data-step=warning] [data-do=start]")
    page.wait_for_selector("dialog [data-step=recording] [data-left]")
    page.locator("dialog [data-left]", has_text=re.compile("^5[0-8]$")).wait_for()
    page.click("dialog [data-do=stop]")
    page.wait_for_selector("dialog [data-step=heard] audio")
    page.click("dialog [data-do=add]")
    page.wait_for_selector(".attach-item audio")


def grey(image, box) -> bool:
    """Whether a part of the picture has lost its stripes."""
    low, high = image.convert("L").crop(box).getextrema()
    return high - low < 100


def test_a_photo_and_a_voice_follow_the_words_and_reach_the_team(installation, phone, sign_in):
    phone.goto(installation.worker_url + "idea/")
    words = "The lamp over table 7 flickers, see and hear."
    phone.fill("#text", words)
    phone.set_input_files(
        "#attach-photo", {"name": "Me at work.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    phone.wait_for_selector("dialog >> text=Are there faces or names")
    assert axe(phone) == []
    cover_and_add(phone)
    record(phone)
    assert axe(phone) == []
    assert phone.locator(".attach-item").count() == 2
    phone.click("footer button")
    phone.wait_for_selector("[data-parcels][data-state=arrived]", timeout=20_000)
    assert phone.locator(".card-digits").is_visible()
    receipt = phone.locator("[data-receipt]").get_attribute("data-receipt")
    assert phone.evaluate("Outbox.list().then(items => items.filter(Outbox.isWaiting).length)") == 0
    assert axe(phone) == []

    phone.goto(f"{installation.worker_url}r/{receipt}/")
    assert phone.locator(".bubble .own-photo").count() == phone.locator(".bubble .own-voice").count() == 1
    assert phone.evaluate("document.querySelector('.own-photo').decode().then(() => true)")

    staff = sign_in("secretary")
    staff.goto(HOME + "suggestions/?q=flickers")
    staff.click("text=flickers")
    staff.wait_for_selector(".attached-voice audio")
    played = staff.evaluate(
        "async () => { const a = document.querySelector('.attached-voice audio'); a.muted = true; await a.play();"
        " await new Promise(r => setTimeout(r, 600)); return [a.currentTime, a.duration, a.error]; }"
    )
    assert played[0] > 0
    assert 1 < played[1] < 10
    assert played[2] is None
    assert axe(staff) == []
    with staff.expect_download() as saved:
        staff.click(".attached-voice a[download]")
    assert re.fullmatch(r"\d+\.m4a", saved.value.suggested_filename)
    large = staff.locator(".attached-photo a").get_attribute("href")
    kept = staff.request.get(installation.url + large).body()
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (1600, 1200)
        assert grey(image, (200, 580, 1400, 620))
        assert not grey(image, (200, 50, 1400, 250))


def test_the_receipt_comes_though_no_file_does_and_the_file_comes_later(installation, phone):
    """The connection breaks between the words and the photo, in the middle of it, and comes back."""
    phone.goto(installation.worker_url + "idea/")
    phone.fill("#text", "The drain in the dye house is blocked, photo follows.")
    phone.set_input_files("#attach-photo", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    phone.click("dialog [data-do=none]")
    phone.wait_for_selector(".attach-item img")
    phone.context.route("**/files/**", lambda route: route.abort())
    phone.click("footer button")
    phone.wait_for_selector("[data-parcels][data-state=waits]", timeout=20_000)
    assert phone.locator(".card-digits").is_visible()
    receipt = phone.locator("[data-receipt]").get_attribute("data-receipt")
    phone.context.unroute("**/files/**")
    phone.goto(f"{installation.worker_url}r/{receipt}/")
    phone.wait_for_selector("[data-parcels][data-state=arrived]", timeout=20_000)
    phone.reload()
    assert phone.locator(".own-photo").count() == 1


def test_squares_and_the_whole_picture_can_be_covered_by_keyboard(installation, phone):
    phone.goto(installation.worker_url + "idea/")
    phone.set_input_files("#attach-photo", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    phone.wait_for_selector("dialog [data-do=cover]")
    phone.keyboard.press("Tab")
    phone.locator("dialog [data-do=cover]").focus()
    phone.keyboard.press("Enter")
    phone.locator("dialog [data-do=grid]").focus()
    phone.keyboard.press("Enter")
    phone.keyboard.press("Enter")  # the first square has the focus
    assert not phone.locator("dialog [data-do=undo]").is_disabled()
    assert axe(phone) == []
    phone.locator("dialog [data-do=all]").focus()
    phone.keyboard.press("Enter")
    assert phone.locator("dialog [data-count]").inner_text() == "2"
    phone.keyboard.press("Escape")
    assert phone.locator("dialog").count() == 0
    assert phone.locator(".attach-item").count() == 0


def test_a_reply_takes_a_photo_along(installation, phone):
    phone.goto(installation.worker_url + "idea/")
    phone.fill("#text", "The trolley wheels squeak at line 3.")
    phone.click("footer button")
    phone.wait_for_selector("[data-receipt]")
    receipt = phone.locator("[data-receipt]").get_attribute("data-receipt")
    phone.goto(f"{installation.worker_url}r/{receipt}/")
    phone.fill("#text", "Here is the wheel I mean.")
    phone.set_input_files("#attach-photo", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    phone.click("dialog [data-do=none]")
    phone.wait_for_selector(".attach-item img")
    phone.locator("form:has([data-attach]) > button").click()
    phone.wait_for_selector("[data-parcels][data-state=arrived]", timeout=20_000)
    phone.reload()
    reply = phone.locator(".bubble", has_text="Here is the wheel")
    assert reply.locator(".own-photo").count() == 1


def test_without_script_one_field_sends_the_photo_and_a_bad_one_blocks_nothing(media_browser, installation):
    context = media_browser.new_context(
        base_url=installation.url,
        viewport={"width": 360, "height": 740},
        java_script_enabled=False,
        locale="en",
    )
    page = context.new_page()
    for name, data, problems in (
        ("wheel.jpg", picture_with_place(), 0),
        ("wheel.svg", b"<svg onload='alert(1)'/>", 1),
    ):
        page.goto(installation.worker_url + "idea/")
        page.fill("#text", f"A photo without script: {name}")
        page.set_input_files("#attach-photo", {"name": name, "mimeType": "image/jpeg", "buffer": data})
        page.click("footer button")
        page.wait_for_selector("[data-receipt]")
        assert page.locator(".card-digits").is_visible()
        assert page.locator(".problem").count() == problems
        receipt = page.locator("[data-receipt]").get_attribute("data-receipt")
        page.goto(f"{installation.worker_url}r/{receipt}/")
        assert page.locator(".own-photo").count() == 1 - problems
    context.close()

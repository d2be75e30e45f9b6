"""The worker's phone without a network, with a bad one, and after its battery was pulled out."""

import os
import re
import signal
import socket
import subprocess
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error

from tests.journeys import line as lines
from tests.journeys.conftest import CHROMIUM, FLAGS, axe, follow, outbox_ready
from tests.journeys.line import Line, wait_for
from tests.journeys.test_media import cover_and_add, photo

LANGUAGES = ("en", "zh-hans", "es", "vi")
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "locale": "en"}


@pytest.fixture
def line(installation):
    """The line between this test's phones and the server."""
    line = Line(installation.url)
    yield line
    line.close()


@pytest.fixture
def new_phone(browser, line):
    """``new_phone()`` gives a page of a phone nobody used before, at the other end of the line."""
    contexts = []

    def make(**options):
        contexts.append(browser.new_context(base_url=line.url, **(PHONE | options)))
        contexts[-1].set_default_timeout(10_000)
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def phone(new_phone, installation):
    """A phone after its first visit: all forms are kept on it."""
    page = new_phone()
    first_visit(page, installation)
    return page


def first_visit(page, installation):
    page.goto(installation.worker_url)
    page.wait_for_selector("body[data-kept]", state="attached")


def write(page, installation, text):
    """Open the form, write, press Send."""
    page.goto(installation.worker_url + "idea/")
    outbox_ready(page)
    page.fill("#text", text)
    page.click("footer button")


def arrived(installation, text) -> int:
    """How many ideas of these words the server has."""
    return installation.count("suggestions_suggestion WHERE text = ?", text)


def states(page):
    return [item["state"] for item in page.evaluate("Outbox.list()")]


def until(page, expression):
    """Wait for what a promise on the page gives."""
    return wait_for(lambda: page.evaluate(f"() => {expression}"))


def leave_form(page, installation):
    """A form goes on to its receipt as soon as its message is through, so it is left while the line is still cut."""
    page.goto(installation.worker_url + "messages/")
    outbox_ready(page)


def send_now(page):
    """Spare the wait for the next try; where that came by itself, the page is on its way already."""
    with suppress(Error):
        page.evaluate("void Outbox.send({now: true})")


def is_on_receipt(page):
    page.wait_for_url(re.compile(r"/r/[\d-]+/sent/"))
    return page.locator(".card-digits").inner_text()


def test_after_one_visit_every_form_opens_and_sends_without_a_network(phone, line, installation, new_phone):
    line.is_cut = True
    for language in LANGUAGES:
        phone.goto(installation.worker_url)
        phone.click(f"button[value={language}]")
        phone.wait_for_selector(f"html[lang={language}]")
        for path in ("idea/", "messages/", "changes/"):
            phone.goto(installation.worker_url + path)
            assert phone.locator("html").get_attribute("lang") == language
            assert phone.url.endswith(path)
    text = "Người viết không có mạng"
    write(phone, installation, text)
    phone.wait_for_selector("[data-outbox-panel]")
    assert axe(phone) == []
    phone.click("[data-outbox-panel] a")
    assert phone.locator(".waiting-row .words").inner_text() == text
    assert axe(phone) == []
    with phone.expect_download() as download:
        phone.click("[data-outbox-file]")
    assert text in download.value.path().read_text(encoding="utf-8")
    assert arrived(installation, text) == 0

    line.is_cut = False
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    phone.wait_for_selector(".saved li")
    assert not phone.is_visible(".waiting-row")
    assert line.sent.count(installation.worker_url + "idea/") == arrived(installation, text) == 1
    assert text not in phone.evaluate("JSON.stringify(localStorage)")
    # The language chosen without a network is the server's too by now.
    phone.goto(installation.worker_url)
    assert phone.locator("html").get_attribute("lang") == "vi"

    # The receipt opens the answer on another phone.
    phone.goto(phone.evaluate("JSON.parse(localStorage['fairfloor.receipts'])[0].url"))
    digits = re.findall(r"/r/([\d-]+)/", phone.url)[0].replace("-", "")
    other = new_phone()
    other.goto(installation.worker_url + "messages/")
    other.fill("#digits", digits)
    other.click("form[data-pictures] .button")
    other.get_by_text(text).first.wait_for()


def complete_files(installation) -> int:
    return installation.count("conversations_attachment WHERE state = 'COMPLETE'")


def test_a_photo_taken_without_a_network_waits_with_its_words_and_follows_them(phone, line, installation):
    before = complete_files(installation)
    line.is_cut = True
    phone.goto(installation.worker_url + "idea/")
    outbox_ready(phone)
    phone.fill("#text", "The guard of the cutter, see the photo")
    phone.set_input_files("#attach-photo", {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    cover_and_add(phone)
    phone.click("footer button")
    phone.wait_for_selector("[data-outbox-panel]")
    leave_form(phone, installation)
    line.is_cut = False
    phone.evaluate("void Outbox.send({now: true})")
    phone.wait_for_selector(".saved li")
    until(phone, "Outbox.list().then(items => items.length === 0)")
    assert arrived(installation, "The guard of the cutter, see the photo") == 1
    assert complete_files(installation) == before + 1


def start_chromium(profile, *flags):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            CHROMIUM,
            "--headless=new",
            *FLAGS,
            *flags,
            f"--remote-debugging-port={port}",
            f"--user-data-dir={profile}",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )

    def answers():
        try:
            with socket.create_connection(("127.0.0.1", port), 0.2):
                return True
        except OSError:
            return False

    wait_for(answers, 20)
    return process, f"http://127.0.0.1:{port}"


def test_a_phone_that_dies_while_waiting_sends_once_when_it_lives_again(
    browser, line, installation, tmp_path
):
    text = "The battery fell out"
    process, address = start_chromium(tmp_path)
    try:
        page = browser.browser_type.connect_over_cdp(address).contexts[0].new_page()
        first_visit(page, Addressed(line, installation))
        # The server takes the message, but its answer is lost on the way.
        line.loses_answers = True
        write(page, Addressed(line, installation), text)
        wait_for(lambda: arrived(installation, text))
        page.wait_for_selector("[data-outbox-panel]")
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    line.loses_answers = False
    process, address = start_chromium(tmp_path)
    try:
        page = browser.browser_type.connect_over_cdp(address).contexts[0].new_page()
        page.goto(line.url + installation.worker_url + "messages/")
        page.wait_for_selector(".saved li")
        assert page.evaluate("Outbox.list()") == []
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert line.sent.count(installation.worker_url + "idea/") >= 2
    assert arrived(installation, text) == 1


class Addressed:
    """An installation behind a line, for browsers without a base address."""

    def __init__(self, line, installation, host="127.0.0.1"):
        self.worker_url = f"http://{host}:{line.port}{installation.worker_url}"


@pytest.mark.parametrize(
    "answer", [lines.PORTAL, lines.BROKEN, lines.HALF_JSON], ids=["portal", "500", "half"]
)
def test_an_answer_that_is_not_ours_leaves_the_message_waiting(phone, line, installation, answer):
    text = f"Not taken by {answer[0]} {answer[1]}"
    line.answers_posts = answer
    write(phone, installation, text)
    phone.wait_for_selector("[data-outbox-panel]")
    wait_for(lambda: states(phone) == ["WAITING"])
    line.answers_posts = None
    send_now(phone)
    is_on_receipt(phone)
    assert arrived(installation, text) == 1


@pytest.mark.parametrize("answer", [lines.TOO_LONG, lines.SOMETHING_ELSE], ids=["422", "409"])
def test_what_the_server_refuses_stays_in_the_form_with_the_server_s_words(phone, line, installation, answer):
    text = f"Refused once with {answer[0]}"
    line.answers_posts = answer
    write(phone, installation, text)
    said = phone.wait_for_selector("form .problem").inner_text()
    assert said in answer[2].decode()
    assert phone.input_value("#text") == text
    line.answers_posts = None
    phone.click("footer button")
    is_on_receipt(phone)
    assert arrived(installation, text) == 1


def test_what_was_refused_later_can_be_sent_as_something_new(phone, line, installation):
    text = "Refused while nobody looked"
    line.is_cut = True
    write(phone, installation, text)
    phone.wait_for_selector("[data-outbox-panel]")
    leave_form(phone, installation)
    line.is_cut, line.answers_posts = False, lines.SOMETHING_ELSE
    send_now(phone)
    phone.wait_for_selector(".waiting-row .problem:visible")
    assert phone.locator(".waiting-row .problem").inner_text() == "Your first message is safe."
    line.answers_posts = None
    phone.click("[data-act=new]")
    phone.wait_for_selector(".saved li")
    assert arrived(installation, text) == 1


def test_a_slow_server_is_waited_for_and_the_form_says_so(phone, line, installation):
    line.delay = 5
    phone.goto(installation.worker_url + "idea/")  # from the phone, after three seconds
    outbox_ready(phone)
    phone.fill("#text", "Slowly")
    phone.click("footer button")
    phone.wait_for_selector("[data-outbox-panel]")
    line.delay = 0
    is_on_receipt(phone)
    assert arrived(installation, "Slowly") == 1


def test_two_tabs_send_each_message_once(phone, line, installation):
    other = phone.context.new_page()
    texts = [f"From one of two tabs {number}" for number in range(3)]
    other.goto(installation.worker_url + "messages/")
    outbox_ready(other)
    line.is_cut = True
    for text in texts:
        write(phone, installation, text)
        phone.wait_for_selector("[data-outbox-panel]")
    leave_form(phone, installation)
    line.is_cut, line.delay = False, 0.1
    for page in (phone, other):
        page.evaluate("void Outbox.send({now: true})")
    wait_for(lambda: all(arrived(installation, text) for text in texts))
    until(other, "Outbox.list().then(items => !items.some(Outbox.isWaiting))")
    assert line.sent.count(installation.worker_url + "idea/") == 3


def test_a_wrong_clock_delays_nothing(phone, line, installation):
    line.is_cut = True
    write(phone, installation, "Clock of next year")
    phone.wait_for_selector("[data-outbox-panel]")
    # The clock was a year ahead when the last try failed.
    phone.evaluate(
        "OutboxStore.all().then(items => OutboxStore.change(items[0].id,"
        " item => { item.retryAt += 31536000000; item.holdUntil = item.retryAt; }))"
    )
    phone.goto("about:blank")
    line.is_cut = False
    phone.goto(installation.worker_url + "messages/")
    phone.wait_for_selector(".saved li")
    assert arrived(installation, "Clock of next year") == 1


def test_a_new_version_waits_its_turn_and_loses_nothing(phone, line, installation):
    line.is_cut = True
    write(phone, installation, "Written in the old version")
    phone.wait_for_selector("[data-outbox-panel]")
    line.is_cut, line.program, line.answers_posts = False, "nextversion", lines.BROKEN
    phone.goto(installation.worker_url)
    phone.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")
    until(phone, "navigator.serviceWorker.getRegistration().then(one => Boolean(one.waiting))")
    old, new = phone.evaluate("caches.keys()")
    assert new == "fairfloor-nextversion"
    count = (
        "name => caches.open(name).then(one => one.keys())"
        ".then(keys => keys.filter(key => key.url.includes('?in=')).length)"
    )
    assert phone.evaluate(count, new) == phone.evaluate(count, old) > 10
    context = phone.context
    phone.goto("about:blank")
    phone.close()
    page = context.new_page()
    page.goto(installation.worker_url)
    until(page, "caches.keys().then(keys => keys.length === 1 && keys[0] === 'fairfloor-nextversion')")
    line.answers_posts = None
    page.goto(installation.worker_url + "messages/")
    page.wait_for_selector(".saved li")
    assert arrived(installation, "Written in the old version") == 1


def test_a_full_phone_says_so_and_the_words_stay(phone, installation):
    phone.goto(installation.worker_url + "idea/")
    outbox_ready(phone)
    phone.evaluate(
        "() => { Outbox.add = () => Promise.reject(new DOMException('full', 'QuotaExceededError')); }"
    )
    phone.fill("#text", "No room for this")
    phone.click("footer button")
    assert phone.wait_for_selector("[data-outbox-full]").is_visible()
    assert phone.input_value("#text") == "No room for this"
    phone.click("footer button")  # the ordinary way
    is_on_receipt(phone)
    assert arrived(installation, "No room for this") == 1


def use_together(page, installation):
    page.goto(installation.worker_url + "kiosk/")
    follow(page.get_by_role("button", name="Use this tablet together"))
    page.wait_for_selector("body[data-kiosk][data-kept]", state="attached")


def test_a_shared_tablet_keeps_nothing_but_what_waits(phone, line, installation):
    use_together(phone, installation)
    line.is_cut = True
    write(phone, installation, "From the canteen")
    phone.wait_for_selector("[data-outbox-panel]")
    wait_for(lambda: states(phone) == ["WAITING"])
    line.is_cut = False
    send_now(phone)
    is_on_receipt(phone)
    until(phone, "window.Outbox && Outbox.list().then(items => items.length === 0)")
    assert phone.evaluate("Object.keys(localStorage)") == []
    assert arrived(installation, "From the canteen") == 1


def test_what_waits_on_a_shared_tablet_is_not_for_the_next_person(phone, line, installation):
    use_together(phone, installation)
    line.is_cut = True
    write(phone, installation, "The foreman shouts at the new ones")
    phone.wait_for_selector("[data-outbox-panel]")
    assert "no receipt" in phone.inner_text("[data-outbox-panel]")
    follow(phone.get_by_role("link", name="Done. Next person"))
    phone.wait_for_selector("[data-outbox-count] b")
    assert phone.inner_text("[data-outbox-count] b") == "1"
    follow(phone.get_by_role("link", name="My messages"))
    row = phone.wait_for_selector("[data-outbox-list] li")
    assert "Waits for the network" in row.inner_text()
    assert "foreman" not in phone.content()
    for selector in ("[data-outbox-file]", "[data-act=remove]"):
        assert not phone.locator(selector).first.is_visible()
    line.is_cut = False
    send_now(phone)
    until(phone, "window.Outbox && Outbox.list().then(items => items.length === 0)")
    assert arrived(installation, "The foreman shouts at the new ones") == 1


@pytest.mark.parametrize("is_own_first", [True, False], ids=["a phone of one's own before", "shared at once"])
def test_a_shared_tablet_stays_shared_without_a_network(new_phone, line, installation, is_own_first):
    tablet = new_phone()
    if is_own_first:
        # Its pages are kept already, those that keep drafts.
        first_visit(tablet, installation)
    use_together(tablet, installation)
    line.is_cut = True
    for language in LANGUAGES:
        tablet.goto(installation.worker_url)
        follow(tablet.locator(f"button[value={language}]"))
        tablet.wait_for_selector(f"html[lang={language}] body[data-kiosk]")
        for path in ("idea/", "danger/", "messages/", "changes/"):
            tablet.goto(installation.worker_url + path)
            assert tablet.locator("html").get_attribute("lang") == language
            assert tablet.locator("body[data-kiosk]").count() == 1, path
    tablet.goto(installation.worker_url + "idea/")
    tablet.fill("#text", "Half a thought about the foreman")
    tablet.goto(installation.worker_url + "idea/")
    assert tablet.input_value("#text") == ""
    assert tablet.evaluate("Object.keys(localStorage)") == []

    line.is_cut = False
    tablet.goto(installation.worker_url + "kiosk/")
    follow(tablet.locator("button[value=off]"))
    tablet.wait_for_selector("body:not([data-kiosk])[data-kept]", state="attached")
    line.is_cut = True
    tablet.goto(installation.worker_url + "idea/")
    assert tablet.locator("body[data-kiosk]").count() == 0


def test_by_keyboard_alone_and_without_a_network(phone, line, installation):
    line.is_cut = True
    phone.goto(installation.worker_url)
    for _press in range(12):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.matches('.choice-idea')"):
            break
    phone.keyboard.press("Enter")
    phone.wait_for_function("() => window.Outbox && document.getElementById('text')")
    for _press in range(12):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.id === 'text'"):
            break
    phone.keyboard.type("By keyboard")
    for _press in range(40):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.matches('footer button')"):
            break
    phone.keyboard.press("Enter")
    phone.wait_for_selector("[data-outbox-panel]")
    assert phone.evaluate("document.activeElement.tagName") == "H1"


def test_on_plain_http_the_form_works_and_says_nothing_strange(browser, line, installation, tmp_path):
    process, address = start_chromium(tmp_path, "--host-resolver-rules=MAP plain.test 127.0.0.1")
    try:
        page = browser.browser_type.connect_over_cdp(address).contexts[0].new_page()
        there = Addressed(line, installation, "plain.test")
        page.goto(there.worker_url + "idea/")
        assert page.evaluate("[isSecureContext, 'serviceWorker' in navigator]") == [False, False]
        outbox_ready(page)
        page.fill("#text", "Plain")
        page.reload()
        assert page.input_value("#text") == "Plain"
        assert not page.is_visible("[role=alert]")
        outbox_ready(page)
        line.is_cut = True
        page.click("footer button")
        page.wait_for_selector("[data-without-worker]:visible")
        line.is_cut = False
        send_now(page)
        is_on_receipt(page)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert arrived(installation, "Plain") == 1


@pytest.mark.parametrize("path", ["", "idea/", "messages/", "changes/"])
def test_nothing_is_cut_off_at_twice_the_size(new_phone, installation, path):
    page = new_phone(viewport={"width": 180, "height": 370})
    page.goto(installation.worker_url + path)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_right_to_left_mirrors_the_page(new_phone, line, installation):
    line.rewrites = {
        'lang="en" dir="ltr"': 'lang="ar" dir="rtl"',
        "I have an idea": "لدي فكرة",
        "My messages": "رسائلي",
        "What has changed": "ما الذي تغيّر",
    }
    page = new_phone()
    page.goto(installation.worker_url)
    tile = page.locator(".choice-idea")
    assert tile.locator("svg").bounding_box()["x"] > tile.locator("strong").bounding_box()["x"]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert axe(page) == []


VOICES = """
window.spoken = [];
Object.defineProperty(window, 'speechSynthesis', {value: {
  getVoices: () => [{lang: 'es-MX', name: 'test'}], cancel: () => { window.spoken.push('-'); },
  speak: one => { window.spoken.push(one.lang + ' ' + one.text); setTimeout(() => one.onend && one.onend(), 5); } }});
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


def test_pages_are_read_aloud_where_there_is_a_voice_for_their_language(new_phone, installation):
    page = new_phone()
    page.add_init_script(VOICES)
    page.goto(installation.worker_url)
    outbox_ready(page)
    page.wait_for_load_state("networkidle")
    assert not page.is_visible("[data-aloud]")
    page.click("button[value=es]")
    page.wait_for_selector("html[lang=es]")
    page.click("[data-aloud]")
    page.wait_for_function("() => spoken.filter(one => one.startsWith('es ')).length > 3")
    assert "Tengo una idea" in " ".join(page.evaluate("spoken"))


def test_the_first_visit_comes_first(new_phone, line, installation):
    page = new_phone()
    page.goto(installation.worker_url, wait_until="load")
    page.wait_for_selector("body[data-kept]", state="attached")
    paths = [urlsplit(path).path for _method, path in line.seen]
    assert paths[0] == installation.worker_url
    assert {path.rsplit(".", 1)[1] for path in paths[1:3]} == {"css", "js"}
    # What comes later is asked for at once, and arrives in any order.
    assert re.match(r"/static/(core/offline/|worker/later\.)", paths[3])

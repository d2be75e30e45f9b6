"""From a factory without job risks to a job's full register: with a hazard list, and with a blank form."""

from tests.journeys.conftest import axe

LINES = 8  # what the list of the knitting operator holds


class Hand:
    """Counts what a hand does: each click, each field filled."""

    def __init__(self, page):
        self.page, self.acts = page, 0

    def click(self, locator):
        self.acts += 1
        locator.click()

    def fill(self, name, text):
        self.acts += 1
        self.page.locator(f"[name={name}]").fill(text)

    def choose(self, name, value):
        self.acts += 1
        self.page.locator(f"[name={name}]").select_option(value)


def folder_of(page) -> str:
    """The address of the factory's job risks."""
    return page.url.split("/e/")[0] + "/e/" + page.url.split("/e/")[1].split("/")[0] + "/safety/job-risks/"


def test_a_list_takes_a_quarter_of_the_clicks(installation, sign_in):
    page = sign_in("hillside-secretary")
    home = folder_of(page)

    page.goto(home + "jobs/")
    listed = Hand(page)
    listed.click(page.get_by_role("link", name="Take a job from a list").first)
    assert axe(page) == []
    listed.click(page.get_by_role("link", name="Knitting operator"))
    assert axe(page) == []
    for text in ("Extraction at the source", "Exits open, lit and clear", "Remove lint each shift"):
        listed.click(page.get_by_label(text).first)
    listed.fill("owner_name", "Li Na")
    listed.click(page.get_by_role("button", name="Put them in the register"))
    page.wait_for_url("**/jobs/*/")
    assert axe(page) == []
    assert page.locator(".risk-line").count() == LINES
    assert "Planned:" in page.content()
    with page.expect_download() as card:
        page.get_by_role("link", name="Workstation card").click()
    assert card.value.path().read_bytes().startswith(b"%PDF")

    # The same job once more by the blank form, one line; a register of eight costs eight times that.
    page.goto(home)
    blank = Hand(page)
    blank.click(page.get_by_role("link", name="Add a job risk").first)
    assert axe(page) == []
    blank.fill("job", "Knitting operator B")
    blank.fill("step", "Thread the yarn")
    blank.fill("hazard", "Needles hit the fingers")
    blank.choose("kind", "MACHINE_GUARDING")
    blank.fill("likelihood", "4")
    blank.fill("severity", "2")
    blank.fill("control", "Finger guard")
    blank.choose("control_type", "ENGINEERING")
    blank.click(page.get_by_role("button", name="Save it"))
    page.wait_for_url("**/job-risks/*/")
    assert "Needles hit the fingers" in page.content()

    assert listed.acts * 4 <= blank.acts * LINES, (listed.acts, blank.acts * LINES)
    # And it stands on the map.
    page.goto(home + "map/")
    assert axe(page) == []
    assert "of 9" in page.content()

"""A form opened before somebody else's change is told so (409) and changes nothing, on every page that has one."""

import pytest
from django.test import Client

from tests.hostile.attack import crawl, nothing_changes, read_page

pytestmark = pytest.mark.slow

# What a form asks for that a browser would not have filled in by itself.
WORDS = {
    "reason": "Because",
    "answer": "Thank you",
    "check_result": "Cooler",
    "measures": "A fan",
    "learned": "Ask first",
    "root": "No fan",
    "text": "Words",
    "responsible_name": "Li",
    "due_date": "2026-12-01",
    "fixed_date": "2026-11-01",
    "control_type": "ENGINEERING",
    "title": "A title",
    "owner_name": "Li",
    "translation": "In other words",
    "description": "A cable",
    "saving": "",
    "what": "A longer guide on one machine",
    "words": "Words",
}


def test_every_form_that_saw_an_older_version_is_409(ours, insider):
    forms = {}
    for url, response in crawl(insider, ["/e/river/"]):
        if response.status_code == 200 and not response.streaming and "html" in response["Content-Type"]:
            for form in read_page(f"http://testserver{url}", response)[1]:
                # Nothing is there to be stale; on the board "seen" is no version but a hint that was read.
                is_new = any(part in form.action for part in ("/new/", "/add/", "/board/release/"))
                if form.method == "post" and not is_new and any(_is_version(name) for name in form.names):
                    forms.setdefault(form.action.split("?")[0], form)
    stale = set()
    with nothing_changes():
        for action, form in sorted(forms.items()):
            sent = form.values()
            for name in form.names:
                if _is_version(name):
                    sent[name] = ["99999"] if not name.endswith("seen") else ["seen by nobody"]
                elif not sent[name][0]:
                    sent[name] = [WORDS.get(name.rpartition("-")[2], "")]
            answer = insider.post(action.removeprefix("http://testserver"), sent)
            assert answer.status_code in {409, 422}, (action, answer.status_code)
            if answer.status_code == 409:
                stale.add(action)
    quiet = sorted(action for action in forms if action not in stale)
    assert len(stale) >= 30, quiet
    # Only these are refused for another reason first: nothing was ticked or chosen.
    allowed = ("/photos/", "/suggestions/", "/fix/", "/safety/", "/decide/", "/verify/")
    assert all(action.endswith(allowed) or any(part in action for part in allowed) for action in quiet), quiet


def _is_version(name: str) -> bool:
    return name.rpartition("-")[2] in {"version", "seen"}


def test_a_stale_form_of_a_suggestion_names_who_was_quicker(ours, insider):
    url = f"/e/river/suggestions/{ours.keys['idea']}/"
    assert insider.post(f"{url}accept/", {"answer": "Yes", "version": "1"}).status_code in {303, 409}
    other = Client()
    other.force_login(ours.factory.user("second", "TEAM_SECRETARY"))
    with nothing_changes():
        answer = other.post(f"{url}decline/", {"reason": "No", "version": "1"})
    assert answer.status_code == 409

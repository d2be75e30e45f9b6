"""Where a hazard came from stands on its page, with a way back."""

from uuid import uuid4

import pytest

from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from fairfloor.safety import services
from fairfloor.safety.models import Hazard
from fairfloor.suggestions.services import pass_to_safety, submit_suggestion
from tests.cast import NOW, TODAY
from tests.pages import browser


def test_an_idea_passed_on_is_linked_from_its_hazard(river):
    with scope(river.id):
        act = {"actor": river.actor(Role.TEAM_SECRETARY), "day": TODAY, "at": NOW}
        idea = submit_suggestion(
            client_id=str(uuid4()), text="The stairs are dark", channel="BOX", **act
        ).suggestion
        pass_to_safety(suggestion_id=idea.pk, description="", **act)
        hazard = Hazard.objects.get()
    assert (hazard.channel, hazard.source_code) == ("SUGGESTION", idea.code)
    address = f"/e/river/safety/hazards/{hazard.code}/"
    shown = browser(river, Role.SAFETY_OFFICER).get(address).content.decode()
    assert f'href="/e/river/suggestions/{idea.code}/"' in shown


def test_a_hazard_named_in_a_meeting_keeps_the_meeting(river, hill):
    officer = browser(river, Role.SAFETY_OFFICER)
    page = officer.get("/e/river/safety/report/", {"meeting": "EIT-7"}).content.decode()
    assert 'value="EIT-7"' in page
    # Who changes their mind goes on with the meeting.
    assert page.count('href="/e/river/team/meetings/EIT-7/"') == 2
    sent = {"description": "Wet steps", "found_date": "2026-03-02", "meeting": "EIT-7"}
    answer = officer.post("/e/river/safety/report/", sent)
    assert answer.status_code == 303
    with scope(river.id):
        hazard = Hazard.objects.get()
    assert (hazard.channel, hazard.source_code) == ("MEETING", "EIT-7")
    assert "/e/river/team/meetings/EIT-7/" in officer.get(answer.url).content.decode()
    too_long = officer.post("/e/river/safety/report/", sent | {"meeting": "x" * 41})
    assert too_long.status_code == 422
    assert browser(hill, Role.SAFETY_OFFICER).get(answer.url).status_code == 404


def test_a_source_nobody_knows_is_refused(river):
    with scope(river.id), pytest.raises(services.HazardRefused):
        services.report_hazard(actor=river.system, description="x", day=TODAY, at=NOW, source="PIGEON")

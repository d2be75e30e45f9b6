"""Codes a factory made itself, with slashes, spaces and letters of any script, open everywhere."""

import html
import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from tests.cast import PASSWORD
from tests.registers_rows import bring_in, row

DAY = date(2023, 3, 2)
PERSON = {"sex": "FEMALE", "level": "FRONT_LINE"}


def registers(code):
    """Sheet → a row of each register whose code is the factory's own."""
    return {
        "Departments": row("Departments", code=code, name="Knitting", shifts=1),
        "Projects": row("Projects", code=code, title="Light", status="DONE", start_date=DAY, finish_date=DAY),
        "Suggestions": row(
            "Suggestions",
            code=code,
            date=DAY,
            channel="BOX",
            text="More light",
            status="ACCEPTED",
            project=code,
            department=code,
            **PERSON,
        ),
        "Hazards": row(
            "Hazards", code=code, date=DAY, description="Loose cable", status="OPEN", due_date=DAY
        ),
        "JobAds": row("JobAds", code=code, date=DAY, title="Knitter", text="We look for a knitter."),
        "Training": row(
            "Training",
            delivery=code,
            module="WPC",
            module_label="1",
            start_date=DAY,
            participant=code,
            hours=Decimal(8),
            hours_attended=Decimal(8),
            **PERSON,
        ),
        "TeamMembers": row(
            "TeamMembers", team=code, member=code, name="Li Na", role="MEMBER", from_date=DAY, **PERSON
        ),
        "Meetings": row("Meetings", team=code, number=3, date=DAY, status="HELD", present=(code,)),
    }


@pytest.mark.parametrize("code", ["2023/001", "安-12", "A/accept", "a b#1?x/../2 100%"])
def test_every_register_opens_codes_of_any_shape(river, code):
    with scope(river.id):
        for name, values in registers(code).items():
            columns = row(name).keys()
            bring_in(river, name, [{key: value for key, value in values.items() if key in columns}])
    river.user("mei", Role.MANAGER)
    client = Client()
    assert client.login(username="mei", password=PASSWORD)
    slug = {"slug": river.slug}
    own = slug | {"code": code}
    lists = {
        "suggestions:list": "suggestions:detail",
        "safety:hazards": "safety:hazard",
        "projects:list": "projects:detail",
        "equality:job_ads": "equality:job_ad",
        "programme:training": "programme:delivery",
        "teams:team": "teams:member",
        "organisations:departments": "organisations:department",
    }
    for listed, detail in lists.items():
        page = client.get(reverse(listed, kwargs=slug) + ("?view=all" if "sugg" in listed else ""))
        assert page.status_code == 200, listed
        address = reverse(detail, kwargs=own)
        assert address in html.unescape(page.content.decode()), (listed, address)
        shown = client.get(address)
        assert shown.status_code == 200, detail
        # Every form and link of the page leads somewhere.
        for target in set(re.findall(r'(?:href|action)="(/e/[^"?#]+)', shown.content.decode())):
            assert client.get(html.unescape(target)).status_code in {200, 303, 302, 405}, (detail, target)
    meeting = {"team": code, "number": 3}
    assert client.get(reverse("teams:meeting", kwargs=slug | meeting)).status_code == 200
    found = client.get(reverse("teams:meeting_by_code", kwargs=slug | {"code": f"{code}-3"}))
    assert found.headers["Location"] == reverse("teams:meeting", kwargs=slug | meeting)
    assert client.get(reverse("teams:meetings", kwargs=slug)).status_code == 200
    assert client.get(reverse("teams:change", kwargs=own)).status_code == 200
    assert client.get(reverse("desk:today", kwargs=slug)).status_code == 200

"""The pages of actions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fairfloor.actions.models import ActionItem
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from tests.actions.test_services import add
from tests.cast import PASSWORD


@pytest.fixture
def lin(river):
    """A team member's browser; the login is ``lin.user``."""
    client = Client()
    client.user = river.user("lin", Role.TEAM_MEMBER)
    assert client.login(username="lin", password=PASSWORD)
    return client


def test_the_list_shows_open_mine_overdue_and_all(lin, river, hill):
    today = timezone.now().date()
    add(river, "Mend the lamp", today - timedelta(days=3))
    add(river, "Paint the line", today + timedelta(days=3), owner_user_id=lin.user.pk)
    add(hill, "Elsewhere", today)
    base = "/e/river/actions/"
    text = lin.get(base).content.decode()
    assert "Mend the lamp" in text
    assert "Paint the line" in text
    assert "Elsewhere" not in text
    assert "Paint the line" not in lin.get(f"{base}?view=overdue").content.decode()
    assert "Mend the lamp" not in lin.get(f"{base}?view=mine").content.decode()
    assert lin.get(f"{base}?view=all&status=DONE").status_code == 200
    assert lin.get(f"{base}?export=xlsx").headers["Content-Type"].endswith("sheet")


def test_the_list_asks_the_same_questions_at_two_rows_and_at_thirty(lin, river):
    counts = []
    for number in (2, 28):
        for _index in range(number):
            add(river)
        with CaptureQueriesContext(connection) as found:
            assert lin.get("/e/river/actions/").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_write_down_change_and_tick_off(lin, river):
    base = "/e/river/actions/"
    refused = lin.post(f"{base}add/", {"text": "", "owner_name": ""})
    assert refused.status_code == 422
    assert "Write what is to be done." in refused.content.decode()
    answer = lin.post(f"{base}add/", {"text": "Mend the lamp", "owner_user_id": lin.user.pk})
    assert answer.status_code == 303
    with scope(river.id):
        action = ActionItem.objects.get()
        assert (action.owner_name, action.owner_user_id) == ("Lin", lin.user.pk)
    page = f"{base}{action.code}/"
    assert "Mend the lamp" in lin.get(page).content.decode()
    values = {"text": "Mend both lamps", "owner_name": "Luo Yan", "version": 1}
    assert lin.get(f"{page}change/").status_code == 200
    assert lin.post(f"{page}change/", values).status_code == 303
    stale = lin.post(f"{page}change/", values | {"text": "Mend three"})
    assert stale.status_code == 409
    assert "Lin changed this action" in stale.content.decode()
    assert lin.post(f"{page}complete/", {"version": 1}).status_code == 409
    assert lin.post(f"{page}complete/", {"version": 2}).status_code == 303
    assert lin.post(f"{page}complete/", {"version": 3}).status_code == 409
    assert lin.post(f"{page}reopen/", {"version": 3}).status_code == 303
    assert lin.post(f"{page}cancel/", {"cancel-reason": ""}).status_code == 422
    assert lin.post(f"{page}cancel/", {"cancel-reason": "Bought new", "cancel-version": 4}).status_code == 303
    assert "Bought new" in lin.get(page).content.decode()


def test_strangers_find_nothing_and_buyers_may_not(lin, river, hill):
    theirs = add(hill)
    assert lin.get(f"/e/hill/actions/{theirs.code}/").status_code == 404
    for part in ("", "change/"):
        assert lin.get(f"/e/river/actions/{theirs.code}/{part}").status_code == 404
    assert lin.post(f"/e/river/actions/{theirs.code}/complete/").status_code == 404
    assert Client().get("/e/river/actions/").status_code == 302

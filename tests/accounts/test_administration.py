"""The administration of sign-ins, and what an administrator cannot see."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from fairfloor.accounts.public import User, add_user
from fairfloor.core.models import SystemEvent
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role, SupportSession
from tests.cast import NOW, PASSWORD


@pytest.fixture
def root(db):
    add_user(
        by="tests",
        username="root",
        name="Root",
        password=PASSWORD,
        is_administrator=True,
        must_change_password=False,
        at=NOW,
    )
    client = Client()
    client.login(username="root", password=PASSWORD)
    return client


@pytest.fixture
def manager(river):
    river.user("mei", Role.MANAGER)
    client = Client()
    client.login(username="mei", password=PASSWORD)
    return client


PAGES = tuple(f"/administration/{page}/" for page in ("users", "users/add", "organisations", "support"))


@pytest.mark.parametrize("page", PAGES)
def test_administrators_only(page, root, manager):
    assert root.get(page).status_code == 200
    assert manager.get(page).status_code == 403
    assert Client().get(page).status_code == 302


def test_a_first_password_is_shown_once_and_works(root):
    page = root.post("/administration/users/add/", {"name": "Nia", "username": "nia", "language": "zh-hans"})
    password = re.search(r'secret-word">([a-z0-9-]+)<', page.content.decode()).group(1)
    assert page.status_code == 200
    assert "no-cache" in page.headers["Cache-Control"]
    assert Client().login(username="nia", password=password)
    assert password not in root.get("/administration/users/").content.decode()
    assert password not in str(list(SystemEvent.objects.values_list("detail", flat=True)))
    again = root.post("/administration/users/add/", {"name": "Nia", "username": "NIA", "language": "en"})
    assert again.status_code == 422
    assert User.objects.filter(username="nia").count() == 1


def test_ending_a_sign_in_ends_its_session_but_nobody_ends_their_own(root, manager):
    mei, own = User.objects.get(username="mei"), User.objects.get(username="root")
    assert manager.get("/e/river/").status_code == 200
    assert root.post(f"/administration/users/{mei.pk}/end/").status_code == 303
    assert manager.get("/e/river/").status_code == 302
    root.post(f"/administration/users/{own.pk}/end/")
    own.refresh_from_db()
    assert own.is_active
    root.post(f"/administration/users/{mei.pk}/open/")
    assert Client().login(username="mei", password=PASSWORD)
    assert root.get(f"/administration/users/{mei.pk}/end/").status_code == 405


def test_an_administrator_sees_no_enterprise_page_without_a_support_session(root, river, hill):
    assert root.get("/e/river/").status_code == 404
    begun = root.post(
        "/administration/support/", {"enterprise": river.id, "reason": "The import stopped", "hours": 2}
    )
    assert begun.status_code == 303
    assert root.get("/e/river/").status_code == 200
    assert root.get("/e/river/settings/").status_code == 403
    assert root.get("/e/hill/").status_code == 404


def test_a_support_session_needs_a_reason_and_ends_by_itself(root, river):
    refused = root.post("/administration/support/", {"enterprise": river.id, "reason": " ", "hours": 2})
    assert refused.status_code == 422
    root.post("/administration/support/", {"enterprise": river.id, "reason": "Asked by phone", "hours": 1})
    with scope(river.id):
        session = SupportSession.objects.get()
        SupportSession.objects.filter(pk=session.pk).update(until_at=timezone.now())
    assert root.get("/e/river/").status_code == 404


def test_the_factory_sees_a_support_session_and_can_end_it(root, manager, river, hill):
    root.post("/administration/support/", {"enterprise": river.id, "reason": "Asked by phone", "hours": 2})
    page = manager.get("/e/river/settings/outside/").content.decode()
    assert "Asked by phone" in page
    assert "Root" in page
    with scope(river.id):
        session = SupportSession.objects.get()
    hill.user("zoe", Role.MANAGER)
    stranger = Client()
    stranger.login(username="zoe", password=PASSWORD)
    assert stranger.post(f"/e/hill/settings/support/{session.pk}/end/").status_code == 404
    assert root.get("/e/river/").status_code == 200
    assert manager.post(f"/e/river/settings/support/{session.pk}/end/").status_code == 303
    assert root.get("/e/river/").status_code == 404

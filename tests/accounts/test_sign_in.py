"""Signing in, one's own password, language, two steps."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from fairfloor.accounts.public import User, add_user, reset_password
from fairfloor.core.access import Kind, access_of
from fairfloor.core.checks import iter_patterns
from fairfloor.organisations.public import Role
from tests.cast import NOW, PASSWORD


def sign_in(username, password=PASSWORD):
    client = Client()
    response = client.post("/accounts/login/", {"login": username, "password": password})
    return client, response


@pytest.fixture
def root(db):
    user, _password = add_user(
        by="tests",
        username="root",
        name="Root",
        password=PASSWORD,
        is_administrator=True,
        must_change_password=False,
        at=NOW,
    )
    return user


def test_a_member_signs_in_and_a_wrong_password_is_told_kindly(river):
    river.user("mei", Role.MANAGER)
    client, response = sign_in("mei")
    assert response.status_code == 302
    assert client.get("/e/river/").status_code == 200
    _client, refused = sign_in("mei", "not it at all")
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "do not go together" in page
    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="username"' in page


def test_an_ended_sign_in_opens_nothing(river):
    user = river.user("mei", Role.MANAGER)
    client, _response = sign_in("mei")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/e/river/").status_code == 302
    _client, refused = sign_in("mei")
    assert "sessionid" not in refused.cookies or not refused.wsgi_request.user.is_authenticated


def test_too_many_tries_are_stopped(river):
    river.user("mei", Role.MANAGER)
    answers = [sign_in("mei", f"wrong word {i}")[1] for i in range(9)]
    assert "Wait five minutes" in answers[-1].content.decode()
    _client, right_but_late = sign_in("mei")
    assert right_but_late.status_code == 422


@pytest.fixture(autouse=True)
def _no_memory_of_tries():
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


def test_a_temporary_password_opens_only_the_page_that_replaces_it(river):
    user, temporary = add_user(by="tests", username="new", name="New", at=NOW)
    client, _response = sign_in("new", temporary)
    held = client.get("/")
    assert (held.status_code, held.headers["Location"]) == (303, "/accounts/password/change/")
    assert client.get("/e/river/").status_code == 303
    page = client.get("/accounts/password/change/")
    assert "Choose your own password" in page.content.decode()
    same = client.post(
        "/accounts/password/change/",
        {"oldpassword": temporary, "password1": temporary, "password2": temporary},
    )
    assert same.status_code == 422
    own = "four words together here"
    changed = client.post(
        "/accounts/password/change/", {"oldpassword": temporary, "password1": own, "password2": own}
    )
    assert changed.status_code == 302
    assert client.get("/").status_code == 200
    user.refresh_from_db()
    assert not user.must_change_password


def test_a_new_password_from_the_administrator_ends_open_sessions(river, root):
    user = river.user("mei", Role.MANAGER)
    client, _response = sign_in("mei")
    assert client.get("/e/river/").status_code == 200
    reset_password(administrator=root, user_id=user.pk, at=NOW)
    assert client.get("/e/river/").status_code == 302


def test_the_language_of_a_person_comes_along_and_is_remembered(river):
    user = river.user("mei", Role.MANAGER)
    User.objects.filter(pk=user.pk).update(language="zh-hans")
    client, response = sign_in("mei")
    assert response.cookies["django_language"].value == "zh-hans"
    client.post("/language/", {"language": "en", "next": "/"})
    user.refresh_from_db()
    assert user.language == "en"
    client.post("/language/", {"language": "vi", "next": "/"})  # workers' pages only
    user.refresh_from_db()
    assert user.language == "en"


def test_a_choice_on_the_way_in_is_kept_with_the_sign_in(river):
    user = river.user("mei", Role.MANAGER)
    client = Client()
    client.post(
        "/language/",
        {"language": "zh-hans", "next": "/accounts/login/"},
        HTTP_REFERER="http://testserver/accounts/login/",
    )
    client.post("/accounts/login/", {"login": "mei", "password": PASSWORD})
    user.refresh_from_db()
    assert user.language == "zh-hans"


def test_choosing_a_language_on_a_workers_page_leaves_no_session(river):
    client = Client()
    response = client.post(
        "/language/", {"language": "zh-hans", "next": "/w/x/"}, HTTP_REFERER="http://testserver/w/x/"
    )
    assert "sessionid" not in response.cookies


def test_two_step_sign_in_is_set_up_after_the_password_once_more(river):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    user = river.user("mei", Role.MANAGER)
    client, _response = sign_in("mei")
    wanted = "/accounts/2fa/totp/activate/"
    assert client.get(wanted).headers["Location"].startswith("/accounts/reauthenticate/")
    again = "/accounts/reauthenticate/"
    assert client.post(again, {"password": "not it", "next": wanted}).status_code == 422
    page = client.post(again, {"password": PASSWORD, "next": wanted}, follow=True)
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page.content.decode()).group(1)
    assert client.post("/accounts/2fa/totp/activate/", {"code": "000000x"}).status_code == 422
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert client.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    second, response = sign_in("mei")
    assert response.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert second.get("/e/river/").status_code == 302
    assert user.username == "mei"
    assert not mail.outbox


def test_only_the_pages_of_allauth_that_are_used_can_be_reached():
    for name in ("account_signup", "account_email", "account_reset_password_done", "mfa_add_webauthn"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    public = {
        item.name
        for route, _spaces, item in iter_patterns()
        if route.startswith("accounts/") and access_of(item.callback).kind is Kind.PUBLIC
    }
    assert public == {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reset_password",
        "mfa_authenticate",
    }


def test_help_with_signing_in_points_to_the_administrator(client, db):
    page = client.get("/accounts/password/reset/").content.decode()
    assert "Ask your administrator" in page
    assert "<form" not in page.split("<main")[1]

"""A factory's settings: profile, people, what others see, worker link, record."""

import io
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from fairfloor.accounts.public import User
from fairfloor.core.models import AuditEvent
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import (
    DataClass,
    Grant,
    Membership,
    Role,
    active_worker_link,
    active_worker_links,
    add_organisation_member,
    create_organisation,
    give_grant,
    local_day,
)
from fairfloor.suggestions.public import submit_suggestion
from tests.cast import NOW, PASSWORD


def client_for(factory, username, *roles):
    factory.user(username, *roles)
    client = Client()
    assert client.login(username=username, password=PASSWORD)
    return client


@pytest.fixture
def manager(river):
    return client_for(river, "mei", Role.MANAGER)


PROFILE = {
    "name": "River Works",
    "time_zone": "Asia/Shanghai",
    "currency": "cny",
    "languages": ["en", "zh-hans"],
    "report_from_date": "2025-01-01",
    "report_to_date": "2025-12-31",
}


def test_the_profile_is_kept_and_nonsense_is_told(manager, river, hill):
    assert manager.post("/e/river/settings/", PROFILE).status_code == 303
    river.enterprise.refresh_from_db()
    assert river.enterprise.currency == "CNY"
    wrong = manager.post("/e/river/settings/", PROFILE | {"report_to_date": "2024-01-01"})
    assert wrong.status_code == 422
    assert "ends before it starts" in wrong.content.decode()
    assert manager.post("/e/hill/settings/", PROFILE).status_code == 404


def test_settings_are_for_those_who_look_after_the_factory(river):
    member = client_for(river, "ann", Role.TEAM_MEMBER)
    secretary = client_for(river, "bo", Role.TEAM_SECRETARY)
    for page in ("", "people/", "outside/", "worker-link/", "record/"):
        assert member.get(f"/e/river/settings/{page}").status_code == 403
    assert secretary.get("/e/river/settings/").status_code == 200
    assert secretary.get("/e/river/settings/people/").status_code == 403
    assert "settings/people/" not in secretary.get("/e/river/settings/").content.decode()


def test_a_new_person_gets_a_password_shown_once(manager, river):
    page = manager.post(
        "/e/river/settings/people/",
        {"username": "nia", "name": "Nia", "roles": ["TEAM_MEMBER"], "language": "en"},
    )
    assert re.search(r'secret-word">[a-z0-9-]+<', page.content.decode())
    with scope(river.id):
        assert Membership.objects.filter(user__username="nia", role="TEAM_MEMBER").exists()
    nobody = manager.post(
        "/e/river/settings/people/", {"username": "ghost", "roles": ["TEAM_MEMBER"], "language": "en"}
    )
    assert nobody.status_code == 422
    outside_role = manager.post(
        "/e/river/settings/people/",
        {"username": "eve", "name": "Eve", "roles": ["BUYER"], "language": "en"},
    )
    assert outside_role.status_code == 422
    assert not User.objects.filter(username__in=("ghost", "eve")).exists()


def test_somebody_who_signs_in_already_gets_a_role_without_a_new_password(manager, river, hill):
    hill.user("zoe", Role.MANAGER)
    wrong_name = manager.post(
        "/e/river/settings/people/",
        {"username": "zoe", "name": "Another", "roles": ["TEAM_MEMBER"], "language": "en"},
    )
    assert wrong_name.status_code == 422
    added = manager.post(
        "/e/river/settings/people/", {"username": "zoe", "roles": ["TEAM_MEMBER"], "language": "en"}
    )
    assert added.status_code == 303
    zoe = Client()
    zoe.login(username="zoe", password=PASSWORD)
    assert zoe.get("/e/river/").status_code == 200


def test_a_role_ends_but_the_last_manager_stays(manager, river, hill):
    river.user("ann", Role.TEAM_MEMBER)
    with scope(river.id):
        ann, mei = (Membership.objects.get(user__username=name) for name in ("ann", "mei"))
    assert manager.post(f"/e/river/settings/people/{ann.pk}/end/").status_code == 303
    manager.post(f"/e/river/settings/people/{mei.pk}/end/")
    with scope(river.id):
        ann.refresh_from_db()
        mei.refresh_from_db()
        assert ann.to_date is not None
        assert mei.to_date is None
    stranger = client_for(hill, "zoe", Role.MANAGER)
    assert stranger.post(f"/e/hill/settings/people/{mei.pk}/end/").status_code == 404


@pytest.fixture
def buyer(river):
    user = river.user("hanna")
    organisation = create_organisation(name="Northlight", kind="BUYER", at=NOW)
    add_organisation_member(
        user_id=user.pk,
        organisation_id=organisation.pk,
        role=Role.BUYER,
        from_date=timezone.now().date() - timedelta(days=900),
    )
    client = Client()
    client.login(username="hanna", password=PASSWORD)
    return client, organisation


def test_a_grant_opens_the_figures_and_nothing_else_until_it_is_revoked(manager, river, buyer):
    client, organisation = buyer
    day = local_day(river.enterprise, timezone.now())
    assert client.get("/e/river/").status_code == 404
    given = manager.post(
        "/e/river/settings/outside/",
        {
            "organisation": organisation.pk,
            "data_classes": ["FIGURES"],
            "from_date": day.isoformat(),
            "to_date": (day + timedelta(days=30)).isoformat(),
        },
    )
    assert given.status_code == 303
    today = client.get("/e/river/")
    assert today.status_code == 200
    assert "What waits for you" not in today.content.decode()
    figure = client.get("/e/river/figures/suggestions.received/")
    assert figure.status_code == 200
    assert "stay in the factory" in figure.content.decode()
    assert client.get("/e/river/suggestions/").status_code == 403
    with scope(river.id):
        grant = Grant.objects.get()
    assert client.post(f"/e/river/settings/outside/{grant.pk}/revoke/").status_code == 403
    assert manager.post(f"/e/river/settings/outside/{grant.pk}/revoke/").status_code == 303
    assert client.get("/e/river/").status_code == 404


def test_an_expired_grant_opens_nothing(river, buyer):
    client, organisation = buyer
    day = local_day(river.enterprise, timezone.now())
    with scope(river.id):
        give_grant(
            actor=river.system,
            organisation_id=organisation.pk,
            data_class=DataClass.FIGURES,
            from_date=day - timedelta(days=30),
            to_date=day - timedelta(days=1),
            at=NOW,
        )
    assert client.get("/e/river/").status_code == 404


def test_another_factorys_grant_cannot_be_revoked(manager, river, hill, buyer):
    _client, organisation = buyer
    with scope(hill.id):
        grant = give_grant(
            actor=hill.system,
            organisation_id=organisation.pk,
            data_class=DataClass.FIGURES,
            from_date=NOW.date(),
            to_date=NOW.date(),
            at=NOW,
        )
    assert manager.post(f"/e/river/settings/outside/{grant.pk}/revoke/").status_code == 404
    with scope(hill.id):
        grant.refresh_from_db()
        assert grant.revoked_at is None


def test_the_poster_shows_the_link_in_two_languages_and_renewing_changes_it(manager, river):
    with scope(river.id):
        token = active_worker_link().token
    assert f"/w/{token}/" in manager.get("/e/river/settings/worker-link/").content.decode()
    poster = manager.get("/e/river/settings/worker-link/poster.pdf?form=a4&first=en&second=zh-hans")
    text = PdfReader(io.BytesIO(poster.content)).pages[0].extract_text()
    assert f"/w/{token}" in text
    assert "Your idea makes work better" in text
    assert manager.get("/e/river/settings/worker-link/poster.pdf?form=a9").status_code == 404
    assert manager.get("/e/river/settings/worker-link/poster.pdf?link=none").status_code == 404
    assert manager.get("/e/river/settings/worker-link/qr.svg").headers["Content-Type"] == "image/svg+xml"
    assert manager.post("/e/river/settings/worker-link/renew/").status_code == 303
    with scope(river.id):
        assert active_worker_link().token != token
    assert manager.get("/e/river/settings/worker-link/renew/").status_code == 405


def test_a_place_gets_a_link_of_its_own_which_is_renewed_and_taken_away(manager, river, hill, client):
    page = "/e/river/settings/worker-link/"
    assert manager.post(page, {"department_code": "", "label": " "}).status_code == 422
    assert manager.post(page, {"department_code": "MOON"}).status_code == 422
    for _twice in range(2):
        assert manager.post(page, {"department_code": "", "label": "Line 3 🧵"}).status_code == 303
    with scope(river.id):
        general, place = active_worker_links()
        assert (general.label, place.label) == ("", "Line 3 🧵")
    both = manager.get(f"{page}poster.pdf?form=sticker&link={general.token}&link={place.token}")
    assert len(PdfReader(io.BytesIO(both.content)).pages) == 2
    assert manager.post(f"{page}renew/", {"link": place.token}).status_code == 303
    assert "This poster is old" in client.get(f"/w/{place.token}/").content.decode()
    with scope(river.id):
        kept, renewed = active_worker_links()
        assert (kept.token, renewed.label) == (general.token, "Line 3 🧵")
    assert manager.post(f"{page}retire/", {"link": general.token}).status_code == 404
    assert manager.post(f"{page}retire/", {"link": renewed.token}).status_code == 303
    assert manager.post(f"{page}retire/", {"link": renewed.token}).status_code == 404
    with scope(hill.id):
        foreign = active_worker_link().token
    assert manager.post(f"{page}renew/", {"link": foreign}).status_code == 404
    assert client.get(f"/w/{foreign}/").status_code == 200


def test_the_shared_use_of_a_tablet_is_a_cookie_that_names_nobody(river, client):
    with scope(river.id):
        home = f"/w/{active_worker_link().token}/"
    assert "data-kiosk-words" not in client.get(home).content.decode()
    assert client.get(f"{home}kiosk/").status_code == 200
    switched = client.post(f"{home}kiosk/", {"kiosk": "on"})
    assert (switched.status_code, switched.url) == (303, home)
    cookie = switched.cookies["fairfloor_kiosk"]
    assert (cookie.value, cookie["path"]) == ("1", "/w/")
    # A night switched off does not end it, and use goes on for as long as there is use.
    assert cookie["max-age"] > 365 * 24 * 60 * 60
    shared = client.get(home)
    assert shared.cookies["fairfloor_kiosk"]["max-age"] == cookie["max-age"]
    assert "data-kiosk-words" in shared.content.decode()
    assert shared["Cache-Control"] == "no-store"
    client.post(f"{home}kiosk/", {"kiosk": "off"})
    own = client.get(home)
    assert "data-kiosk-words" not in own.content.decode()
    assert not own.cookies
    # The service worker asks without cookies for the pages it keeps.
    assert "data-kiosk-words" in client.get(home, headers={"Fairfloor-Kiosk": "1"}).content.decode()


def test_the_record_shows_acts_of_one_day_and_no_other_factory(manager, river, hill):
    with scope(hill.id):
        hill_events = AuditEvent.objects.count()
    manager.post(
        "/e/river/settings/people/",
        {"username": "nia", "name": "Nia", "roles": ["TEAM_MEMBER"], "language": "en"},
    )
    day = local_day(river.enterprise, timezone.now())
    page = manager.get(f"/e/river/settings/record/?day={day.isoformat()}").content.decode()
    assert "Role given" in page
    other = manager.get("/e/river/settings/record/?day=2001-01-01").content.decode()
    assert "Nothing was recorded" in other
    assert manager.get("/e/river/settings/record/?day=nonsense").status_code == 200
    with scope(hill.id):
        assert AuditEvent.objects.count() == hill_events


def test_a_workers_act_shows_the_factorys_own_day(manager, river):
    # One in the morning in Shanghai is still the day before in UTC.
    at = datetime(2026, 3, 9, 17, 0, tzinfo=UTC)
    with scope(river.id), timezone.override(ZoneInfo("Asia/Shanghai")):
        sent = submit_suggestion(
            actor=river.worker, client_id="a" * 20, text="More light", day=date(2026, 3, 10), at=at
        )
    pages = (f"/e/river/suggestions/{sent.suggestion.code}/", "/e/river/settings/record/?day=2026-03-10")
    for page in pages:
        shown = manager.get(page).content.decode()
        assert "March 10, 2026" in shown
        assert "March 9, 2026" not in shown

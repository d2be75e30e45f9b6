"""The first run: open to this machine or the code, closed once somebody of their own can sign in."""

import pytest
from django.test import Client

from fairfloor.accounts.public import User, add_user
from fairfloor.desk.setup_code import setup_code
from fairfloor.organisations.public import Enterprise
from tests.cast import NOW, PASSWORD, build_factory

FORM = {
    "name": "Brook Mill",
    "country": "VN",
    "time_zone": "Asia/Ho_Chi_Minh",
    "languages": ["vi", "en"],
    "person_name": "Thu",
    "username": "thu",
    "password": "four words together here",
}
LOCAL = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost"}
AWAY = {"REMOTE_ADDR": "192.168.1.9", "HTTP_HOST": "localhost"}


@pytest.fixture(autouse=True)
def _no_code(settings):
    (settings.DATA / "setup_code").unlink(missing_ok=True)
    yield
    (settings.DATA / "setup_code").unlink(missing_ok=True)


def test_a_visitor_of_an_empty_installation_is_led_to_the_start(db):
    client = Client(**LOCAL)
    assert client.get("/").headers["Location"] == "/start/"
    page = client.post("/start/", FORM)
    enterprise = Enterprise.objects.get()
    assert (page.status_code, page.headers["Location"]) == (303, f"/e/{enterprise.slug}/welcome/")
    assert client.get(page.headers["Location"]).status_code == 200
    assert (enterprise.slug, enterprise.languages, enterprise.is_demo) == ("brook-mill", "vi;en", False)
    assert User.objects.get().is_administrator
    assert Client(**LOCAL).get("/start/").status_code == 404
    assert Client(**LOCAL).post("/start/", FORM | {"username": "x2", "name": "Two"}).status_code == 404


def test_what_is_wrong_is_told_and_nothing_is_written(db):
    client = Client(**LOCAL)
    for change, words in (
        ({"password": "short"}, "at least 10"),
        ({"username": "two words"}, "without spaces"),
        ({"name": ""}, "required"),
    ):
        page = client.post("/start/", FORM | change)
        assert page.status_code == 422
        assert words in page.content.decode()
    assert not Enterprise.objects.exists()
    assert not User.objects.exists()


def test_from_elsewhere_the_code_is_asked(db):
    client = Client(**AWAY)
    assert client.get("/start/").status_code == 403
    assert client.post("/start/", FORM).status_code == 403
    assert client.post("/start/", {"code": "no-such-code"}).status_code == 422
    assert not User.objects.exists()
    assert client.post("/start/", {"code": f" {setup_code().upper()} "}).status_code == 303
    assert client.post("/start/", FORM).status_code == 303


@pytest.mark.parametrize(
    "hint",
    [
        {"HTTP_X_FORWARDED_FOR": "203.0.113.7"},
        {"HTTP_FORWARDED": "for=203.0.113.7"},
        {"HTTP_X_REAL_IP": "203.0.113.7"},
        {"HTTP_VIA": "1.1 proxy"},
        {"SERVER_PROTOCOL": "HTTP/1.0"},
        {"REMOTE_ADDR": "10.0.0.8"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_a_stranger_behind_a_proxy_is_not_taken_for_this_machine(db, hint):
    assert Client(**LOCAL | hint).get("/start/").status_code == 403


def test_a_public_address_closes_the_way_of_this_machine(db, settings):
    settings.PUBLIC_URL = "https://floor.example"
    assert Client(**LOCAL).get("/start/").status_code == 403


def test_the_code_is_readable_by_its_owner_only_and_forgotten_after_use(db, settings):
    setup_code()
    assert (settings.DATA / "setup_code").stat().st_mode & 0o777 == 0o600
    Client(**LOCAL).post("/start/", FORM)
    assert not (settings.DATA / "setup_code").exists()


@pytest.fixture
def demo(river):
    add_user(
        by="demo",
        username="demo",
        name="Demo",
        password=PASSWORD,
        is_demo=True,
        must_change_password=False,
        at=NOW,
    )
    return river


def test_beside_the_demo_its_people_stay(demo):
    Client(**LOCAL).post("/start/", FORM | {"demo": "beside"})
    assert Client().login(username="demo", password=PASSWORD)


def test_instead_of_the_demo_its_people_can_no_longer_sign_in(demo):
    Client(**LOCAL).post("/start/", FORM | {"demo": "instead"})
    assert not Client().login(username="demo", password=PASSWORD)
    assert Client().login(username="thu", password=FORM["password"])


def test_a_factory_of_the_same_address_is_told(db):
    build_factory("brook-mill", "Brook Mill")
    page = Client(**LOCAL).post("/start/", FORM)
    assert page.status_code == 422
    assert not User.objects.exists()

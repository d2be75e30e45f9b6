"""`fairfloor worker-link` prints the address behind the poster, for the factory or a place of its own."""

import json

import pytest
from django.utils import timezone

from fairfloor.config.cli import main
from fairfloor.core.access import system_actor
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import active_worker_link, active_worker_links, add_department

pytestmark = pytest.mark.django_db


def ask(capsys, *words):
    code = main(["worker-link", *words])
    return code, capsys.readouterr()


def test_the_link_in_force_is_printed_and_none_is_made_twice(river, settings, capsys):
    settings.PUBLIC_URL = "https://factory.example.org"
    with scope(river.id):
        add_department(actor=system_actor(river.id), code="KNT2", name="Knitting 2", at=timezone.now())
        token = active_worker_link().token
    code, told = ask(capsys, "--enterprise", "river")
    assert (code, told.out) == (0, f"https://factory.example.org/w/{token}/\n")
    answers = [
        ask(capsys, "--enterprise", "river", "--department", "KNT2", "--format", "json") for _twice in "12"
    ]
    first, second = (json.loads(told.out) for _code, told in answers)
    assert first == second
    assert first["department"] == "KNT2"
    assert first["url"] != f"https://factory.example.org/w/{token}/"
    with scope(river.id):
        assert len(active_worker_links()) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--enterprise", "nowhere"], "no enterprise"),
        (["--enterprise", "river", "--department", "MOON"], "no department"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(river, capsys, words, said):
    code, told = ask(capsys, *words)
    assert (code, told.out) == (1, "")
    assert said in told.err
    assert "Known:" in told.err

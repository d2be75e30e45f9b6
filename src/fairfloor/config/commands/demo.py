"""Load the demo: two invented factories with people, registers and work at every stage. Safe to run again."""

from __future__ import annotations

import os
import sys
from datetime import date, timedelta
from importlib.resources import as_file, files
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from fairfloor.accounts.public import has_demo_users, has_own_users
from fairfloor.config.cli import Refusal
from fairfloor.config.demo import hillside, riverside
from fairfloor.config.demo.cast import (
    ADMINISTRATOR,
    HILLSIDE_PEOPLE,
    OUTSIDE_PEOPLE,
    RIVERSIDE_PEOPLE,
    SignIn,
    create_person,
    join,
)
from fairfloor.config.demo.stage import Stage
from fairfloor.core.access import system_actor
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import (
    DataClass,
    Enterprise,
    active_worker_link,
    add_organisation_member,
    create_enterprise,
    create_organisation,
    give_grant,
    local_day,
)
from fairfloor.registers.public import import_workbook, sentence

RIVERSIDE, HILLSIDE = "riverside-knitting", "hillside-garments"
# (organisation, kind, username of who acts for it, what Riverside shows it)
ORGANISATIONS = (
    ("Bright Path Training", "PROVIDER", "trainer", (DataClass.FIGURES, DataClass.IMPROVEMENT)),
    ("Good Work Programme", "PROGRAMME", "programme", tuple(DataClass)),
    ("Northlight Retail", "BUYER", "buyer", (DataClass.FIGURES,)),
)


def configure(parser) -> None:
    """Options of `demo`."""
    parser.add_argument(
        "--beside", action="store_true", help="load it although people of your own sign in here already"
    )


def sign_ins_file() -> Path:
    """Where the passwords made for this installation are kept, for its owner only."""
    return settings.DATA / "demo_sign_ins.txt"


def run(options) -> int:
    """Load what is missing, then print the sign-ins."""
    if Enterprise.objects.filter(slug__in=(RIVERSIDE, HILLSIDE), is_demo=True).exists():
        return _print_sign_ins()
    if has_own_users() and not options.beside:
        print(
            "People of your own sign in here, so the demo was not loaded. `fairfloor demo --beside` loads it anyway."
        )
        return 0
    if Enterprise.objects.filter(slug__in=(RIVERSIDE, HILLSIDE)).exists():
        raise Refusal(
            "A factory with the address of a demo factory is here already. The demo was not loaded."
        )
    sign_ins = load()
    _keep(sign_ins)
    return _print_sign_ins()


class _Bar:
    """One bar over the whole load; silent where nobody watches."""

    def __init__(self) -> None:
        self._bar = tqdm(
            total=100, unit="%", desc="Demo", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False
        )

    def to(self, percent: float, what: str = "") -> None:
        """Move on to so many per cent."""
        if what:
            self._bar.set_description(what)
        self._bar.update(max(0, percent - self._bar.n))

    def close(self) -> None:
        self._bar.close()


@transaction.atomic
def load() -> list[SignIn]:
    """Create both factories with all that is in them, or nothing. Returns the sign-ins."""
    now = timezone.now()
    bar = _Bar()
    try:
        bar.to(1, "Registers of Riverside Knitting")
        with as_file(files("fairfloor.desk") / "demo" / "riverside-registers.xlsx") as path:
            outcome = import_workbook(
                path=path,
                at=now,
                slug=RIVERSIDE,
                is_demo=True,
                progress=lambda done, total, _what: bar.to(1 + 60 * done / max(total, 1)),
            )
        if outcome.problems or outcome.enterprise is None:
            raise Refusal("\n".join(sentence(problem) for problem in outcome.problems))
        bar.to(65, "People")
        sign_ins = _riverside(outcome.enterprise, now)
        bar.to(85, "Hillside Garments")
        sign_ins += _hillside(now)
        _administrator, sign_in = create_person(ADMINISTRATOR, now)
        bar.to(100)
        return [*sign_ins, sign_in]
    finally:
        bar.close()


def _riverside(enterprise: Enterprise, now) -> list[SignIn]:
    stage = Stage(enterprise, local_day(enterprise, now), now)
    sign_ins = []
    with scope(enterprise.id):
        for person in RIVERSIDE_PEOPLE:
            user, sign_in = create_person(person, now)
            stage.actors[person.username] = join(person, user, enterprise, date(2022, 9, 1), now)
            sign_ins.append(sign_in)
        outside = {person.username: person for person in OUTSIDE_PEOPLE}
        for name, kind, username, data_classes in ORGANISATIONS:
            person = outside[username]
            user, sign_in = create_person(person, now)
            sign_ins.append(sign_in)
            organisation = create_organisation(name=name, kind=kind, at=now)
            add_organisation_member(
                user_id=user.pk,
                organisation_id=organisation.pk,
                role=person.roles[0].value,
                from_date=stage.day(30),
            )
            for data_class in data_classes:
                give_grant(
                    actor=system_actor(enterprise.id),
                    organisation_id=organisation.pk,
                    data_class=data_class.value,
                    from_date=stage.day(30),
                    to_date=stage.today + timedelta(days=335),
                    at=now,
                )
        riverside.play(stage)
    return sign_ins


def _hillside(now) -> list[SignIn]:
    enterprise = create_enterprise(
        name="Hillside Garments",
        name_zh="山坡服装",
        slug=HILLSIDE,
        is_demo=True,
        at=now,
        country="PT",
        currency="EUR",
        languages="en;es",
        time_zone="Europe/Lisbon",
    )
    stage = Stage(enterprise, local_day(enterprise, now), now)
    sign_ins = []
    with scope(enterprise.id):
        for person in HILLSIDE_PEOPLE:
            user, sign_in = create_person(person, now)
            stage.actors[person.username] = join(person, user, enterprise, stage.day(400), now)
            sign_ins.append(sign_in)
        hillside.play(stage)
    return sign_ins


def _base_url() -> str:
    """Where this installation is reached: its public address, else this computer's own."""
    return settings.PUBLIC_URL or "http://127.0.0.1:8000"


def _keep(sign_ins: list[SignIn]) -> None:
    enterprise = Enterprise.objects.get(slug=RIVERSIDE)
    with scope(enterprise.id):
        link = active_worker_link()
    lines = [f"{'username':<22}{'password':<18}role", ""]
    lines += [f"{each.username:<22}{each.password:<18}{each.shown_as}" for each in sign_ins]
    path = sign_ins_file()
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
        if link is not None:
            file.write(f"\nWorkers write here, without a sign-in:\n{_base_url()}/w/{link.token}/\n")


def _print_sign_ins() -> int:
    path = sign_ins_file()
    if not has_demo_users():
        print("The demo has ended here; its people can no longer sign in.")
    elif path.exists():
        print("The demo is loaded. Its people, all invented, sign in with:\n")
        print(path.read_text(encoding="utf-8"))
    else:
        print(f"The demo is loaded, but {path.name} with its passwords is gone.")
        print("Give somebody a new one: fairfloor user reset administrator")
    return 0

"""URL × role × method → status, asked of the running program and compared with the committed table.

After a deliberate change: ``UPDATE_ACCESS=1 python -m pytest tests/architecture/test_access_matrix.py`` and read the
difference before committing it.
"""

import csv
import os
import re
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from fairfloor.core.access import Kind, access_of
from fairfloor.core.checks import iter_patterns
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import (
    MEMBER_ROLES,
    DataClass,
    Role,
    active_worker_link,
    add_organisation_member,
    create_organisation,
    give_grant,
    local_day,
)
from tests.cast import PASSWORD

TABLE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "access.csv"
_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
_FILLERS = {
    "str": "none",
    "code": "none",
    "slug": "none",
    "int": "1",
    "path": "none",
    "uuid": "00000000-0000-0000-0000-000000000000",
}


def address(route, slug, token):
    def fill(match):
        kind, name = match.group(1) or "str", match.group(2)
        return {"slug": slug, "token": token}.get(name, _FILLERS[kind])

    return "/" + _ARGUMENT.sub(fill, route.replace("^", "").replace("$", "").replace("\\Z", ""))


@pytest.fixture
def people(river, hill):
    """One client per role, all belonging to river; hill is the stranger."""
    clients = {"nobody": Client()}
    for role in MEMBER_ROLES:
        river.user(role.lower(), role)
    today = local_day(river.enterprise, timezone.now())
    for role in (Role.TRAINER, Role.PROGRAMME_OFFICER, Role.BUYER):
        user = river.user(role.lower())
        organisation = create_organisation(name=role.title(), kind="PROVIDER", at=timezone.now())
        add_organisation_member(
            user_id=user.pk, organisation_id=organisation.pk, role=role, from_date=today - timedelta(days=1)
        )
        with scope(river.id):
            for data_class in DataClass:
                give_grant(
                    actor=river.system,
                    organisation_id=organisation.pk,
                    data_class=data_class,
                    from_date=today - timedelta(days=1),
                    to_date=today + timedelta(days=30),
                    at=timezone.now(),
                )
    administrator = river.user("administrator")
    type(administrator).objects.filter(pk=administrator.pk).update(is_administrator=True)
    names = [r.lower() for r in (*MEMBER_ROLES, Role.TRAINER, Role.PROGRAMME_OFFICER, Role.BUYER)]
    for name in [*names, "administrator"]:
        clients[name] = Client(raise_request_exception=True)
        assert clients[name].login(username=name, password=PASSWORD)
    return clients


class _Undo(Exception):
    """Takes back what a request wrote."""


def status(client, method, url):
    """The status of a request whose writes, cookies included (signing out), are taken back."""
    cookies = deepcopy(client.cookies)
    cache.clear()  # no request counts towards a limit on the next one
    result = None
    try:
        with transaction.atomic():
            result = getattr(client, method.lower())(url).status_code
            raise _Undo
    except _Undo:
        client.cookies = cookies
        return result


@pytest.mark.slow
def test_every_page_answers_each_role_as_the_table_says(people, river, hill):
    with scope(river.id):
        token = active_worker_link().token
    found = []
    for route, _namespaces, pattern in sorted(iter_patterns(), key=lambda item: item[0]):
        access = access_of(pattern.callback)
        own, other = address(route, river.slug, token), address(route, hill.slug, "no-such-link")
        for method in ("GET", "POST"):
            row = {
                "url": "/" + route,
                "method": method,
                "access": access.kind.value,
                "permission": access.permission or "",
            }
            for name, client in people.items():
                row[name] = str(status(client, method, own))
                if access.kind in {Kind.ENTERPRISE, Kind.WORKER}:
                    expected = 302 if name == "nobody" and access.kind is Kind.ENTERPRISE else 404
                    assert status(client, method, other) == expected, (method, other, name)
                if access.kind is Kind.ENTERPRISE and name == "nobody":
                    assert row[name] == "302", row
            found.append(row)
    if os.environ.get("UPDATE_ACCESS"):
        TABLE.parent.mkdir(parents=True, exist_ok=True)
        with TABLE.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(found)
    with TABLE.open(encoding="utf-8") as file:
        committed = list(csv.DictReader(file))
    differences = [(a, b) for a, b in zip(committed, found, strict=False) if a != b]
    assert not differences, differences[:3]
    assert len(committed) == len(found)

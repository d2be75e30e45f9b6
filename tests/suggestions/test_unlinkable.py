"""The attacker's test: somebody with the whole database, who knows roughly when each person was seen with a phone."""

import random
from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from django.db import connection

from fairfloor.core.tenancy import scope, unscoped
from fairfloor.organisations.models import WorkforceCount
from fairfloor.organisations.public import active_worker_link
from fairfloor.suggestions import services
from fairfloor.suggestions.models import Suggestion
from tests.cast import NOW, TODAY
from tests.suggestions.asking import send

SENDS = 20
TABLES = {
    "suggestions_suggestion",
    "conversations_conversation",
    "conversations_message",
    "core_auditevent",
    "core_stalemark",
}


def dump() -> dict[str, list[dict]]:
    """Every table of the database as the attacker reads it, in the order in which the file gives its rows."""
    tables = {}
    with unscoped(), connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            columns = [column[0] for column in cursor.description]
            tables[name] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return tables


def twenty_sends(river) -> list[int]:
    """Twenty ideas in a known order, minutes apart, each with a group and a second word; returns their keys."""
    keys = []
    with scope(river.id):
        WorkforceCount.objects.create(
            snapshot_date=TODAY, department_code="KNT", level="FRONT_LINE", sex="FEMALE", headcount=60
        )
    for n in range(SENDS):
        at = NOW + timedelta(minutes=7 * n)
        sent = send(
            river, text="A fan", client_id=f"{random.getrandbits(128):032x}", at=at, department_code="KNT"
        )
        keys.append(sent.suggestion.pk)
        with scope(river.id):
            act = {"actor": river.worker, "suggestion_id": sent.suggestion.pk, "day": TODAY, "at": at}
            services.add_writer_group(sex="FEMALE", level="FRONT_LINE", **act)
            services.ask_back(text="Is it coming?", **act)
    return keys


def order_kept(values: list) -> float:
    """How many neighbours stand in rising order, from 0 to 1; about a half by chance, 1 for a clock or a counter."""
    rising = sum(1 for one, other in pairwise(values) if one < other)
    return rising / (len(values) - 1)


def has_a_time(value) -> bool:
    """Whether a value holds a time finer than a day."""
    if isinstance(value, datetime):
        return value.time() != time()
    if isinstance(value, str) and len(value) >= 16 and value[4:5] == "-" and value[13:14] == ":":
        return datetime.fromisoformat(value).time() != time()
    return False


def test_no_table_tells_who_sent_when(river):
    before = dump()
    keys = twenty_sends(river)
    tables = dump()
    written = {name for name, rows in tables.items() if len(rows) != len(before[name])}
    assert {"suggestions_suggestion", "conversations_conversation", "core_auditevent"} <= written
    assert written - {"organisations_workforcecount"} <= TABLES
    for name in written:
        for row in tables[name]:
            assert not [column for column, value in row.items() if has_a_time(value)], (name, row)

    by_key = {row["id"]: row for row in tables["suggestions_suggestion"]}
    conversation = {row["id"]: row for row in tables["conversations_conversation"]}
    rows = [by_key[key] for key in keys]
    threads = [conversation[row["conversation_id"]] for row in rows]
    for column in ("submitted_date", "text", "sex", "level", "version", "status", "department_code"):
        assert len({row[column] for row in rows}) == 1, f"{column} tells one from another"
    for sequence in (
        [row["id"] for row in rows],
        [row["code"] for row in rows],
        [row["conversation_id"] for row in rows],
        [thread["receipt_hash"] for thread in threads],
        [min(e["id"] for e in tables["core_auditevent"] if e["object_id"] == key) for key in keys],
    ):
        # 19 neighbours: 17 or more in one direction would come by chance less than once in a million runs.
        assert 0.12 < order_kept(sequence) < 0.88


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's hidden row numbers")
def test_sqlite_keeps_no_row_number_of_its_own(river):
    twenty_sends(river)
    with unscoped(), connection.cursor() as cursor:
        for name in sorted(TABLES):
            cursor.execute(f"SELECT rowid, id FROM {name}")
            found = cursor.fetchall()
            assert found, name
            assert all(rowid == key for rowid, key in found), name
        cursor.execute("SELECT id FROM suggestions_suggestion")
        in_file = [key for (key,) in cursor.fetchall()]
    assert in_file == sorted(in_file)


def test_the_day_kept_is_the_factory_s_also_around_midnight(river):
    late = datetime.combine(TODAY, time(20, 30), NOW.tzinfo)  # 04:30 of the next day in Shanghai
    next_day = TODAY + timedelta(days=1)
    sent = send(river, day=next_day, at=late)
    with unscoped(), connection.cursor() as cursor:
        cursor.execute("SELECT at FROM core_auditevent WHERE object_id = %s", [sent.suggestion.pk])
        (kept,) = [row[0] for row in cursor.fetchall()]
    assert str(kept).startswith(next_day.isoformat())


def test_neither_the_receipt_nor_the_link_is_kept(river):
    sent = send(river)
    with scope(river.id):
        token = active_worker_link().token
        assert Suggestion.objects.count() == 1
    for name, rows in dump().items():
        for row in rows:
            words = " ".join(str(value) for value in row.values())
            assert sent.receipt.digits not in words, name
            assert name == "organisations_workerlink" or token not in words, name

"""Register lists: paging by key, search, filters, order, export, and addresses nobody foresaw."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from python_calamine import CalamineWorkbook

from fairfloor.accounts.public import User
from fairfloor.core.ui import listing as listing_module
from fairfloor.core.ui.cursor import Cursor, read_cursor, write_cursor
from fairfloor.core.ui.listing import XLSX, ChoiceFilter, Column, Listing, listing_page

START = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)

PEOPLE = Listing(
    columns=[
        Column("name", "Name", "name", sortable_field="name"),
        Column("seen", "Last seen", "last_login", kind="date", sortable_field="last_login"),
        Column("number", "Letters", lambda row: len(row.name), kind="number"),
        Column("state", "State", lambda row: ("good" if row.is_active else "quiet", "At work"), kind="state"),
    ],
    filters=[
        ChoiceFilter(
            "active",
            "Active",
            lambda: [("yes", "Yes"), ("no", "No")],
            lambda rows, value: rows.filter(is_active=value == "yes"),
        )
    ],
    search_fields=["name", "username"],
    sorts={"username": "username"},
    default_sort="name",
    page_size=4,
    row_url=lambda row: f"/people/{row.pk}/",
)


def add(count: int, *, first: int = 0) -> None:
    """People whose names come in threes and of whom every third was never seen."""
    User.objects.bulk_create(
        User(
            username=f"user{number:03}",
            name=f"Name {number // 3:02}",
            is_active=number % 2 == 0,
            last_login=None if number % 3 == 0 else START + timedelta(days=number // 2),
        )
        for number in range(first, first + count)
    )


def page(address: str = "", rows=None):
    return PEOPLE.page(User.objects.all() if rows is None else rows, QueryDict(address.removeprefix("?")))


def walk(address: str, way: str = "next_url") -> list[list[int]]:
    """The ids of all pages from an address on."""
    pages = []
    while True:
        current = page(address)
        pages.append([row.item.pk for row in current.rows])
        address = getattr(current, way)
        if not address:
            return pages
        assert len(pages) < 30


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["name", "-name", "seen", "-seen", "username", "-pk"])
def test_every_row_comes_once_forward_and_back(sort):
    add(14)
    forward = walk(f"?sort={sort}")
    assert [len(ids) for ids in forward] == [4, 4, 4, 2]
    assert sorted(pk for ids in forward for pk in ids) == sorted(User.objects.values_list("pk", flat=True))

    address = f"?sort={sort}"
    while page(address).next_url:
        address = page(address).next_url
    assert walk(address, "previous_url") == forward[::-1]


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["seen", "-seen"])
def test_who_was_never_seen_comes_last_both_ways(sort):
    add(9)
    seen = [User.objects.get(pk=pk).last_login is None for ids in walk(f"?sort={sort}") for pk in ids]
    assert seen == [False] * 6 + [True] * 3


@pytest.mark.django_db
def test_rows_added_meanwhile_shift_nothing():
    add(8)
    first = page("?sort=username")
    User.objects.create(username="aaa", name="Earlier")
    second = page(first.next_url)
    assert [row.item.username for row in second.rows] == ["user004", "user005", "user006", "user007"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "sort=nonsense",
        "sort=--name",
        "at=garbage",
        "at=eyJ9:abc",
        "active=perhaps",
        "q=%00",
        "q=" + "x" * 5000,
        "q=%25_%27%22",
        "sort=name&sort=-name&q=a&q=b",
        "export=pdf",
        "view=%3Cscript%3E",
        "&".join(f"p{number}=1" for number in range(200)),
    ],
)
def test_odd_addresses_are_never_refused(address):
    add(5)
    assert page(address).summary


@pytest.mark.django_db
def test_a_key_of_another_order_or_of_rows_that_are_gone_starts_again():
    add(9)
    key = dict(parse_qsl(page("?sort=name").next_url.removeprefix("?")))["at"]
    assert page(f"sort=-name&at={key}").rows[0].item.name == "Name 02"
    last = write_cursor(Cursor("name", "Zzz", 10**9))
    assert len(page(f"sort=name&at={last}").rows) == 4
    strange = write_cursor(Cursor("seen", "not a day", 1))
    assert len(page(f"sort=seen&at={strange}").rows) == 4


def test_a_key_cannot_be_made_up():
    word = write_cursor(Cursor("name", "Ana", 7))
    assert read_cursor(word) == Cursor("name", "Ana", 7)
    assert read_cursor(word[:-1] + ("A" if word[-1] != "A" else "B")) is None


@pytest.mark.django_db
def test_search_and_filters_narrow_and_stay_in_the_address():
    add(14)
    found = page("q=user00+name&active=yes&view=mine")
    assert [row.item.username for row in found.rows] == ["user000", "user002", "user004", "user006"]
    kept = dict(parse_qsl(found.next_url.removeprefix("?")))
    assert {"q": "user00 name", "active": "yes", "view": "mine"}.items() <= kept.items()
    assert found.is_filtered
    assert found.clear_url == "?view=mine"
    none = page("q=nobody")
    assert (none.rows, none.is_filtered, none.next_url) == ([], True, "")


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_rows(django_assert_num_queries):
    add(2)
    with django_assert_num_queries(2):
        page()
    add(28, first=2)
    with django_assert_num_queries(2):
        page()


@pytest.mark.django_db
def test_the_count_stops_at_its_limit(monkeypatch):
    monkeypatch.setattr(listing_module, "COUNT_LIMIT", 6)
    add(6)
    exact = page()
    assert (exact.total, exact.is_total_exact) == (6, True)
    add(5, first=6)
    many = page()
    assert (many.total, many.is_total_exact) == (6, False)
    assert "more than 6" in many.summary


@pytest.mark.django_db
def test_the_workbook_holds_what_was_asked_for_and_text_stays_text():
    add(3)
    User.objects.create(username="evil", name='=HYPERLINK("http://x","y")', last_login=START)
    content = PEOPLE.export_xlsx(User.objects.all(), QueryDict("sort=username"))
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Name", "Last seen", "Letters", "State"]
    assert rows[1][0] == '=HYPERLINK("http://x","y")'
    assert rows[1][1].isoformat() == "2026-03-10"
    assert rows[2] == ["Name 00", "", 7.0, "At work"]
    only = PEOPLE.export_xlsx(User.objects.all(), QueryDict("q=evil"))
    assert len(CalamineWorkbook.from_filelike(BytesIO(only)).get_sheet_by_index(0).to_python()) == 2


def request(address: str = "", *, target: str = ""):
    headers = {"HX-Request": "true", "HX-Target": target} if target else {}
    made = RequestFactory().get(f"/people/?{address}", headers=headers)
    made.htmx = bool(target)
    return made


TEMPLATE = "core/includes/listing.html"


@pytest.mark.django_db
def test_the_page_varies_by_what_asked_and_offers_the_workbook():
    add(6)
    whole = listing_page(request(), PEOPLE, User.objects.all(), TEMPLATE, {})
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in whole["Vary"].split(",")}
    assert b"export=xlsx" in whole.content
    assert b'aria-sort="ascending"' in whole.content
    part = listing_page(request(target="listing"), PEOPLE, User.objects.all(), "no/such/template.html", {})
    assert b'id="listing"' in part.content
    book = listing_page(request("export=xlsx"), PEOPLE, User.objects.all(), TEMPLATE, {})
    assert book["Content-Type"] == XLSX
    assert book["Content-Disposition"].startswith('attachment; filename="register-')


@pytest.mark.django_db
def test_who_may_not_export_gets_the_page():
    add(2)
    answer = listing_page(request("export=xlsx"), PEOPLE, User.objects.all(), TEMPLATE, {}, can_export=False)
    assert answer["Content-Type"].startswith("text/html")
    assert b"export=xlsx" not in answer.content


@pytest.mark.django_db
def test_words_of_people_are_escaped_and_empty_lists_teach():
    User.objects.create(username="x", name="<script>")
    html = listing_page(
        request("view=%22%3E%3Cb%3E"), PEOPLE, User.objects.all(), TEMPLATE, {}
    ).content.decode()
    assert "<script>" not in html
    assert '"><b>' not in html
    nobody = {"empty_sentence": "Nobody yet.", "empty_url": "/add", "empty_label": "Add one"}
    html = listing_page(request(), PEOPLE, User.objects.none(), TEMPLATE, nobody).content.decode()
    assert "Nobody yet." in html
    assert 'href="/add"' in html
    assert "<form" not in html

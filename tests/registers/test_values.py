"""Cells as people write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from fairfloor.core.sheets import Column, ColumnKind
from fairfloor.registers.reading import OddCell
from fairfloor.registers.values import Unreadable, parse_cell, parse_day, parse_number
from fairfloor.registers.words import known_words


@pytest.mark.parametrize(
    "written",
    [
        date(2023, 3, 2),
        datetime(2023, 3, 2, 14, 30),
        44987,
        44987.0,
        "44987",
        20230302,
        "2023-03-02",
        " 2023-3-2 ",
        "2023/3/2",
        "2023.3.2",
        "2023年3月2日",
        "２０２３年３月２日",
        "20230302",
        "2023-03-02 14:30",
        "2023-03-02T14:30:00",
        "2 March 2023",
        "Mar 2, 2023",
    ],
)
def test_days_are_read_as_people_write_them(written):
    assert parse_day(written) == date(2023, 3, 2)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2.3.2023", "AMBIGUOUS_DAY"),
        ("02/03/2023", "AMBIGUOUS_DAY"),
        ("2023-02-31", "NO_SUCH_DAY"),
        ("31 February 2023", "NO_SUCH_DAY"),
        ("31 February", "NO_SUCH_DAY"),
        ("2023年2月30日", "NO_SUCH_DAY"),
        ("5 March", "YEAR_MISSING"),
        ("2023-13-01", "NO_SUCH_MONTH"),
        ("2023-04", "DAY_MISSING"),
        ("soon", "NOT_A_DAY"),
        ("0023-04-01", "DAY_FAR_OFF"),
        (-4, "NOT_A_DAY"),
        (1e12, "NOT_A_DAY"),
        (True, "NOT_A_DAY"),
    ],
)
def test_days_that_are_none_or_two_are_refused(written, code):
    with pytest.raises(Unreadable) as caught:
        parse_day(written)
    assert caught.value.code == code


def test_a_day_that_does_not_exist_says_which_one_does():
    with pytest.raises(Unreadable) as caught:
        parse_day("2024-02-31")
    assert caught.value.values["example"] == "2024-02-29"


def test_a_day_above_twelve_is_one_day_only():
    assert parse_day("13.3.2023") == parse_day("3/13/2023") == date(2023, 3, 13)
    assert parse_day("3.3.2023") == date(2023, 3, 3)


def test_months():
    column = Column("month", ColumnKind.MONTH)
    for written in ("2023-04", "2023年4月", date(2023, 4, 17), "2023/4/30"):
        assert parse_cell(written, column, {}) == date(2023, 4, 1)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (3.0, "3"),
        (0.1, "0.1"),
        (" 12 ", "12"),
        ("１２", "12"),
        ("1,234,567", "1234567"),
        ("1 234.5", "1234.5"),
        ("－5", "-5"),
        ("−5", "-5"),
    ],
)
def test_numbers_are_read_as_people_write_them(written, number):
    assert parse_number(written) == Decimal(number)


@pytest.mark.parametrize("written", ["12a", "1,2", "1e5", "--1", "=1+1", True, float("nan"), "9" * 40])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(Unreadable):
        parse_number(written)


def code_of(written, column):
    with pytest.raises(Unreadable) as caught:
        parse_cell(written, column, {})
    return caught.value.code


def test_limits():
    count = Column("count", ColumnKind.WHOLE, minimum=Decimal(0), maximum=Decimal(9))
    assert parse_cell(3.0, count, {}) == 3
    assert code_of(-1, count) == "NEGATIVE"
    assert code_of(10, count) == "ABOVE"
    assert code_of(2.5, count) == "NOT_WHOLE"
    assert code_of(10**12, Column("n", ColumnKind.WHOLE)) == "ABOVE"
    assert code_of("x" * 21, Column("t", max_length=20)) == "TOO_LONG"
    assert code_of(OddCell("ERROR", "#REF!"), Column("t")) == "SHOWS_ERROR"


def test_text_is_kept_as_it_is_written():
    assert parse_cell("=1+1", Column("t"), {}) == "=1+1"
    assert parse_cell(OddCell("FORMULA", "=cmd()"), Column("t"), {}) == "=cmd()"
    assert parse_cell("  a \n b ", Column("t"), {}) == "a   b"
    assert parse_cell("a\r\nb\x00", Column("t", ColumnKind.LONG_TEXT), {}) == "a\nb"
    assert parse_cell(1994.0, Column("t"), {}) == "1994"


def test_several_codes_with_any_separator():
    column = Column("present", ColumnKind.CODES)
    assert parse_cell(" A；B,C，D ;A", column, {}) == ("A", "B", "C", "D")


def test_words_for_codes():
    level = Column("level", choices=("FRONT_LINE", "SUPERVISOR", "MANAGER", "TOP"))
    words = known_words(level.choices)
    for written in ("FRONT_LINE", "front line", "一线员工", "Front-Line", "front_line "):
        assert parse_cell(written, level, words) == "FRONT_LINE"
    with pytest.raises(Unreadable):
        parse_cell("King", level, words)

"""The board in parts, each in two languages: one slide of a screen, or one block of the printed sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from fairfloor.core.ui.formatting import format_number
from fairfloor.desk.board import Board, Count
from fairfloor.desk.board_services import Kind
from fairfloor.desk.models import BoardItem
from fairfloor.organisations.public import Enterprise

LANGUAGES = ("en", "zh-hans")
LINES_PER_SLIDE = 2

# The same words in each language, as (language, text).
Both = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Number:
    """A large number with what it counts, and a smaller one below."""

    value: str
    label: Both
    below: Both = ()
    is_stop: bool = False


@dataclass(frozen=True)
class Slide:
    """One thing to read from three metres."""

    heading: Both
    numbers: tuple[Number, ...] = ()
    lines: tuple[Both, ...] = ()
    names: tuple[Both, ...] = ()
    # Keys of the pictures before and after, and of the item that let them out.
    item: BoardItem | None = None
    caption: Both = field(default=())


def languages_of(enterprise: Enterprise) -> tuple[str, ...]:
    """Both languages, the factory's own first."""
    is_chinese = enterprise.languages.startswith("zh")
    return LANGUAGES[::-1] if is_chinese else LANGUAGES


def _both(languages: tuple[str, ...], words: Callable[[str], str]) -> Both:
    found: list[tuple[str, str]] = []
    for language in languages:
        with override(language):
            text = words(language)
        # A number with nothing to translate stands once.
        if text not in {known for _language, known in found}:
            found.append((language, text))
    return tuple(found)


def _of_item(item: BoardItem, languages: tuple[str, ...]) -> Both:
    """The words of an item; where one language is missing the other stands alone."""
    texts = {"en": item.words, "zh-hans": item.words_zh}
    found = tuple((language, texts[language]) for language in languages if texts[language])
    return found or tuple((language, text) for language, text in texts.items() if text)


_LABELS = {
    "suggestions.received": lambda: _("ideas received"),
    "suggestions.answered": lambda: _("of them answered"),
    "suggestions.implemented": lambda: _("of them carried out"),
}


def _count(count: Count, languages: tuple[str, ...]) -> Number:
    few = "<5"
    year = few if count.year is None else format_number(count.year, 0)
    return Number(
        value=few if count.quarter is None else format_number(count.quarter, 0),
        label=_both(languages, lambda _language: _LABELS[count.code]()),
        below=_both(languages, lambda _language: _("12 months: %(count)s") % {"count": year}),
    )


def _as_written(text: str) -> Both:
    """Words the team wrote once, in whichever language it speaks."""
    is_chinese = any("\u4e00" <= character <= "\u9fff" for character in text)
    return (("zh-hans" if is_chinese else "en", text),)


def _day(day: date) -> str:
    """A day near enough to need no year, in words: `12/7` is July to one reader and December to another."""
    return date_format(day, "MONTH_DAY_FORMAT")


def _promise(text: str, due: date | None) -> Both:
    """What will happen, and the day it is promised for, in the language of the promise."""
    ((language, words),) = _as_written(text)
    if due is None:
        return ((language, words),)
    with override(language):
        return ((language, f"{words} → {_day(due)}"),)


def _minutes_slides(found: Board, both: Callable[[Callable[[], str]], Both]) -> list[Slide]:
    """What the last meeting decided, and what happens next with the day it is promised for."""
    minutes = found.minutes
    if minutes is None:
        return []
    coming = [_promise(text, due) for text, due in minutes.coming]
    parts = (
        (
            lambda: _("From the team's meeting on %(day)s") % {"day": _day(minutes.meeting_date)},
            [_as_written(text) for text in minutes.decided],
        ),
        (lambda: _("What happens next"), coming),
    )
    return [
        Slide(both(heading), lines=tuple(lines[start : start + LINES_PER_SLIDE]))
        for heading, lines in parts
        for start in range(0, len(lines), LINES_PER_SLIDE)
    ]


def slides(found: Board, languages: tuple[str, ...]) -> list[Slide]:
    """All parts of the board; those that have nothing to say are left out."""

    def both(words: Callable[[], str]) -> Both:
        return _both(languages, lambda _language: words())

    ideas = [_count(count, languages) for count in found.counts]
    if found.days is not None:
        digits = 0 if found.days == int(found.days) else 1
        days = 1 if found.days == 1 else 2
        ideas.append(
            Number(
                format_number(found.days, digits),
                both(lambda: ngettext("day to an answer", "days to an answer", days)),
                both(lambda: _("half of the ideas waited longer")),
            )
        )
    told = [Slide(both(lambda: _("Your ideas in the last 90 days")), numbers=tuple(ideas))]
    now = [
        Number(
            format_number(found.open_critical, 0),
            both(
                lambda: ngettext("critical danger open", "critical dangers open", found.open_critical),
            ),
            both(lambda: _("Work stops where one is open.") if found.open_critical else _("None today.")),
            is_stop=found.open_critical > 0,
        )
    ]
    if found.closed:
        now.append(
            Number(
                format_number(found.closed, 0),
                both(lambda: ngettext("danger removed", "dangers removed", found.closed)),
                both(lambda: _("found in the last 90 days and closed")),
            )
        )
    if found.meeting_date is not None:
        day = found.meeting_date
        now.append(
            Number(
                f"{day.month}/{day.day}",
                both(lambda: _("next meeting of the team")),
                both(lambda: date_format(day, "DATE_FORMAT")),
            )
        )
    told.append(Slide(both(lambda: _("Today")), numbers=tuple(now)))
    thanks = {language: found.thanks(language) for language in languages}
    if any(thanks.values()):
        told.append(
            Slide(
                both(lambda: _("Thank you for speaking up and joining in")),
                names=tuple(
                    ((language, " · ".join(names) if language == "en" else "、".join(names)),)
                    for language, names in thanks.items()
                ),
                lines=(
                    both(lambda: _("Ideas of these departments were carried out, or they told dangers.")),
                ),
            )
        )
    told += _minutes_slides(found, both)
    for item in found.pairs:
        told.append(Slide(both(lambda: _("Before and after")), item=item, caption=_of_item(item, languages)))
    for kinds, heading in (
        ({Kind.SUGGESTION, Kind.PROJECT}, lambda: _("What came of your ideas")),
        ({Kind.NOTE, Kind.MINUTES}, lambda: _("From the team")),
    ):
        lines = [_of_item(item, languages) for item in found.words if item.kind in kinds]
        for start in range(0, len(lines), LINES_PER_SLIDE):
            told.append(Slide(both(heading), lines=tuple(lines[start : start + LINES_PER_SLIDE])))
    return told

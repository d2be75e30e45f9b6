"""A team's meetings as a calendar file (RFC 5545): title, day, hour, place, and nothing else.

Times are written in UTC, so that no reader has to know the factory's time zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

# What a meeting takes, for calendars that draw a block.
LASTS = timedelta(hours=1)
_LONGEST_LINE = 75  # bytes, RFC 5545 section 3.1


@dataclass(frozen=True)
class Entry:
    """One meeting. ``uid`` stays the same through every change; ``sequence`` counts the changes."""

    uid: str
    title: str
    day: date
    hour: time | None
    place: str
    sequence: int
    is_cancelled: bool


def escaped(text: str) -> str:
    """A text value as section 3.3.11 wants it; control characters become spaces.

    >>> print(escaped("Hall 2, left; door"))
    Hall 2\\, left\\; door
    """
    text = text.replace("\r\n", "\n").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(
        "\\n" if each == "\n" else " " if ord(each) < 32 or ord(each) == 127 else each for each in text
    )


def folded(line: str) -> str:
    """A line cut into pieces of 75 bytes at most, never inside a character; each further one begins with a space."""
    pieces, piece, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += character
        size += width
    return "\r\n".join([*pieces, piece])


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _event(entry: Entry, zone: tzinfo, now: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(entry.uid)}",
        f"DTSTAMP:{_moment(now)}",
        f"SEQUENCE:{entry.sequence}",
    ]
    if entry.hour is None:
        lines.append(f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}")
        lines.append(f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}")
    else:
        start = datetime.combine(entry.day, entry.hour, tzinfo=zone).astimezone(UTC)
        lines += [f"DTSTART:{_moment(start)}", f"DTEND:{_moment(start + LASTS)}"]
    lines.append(f"SUMMARY:{escaped(entry.title)}")
    if entry.place:
        lines.append(f"LOCATION:{escaped(entry.place)}")
    lines += [f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}", "END:VEVENT"]
    return lines


def calendar(name: str, entries: Iterable[Entry], zone: tzinfo, now: datetime) -> bytes:
    """The calendar file: CRLF at every line's end, UTF-8."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Fairfloor//Meetings//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]
    for entry in entries:
        lines += _event(entry, zone, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()

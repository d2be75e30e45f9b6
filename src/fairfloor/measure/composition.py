"""Traffic lights on who sits in an improvement team beside who works in the factory. They never block."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Colour = Literal["GREEN", "AMBER", "RED", "UNKNOWN"]
LightCode = Literal["worker_share", "women_share", "size", "departments", "shifts"]

LEVELS = frozenset({"FRONT_LINE", "SUPERVISOR", "MANAGER", "TOP"})
SEXES = frozenset({"FEMALE", "MALE", "OTHER"})

WORKER_SHARE_GREEN_PERCENT = 50
WORKER_SHARE_AMBER_PERCENT = 30
WOMEN_SHARE_TOLERANCE_POINTS = 10
SIZE_SMALLEST, SIZE_LARGEST = 5, 15

# What people call the shift that begins in the morning differs from factory to factory; it is one shift all the same.
_FIRST = frozenset({"DAY", "MORNING"})
_SHIFTS = {
    2: (_FIRST, frozenset({"AFTERNOON", "NIGHT"})),
    3: (_FIRST, frozenset({"AFTERNOON"}), frozenset({"NIGHT"})),
}
MOST_SHIFTS = 3


@dataclass(frozen=True)
class Member:
    """One member: codes of sex, level ("" or NOT_REPORTED = not known), department and shift ("" = not known)."""

    sex: str
    level: str
    department: str
    shift: str = ""


@dataclass(frozen=True)
class WorkforceShares:
    """The factory beside the team: women, all people whose sex is known, and production departments.

    ``shifts`` is how many shifts the busiest production department runs; ``None`` where none says so.
    """

    women: int
    total: int
    production_departments: frozenset[str]
    shifts: int | None = None


@dataclass(frozen=True)
class Light:
    """One light with the counts it rests on; `denominator` is None where the light is no share (size)."""

    code: LightCode
    colour: Colour
    numerator: int
    denominator: int | None


def assess(members: Iterable[Member], workforce: WorkforceShares) -> tuple[Light, ...]:
    """Return the five lights, always in the order worker_share, women_share, size, departments, shifts.

    Only members whose level (sex, shift) is known count for the light concerned. Raises ValueError when the
    workforce has more women than people or a negative count.
    """
    if not 0 <= workforce.women <= workforce.total:
        raise ValueError("women must lie between 0 and the workforce's total")
    team = list(members)
    return (
        _worker_share(team),
        _women_share(team, workforce),
        _size(team),
        _departments(team, workforce),
        _shifts(team, workforce),
    )


def missing_shifts(members: Iterable[Member], shifts: int | None) -> tuple[frozenset[str], ...]:
    """The shifts of the factory with nobody in the team, each as the codes it may go by, in the order of the day.

    Empty for a factory with one shift, where everybody works in it, and for one of which it is not known.
    """
    here = {member.shift for member in members}
    return tuple(names for names in _SHIFTS.get(min(shifts or 0, MOST_SHIFTS), ()) if not names & here)


def _worker_share(team: list[Member]) -> Light:
    known = [member for member in team if member.level in LEVELS]
    workers = sum(member.level == "FRONT_LINE" for member in known)
    colour: Colour
    if not known:
        colour = "UNKNOWN"
    elif workers * 100 >= WORKER_SHARE_GREEN_PERCENT * len(known):
        colour = "GREEN"
    elif workers * 100 >= WORKER_SHARE_AMBER_PERCENT * len(known):
        colour = "AMBER"
    else:
        colour = "RED"
    return Light("worker_share", colour, workers, len(known))


def _women_share(team: list[Member], workforce: WorkforceShares) -> Light:
    known = [member for member in team if member.sex in SEXES]
    women = sum(member.sex == "FEMALE" for member in known)
    colour: Colour
    if not known or workforce.total == 0:
        colour = "UNKNOWN"
    elif workforce.women > 0 and women == 0:
        colour = "RED"
    else:
        # women/known ≥ workforce share − 10 points, multiplied out so that the border is exact
        reached = 100 * women * workforce.total
        wanted = (100 * workforce.women - WOMEN_SHARE_TOLERANCE_POINTS * workforce.total) * len(known)
        colour = "GREEN" if reached >= wanted else "AMBER"
    return Light("women_share", colour, women, len(known))


def _size(team: list[Member]) -> Light:
    colour: Colour = "GREEN" if SIZE_SMALLEST <= len(team) <= SIZE_LARGEST else "AMBER"
    return Light("size", colour, len(team), None)


def _departments(team: list[Member], workforce: WorkforceShares) -> Light:
    wanted = workforce.production_departments
    covered = wanted & {member.department for member in team}
    colour: Colour
    if not wanted:
        colour = "UNKNOWN"
    else:
        colour = "GREEN" if covered == wanted else "AMBER"
    return Light("departments", colour, len(covered), len(wanted))


def _shifts(team: list[Member], workforce: WorkforceShares) -> Light:
    wanted = min(workforce.shifts or 0, MOST_SHIFTS)
    missing = len(missing_shifts(team, wanted))
    is_known = (wanted == 1 and bool(team)) or (wanted > 1 and any(member.shift for member in team))
    colour: Colour
    if not is_known:
        return Light("shifts", "UNKNOWN", 0, wanted)
    colour = "RED" if missing > 1 else "AMBER" if missing else "GREEN"
    return Light("shifts", colour, wanted - missing, wanted)

"""Traffic lights on who sits in an improvement team beside who works in the factory. They never block."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Colour = Literal["GREEN", "AMBER", "RED", "UNKNOWN"]
LightCode = Literal["worker_share", "women_share", "size", "departments"]

LEVELS = frozenset({"FRONT_LINE", "SUPERVISOR", "MANAGER", "TOP"})
SEXES = frozenset({"FEMALE", "MALE", "OTHER"})

WORKER_SHARE_GREEN_PERCENT = 50
WORKER_SHARE_AMBER_PERCENT = 30
WOMEN_SHARE_TOLERANCE_POINTS = 10
SIZE_SMALLEST, SIZE_LARGEST = 5, 15


@dataclass(frozen=True)
class Member:
    """One member: codes of sex, level ("" or NOT_REPORTED = not known) and department ("" = none)."""

    sex: str
    level: str
    department: str


@dataclass(frozen=True)
class WorkforceShares:
    """The factory beside the team: women, all people whose sex is known, and production departments."""

    women: int
    total: int
    production_departments: frozenset[str]


@dataclass(frozen=True)
class Light:
    """One light with the counts it rests on; `denominator` is None where the light is no share (size)."""

    code: LightCode
    colour: Colour
    numerator: int
    denominator: int | None


def assess(members: Iterable[Member], workforce: WorkforceShares) -> tuple[Light, ...]:
    """Return the four lights, always in the order worker_share, women_share, size, departments.

    Only members whose level (sex) is known count for the share concerned. Raises ValueError when the
    workforce has more women than people or a negative count.
    """
    if not 0 <= workforce.women <= workforce.total:
        raise ValueError("women must lie between 0 and the workforce's total")
    team = list(members)
    return (_worker_share(team), _women_share(team, workforce), _size(team), _departments(team, workforce))


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

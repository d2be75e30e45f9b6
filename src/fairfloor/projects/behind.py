"""What led to a project beside suggestions and hazards: features above tell it, projects only shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fairfloor.projects.models import ImprovementProject


@dataclass(frozen=True)
class Origin:
    """One thing behind a project: where it is to be read, what it says, how it stands (empty: as the project)."""

    url: str
    code: str
    words: str
    kind: str
    label: str


@dataclass(frozen=True)
class OriginSource:
    """A kind of things that lead to projects, and who may read them.

    ``of_project`` gives those behind a project, for the factory's address, as they stand on a day.
    ``count`` says of several projects at once how many are behind each (key → number), and ``count_words`` puts such a
    number into words. ``add_url_name`` is the page (by slug and the project's code) that puts more
    of them behind a project.
    """

    title: Any
    permission: str
    of_project: Callable[[ImprovementProject, str, date], list[Origin]]
    count: Callable[[Sequence[ImprovementProject]], dict[int, int]]
    count_words: Callable[[int], str]
    add_url_name: str
    add_label: Any


_sources: list[OriginSource] = []


def also_behind(source: OriginSource) -> None:
    """Have a kind of things shown on the page of the project they led to."""
    if source not in _sources:
        _sources.append(source)


def origin_sources() -> tuple[OriginSource, ...]:
    """All kinds that were named."""
    return tuple(_sources)

"""The states of a snapshot."""

from enum import StrEnum

SNAPSHOT_PREFIX = "R"


class Status(StrEnum):
    """A draft's words may change; a published one is as it was read; a withdrawn one says so."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    WITHDRAWN = "WITHDRAWN"


MOVES = {
    Status.DRAFT: frozenset({Status.PUBLISHED, Status.WITHDRAWN}),
    Status.PUBLISHED: frozenset({Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset(),
}

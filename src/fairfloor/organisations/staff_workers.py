"""Which person of the roster a login is: said by whoever manages the logins, else guessed from the name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count

from fairfloor.accounts.public import User
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.organisations.models import Membership, StaffWorker, Worker


class WorkerUnknown(ValueError):
    """Nobody on the roster has this code."""


class WorkerJoined(ValueError):
    """Another login that is in use is this person already; ``name`` is that login's."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name


@transaction.atomic
def join_worker(*, actor: Actor, user_id: int, worker_code: str, day: date, at: datetime) -> str:
    """Say which person of the roster a login is; an empty code takes it back. Returns the code.

    A person belongs to one login that is in use. One that holds no role any more, or may not sign in, lets go of the
    person. Raises :class:`WorkerUnknown`, :class:`WorkerJoined`, ``User.DoesNotExist`` for a login without a role here.
    """
    require(actor, "enterprise.manage_members")
    if not _in_use(user_id, day):
        raise User.DoesNotExist
    code = worker_code.strip()
    own = StaffWorker.objects.select_for_update().filter(user_id=user_id).first()
    if (own.worker_code if own else "") == code:
        return code
    if code:
        worker = Worker.objects.select_for_update().filter(code=code).first()
        if worker is None:
            raise WorkerUnknown(code)
        other = (
            StaffWorker.objects.select_for_update().filter(worker_code=code).select_related("user").first()
        )
        if other is not None:
            if _in_use(other.user_id, day):
                raise WorkerJoined(other.user.name)
            StaffWorker.objects.filter(pk=other.pk).delete()
    if not code:
        audit.record(actor, "staff_worker.parted", own, at, user=user_id)
        StaffWorker.objects.filter(pk=own.pk).delete()
        return ""
    own = own or StaffWorker(user_id=user_id)
    own.worker_code = code
    own.save()
    audit.record(actor, "staff_worker.joined", own, at, user=user_id, worker=code)
    return code


def _in_use(user_id: int, day: date) -> bool:
    held = Membership.objects.filter(user_id=user_id, user__is_active=True, from_date__lte=day)
    return held.exclude(to_date__lt=day).exists()


def joined_workers() -> dict[int, str]:
    """User id → code on the roster, for the logins of which it was said."""
    return dict(StaffWorker.objects.values_list("user_id", "worker_code"))


def suggested_workers(users: Iterable[User]) -> dict[int, Worker]:
    """User id → the one person of the roster with the login's name, unless that person belongs to another login."""
    names = {user.pk: plain_name(user.name) for user in users}
    wanted = {name for name in names.values() if name}
    taken = set(StaffWorker.objects.values_list("worker_code", flat=True))
    found: dict[str, list[Worker]] = {}
    for worker in Worker.objects.exclude(name="").order_by("code", "id").only("code", "name").iterator(2000):
        if plain_name(worker.name) in wanted:
            found.setdefault(plain_name(worker.name), []).append(worker)
    shared = {name for name in wanted if list(names.values()).count(name) > 1}
    return {
        user_id: found[name][0]
        for user_id, name in names.items()
        if len(found.get(name, ())) == 1 and name not in shared and found[name][0].code not in taken
    }


def own_worker_code(actor: Actor) -> str:
    """Which person of the roster the one who acts is, or "" where nobody knows.

    What was said in the settings counts. Where nothing was said, the only person of the roster with the login's name
    who belongs to no other login: a wrong guess only ticks a seat in a list that the secretary sees and can put right,
    and without it nobody of a small factory could tick themselves before somebody went through the settings.
    """
    if actor.user_id is None:
        return ""
    said = StaffWorker.objects.filter(user_id=actor.user_id).values_list("worker_code", flat=True).first()
    if said is not None:
        return said
    name = plain_name(actor.name)
    if not name:
        return ""
    rows = Worker.objects.exclude(name="").values_list("code", "name").iterator(2000)
    same = [code for code, known in rows if plain_name(known) == name]
    if len(same) != 1 or StaffWorker.objects.filter(worker_code=same[0]).exists():
        return ""
    return same[0]


def own_names(actor: Actor) -> frozenset[str]:
    """The names of the one who acts, each as :func:`plain_name` writes it: the login's, and that on the roster.

    Only what was said in the settings counts beside the login's own name; for a rule that keeps somebody from
    judging their own work both names do.
    """
    names = {plain_name(actor.name)}
    if actor.user_id is not None:
        codes = StaffWorker.objects.filter(user_id=actor.user_id).values("worker_code")
        names |= {
            plain_name(name) for name in Worker.objects.filter(code__in=codes).values_list("name", flat=True)
        }
    return frozenset(names - {""})


def is_own_name(actor: Actor, name: str) -> bool:
    """Whether a name somebody wrote down is one of the one who acts; see :func:`own_names`."""
    wanted = plain_name(name)
    return wanted != "" and wanted in own_names(actor)


def login_names() -> dict[str, int]:
    """Name on the roster → user id of the login joined to it; a name two people share stands for neither."""
    codes = {code: user_id for user_id, code in joined_workers().items()}
    rows = Worker.objects.filter(code__in=codes).exclude(name="").values_list("code", "name")
    named = {name.strip(): codes[code] for code, name in rows}
    shared = (
        Worker.objects.filter(name__in=named).values("name").annotate(people=Count("pk")).filter(people__gt=1)
    )
    for name in shared.values_list("name", flat=True):
        named.pop(name.strip(), None)
    return named


def plain_name(name: str) -> str:
    """A name as it is compared, however it is written."""
    return " ".join(name.split()).casefold()

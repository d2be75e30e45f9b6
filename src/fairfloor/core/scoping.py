"""The scope: which enterprise the running code works for, and the check every SQL statement passes.

Has no models, so that the database backends can use it. The rest of tenancy is in ``core.tenancy``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Final


class NoScope(RuntimeError):
    """Tenant rows were asked for while no enterprise was in scope."""


class TenantLeak(RuntimeError):
    """A read or a write would have crossed from one enterprise into another."""


class _Unscoped:
    def __repr__(self) -> str:
        return "UNSCOPED"


UNSCOPED: Final = _Unscoped()
_scope: ContextVar[int | _Unscoped | None] = ContextVar("fairfloor_scope", default=None)


def current_scope() -> int | _Unscoped | None:
    """The enterprise id in scope, ``UNSCOPED``, or ``None``."""
    return _scope.get()


def current_enterprise_id() -> int:
    """The enterprise id in scope; raises :class:`NoScope` when there is none or the code runs unscoped."""
    value = _scope.get()
    if not isinstance(value, int):
        raise NoScope("No enterprise is in scope here.")
    return value


@contextmanager
def scope(enterprise_id: int) -> Iterator[None]:
    """Run the body for one enterprise: reads show its rows only, writes stay inside."""
    if not isinstance(enterprise_id, int):
        raise NoScope("A scope needs the id of an enterprise.")
    token = _scope.set(enterprise_id)
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def unscoped() -> Iterator[None]:
    """Run the body over all enterprises. Only ``core``, programme roll-ups and commands may call this (tested)."""
    token = _scope.set(UNSCOPED)
    try:
        yield
    finally:
        _scope.reset(token)


# --- the SQL ring ------------------------------------------------------------------------------------------------

_IDENTIFIER = re.compile(r"\w+")
_VERB = re.compile(r"\s*\(*\s*(\w+)")
_COMPARES_ENTERPRISE = re.compile(r"enterprise_id\"?\)? (?:=|IN) ", re.IGNORECASE)
_SCHEMA_VERBS = frozenset({"CREATE", "ALTER", "DROP", "PRAGMA", "TRUNCATE", "ANALYZE", "VACUUM", "REINDEX"})


@lru_cache(maxsize=1)
def tenant_tables() -> frozenset[str]:
    """Names of all tables that hold tenant rows."""
    from django.apps import apps

    from fairfloor.core.tenancy import TenantModel

    return frozenset(m._meta.db_table for m in apps.get_models() if issubclass(m, TenantModel))


@lru_cache(maxsize=4096)
def _touches(sql: str) -> tuple[str, bool]:
    """The verb of a statement and whether it is one that must be scoped."""
    match = _VERB.match(sql)
    verb = match.group(1).upper() if match else ""
    if verb in _SCHEMA_VERBS:
        return verb, False
    return verb, not tenant_tables().isdisjoint(_IDENTIFIER.findall(sql))


def touches_tenant_table(sql: str) -> bool:
    """Whether a statement reads or writes rows of an enterprise."""
    return _touches(sql)[1]


def _carries(params: Any, enterprise_id: int) -> bool:
    if isinstance(params, dict):
        params = params.values()
    for value in params or ():
        if value == enterprise_id and isinstance(value, int):
            return True
        if isinstance(value, (list, tuple)) and _carries(value, enterprise_id):
            return True
    return False


def guard_statement(sql: str, params: Any) -> None:
    """Refuse a statement on tenant rows that the current scope does not cover.

    Raises :class:`NoScope` outside any scope, :class:`TenantLeak` when the statement does not compare
    ``enterprise_id`` or does not carry the scope's enterprise. Enterprise ids are random, so no other parameter
    equals one by chance.
    """
    value = _scope.get()
    if value is UNSCOPED:
        return
    verb, touches = _touches(sql)
    if not touches:
        return
    if value is None:
        raise NoScope("A statement on tenant rows was sent while no enterprise was in scope.")
    if verb != "INSERT" and not _COMPARES_ENTERPRISE.search(sql):
        raise TenantLeak("A statement on tenant rows does not compare enterprise_id.")
    if not _carries(params, value):
        raise TenantLeak("A statement on tenant rows does not carry the enterprise in scope.")

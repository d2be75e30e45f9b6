"""The walls between enterprises: which rows a piece of code may see or write, decided by one scope.

Three rings, each of which refuses on its own:

1. Managers. Every :class:`TenantModel` filters by the current scope and raises :class:`NoScope` without one. It is
   the base manager too, so that forward keys, ``refresh_from_db`` and ``save`` cannot walk round it.
2. SQL. The database backends in ``core.db`` pass every statement to :func:`core.scoping.guard_statement`, which
   refuses one that touches a tenant table outside a scope, or whose parameters do not carry the scope's enterprise.
3. PostgreSQL. Row-level security, driven by the same scope (see ``core.db.postgresql``).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from fairfloor.core.randomness import random_id
from fairfloor.core.scoping import (
    UNSCOPED,
    NoScope,
    TenantLeak,
    current_enterprise_id,
    current_scope,
    scope,
    unscoped,
)

__all__ = [
    "UNSCOPED",
    "GlobalModel",
    "NoScope",
    "ProgrammeModel",
    "TenantLeak",
    "TenantManager",
    "TenantModel",
    "current_enterprise_id",
    "current_scope",
    "enterprise_ids_matching",
    "find_enterprise_id",
    "scope",
    "unscoped",
]


def find_enterprise_id(model: type[TenantModel], **lookup: object) -> int | None:
    """The enterprise of the one row that matches ``lookup``, or ``None``.

    The narrow door for finding a scope before there is one (a worker's link, a receipt): it gives back an id, never
    a row. Only the resolvers in ``organisations`` use it.
    """
    with unscoped():
        found = list(model.objects.filter(**lookup).values_list("enterprise_id", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def enterprise_ids_matching(model: type[TenantModel], **lookup: object) -> set[int]:
    """Ids of the enterprises that hold a matching row; for the list of factories a person can open."""
    with unscoped():
        return set(model.objects.filter(**lookup).values_list("enterprise_id", flat=True))


class TenantQuerySet(models.QuerySet):
    """Refuses bulk writes that would leave the scope."""

    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        check_writes(self.model, objs)
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs, *args, **kwargs):
        objs = list(objs)
        check_writes(self.model, objs)
        return super().bulk_update(objs, *args, **kwargs)

    def update(self, **kwargs):
        if "enterprise" in kwargs or "enterprise_id" in kwargs:
            raise TenantLeak("A row cannot move to another enterprise.")
        for field in _tenant_keys(self.model):
            value = kwargs.get(field.name, kwargs.get(field.attname))
            if value is not None:
                _check_key(field, getattr(value, "pk", value), getattr(value, "enterprise_id", None))
        return super().update(**kwargs)

    def delete_only(self) -> None:
        """Delete these rows by one statement that carries the enterprise; nothing may point to them any more.

        Where rows can be pointed to, ``delete`` reads them and deletes by key alone, which the SQL ring refuses.
        """
        self._raw_delete(self.db)

    # As Django does with ``delete``: a manager has no word that empties a table.
    delete_only.queryset_only = True


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):
    """Shows the rows of the enterprise in scope; without a scope it raises."""

    use_in_migrations = False

    def get_queryset(self):
        value = current_scope()
        if value is None:
            raise NoScope(f"{self.model._meta.label} was read while no enterprise was in scope.")
        queryset = super().get_queryset()
        return queryset if value is UNSCOPED else queryset.filter(enterprise_id=value)


class GlobalModel(models.Model):
    """A row that belongs to the installation, not to an enterprise."""

    class Meta:
        abstract = True


class ProgrammeModel(models.Model):
    """A row that belongs to a programme or provider organisation; no worker's word is ever kept in one."""

    class Meta:
        abstract = True


class TenantModel(models.Model):
    """A row of one enterprise. The key is a random number: a rising one would keep the order of arrival."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)
    enterprise = models.ForeignKey(
        "organisations.Enterprise", on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args, **kwargs):
        check_writes(type(self), [self])
        super().save(*args, **kwargs)


def _tenant_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    return [
        field
        for field in model._meta.concrete_fields
        if field.many_to_one
        and isinstance(field.related_model, type)
        and issubclass(field.related_model, TenantModel)
    ]


def _check_key(field: models.ForeignKey, key: int, known_enterprise: int | None) -> None:
    value = current_scope()
    if known_enterprise is not None and known_enterprise != value and value is not UNSCOPED:
        raise TenantLeak(f"{field} points into another enterprise.")
    if known_enterprise is None and not field.related_model.objects.filter(pk=key).exists():
        raise TenantLeak(f"{field} points to a row that is not in this enterprise.")


def check_writes(model: type[TenantModel], objs: Iterable[TenantModel]) -> None:
    """Set or verify the enterprise of rows about to be written, and that their keys stay inside it."""
    value = current_scope()
    if value is None:
        raise NoScope(f"{model._meta.label} was written while no enterprise was in scope.")
    unknown: dict[models.ForeignKey, set[int]] = {}
    for obj in objs:
        if obj.enterprise_id is None and value is not UNSCOPED:
            obj.enterprise_id = value
        if value is not UNSCOPED and obj.enterprise_id != value:
            raise TenantLeak(f"{model._meta.label} of another enterprise was about to be written.")
        for field in _tenant_keys(model):
            key = getattr(obj, field.attname)
            if key is None:
                continue
            related = obj._state.fields_cache.get(field.name)
            if related is not None and related.pk == key:
                if related.enterprise_id != obj.enterprise_id:
                    raise TenantLeak(f"{field} points into another enterprise.")
            else:
                unknown.setdefault(field, set()).add(key)
    for field, keys in unknown.items():
        ordered = sorted(keys)
        for start in range(0, len(ordered), 500):
            part = ordered[start : start + 500]
            if field.related_model.objects.filter(pk__in=part).count() != len(part):
                raise TenantLeak(f"{field} points to a row that is not in this enterprise.")

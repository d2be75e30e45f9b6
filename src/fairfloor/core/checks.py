"""System checks that stop the program when a wall is missing."""

from django.apps import apps
from django.core.checks import Error
from django.urls import URLPattern, URLResolver, get_resolver

from fairfloor.core.tenancy import GlobalModel, ProgrammeModel, TenantManager, TenantModel


def models_declare_their_tenancy(app_configs, **_kwargs):
    """Every model of ours is tenant, programme or global, and a tenant's managers all filter."""
    errors = []
    for model in apps.get_models():
        if not model.__module__.startswith("fairfloor."):
            continue
        kinds = [kind for kind in (TenantModel, ProgrammeModel, GlobalModel) if issubclass(model, kind)]
        if len(kinds) != 1:
            errors.append(
                Error(
                    f"{model._meta.label} must extend exactly one of TenantModel, ProgrammeModel, GlobalModel.",
                    id="fairfloor.E001",
                )
            )
        if TenantModel in kinds:
            managers = [model._base_manager, model._default_manager, *model._meta.managers]
            if not all(isinstance(manager, TenantManager) for manager in managers):
                errors.append(
                    Error(f"{model._meta.label} has a manager without a scope.", id="fairfloor.E002")
                )
            if any(
                field.many_to_many and field.remote_field.through._meta.auto_created
                for field in model._meta.many_to_many
            ):
                errors.append(
                    Error(f"{model._meta.label} has a link table without a scope.", id="fairfloor.E003")
                )
    return errors


def iter_patterns(resolver=None, prefix="", namespaces=()):
    """All URL patterns as (route, namespaces, pattern)."""
    for item in (resolver or get_resolver()).url_patterns:
        route = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            inner = (*namespaces, item.namespace) if item.namespace else namespaces
            yield from iter_patterns(item, route, inner)
        elif isinstance(item, URLPattern):
            yield route, namespaces, item


def views_declare_their_access(app_configs, **_kwargs):
    """A view that does not say who may open it is an error."""
    from fairfloor.core.access import access_of

    return [
        Error(f"The view behind {route} declares no access.", id="fairfloor.E004")
        for route, _namespaces, pattern in iter_patterns()
        if access_of(pattern.callback) is None
    ]

"""One action: its story, and what can be done with it."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.actions.labels import about_link, state_of, story_entry
from fairfloor.actions.models import ActionItem
from fairfloor.actions.selectors import possible_owners
from fairfloor.actions.services import (
    add_action,
    cancel_action,
    change_action,
    complete_action,
    reopen_action,
)
from fairfloor.actions.web.forms import ActionForm, CancelForm, NewActionForm
from fairfloor.core import audit
from fairfloor.core.access import page
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.organisations.public import local_day

DEFAULT_DAYS = timedelta(days=14)


def _load(code: str) -> ActionItem:
    action = ActionItem.objects.filter(code=code).first()
    if action is None:
        raise Http404
    return action


def _today(request):
    return local_day(request.enterprise, timezone.now())


def _to(slug: str, action: ActionItem):
    response = redirect("actions:detail", slug=slug, code=action.code)
    response.status_code = 303
    return response


def _detail(request, slug, action, *, form=None, status=200, note=""):
    about_url, about_label = about_link(slug, action)
    context = {
        "action": action,
        "state": state_of(action, _today(request)),
        "story": [story_entry(event) for event in reversed(audit.story_of(action))],
        "about_url": about_url,
        "about_label": about_label,
        "cancel_form": form or CancelForm(initial={"version": action.version}, prefix="cancel"),
        "note": note,
        "may_write": request.actor.may("actions.write"),
    }
    return render(request, "actions/action_detail.html", context, status=status)


def _stale(action: ActionItem) -> str:
    """Who changed an action last, in words."""
    last = audit.story_of(action)[-1:]
    if not last or not last[0].actor_name:
        return _("This action was changed since you opened it. Look at it as it is now, then try again.")
    return _("%(name)s changed this action since you opened it. Look at it as it is now, then try again.") % {
        "name": last[0].actor_name
    }


@page("actions.view")
def action_detail(request, slug, code):
    """One action."""
    return _detail(request, slug, _load(code))


@page("actions.write")
def action_add(request, slug):
    """Write a new action down."""
    day = _today(request)
    initial = {"due_date": day + DEFAULT_DAYS, "owner_user_id": request.actor.user_id}
    form = NewActionForm(request.POST or None, owners=possible_owners(day), initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        action = add_action(
            actor=request.actor,
            text=values["text"],
            owner_name=values["owner_name"],
            owner_user_id=values["owner_user_id"],
            due_date=values["due_date"],
            about_feature="",
            about_code="",
            day=day,
            at=timezone.now(),
            form_id=values["form_id"],
        )
        messages.success(request, _("The action is written down."))
        return _to(slug, action)
    context = {"form": form, "back_url": reverse("actions:list", kwargs={"slug": slug})}
    return render(
        request, "actions/action_add.html", context, status=422 if request.method == "POST" else 200
    )


@page("actions.write")
def action_change(request, slug, code):
    """Change the words, the owner or the day."""
    action = _load(code)
    owners = possible_owners(_today(request))
    if action.owner_user_id and action.owner_user_id not in owners:
        owners[action.owner_user_id] = action.owner_name
    initial = {
        "text": action.text,
        "owner_user_id": action.owner_user_id,
        "owner_name": "" if action.owner_user_id else action.owner_name,
        "due_date": action.due_date,
        "version": action.version,
    }
    form = ActionForm(request.POST or None, owners=owners, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_action(
                    actor=request.actor, action_id=action.pk, at=timezone.now(), **form.cleaned_data
                )
            except StaleEdit:
                form.add_error(None, _stale(action))
                form.data = form.data.copy()
                form.data["version"] = action.version
                status = 409
            else:
                messages.success(request, _("The action is changed."))
                return _to(slug, action)
    context = {
        "form": form,
        "action": action,
        "back_url": reverse("actions:detail", kwargs={"slug": slug, "code": code}),
    }
    return render(request, "actions/action_change.html", context, status=status)


def _version(request) -> int | None:
    value = request.POST.get("version", "")
    return int(value) if value.isdecimal() and len(value) < 10 else None


@page("actions.write")
@require_POST
def action_complete(request, slug, code):
    """Tick an action off."""
    action = _load(code)
    try:
        complete_action(
            actor=request.actor,
            action_id=action.pk,
            day=_today(request),
            at=timezone.now(),
            version=_version(request),
        )
    except (MoveNotAllowed, StaleEdit):
        return _detail(request, slug, _load(code), status=409, note=_stale(action))
    messages.success(request, _("Done. Thank you."))
    return _to(slug, action)


@page("actions.write")
@require_POST
def action_reopen(request, slug, code):
    """Open an action again."""
    action = _load(code)
    try:
        reopen_action(actor=request.actor, action_id=action.pk, at=timezone.now(), version=_version(request))
    except (MoveNotAllowed, StaleEdit):
        return _detail(request, slug, _load(code), status=409, note=_stale(action))
    return _to(slug, action)


@page("actions.write")
@require_POST
def action_cancel(request, slug, code):
    """Say that an action is not needed any more."""
    action = _load(code)
    form = CancelForm(request.POST, prefix="cancel")
    if not form.is_valid():
        return _detail(request, slug, action, form=form, status=422)
    try:
        cancel_action(
            actor=request.actor,
            action_id=action.pk,
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
            version=form.cleaned_data["version"],
        )
    except (MoveNotAllowed, StaleEdit):
        return _detail(request, slug, _load(code), status=409, note=_stale(action))
    return _to(slug, action)

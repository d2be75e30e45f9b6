"""Who signs in to this factory, and as what."""

from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.accounts.public import User
from fairfloor.core.access import page
from fairfloor.desk.services import MemberNeedsName, UnknownUser, add_person
from fairfloor.desk.web.forms import MemberForm
from fairfloor.desk.web.settings_tabs import settings_tabs
from fairfloor.organisations.public import (
    ROLE_LABELS,
    Membership,
    Worker,
    WorkerJoined,
    WorkerUnknown,
    end_membership,
    join_worker,
    joined_workers,
    local_day,
    memberships,
    suggested_workers,
    worker_names,
)

ROSTER_LIMIT = 1000


def _people(day, problem=None):
    rows = memberships(day)
    joined = joined_workers()
    names = worker_names(set(joined.values()))
    free = {membership.user for membership in rows if membership.user_id not in joined}
    guesses = suggested_workers(free)
    for user, held in groupby(rows, key=lambda membership: membership.user):
        roles = [{"id": each.pk, "label": ROLE_LABELS[each.role], "to_date": each.to_date} for each in held]
        code = joined.get(user.pk, "")
        yield {
            "user": user,
            "roles": roles,
            "worker_code": code,
            "worker_name": names.get(code, ""),
            "guess": guesses.get(user.pk),
            "problem": problem[2] if problem and problem[0] == user.pk else "",
            "typed": problem[1] if problem and problem[0] == user.pk else code,
        }


@page("enterprise.manage_members")
def members(request, slug):
    """People and roles; adding somebody shows a new sign-in's password once."""
    day = local_day(request.enterprise, timezone.now())
    form = MemberForm(
        request.POST if request.method == "POST" else None, initial={"language": request.LANGUAGE_CODE}
    )
    if form.is_bound and form.is_valid():
        try:
            user, password = add_person(actor=request.actor, day=day, at=timezone.now(), **form.cleaned_data)
        except UnknownUser:
            form.add_error(
                "name", _("Nobody signs in with this username yet. Give a name to make a new sign-in.")
            )
        except MemberNeedsName:
            form.add_error(
                "username", _("This username is taken by somebody of another name. Choose another one.")
            )
        else:
            if password:
                context = {
                    "person": user,
                    "password": password,
                    "lead": _("The sign-in is ready."),
                    "back_url": reverse("desk:people", kwargs={"slug": slug}),
                }
                return render(request, "accounts/user_password.html", context)
            messages.success(request, _("%(name)s can now open this factory.") % {"name": user.name})
            return _back(slug)
    return _page(request, form, day, status=422 if form.is_bound else 200)


def _page(request, form, day, problem=None, status=200):
    context = {
        "form": form,
        "people": list(_people(day, problem)),
        "roster": Worker.objects.order_by("code", "id").values_list("code", "name")[:ROSTER_LIMIT],
        "tabs": settings_tabs(request, "people"),
    }
    return render(request, "desk/settings_people.html", context, status=status)


def _back(slug):
    response = HttpResponseRedirect(reverse("desk:people", kwargs={"slug": slug}))
    response.status_code = 303
    return response


@page("enterprise.manage_members")
@require_POST
@transaction.atomic
def member_end(request, slug, membership_id):
    """End one role of one person, from the next day on."""
    day = local_day(request.enterprise, timezone.now())
    held = memberships(day)
    own = next((each for each in held if each.pk == membership_id), None)
    if own is None:
        raise Http404
    managers = [each for each in held if each.role == "MANAGER" and each.to_date is None]
    if own.role == "MANAGER" and len(managers) < 2:
        messages.warning(request, _("Nobody could look after this factory then. Add another manager first."))
        return _back(slug)
    try:
        end_membership(actor=request.actor, membership_id=own.pk, to_date=day, at=timezone.now())
    except Membership.DoesNotExist:
        messages.warning(request, _("This role has ended already."))
    else:
        messages.success(
            request,
            _("%(name)s is %(role)s here until the end of today.")
            % {"name": own.user.name, "role": ROLE_LABELS[own.role]},
        )
    return _back(slug)


@page("enterprise.manage_members")
@require_POST
def member_worker(request, slug, user_id):
    """Say which person of the roster a login is."""
    now = timezone.now()
    day = local_day(request.enterprise, now)
    person = next((each.user for each in memberships(day) if each.user_id == user_id), None)
    if person is None:
        raise Http404
    code = request.POST.get("worker_code", "")[:40]
    try:
        kept = join_worker(actor=request.actor, user_id=user_id, worker_code=code, day=day, at=now)
    except User.DoesNotExist:
        raise Http404 from None
    except WorkerUnknown:
        problem = _("Nobody on the roster has this code. Choose one from the list.")
    except WorkerJoined as joined:
        problem = _("This person signs in as %(name)s already. Take it back there first.") % {
            "name": joined.name
        }
    else:
        if kept:
            text = _("%(name)s is %(code)s on the roster.") % {"name": person.name, "code": kept}
        else:
            text = _("%(name)s is nobody on the roster now.") % {"name": person.name}
        messages.success(request, text)
        return _back(slug)
    form = MemberForm(initial={"language": request.LANGUAGE_CODE})
    return _page(request, form, day, (user_id, code, problem), 422)

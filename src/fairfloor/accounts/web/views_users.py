"""The administration of sign-ins: list, add, new password, end. Shows no enterprise's rows."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fairfloor.accounts.models import User
from fairfloor.accounts.services import OwnSignIn, UsernameTaken, add_user, reset_password, set_active
from fairfloor.accounts.web.forms import UserForm
from fairfloor.core.access import administrator_page
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page

_STATES = {
    "active": gettext_lazy("Can sign in"),
    "temporary": gettext_lazy("Has a temporary password"),
    "ended": gettext_lazy("Ended"),
}


def _state(user: User) -> tuple[str, str]:
    if not user.is_active:
        return "quiet", str(_STATES["ended"])
    if user.must_change_password:
        return "wait", str(_STATES["temporary"])
    return "good", str(_STATES["active"])


_BY_STATE = {
    "active": {"is_active": True, "must_change_password": False},
    "temporary": {"is_active": True, "must_change_password": True},
    "ended": {"is_active": False},
}


def _listing() -> Listing:
    return Listing(
        columns=[
            Column("name", gettext_lazy("Name"), "name", sortable_field="name"),
            Column("username", gettext_lazy("Username"), "username", sortable_field="username"),
            Column("state", gettext_lazy("State"), _state, kind="state"),
            Column(
                "kind",
                gettext_lazy("Runs the installation"),
                lambda user: _("Yes") if user.is_administrator else "",
                is_key=False,
            ),
            Column("since", gettext_lazy("Since"), "created_at", kind="date", is_key=False),
        ],
        filters=[
            ChoiceFilter(
                "state",
                gettext_lazy("State"),
                lambda: _STATES.items(),
                lambda rows, v: rows.filter(**_BY_STATE[v]),
            )
        ],
        search_fields=["name", "username"],
        default_sort="name",
        row_url=lambda user: reverse("administration:user_reset", kwargs={"user_id": user.pk}),
    )


@administrator_page
def user_list(request):
    """All sign-ins of this installation."""
    return listing_page(
        request, _listing(), User.objects.all(), "accounts/user_list.html", {}, can_export=False
    )


@never_cache
def _password_once(request, user: User, password: str, lead: str):
    """The password, shown this once and stored nowhere."""
    return render(
        request, "accounts/user_password.html", {"person": user, "password": password, "lead": lead}
    )


@administrator_page
def user_add(request):
    """Add a sign-in; its first password is shown once."""
    form = UserForm(
        request.POST if request.method == "POST" else None, initial={"language": request.LANGUAGE_CODE}
    )
    if request.method == "POST" and form.is_valid():
        try:
            user, password = add_user(by=request.user.username, at=timezone.now(), **form.cleaned_data)
        except UsernameTaken:
            form.username_taken()
        else:
            return _password_once(request, user, password, _("The sign-in is ready."))
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/user_add.html", {"form": form}, status=status)


def _person(user_id: int) -> User:
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Http404
    return user


@administrator_page
def user_reset(request, user_id):
    """One sign-in: give it a new password, end it or open it again."""
    person = _person(user_id)
    if request.method == "POST":
        password = reset_password(administrator=request.user, user_id=person.pk, at=timezone.now())
        lead = _("The old password and all open sessions of this person have ended.")
        return _password_once(request, person, password, lead)
    return render(
        request,
        "accounts/user_detail.html",
        {"person": person, "state": _state(person), "is_own": person == request.user},
    )


def _set_active(request, user_id: int, is_active: bool, text: str):
    person = _person(user_id)
    try:
        set_active(administrator=request.user, user_id=person.pk, is_active=is_active, at=timezone.now())
    except OwnSignIn:
        messages.warning(request, _("You cannot end your own sign-in. Ask another administrator to do it."))
    else:
        messages.success(request, text % {"name": person.name})
    response = HttpResponseRedirect(reverse("administration:users"))
    response.status_code = 303
    return response


@administrator_page
@require_POST
def user_end(request, user_id):
    """End a sign-in and its sessions."""
    return _set_active(request, user_id, False, _("%(name)s can no longer sign in."))


@administrator_page
@require_POST
def user_open(request, user_id):
    """Open an ended sign-in again."""
    return _set_active(request, user_id, True, _("%(name)s can sign in again."))

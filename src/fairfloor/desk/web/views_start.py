"""The first run: one's own factory beside or instead of the demo, and the three steps after it."""

from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from fairfloor.accounts.public import UsernameTaken, has_demo_users, has_own_users
from fairfloor.core.access import page, public_page
from fairfloor.desk.services import AlreadySetUp, set_up_factory
from fairfloor.desk.setup_code import forget_setup_code, is_right_code, is_this_machine
from fairfloor.desk.web.forms import CodeForm, StartForm
from fairfloor.organisations.public import EnterpriseExists

_KNOWN_CODE = "setup_code"


def _ask_for_code(request):
    form = CodeForm(request.POST if "code" in request.POST else None)
    status = 403
    if form.is_bound and form.is_valid():
        if is_right_code(form.cleaned_data["code"]):
            request.session[_KNOWN_CODE] = form.cleaned_data["code"]
            response = HttpResponseRedirect(reverse("desk:start"))
            response.status_code = 303
            return response
        form.add_error("code", _("This is not the code. Copy it once more from the window or the file."))
        status = 422
    return render(request, "desk/start_code.html", {"form": form}, status=status)


@public_page("on a fresh installation nobody can sign in yet; closed once somebody can")
@never_cache
@sensitive_post_parameters("password")
def start(request):
    """Set up one's own factory."""
    if has_own_users():
        raise Http404
    if not is_this_machine(request) and not is_right_code(request.session.get(_KNOWN_CODE, "")):
        return _ask_for_code(request)
    has_demo = has_demo_users()
    zone = "Asia/Shanghai" if request.LANGUAGE_CODE.startswith("zh") else "UTC"
    country = "CN" if request.LANGUAGE_CODE.startswith("zh") else ""
    initial = {"time_zone": zone, "country": country, "languages": [request.LANGUAGE_CODE]}
    form = StartForm(request.POST if request.method == "POST" else None, initial=initial, has_demo=has_demo)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            enterprise, user = set_up_factory(
                name=values["name"],
                country=values["country"],
                time_zone=values["time_zone"],
                languages=";".join(values["languages"]),
                person_name=values["person_name"],
                username=values["username"],
                password=values["password"],
                language=request.LANGUAGE_CODE,
                ends_demo=values.get("demo") == "instead",
                at=timezone.now(),
            )
        except AlreadySetUp:
            raise Http404 from None
        except EnterpriseExists:
            form.add_error("name", _("A factory of this name is here already. Choose another name."))
        except UsernameTaken:
            form.add_error("username", _("Somebody else has this username. Choose another one."))
        except ValidationError as problem:
            form.add_error("password", problem.messages)
        else:
            forget_setup_code()
            login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
            response = HttpResponseRedirect(reverse("desk:welcome", kwargs={"slug": enterprise.slug}))
            response.status_code = 303
            return response
    return render(
        request, "desk/start.html", {"form": form, "has_demo": has_demo}, status=422 if form.is_bound else 200
    )


@page("enterprise.manage")
def welcome(request, slug):
    """The next three steps of a new factory."""
    return render(request, "desk/welcome.html")

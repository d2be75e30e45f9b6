"""For administrators: a look into a factory for a reason, and the organisations outside."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairfloor.accounts.public import User, has_demo_users
from fairfloor.core.access import administrator_page
from fairfloor.desk.web.forms import (
    ORGANISATION_KINDS,
    OrganisationForm,
    OrganisationMemberForm,
    SupportForm,
)
from fairfloor.organisations.public import (
    GRANT_ROLES,
    Enterprise,
    add_organisation_member,
    create_organisation,
    enterprise_list,
    organisation_people,
    organisations,
    start_support_session,
)


def _see_other(name: str, **kwargs):
    response = HttpResponseRedirect(reverse(name, kwargs=kwargs))
    response.status_code = 303
    return response


@administrator_page
def support(request):
    """Start a support session: for a reason, for some hours, shown to the factory."""
    enterprises = [each for each in enterprise_list() if not each.is_demo or has_demo_users()]
    form = SupportForm(request.POST if request.method == "POST" else None, enterprises=enterprises)
    if form.is_bound and form.is_valid():
        enterprise = Enterprise.objects.get(pk=form.cleaned_data["enterprise"])
        start_support_session(
            administrator=request.user,
            enterprise_id=enterprise.pk,
            reason=form.cleaned_data["reason"],
            hours=form.cleaned_data["hours"],
            at=timezone.now(),
        )
        messages.success(
            request, _("The support session has begun. The factory sees that you are here and why.")
        )
        return _see_other("desk:today", slug=enterprise.slug)
    context = {"form": form, "has_enterprises": bool(enterprises)}
    return render(request, "desk/administration_support.html", context, status=422 if form.is_bound else 200)


@administrator_page
def organisation_list(request):
    """Programmes, providers, buyers and unions, and who acts for them."""
    now = timezone.now()
    known = organisations()
    asked = request.POST.get("form", "") if request.method == "POST" else ""
    form = OrganisationForm(request.POST if asked == "organisation" else None)
    member = OrganisationMemberForm(
        request.POST if asked == "member" else None, organisations=known, roles=GRANT_ROLES
    )
    if form.is_bound and form.is_valid():
        create_organisation(at=now, **form.cleaned_data)
        messages.success(request, _("The organisation is on the list. Factories decide what it may see."))
        return _see_other("desk:organisations")
    if member.is_bound and member.is_valid():
        values = member.cleaned_data
        user = User.objects.filter(username__iexact=values["username"].strip(), is_active=True).first()
        if user is None:
            member.add_error("username", _("Nobody signs in with this username. Add the person first."))
        else:
            add_organisation_member(
                user_id=user.pk,
                organisation_id=values["organisation"],
                role=values["role"],
                from_date=now.date(),
            )
            messages.success(request, _("%(name)s now acts for the organisation.") % {"name": user.name})
            return _see_other("desk:organisations")
    rows = [
        {"name": each.name, "kind": ORGANISATION_KINDS.get(each.kind, each.kind), "people": people}
        for each, people in organisation_people(known)
    ]
    context = {"form": form, "member": member, "rows": rows}
    return render(request, "desk/administration_organisations.html", context, status=422 if asked else 200)

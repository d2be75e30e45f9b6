"""Where a person lands after sign-in, and the factory's Today."""

from django.shortcuts import redirect, render
from django.utils import timezone

from fairfloor.core.access import page, signed_in_page
from fairfloor.organisations.public import enterprises_of


@signed_in_page
def home(request):
    """The person's only factory, or the list of factories to choose from."""
    enterprises = enterprises_of(request.user, timezone.now())
    if len(enterprises) == 1:
        return redirect("desk:today", slug=enterprises[0].slug)
    return render(request, "desk/enterprise_choose.html", {"enterprises": enterprises})


@page("enterprise.open")
def today(request, slug):
    """What waits for me, and the factory's pulse."""
    return render(request, "desk/today.html", {})

"""How often a person wants to be told what waits."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairfloor.core.access import signed_in_page
from fairfloor.desk.digests import Rhythm, choose_rhythm, rhythm_of

LABELS = {
    Rhythm.DAILY: gettext_lazy("Every day on which something waits"),
    Rhythm.WEEKLY: gettext_lazy("Every Monday"),
    Rhythm.OFF: gettext_lazy("Never"),
}


@signed_in_page
def digest(request: HttpRequest) -> HttpResponse:
    """One choice of three."""
    if request.method == "POST":
        rhythm = request.POST.get("rhythm", "")
        if rhythm in set(Rhythm):
            choose_rhythm(user_id=request.user.pk, rhythm=rhythm)
            messages.success(request, _("Your choice is kept."))
            return HttpResponseRedirect(request.path, status=303)
    context = {"choices": list(LABELS.items()), "current": rhythm_of(request.user.pk)}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/digest.html", context, status=status)

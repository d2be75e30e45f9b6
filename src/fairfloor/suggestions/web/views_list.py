"""The register of suggestions and one suggestion."""

from django.http import Http404
from django.shortcuts import render

from fairfloor.core.access import page
from fairfloor.suggestions.models import Suggestion


@page("suggestions.view")
def suggestion_list(request, slug):
    """All suggestions."""
    rows = Suggestion.objects.order_by("-submitted_date", "id")[:25]
    return render(request, "suggestions/suggestion_list.html", {"rows": rows})


@page("suggestions.view")
def suggestion_detail(request, slug, code):
    """One suggestion."""
    suggestion = Suggestion.objects.filter(code=code).first()
    if suggestion is None:
        raise Http404
    return render(request, "suggestions/suggestion_detail.html", {"suggestion": suggestion})

"""The two photos of a project as pages draw them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fairfloor.projects.models import ImprovementProject


def photo_url(slug: str, file_id: int) -> str:
    """Where the page finds a stored photo."""
    return reverse("stored_file", kwargs={"slug": slug, "file_id": file_id})


def photo_pair(slug: str, project: ImprovementProject) -> dict[str, dict[str, str] | None]:
    """``before`` and ``after`` for core/includes/photo_pair.html."""
    before, after = project.photo_before_id, project.photo_after_id
    return {
        "before": before
        and {"url": photo_url(slug, before), "alt": _("Before: %(title)s") % {"title": project.title}},
        "after": after
        and {"url": photo_url(slug, after), "alt": _("After: %(title)s") % {"title": project.title}},
    }


def photo_context(request: HttpRequest, project: ImprovementProject) -> dict[str, Any]:
    """The page of photos: one place each for before and after."""
    slug = request.enterprise.slug
    pair = photo_pair(slug, project)
    return {
        "places": [
            {"name": "before", "label": _("Before"), "photo": pair["before"]},
            {"name": "after", "label": _("After"), "photo": pair["after"]},
        ],
        "back_url": reverse("projects:detail", kwargs={"slug": slug, "code": project.code}),
        "sent_place": request.POST.get("place", ""),
        "lead": _("Take both from the same place. Ask people first if their faces can be seen."),
    }

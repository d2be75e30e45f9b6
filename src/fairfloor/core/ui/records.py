"""What every hand-kept register needs on its pages: the story of a row, a form on a page, the stale edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairfloor.core import audit
from fairfloor.core.tenancy import TenantModel


def day_words(day: date | None) -> str:
    """A day as the page's language writes it; empty for none."""
    return formats.date_format(day, "DATE_FORMAT") if day else ""


@dataclass(frozen=True)
class Entry:
    """One line of a timeline: who did what, when, and what changed. See core/includes/timeline.html."""

    when: datetime
    who: str
    what: Any
    detail: str
    is_exact: bool


def _words(value: Any, choices: Mapping[Any, Any]) -> str:
    if value is None or value == "":
        return _("empty")
    if value in choices:
        return str(choices[value])
    try:
        return formats.date_format(date.fromisoformat(value), "DATE_FORMAT")
    except (TypeError, ValueError):
        return str(value)


def _changes(
    changed: Mapping[str, Any],
    fields: Mapping[str, Any],
    words: Mapping[Any, Any],
    told: Mapping[str, Callable[[Any], str]],
) -> str:
    lines = []
    for name, (old, new) in changed.items():
        if name in fields:
            own = told.get(name)
            ends = [own(each) if own and each else _words(each, words) for each in (old, new)]
            lines.append(
                _("%(field)s: %(old)s → %(new)s") % {"field": fields[name], "old": ends[0], "new": ends[1]}
            )
    return "\n".join(lines)


def story(
    obj: TenantModel,
    verbs: Mapping[str, Any],
    fields: Mapping[str, Any],
    words: Mapping[Any, Any],
    told: Mapping[str, Callable[[Any], str]] | None = None,
) -> list[Entry]:
    """The audit trail of a row in words. Fields without a label stay out; ``words`` puts codes into words.

    ``told``: field → how its values are said, where a word for each is not enough (a share, a month).
    """
    entries = []
    for event in audit.story_of(obj):
        is_worker = event.actor_kind == "worker"
        detail = _changes(event.detail.get("changed", {}), fields, words, told or {}) or event.detail.get(
            "reason", ""
        )
        what = verbs.get(event.verb.partition(".")[2], event.verb)
        who = _("A worker") if is_worker else event.actor_name
        entries.append(Entry(event.at, who, what, detail, not is_worker))
    return entries


def form_page(
    request: HttpRequest, form: forms.Form, heading: str, *, status: int = 422, **context: Any
) -> HttpResponse:
    """A form on a page of its own; ``status`` (422) when what was sent needs attention.

    Context: back_url, back_label, lead, submit_label, is_multipart, notes (list of (kind, text)).
    """
    return render(
        request,
        "core/form_page.html",
        {"form": form, "heading": heading, **context},
        status=status if form.is_bound and form.errors else 200,
    )


def stale_page(request: HttpRequest, entries: list[Entry], url: str) -> HttpResponse:
    """409: somebody changed the row meanwhile; shows who changed what, and leads back to it."""
    return render(request, "core/stale_edit.html", {"entries": entries[-3:], "url": url}, status=409)


def see_other(url_name: str, **kwargs: Any) -> HttpResponse:
    """303 to a page by its name: after a change, so that a reload does not send it twice."""
    response = HttpResponseRedirect(reverse(url_name, kwargs=kwargs))
    response.status_code = 303
    return response


class DayInput(forms.DateInput):
    """A day as the browser's own calendar; always ISO, whatever the page's language."""

    input_type = "date"

    def __init__(self, **kwargs: Any):
        super().__init__(format="%Y-%m-%d", **kwargs)


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A form field for a day."""
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=DayInput(), input_formats=["%Y-%m-%d"]
    )


def version_field() -> forms.IntegerField:
    """The version the form saw, hidden."""
    return forms.IntegerField(widget=forms.HiddenInput(), min_value=1)


class OneOwner:
    """For a form with ``owner_user_id`` and ``owner_name``, and ``owners`` from user id to name: one of them is wanted.

    Whoever signs in goes by the name of the login.
    """

    together = ("owner_user_id", "owner_name")

    def clean(self):
        cleaned = super().clean()
        if user_id := cleaned.get("owner_user_id"):
            cleaned["owner_name"] = self.owners[user_id]
        elif not cleaned.get("owner_name"):
            self.add_error("owner_name", _("Choose a person or write a name, so that somebody does it."))
        return cleaned


def long_text(
    label: Any, *, required: bool = True, help_text: Any = "", max_length: int = 1000, missing: Any = ""
):
    """A form field for several lines; ``missing`` says what to write when it is empty."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing or gettext_lazy("Write it in a few words.")},
    )


def upload_url(request: HttpRequest, slug: str) -> str:
    """Where a register that is filled from a workbook begins; nothing for somebody who may not bring one in."""
    return reverse("registers:upload", kwargs={"slug": slug}) if request.actor.may("registers.import") else ""

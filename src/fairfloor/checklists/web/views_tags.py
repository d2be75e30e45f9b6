"""Red tags: the list, one tag with its sheet to print, and what happens to the thing."""

from __future__ import annotations

from datetime import date

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from fairfloor.checklists.labels import DECISION_LABELS, area_names
from fairfloor.checklists.models import RedTag
from fairfloor.checklists.services.tags import TagRefused, decide_tag, finish_tag, hang_tag
from fairfloor.checklists.web.forms import DecideForm, DoneForm, TagForm
from fairfloor.checklists.web.pages import tabs
from fairfloor.core.access import page
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.core.ui.records import day_words, form_page, see_other, stale_page, story
from fairfloor.organisations.public import local_day


def _state(tag: RedTag, day: date) -> tuple[str, str]:
    if tag.done_date:
        return "good", _("Done")
    if tag.due_date and tag.due_date < day:
        return "stop", _("Overdue")
    return ("brand", str(DECISION_LABELS[tag.decision])) if tag.decision else ("wait", _("Not decided yet"))


def _tag(code: str) -> RedTag:
    found = RedTag.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


@page("checklists.view")
def tags(request, slug):
    """All red tags."""
    day = local_day(request.enterprise, timezone.now())
    names = area_names()
    listing = Listing(
        columns=[
            Column("code", _("Number"), "code", sortable_field="code"),
            Column("item", _("Thing"), "item"),
            Column(
                "area",
                pgettext("place", "Area"),
                lambda row: names.get(row.area_code, row.area_code),
                is_key=False,
            ),
            Column("due", _("By when"), "due_date", kind="date", sortable_field="due_date"),
            Column("state", _("State"), lambda row: _state(row, day), kind="state"),
        ],
        filters=[
            ChoiceFilter(
                "state",
                _("State"),
                lambda: [("open", _("Not done yet")), ("done", _("Done"))],
                lambda rows, value: rows.filter(done_date__isnull=value == "open"),
            )
        ],
        search_fields=["code", "item"],
        default_sort="due",
        row_url=lambda row: reverse("checklists:tag", kwargs={"slug": slug, "code": row.code}),
    )
    context = {
        "tabs": tabs(slug, "checklists:tags"),
        "print_url": reverse("checklists:tags_print", kwargs={"slug": slug}),
        "new_url": reverse("checklists:tag_new", kwargs={"slug": slug})
        if request.actor.may("checklists.run")
        else "",
    }
    return listing_page(
        request, listing, RedTag.objects.all(), "checklists/tags.html", context, file_name="red-tags"
    )


@page("checklists.run")
def tag_new(request, slug):
    """Hang up a red tag."""
    at = timezone.now()
    day = local_day(request.enterprise, at)
    form = TagForm(request.POST or None, day=day, initial={"tagged_date": day})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        tagged = values.pop("tagged_date")
        try:
            tag_ = hang_tag(actor=request.actor, day=tagged, at=at, **values)
            return see_other("checklists:tag", slug=slug, code=tag_.code)
        except TagRefused as refused:
            form.add_error(refused.field, _("Please fill this in."))
    return form_page(
        request,
        form,
        _("Hang up a red tag"),
        back_url=reverse("checklists:tags", kwargs={"slug": slug}),
        submit_label=_("Make the tag"),
        notes=[
            ("info", _("Tag what nobody is sure about. In 30 days it is decided: keep, move, sell or scrap."))
        ],
    )


def _page(request, slug: str, tag_: RedTag, form: DecideForm | None = None):
    day = local_day(request.enterprise, timezone.now())
    names = area_names()
    may_act = request.actor.may("checklists.run") and tag_.done_date is None
    initial = {
        "decision": tag_.decision,
        "due_date": max(tag_.due_date or day, day),
        "version": tag_.version,
    }
    kwargs = {"slug": slug, "code": tag_.code}
    context = {
        "tag": tag_,
        "state": _state(tag_, day),
        "facts": [
            (_("Number"), tag_.code),
            (pgettext("place", "Area"), names.get(tag_.area_code, tag_.area_code)),
            (_("Why it may not be needed"), tag_.reason),
            (_("Tagged on"), day_words(tag_.tagged_date)),
            (_("Tagged by"), tag_.tagged_by_name),
            (_("Decision"), DECISION_LABELS[tag_.decision]),
            (_("By when"), day_words(tag_.due_date)),
            (_("Done on"), day_words(tag_.done_date)),
        ],
        "form": (form or DecideForm(initial=initial)) if may_act else None,
        "may_finish": may_act and bool(tag_.decision),
        "decide_url": reverse("checklists:tag_act", kwargs={**kwargs, "act": "decide"}),
        "done_url": reverse("checklists:tag_act", kwargs={**kwargs, "act": "done"}),
        "back_url": reverse("checklists:tags", kwargs={"slug": slug}),
    }
    return render(request, "checklists/tag.html", context, status=422 if form is not None else 200)


@page("checklists.view")
def tag(request, slug, code):
    """One red tag; ?print is the sheet to hang on the thing."""
    found = _tag(code)
    if "print" in request.GET:
        name = area_names().get(found.area_code, found.area_code)
        return render(request, "checklists/tag_print.html", {"tag": found, "area": name})
    return _page(request, slug, found)


@require_POST
@page("checklists.run")
def tag_act(request, slug, code, act):
    """Decide what happens to the thing, or say that it is done."""
    found = _tag(code)
    if act not in {"decide", "done"}:
        raise Http404
    at = timezone.now()
    form = DecideForm(request.POST) if act == "decide" else DoneForm(request.POST)
    if not form.is_valid():
        return _page(request, slug, found, form if act == "decide" else DecideForm(request.POST))
    common = {"actor": request.actor, "tag_id": found.pk, "at": at, "version": form.cleaned_data["version"]}
    try:
        if act == "decide":
            decide_tag(
                **common,
                decision=form.cleaned_data["decision"],
                due_date=form.cleaned_data["due_date"],
            )
        else:
            finish_tag(**common, day=local_day(request.enterprise, at))
    except TagRefused as refused:
        form.add_error(refused.field, _("This is before the day it was tagged. Check the day."))
        return _page(request, slug, found, form)
    except (MoveNotAllowed, StaleEdit):
        url = reverse("checklists:tag", kwargs={"slug": slug, "code": code})
        return stale_page(request, story(found, {}, {}, {}), url)
    return see_other("checklists:tag", slug=slug, code=code)

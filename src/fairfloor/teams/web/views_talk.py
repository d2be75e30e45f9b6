"""Shift talks: the form on a phone, the list, and what is made of what was raised."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fairfloor.core.access import Forbidden, page
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.core.ui.worker import CLIENT_ID, posted, wants_json
from fairfloor.teams.labels import ISSUE_LABELS, ISSUE_PAGES, SHIFT_LABELS, TALK_REASONS, TOPIC_LABELS
from fairfloor.teams.models import ShiftTalk, TalkIssue
from fairfloor.teams.selectors_talks import last_talk_of, shifts_heard, talks_with_issues
from fairfloor.teams.services import (
    TalkDiffers,
    TalkRefused,
    TalkWithdrawn,
    may_withdraw,
    raise_issue,
    record_talk,
    withdraw_talk,
)
from fairfloor.teams.web.forms import day_field, words_field
from fairfloor.teams.web.places import departments, page_url, see_other, today
from fairfloor.teams.workflow import IssueKind, Shift, TalkTopic

ISSUE_PERMISSIONS = {
    IssueKind.SUGGESTION: "suggestions.enter",
    IssueKind.HAZARD: "safety.report",
    IssueKind.ACTION: "actions.write",
}


def _people(label, *, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=0,
        max_value=5000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Count who is there.")},
    )


class TalkForm(forms.Form):
    """What a shift leader writes down in two minutes."""

    department_code = forms.ChoiceField(
        label=gettext_lazy("Department"),
        error_messages={"required": gettext_lazy("Choose a department from the list.")},
    )
    shift = forms.ChoiceField(label=gettext_lazy("Shift"), choices=list(SHIFT_LABELS.items()))
    talk_date = day_field(gettext_lazy("Day"))
    leader_name = forms.CharField(label=gettext_lazy("Who led it"), max_length=150, required=False)
    present = _people(gettext_lazy("How many were there"), required=True)
    present_women = _people(gettext_lazy("Of them women"))
    present_men = _people(gettext_lazy("Of them men"))
    issues = forms.CharField(
        label=gettext_lazy("What was raised"),
        required=False,
        max_length=4000,
        help_text=gettext_lazy("One thing on each line. Each can become an idea, a danger or an action."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, departments: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        # The first of a list is nobody's choice: who hurries would write it down for a department that did not meet.
        self.fields["department_code"].choices = [("", _("Choose a department")), *departments.items()]
        for topic, label in TOPIC_LABELS.items():
            self.fields[f"topic_{topic.lower()}"] = forms.BooleanField(label=label, required=False)

    def clean_issues(self) -> list[str]:
        """The lines with words; each short enough to be a title."""
        lines = [line.strip() for line in self.cleaned_data["issues"].splitlines() if line.strip()]
        if any(len(line) > 500 for line in lines):
            raise forms.ValidationError(_("One line is too long. Say it in 500 characters."))
        return lines

    def values(self) -> dict:
        """What the service takes."""
        cleaned = {name: each for name, each in self.cleaned_data.items() if not name.startswith("topic_")}
        topics = [topic for topic in TalkTopic if self.cleaned_data[f"topic_{topic.lower()}"]]
        return {**cleaned, "topics": topics}


def _form_page(request, form: TalkForm, status: int = 200, notice: str = ""):
    if wants_json(request):
        words = [notice, *(str(text) for texts in form.errors.values() for text in texts)]
        return JsonResponse({"message": " ".join(word for word in words if word)}, status=status)
    context = {
        "form": form,
        "topic_fields": [form[f"topic_{topic.lower()}"] for topic in TalkTopic],
        "client_id": uuid4(),
        "notice": notice,
    }
    return render(request, "teams/talk_form.html", context, status=status)


@page("teams.talk")
def talk_new(request, slug):
    """Write a shift talk down; answers a phone's outbox with 201, 200, 409 or 422."""
    known, day = departments(), today(request)
    if request.method != "POST":
        initial = {"talk_date": day, "leader_name": request.actor.name, "shift": Shift.DAY}
        last = last_talk_of(request.actor.user_id)
        initial["department_code"] = request.GET.get("department") or (last.department_code if last else "")
        if last:
            initial["shift"] = last.shift
        return _form_page(request, TalkForm(initial=initial, departments=known))
    sent = posted(request)
    # JSON has no ticks: an empty box is left out, as in a form.
    form = TalkForm(sent, departments=known)
    if not form.is_valid():
        return _form_page(request, form, 422)
    client_id = sent.get("client_id", "")
    if not CLIENT_ID.fullmatch(client_id):
        client_id = str(uuid4())
    try:
        talk, is_new = record_talk(
            actor=request.actor, client_id=client_id, day=day, at=timezone.now(), **form.values()
        )
    except TalkRefused as refused:
        form.add_error(refused.field, TALK_REASONS[refused.code])
        return _form_page(request, form, 422)
    except TalkDiffers:
        notice = _("This talk was sent before with other words. The first ones stay as they are.")
        return _form_page(request, form, 409, notice)
    if wants_json(request):
        url = reverse("teams:talk", kwargs={"slug": slug, "code": talk.code})
        return JsonResponse({"received": True, "url": url}, status=201 if is_new else 200)
    return see_other("teams:talk", slug=slug, code=talk.code)


KEEPER = Path(__file__).parents[1] / "static" / "teams" / "keeper.js"


@require_safe
@page("teams.talk")
def talk_keeper(request, slug):
    """The service worker of the form above. Its address lies below the form's, so that it can serve nothing else."""
    response = HttpResponse(KEEPER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def _listing(slug: str, known: dict[str, str]) -> Listing:
    return Listing(
        columns=[
            Column("day", gettext_lazy("Day"), "talk_date", kind="date", sortable_field="talk_date"),
            Column(
                "department",
                gettext_lazy("Department"),
                lambda row: known.get(row.department_code, row.department_code),
            ),
            Column("shift", gettext_lazy("Shift"), lambda row: SHIFT_LABELS.get(row.shift, row.shift)),
            Column("present", gettext_lazy("Present"), "present", kind="number"),
            Column("leader", gettext_lazy("Who led it"), "leader_name"),
            Column("open", gettext_lazy("Still open"), lambda row: row.open_issues or "", kind="number"),
            Column("state", gettext_lazy("State"), lambda row: _("Withdrawn") if row.withdrawn_date else ""),
        ],
        filters=[
            ChoiceFilter(
                "department",
                gettext_lazy("Department"),
                lambda: known.items(),
                lambda rows, value: rows.filter(department_code=value),
            ),
        ],
        search_fields=["leader_name"],
        default_sort="-day",
        row_url=lambda row: reverse("teams:talk", kwargs={"slug": slug, "code": row.code}),
    )


@page("teams.talk")
def talks(request, slug):
    """All shift talks, and how many shifts met on the days somebody did."""
    context = {"heard": shifts_heard(today(request))}
    listing = _listing(slug, departments())
    return listing_page(
        request, listing, talks_with_issues(), "teams/talks.html", context, file_name="shift-talks"
    )


class WithdrawForm(forms.Form):
    """Why a talk was wrong."""

    reason = words_field(
        gettext_lazy("What was wrong"),
        max_length=300,
        missing=gettext_lazy("Write in a few words what was wrong; it stays in the record."),
    )


@page("teams.talk")
def talk(request, slug, code):
    """One shift talk and what was raised in it."""
    return _talk_page(request, slug, _find(code))


def _find(code: str) -> ShiftTalk:
    found = ShiftTalk.objects.filter(code=code).prefetch_related("issues").first()
    if found is None:
        raise Http404
    return found


def _talk_page(request, slug, found: ShiftTalk, form: WithdrawForm | None = None, note: str = "", status=200):
    issues = sorted(found.issues.all(), key=lambda issue: issue.position)
    topics = [each for each in found.topics.split(";") if each]
    context = {
        "talk": found,
        "department": departments().get(found.department_code, found.department_code),
        "shift": SHIFT_LABELS.get(found.shift, found.shift),
        "topics": _(", ").join(str(TOPIC_LABELS[TalkTopic(each)]) for each in topics),
        "issues": [
            {
                "row": issue,
                "kind": ISSUE_LABELS[IssueKind(issue.result_kind)] if issue.result_code else "",
                "url": page_url(slug, ISSUE_PAGES[IssueKind(issue.result_kind)], issue.result_code)
                if issue.result_code
                else "",
            }
            for issue in issues
        ],
        "may": {kind.value: request.actor.may(need) for kind, need in ISSUE_PERMISSIONS.items()},
        "note": note,
    }
    if found.withdrawn_date is None and may_withdraw(request.actor, found, today(request)):
        context["form"] = form or WithdrawForm()
    return render(request, "teams/talk.html", context, status=status)


@page("teams.talk")
@require_POST
def talk_withdraw(request, slug, code):
    """Take a wrong talk back."""
    found, form = _find(code), WithdrawForm(request.POST)
    if not may_withdraw(request.actor, found, today(request)):
        raise Forbidden("teams.withdraw_talk")
    if not form.is_valid():
        return _talk_page(request, slug, found, form, status=422)
    withdraw_talk(
        actor=request.actor,
        talk_id=found.pk,
        reason=form.cleaned_data["reason"],
        day=today(request),
        at=timezone.now(),
    )
    messages.success(request, _("The talk is withdrawn. It stays in the record and counts no more."))
    return see_other("teams:talk", slug=slug, code=code)


@page("teams.talk")
@require_POST
def talk_issue(request, slug, code, issue_id, kind):
    """Make an idea, a danger or an action of something raised."""
    is_known = TalkIssue.objects.filter(pk=issue_id, talk__code=code).exists()
    if not is_known or not re.fullmatch("suggestion|hazard|action", kind):
        raise Http404
    try:
        raise_issue(
            actor=request.actor,
            issue_id=issue_id,
            kind=IssueKind(kind.upper()),
            day=today(request),
            at=timezone.now(),
        )
    except TalkWithdrawn:
        note = _("This talk was withdrawn meanwhile, so nothing more is made of it.")
        return _talk_page(request, slug, _find(code), note=note, status=409)
    return see_other("teams:talk", slug=slug, code=code)

"""Keeping the register right: translate, correct, withdraw."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, department_names, local_day
from fairfloor.suggestions import services
from fairfloor.suggestions.labels import CHANNEL_LABELS, category_labels, options
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.web.pages import find
from fairfloor.suggestions.web.views_decide import act, words
from fairfloor.suggestions.workflow import may_correct_text

NOT_KNOWN = ("", gettext_lazy("Not known"))


class RegisterForm(forms.Form):
    """The fields of the register, for entering and correcting."""

    text = forms.CharField(
        max_length=4000, label=gettext_lazy("In the writer's words"), widget=forms.Textarea(attrs={"rows": 5})
    )
    title = forms.CharField(max_length=200, required=False, label=gettext_lazy("Title"))
    submitted_date = forms.DateField(
        label=gettext_lazy("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    channel = forms.ChoiceField(label=gettext_lazy("How it came"))
    department_code = forms.ChoiceField(required=False, label=gettext_lazy("Department"))
    category = forms.ChoiceField(required=False, label=gettext_lazy("About"))
    sex = forms.ChoiceField(required=False, label=gettext_lazy("Sex of the writer"))
    level = forms.ChoiceField(required=False, label=gettext_lazy("Level of the writer"))
    proposer_code = forms.CharField(
        max_length=40,
        required=False,
        label=gettext_lazy("Proposed by"),
        help_text=gettext_lazy(
            "The code on the roster, only if the writer wants to be named. Empty: anonymous."
        ),
    )

    def __init__(self, *args, day, language: str, current: Suggestion | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day
        departments, categories = department_names(language), category_labels(language)
        if current and current.department_code not in departments:
            departments[current.department_code] = current.department_code
        if current and current.category not in categories:
            categories[current.category] = current.category
        self.fields["channel"].choices = options(CHANNEL_LABELS, without=() if current else ("QR",))
        self.fields["department_code"].choices = [NOT_KNOWN, *options(departments)]
        self.fields["category"].choices = [NOT_KNOWN, *options(categories)]
        self.fields["sex"].choices = [NOT_KNOWN, *options(SEX_LABELS)]
        self.fields["level"].choices = [NOT_KNOWN, *options(LEVEL_LABELS)]
        self.fields["submitted_date"].widget.attrs["max"] = day.isoformat()
        if current and not may_correct_text(current.channel):
            del self.fields["text"]
            self.fields["channel"].choices = [("QR", CHANNEL_LABELS["QR"])]
        elif current:
            self.fields["channel"].choices = options(CHANNEL_LABELS, without=("QR",))

    def clean_text(self) -> str:
        """Line ends of one kind."""
        return self.cleaned_data["text"].replace("\r\n", "\n").strip()

    def clean_submitted_date(self):
        """No day to come."""
        value = self.cleaned_data["submitted_date"]
        if value > self.day:
            raise forms.ValidationError(
                _("This day is still to come. Write the day on which the idea was given.")
            )
        return value


@page("suggestions.correct")
def correct(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Correct the register; what stood there before stays in the story."""
    suggestion = find(code)
    day = local_day(request.enterprise, timezone.now())
    arguments = {"day": day, "language": get_language() or "en", "current": suggestion}
    status = 200
    if request.method == "POST":
        form = RegisterForm(request.POST, **arguments)
        if form.is_valid():
            done = _("Corrected. The story shows what it was before.")
            return act(request, suggestion, services.correct_suggestion, done, **form.cleaned_data)
        status = 422
    else:
        initial = {name: getattr(suggestion, name) for name in services.CORRECTABLE}
        form = RegisterForm(initial=initial, **arguments)
    return render(
        request,
        "suggestions/suggestion_correct.html",
        {"suggestion": suggestion, "form": form},
        status=status,
    )


@page("suggestions.correct")
def withdraw(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Take a wrong entry out of every count, with the reason; the writer's receipt says so."""
    suggestion = find(code)
    reason, problem = words(request, "reason"), ""
    if request.method == "POST":
        if reason and len(reason) <= 1000:
            done = _("Withdrawn. It is in no count any more; its story stays.")
            return act(request, suggestion, services.withdraw_suggestion, done, reason=reason)
        problem = _("Say in up to 1,000 characters why it is withdrawn.")
    context = {"suggestion": suggestion, "reason": reason, "problem": problem}
    return render(request, "suggestions/suggestion_withdraw.html", context, status=422 if problem else 200)


@page("suggestions.triage")
def translate(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Put a translation beside the writer's words, or change it."""
    suggestion = find(code)
    translation, problem = suggestion.translation, ""
    if request.method == "POST":
        translation = words(request, "translation")
        if len(translation) <= 4000:
            done = _("The translation stands beside the writer's words.")
            return act(request, suggestion, services.translate_suggestion, done, translation=translation)
        problem = _("This is too long. Please shorten it to %(limit)s characters.") % {"limit": 4000}
    context = {"suggestion": suggestion, "translation": translation, "problem": problem}
    return render(request, "suggestions/suggestion_translate.html", context, status=422 if problem else 200)

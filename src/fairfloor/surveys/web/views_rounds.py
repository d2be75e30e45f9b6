"""The rounds of the survey, and opening one."""

from __future__ import annotations

from django import forms
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairfloor.core.access import page
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.core.ui.records import day_field, form_page, see_other
from fairfloor.organisations.public import local_day
from fairfloor.surveys.labels import STATUS_KINDS, STATUS_LABELS
from fairfloor.surveys.models import SurveyRound
from fairfloor.surveys.services import RoundRefused, open_round
from fairfloor.surveys.workflow import Status


class OpenForm(forms.Form):
    """A new round."""

    number = forms.IntegerField(label=gettext_lazy("Number of the round"), min_value=1, max_value=9999)
    opened_date = day_field(gettext_lazy("Begins on"))
    invited = forms.IntegerField(
        label=gettext_lazy("How many people are asked?"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=gettext_lazy("Without it, nobody can say how many of them answered."),
    )


def _listing(slug: str) -> Listing:
    return Listing(
        columns=[
            Column("round", _("Round"), lambda row: _("Round %(number)s") % {"number": row.number}),
            Column("number", _("Number"), "number", "number", sortable_field="number", is_key=False),
            Column(
                "state",
                _("State"),
                lambda row: (STATUS_KINDS[Status(row.status)], STATUS_LABELS[Status(row.status)]),
                "state",
            ),
            Column("opened", _("Began"), "opened_date", "date", sortable_field="opened_date"),
            Column("closed", _("Closed"), "closed_date", "date", sortable_field="closed_date"),
            Column("invited", _("Asked"), "invited", "number"),
            Column("answered", _("Answered"), "answered", "number"),
        ],
        filters=[
            ChoiceFilter(
                "state", _("State"), STATUS_LABELS.items, lambda rows, value: rows.filter(status=value)
            )
        ],
        default_sort="-number",
        row_url=lambda row: reverse("surveys:round", kwargs={"slug": slug, "number": row.number}),
    )


@page("surveys.view")
def round_list(request, slug):
    """All rounds, newest first."""
    may_write = request.actor.may("surveys.write")
    context = {"open_url": reverse("surveys:open", kwargs={"slug": slug}) if may_write else ""}
    rows = SurveyRound.objects.annotate(answered=Count("responses"))
    return listing_page(
        request, _listing(slug), rows, "surveys/round_list.html", context, file_name="survey-rounds"
    )


@page("surveys.write")
def round_open(request, slug):
    """Begin a round."""
    at = timezone.now()
    newest = SurveyRound.objects.order_by("-number").values_list("number", flat=True).first() or 0
    initial = {"number": newest + 1, "opened_date": local_day(request.enterprise, at)}
    form = OpenForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            survey_round = open_round(actor=request.actor, at=at, **form.cleaned_data)
            return see_other("surveys:round", slug=slug, number=survey_round.number)
        except RoundRefused:
            form.add_error("number", _("There is a round with this number already."))
    return form_page(
        request,
        form,
        _("Begin a survey round"),
        back_url=reverse("surveys:list", kwargs={"slug": slug}),
        back_label=_("Surveys"),
        submit_label=_("Begin"),
    )

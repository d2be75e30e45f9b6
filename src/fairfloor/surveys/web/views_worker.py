"""Answering the survey on a phone, without an account."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from fairfloor.content import load as load_content
from fairfloor.content import translate
from fairfloor.core.access import worker_page
from fairfloor.core.limits import count_try
from fairfloor.core.ui.worker import CLIENT_ID, link_renewed, posted, refuse, too_many, wants_json
from fairfloor.organisations.public import Level, Sex, department_names, local_day, worker_link
from fairfloor.surveys.models import SurveyRound
from fairfloor.surveys.selectors import open_round_for_workers
from fairfloor.surveys.services import AnswersDiffer, NoOpenRound, RoundRefused, submit_response
from fairfloor.surveys.workflow import QUESTIONNAIRE

ANSWERS_PER_MINUTE = 600


class AnswerForm(forms.Form):
    """One choice of five for each item, each of which may stay open; then sex, level and place, if one likes."""

    round = forms.IntegerField()
    client_id = forms.CharField(required=False)
    department = forms.ChoiceField(required=False)
    sex = forms.ChoiceField(
        required=False, choices=[("", ""), *((s, s) for s in Sex if s != Sex.NOT_REPORTED)]
    )
    level = forms.ChoiceField(required=False, choices=[("", ""), *((one, one) for one in Level)])
    # People do not see this field; programs that fill in every form do.
    website = forms.CharField(required=False, max_length=0)

    def __init__(self, *args, departments: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = [("", ""), *departments.items()]
        self.questionnaire = load_content().questionnaires[QUESTIONNAIRE]
        for item in self.questionnaire.items:
            self.fields[item.code] = forms.TypedChoiceField(
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", ""), *list(enumerate(self.questionnaire.scale, start=1))],
            )

    def answers(self) -> list[int | None]:
        """The answers in the order of the items."""
        return [self.cleaned_data[item.code] for item in self.questionnaire.items]

    def questions(self) -> list[tuple[str, str, str]]:
        """Code, words in the reader's language and what was chosen, item by item."""
        language = get_language() or "en"
        return [
            (item.code, translate(item.text, language), str(self[item.code].value() or ""))
            for item in self.questionnaire.items
        ]

    def scale(self) -> list[tuple[str, str]]:
        """The five answers: value and words, the best one first."""
        language = get_language() or "en"
        return [
            (str(value), translate(label, language))
            for value, label in reversed(list(enumerate(self.questionnaire.scale, start=1)))
        ]

    def introduction(self) -> str:
        """What the survey says of itself."""
        return translate(self.questionnaire.introduction, get_language() or "en")


def _nobody_asks(request: HttpRequest, token: str) -> HttpResponse:
    message = _("This survey is over. Thank you for wanting to answer; the next one will be announced here.")
    return refuse(
        request, 410, message, "worker/error.html", {"title": _("No survey today"), "home_token": token}
    )


def _form_page(
    request: HttpRequest,
    token: str,
    survey_round: SurveyRound,
    form: AnswerForm,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"message": notice}, status=status)
    context = {"form": form, "token": token, "round": survey_round, "client_id": uuid4(), "notice": notice}
    return render(request, "surveys/worker_survey.html", context, status=status)


@csrf_exempt  # no session stands behind a worker page, so there is nothing a forged form could borrow
@worker_page
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """The questions of the open round; answers 303 to the thanks, or 201, 200 and 409 to a phone's outbox."""
    link = worker_link(token)
    if not link.is_active:
        return link_renewed(request)
    day = local_day(request.enterprise, timezone.now())
    survey_round = open_round_for_workers(day)
    departments = department_names(get_language() or "en")
    if request.method != "POST":
        if survey_round is None:
            return _nobody_asks(request, token)
        form = AnswerForm(initial={"department": link.department_code}, departments=departments)
        return _form_page(request, token, survey_round, form)
    form = AnswerForm(posted(request), departments=departments)
    if count_try("survey", token) > ANSWERS_PER_MINUTE:
        return too_many(request, {"token": token})
    if not form.is_valid():
        if survey_round is None:
            return _nobody_asks(request, token)
        notice = _("Some answers could not be read. Please choose them again.")
        return _form_page(request, token, survey_round, form, 422, notice)
    client_id = form.cleaned_data["client_id"]
    try:
        is_new = submit_response(
            actor=request.actor,
            client_id=client_id if CLIENT_ID.fullmatch(client_id) else str(uuid4()),
            round_number=form.cleaned_data["round"],
            answers=form.answers(),
            department_code=form.cleaned_data["department"],
            sex=form.cleaned_data["sex"],
            level=form.cleaned_data["level"],
            day=day,
        )
    except NoOpenRound:
        return _nobody_asks(request, token)
    except RoundRefused:
        notice = _("Please answer at least one question.")
        return _form_page(request, token, survey_round, form, 422, notice)
    except AnswersDiffer:
        notice = _("Your first answers from this page have arrived and are safe. They count once.")
        return _form_page(request, token, survey_round, form, 409, notice)
    if wants_json(request):
        # No receipt: nothing can be looked up again, so that nobody can be made to show what was answered.
        return JsonResponse({"url": _thanks_url(token)}, status=201 if is_new else 200)
    return HttpResponseRedirect(_thanks_url(token), status=303)


def _thanks_url(token: str) -> str:
    return reverse("worker_surveys:thanks", kwargs={"token": token})


@worker_page
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Say thank you, and when the result can be seen."""
    return render(request, "surveys/worker_thanks.html", {"token": token})

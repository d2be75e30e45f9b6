"""One incident: what happened, why, what was agreed; the sealed details on a page of their own."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.actions.public import actions_about
from fairfloor.core.access import page
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.core.ui.records import day_words, form_page, see_other, stale_page, story
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, department_names, local_day
from fairfloor.safety.incident_labels import (
    CLASS_LABELS,
    FACTOR_LABELS,
    INCIDENT_FIELDS,
    INCIDENT_VERBS,
    KIND_LABELS,
    STAGE_KINDS,
    STAGE_LABELS,
    class_or_kind,
)
from fairfloor.safety.incident_workflow import Stage, may_move
from fairfloor.safety.models import Incident, IncidentHealth, Investigation
from fairfloor.safety.services import incidents as services
from fairfloor.safety.web.forms import ReasonForm, VersionForm
from fairfloor.safety.web.incident_forms import (
    ActionForm,
    AgreeForm,
    CorrectIncidentForm,
    HealthForm,
    InvestigationForm,
)
from fairfloor.safety.web.views_incidents import explain


def _incident(code: str) -> Incident:
    incident = Incident.objects.filter(code=code).select_related("photo").first()
    if incident is None:
        raise Http404
    return incident


def _url(slug: str, code: str) -> str:
    return reverse("safety:incident", kwargs={"slug": slug, "code": code})


def _story(incident: Incident):
    names = department_names(get_language() or "en")
    words = {**KIND_LABELS, **CLASS_LABELS, **LEVEL_LABELS, **SEX_LABELS, **names}
    return story(incident, INCIDENT_VERBS, INCIDENT_FIELDS, words)


def _facts(incident: Incident) -> list[tuple[Any, Any]]:
    names = department_names(get_language() or "en")
    facts = [
        (_("Code"), incident.code),
        (_("Happened on"), day_words(incident.incident_date)),
        (_("Hour"), "" if incident.hour is None else f"{incident.hour}:00"),
        (_("Department"), names.get(incident.department_code, incident.department_code)),
        (_("Place"), incident.place),
        (_("Job"), incident.job),
    ]
    if incident.injury_class:
        facts += [
            (_("Sex of who was hurt"), SEX_LABELS.get(incident.sex, incident.sex)),
            (_("Level of who was hurt"), LEVEL_LABELS.get(incident.level, incident.level)),
            (_("Days lost"), "" if incident.days_lost is None else str(incident.days_lost)),
        ]
    if incident.reason:
        facts.append((_("Reason"), incident.reason))
    return facts


def _acts() -> dict[str, tuple[Stage | None, type, str, str]]:
    return {
        "action": (None, ActionForm, _("Add an action"), _("Who does what, and by when?")),
        "agree": (Stage.AGREED, AgreeForm, _("The actions are agreed"), _("Nothing more is to be added.")),
        "close": (Stage.CLOSED, VersionForm, _("Close it"), _("Everything agreed is done.")),
        "review": (
            None,
            VersionForm,
            _("Look at the job's risks again"),
            _("Asks for a fresh look at the risks of this job, or of all jobs of the department."),
        ),
        "withdraw": (
            Stage.WITHDRAWN,
            ReasonForm,
            _("Withdraw a wrong entry"),
            _("It then counts nowhere and stays to be seen."),
        ),
    }


def _is_open(act: str, new: Stage | None, incident: Incident, actor) -> bool:
    if act == "withdraw" and not actor.may("safety.correct"):
        return False
    if act == "action":
        return incident.status in {Stage.INVESTIGATED, Stage.AGREED}
    if act == "review":
        return incident.status != Stage.WITHDRAWN and bool(incident.job or incident.department_code)
    return new is not None and may_move(incident.status, new)


def _render(request, slug: str, incident: Incident, bound: dict[str, Any] | None = None, status: int = 200):
    day = local_day(request.enterprise, timezone.now())
    kwargs = {"slug": slug, "code": incident.code}
    acts = []
    if request.actor.may("safety.write"):
        for act, (new, form_class, label, lead) in _acts().items():
            if not _is_open(act, new, incident, request.actor):
                continue
            form = (bound or {}).get(act) or form_class(
                day=day, initial={"version": incident.version, "due_date": day}, prefix=act
            )
            url = reverse("safety:incident_act", kwargs={**kwargs, "act": act})
            acts.append(
                {
                    "name": act,
                    "form": form,
                    "label": label,
                    "lead": lead,
                    "url": url,
                    "is_open": form.is_bound,
                }
            )
    investigation = Investigation.objects.filter(incident=incident).prefetch_related("members").first()
    may_investigate = request.actor.may("safety.write") and may_move(incident.status, Stage.INVESTIGATED)
    context = {
        "incident": incident,
        "title": class_or_kind(incident.kind, incident.injury_class),
        "state": (STAGE_KINDS[Stage(incident.status)], STAGE_LABELS[Stage(incident.status)]),
        "facts": _facts(incident),
        "story": _story(incident),
        "whys": [w for w in (getattr(investigation, f"why_{n}", "") for n in range(1, 6)) if w],
        "factors": [str(FACTOR_LABELS.get(each, each)) for each in investigation.factors.split(";") if each]
        if investigation
        else [],
        "held": day_words(investigation.held_date) if investigation else "",
        "took_part": [
            " · ".join(
                str(word) for word in (LEVEL_LABELS.get(m.level, ""), SEX_LABELS.get(m.sex, "")) if word
            )
            for m in investigation.members.all()
        ]
        if investigation
        else [],
        "actions": actions_about(services.FEATURE, incident.code),
        "acts": acts,
        "photo": {
            "url": reverse("stored_file", kwargs={"slug": slug, "file_id": incident.photo_id}),
            "alt": _("The place as it was"),
        }
        if incident.photo_id
        else None,
        "back_url": reverse("safety:incidents", kwargs={"slug": slug}),
        "investigate_url": reverse("safety:incident_investigate", kwargs=kwargs) if may_investigate else "",
        "correct_url": reverse("safety:incident_correct", kwargs=kwargs)
        if request.actor.may("safety.correct") and incident.status != Stage.WITHDRAWN
        else "",
        "health_url": reverse("safety:incident_health", kwargs=kwargs)
        if request.actor.may("safety.see_health") and incident.injury_class
        else "",
        "hazard_url": reverse("safety:hazard", kwargs={"slug": slug, "code": incident.hazard_code})
        if incident.hazard_code
        else "",
    }
    return render(request, "safety/incident_detail.html", context, status=status)


@page("safety.view_incidents")
def incident_detail(request, slug, code):
    """One incident."""
    return _render(request, slug, _incident(code))


def _call(request, incident: Incident, act: str, values: dict[str, Any], at, day) -> None:
    common: dict[str, Any] = {"actor": request.actor, "incident_id": incident.pk, "at": at}
    if act == "action":
        services.add_incident_action(**common, day=day, **values)
    elif act == "review":
        services.ask_for_review(**common, day=day)
    else:
        common["version"] = values["version"]
        if act == "close":
            services.close_incident(**common)
        else:
            verb = services.agree_actions if act == "agree" else services.withdraw_incident
            verb(**common, reason=values["reason"])


@require_POST
@page("safety.write")
def incident_act(request, slug, code, act):
    """Add an action, agree, close, ask for a review, withdraw."""
    incident = _incident(code)
    acts = _acts()
    if act not in acts:
        raise Http404
    at = timezone.now()
    day = local_day(request.enterprise, at)
    form = acts[act][1](request.POST, day=day, prefix=act)
    if form.is_valid():
        try:
            _call(request, incident, act, form.cleaned_data, at, day)
            return see_other("safety:incident", slug=slug, code=code)
        except (StaleEdit, MoveNotAllowed):
            return stale_page(request, _story(incident), _url(slug, code))
        except services.IncidentRefused as refused:
            explain(form, refused)
    return _render(request, slug, incident, {act: form}, status=422)


@page("safety.write")
def incident_investigate(request, slug, code):
    """Why it happened, and who looked into it."""
    incident = _incident(code)
    at = timezone.now()
    day = local_day(request.enterprise, at)
    known = Investigation.objects.filter(incident=incident).first()
    initial: dict[str, Any] = {"version": incident.version, "held_date": day}
    if known:
        members = list(known.members.all())
        initial |= {f"why_{n}": getattr(known, f"why_{n}") for n in range(1, 6)}
        initial |= {"held_date": known.held_date, "factors": known.factors.split(";")}
        initial["participants"] = "\n".join(m.worker_code for m in members if m.worker_code)
    form = InvestigationForm(request.POST or None, day=day, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            services.investigate_incident(
                actor=request.actor,
                incident_id=incident.pk,
                held_date=values["held_date"],
                whys=[values[f"why_{n}"] for n in range(1, 6)],
                participants=form.everybody(),
                factors=values["factors"],
                day=day,
                at=at,
                version=values["version"],
            )
            return see_other("safety:incident", slug=slug, code=code)
        except (StaleEdit, MoveNotAllowed):
            return stale_page(request, _story(incident), _url(slug, code))
        except services.IncidentRefused as refused:
            explain(form, refused)
    return form_page(
        request,
        form,
        _("Look into it"),
        back_url=_url(slug, code),
        back_label=incident.code,
        submit_label=_("Save it"),
        lead=_(
            "Ask why until you reach something that can be changed. Look for causes, never for the guilty."
        ),
    )


@page("safety.correct")
def incident_correct(request, slug, code):
    """Correct what was written down."""
    incident = _incident(code)
    at = timezone.now()
    day = local_day(request.enterprise, at)
    initial = {name: getattr(incident, name) for name in (*services.CORRECTABLE, "version")}
    form = CorrectIncidentForm(request.POST or None, day=day, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            services.correct_incident(
                actor=request.actor, incident_id=incident.pk, values=values, day=day, at=at, version=version
            )
            return see_other("safety:incident", slug=slug, code=code)
        except StaleEdit:
            return stale_page(request, _story(incident), _url(slug, code))
        except services.IncidentRefused as refused:
            explain(form, refused)
    return form_page(
        request,
        form,
        _("Correct the incident"),
        back_url=_url(slug, code),
        back_label=incident.code,
        submit_label=_("Save the correction"),
        lead=_("What was written before stays in its story."),
    )


@page("safety.see_health")
def incident_health(request, slug, code):
    """The sealed details: for the safety officer and the HR focal person alone."""
    incident = _incident(code)
    if not incident.injury_class:
        raise Http404
    at = timezone.now()
    health = IncidentHealth.objects.filter(incident=incident).first()
    names = (*services.HEALTH_FIELDS, "version")
    initial = {name: getattr(health, name) for name in names} if health else {}
    form = HealthForm(request.POST or None, day=local_day(request.enterprise, at), initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            services.write_health(
                actor=request.actor, incident_id=incident.pk, values=values, at=at, version=version or 0
            )
            return see_other("safety:incident", slug=slug, code=code)
        except StaleEdit:
            return stale_page(request, _story(incident), _url(slug, code))
        except services.IncidentRefused as refused:
            explain(form, refused)
    return form_page(
        request,
        form,
        _("Sealed details"),
        back_url=_url(slug, code),
        back_label=incident.code,
        submit_label=_("Save it"),
        notes=[("info", _("Only the safety officer and the HR focal person can open this page."))],
    )

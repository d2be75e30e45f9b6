"""One hazard: its story, its facts, and what can be done now."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.conversations.public import attachments_of, messages_of
from fairfloor.core.access import Actor, page
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.core.files import FileRefused, kept_only_with, store_photo
from fairfloor.core.ui.records import Entry, day_words, form_page, see_other, stale_page, story
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, department_names, local_day
from fairfloor.safety import services
from fairfloor.safety.labels import (
    ANSWER_DRAFTS,
    BAND_KINDS,
    BAND_LABELS,
    CHANNEL_LABELS,
    CONTROL_LABELS,
    FIELD_LABELS,
    STATUS_KINDS,
    STATUS_LABELS,
    VERB_LABELS,
    category_label,
    code_words,
    hazard_words,
)
from fairfloor.safety.models import Hazard
from fairfloor.safety.recurrence import earlier_ones
from fairfloor.safety.web.forms import (
    AssignForm,
    CorrectHazardForm,
    FixForm,
    ReasonForm,
    TriageForm,
    VersionForm,
)
from fairfloor.safety.workflow import (
    UNFIXED,
    Channel,
    FinderWord,
    Status,
    hazard_rating,
    may_move,
    rests_on_ppe,
)


def find_hazard(code: str) -> Hazard:
    hazard = (
        Hazard.objects.filter(code=code)
        .select_related("photo", "photo_after", "recurrence_of", "conversation")
        .first()
    )
    if hazard is None:
        raise Http404
    return hazard


def _url(slug: str, code: str) -> str:
    return reverse("safety:hazard", kwargs={"slug": slug, "code": code})


def hazard_story(hazard: Hazard, names: dict[str, str]) -> list[Entry]:
    """What happened to a hazard, in words."""
    words = {**code_words(), **LEVEL_LABELS, **SEX_LABELS, **names}
    return story(hazard, VERB_LABELS, FIELD_LABELS, words)


# The steps a person can take: address part → (status it leads to, form, button, explanation).
def _acts() -> dict[str, tuple[Status, type, str, str]]:
    return {
        "triage": (
            Status.TRIAGED,
            TriageForm,
            _("Rate it"),
            _("By when it is to be fixed follows from the rating."),
        ),
        "assign": (Status.ASSIGNED, AssignForm, _("Give it to somebody"), _("Who fixes it, and by when?")),
        "fix": (Status.FIXED, FixForm, _("It is fixed"), _("Say what was done.")),
        "verify": (
            Status.VERIFIED,
            VersionForm,
            _("I looked, it holds"),
            _("Somebody else than who fixed it looks."),
        ),
        "close": (Status.CLOSED, VersionForm, _("Close it"), _("Nothing more is to be done.")),
        "escalate": (
            Status.ESCALATED,
            ReasonForm,
            _("Hand it to management"),
            _("What is needed from them?"),
        ),
        "reject": (
            Status.REJECTED,
            ReasonForm,
            _("It is no hazard"),
            _("Say why; whoever found it can read it."),
        ),
        "withdraw": (
            Status.WITHDRAWN,
            ReasonForm,
            _("Withdraw a wrong entry"),
            _("It then counts nowhere and stays to be seen."),
        ),
    }


def _call(request, hazard: Hazard, act: str, values: dict[str, Any], at) -> None:
    """The one service call behind a step."""
    common = {"actor": request.actor, "hazard_id": hazard.pk, "at": at, "version": values["version"]}
    if act == "triage":
        names = ("likelihood", "severity", "category")
        services.triage_hazard(**common, **{name: values[name] for name in names})
    elif act == "assign":
        names = ("responsible_name", "due_date", "likelihood", "severity")
        services.assign_hazard(**common, **{name: values[name] for name in names})
    elif act == "fix":
        stored = store_photo(values["photo"], permission="safety.view") if values["photo"] else None
        with kept_only_with(stored):
            services.fix_hazard(
                **common,
                control_type=values["control_type"],
                control=values["control"],
                day=values["fixed_date"],
                photo_id=stored.pk if stored else None,
            )
    elif act == "verify":
        services.verify_hazard(**common)
    elif act == "close":
        services.close_hazard(**common, day=local_day(request.enterprise, at))
    else:
        verb = {
            "reject": services.reject_hazard,
            "escalate": services.escalate_hazard,
            "withdraw": services.withdraw_hazard,
        }[act]
        verb(**common, reason=values["reason"])


def _photo(slug: str, stored, alt: str, caption: str = "") -> dict[str, str] | None:
    if stored is None:
        return None
    return {
        "url": reverse("stored_file", kwargs={"slug": slug, "file_id": stored.pk}),
        "alt": alt,
        "caption": caption,
    }


# Where the page of what a hazard came from is, and who may open it.
SOURCE_PAGES = {
    Channel.MEETING: ("teams:meeting_by_code", "teams.view"),
    Channel.SUGGESTION: ("suggestions:detail", "suggestions.view"),
    Channel.WALK_ROUND: ("checklists:round", "checklists.view"),
}


def _source(hazard: Hazard, slug: str, actor: Actor) -> dict[str, Any]:
    """How a hazard reached the list, with a link back to what it came from."""
    words = CHANNEL_LABELS.get(hazard.channel, "") or "–"
    if not hazard.source_code:
        return {"label": _("How it was reported"), "value": words}
    url = ""
    name, permission = SOURCE_PAGES.get(hazard.channel, ("", ""))
    if name and actor.may(permission):
        try:
            url = reverse(name, kwargs={"slug": slug, "code": hazard.source_code})
        except NoReverseMatch:  # a code of another shape, from a file
            url = ""
    return {"label": _("How it was reported"), "value": f"{words} · {hazard.source_code}", "url": url}


def _facts(hazard: Hazard, names: dict[str, str], slug: str, actor: Actor, may_see_finder: bool) -> list[Any]:
    rating = hazard_rating(hazard.likelihood, hazard.severity)
    facts = [
        (_("Code"), hazard.code),
        (_("Department"), names.get(hazard.department_code, hazard.department_code)),
        (_("Kind"), category_label(hazard.category)),
        (
            _("Rating"),
            _("%(score)s = likelihood %(likelihood)s × severity %(severity)s")
            % {"score": rating.score, "likelihood": hazard.likelihood, "severity": hazard.severity}
            if rating
            else "",
        ),
        (_("Found on"), day_words(hazard.found_date)),
        (_("To be fixed by"), day_words(hazard.due_date)),
        (_("Fixed on"), day_words(hazard.fixed_date)),
        (_("Who fixes it"), hazard.responsible_name),
        (_("Kind of measure"), CONTROL_LABELS.get(hazard.control_type, "")),
        (_("What was done"), hazard.control),
    ]
    facts.append(_source(hazard, slug, actor))
    if hazard.closed_date:
        facts.append((_("Closed on"), day_words(hazard.closed_date)))
    if hazard.finder_word:
        gone = hazard.finder_word == FinderWord.GONE
        facts.append((_("The finder says"), _("It is gone") if gone else _("It is still there")))
    if hazard.reason:
        facts.append((_("Reason"), hazard.reason))
    if may_see_finder:
        facts.append((_("Found by"), LEVEL_LABELS.get(hazard.level, hazard.level)))
    return facts


def hazard_page(
    request,
    slug: str,
    hazard: Hazard,
    bound: dict[str, Any] | None = None,
    status: int = 200,
    problem: str = "",
    written: str = "",
):
    """The page of a hazard, with the form of a step, or what was answered, that needs attention."""
    day = local_day(request.enterprise, timezone.now())
    names = department_names(get_language() or "en")
    may_see_finder = request.actor.may("safety.view_finder")
    rating = hazard_rating(hazard.likelihood, hazard.severity)
    # What workers wrote and sent is in no grant.
    is_open = hazard.conversation_id is not None and may_see_finder
    attachments = attachments_of(hazard.conversation_id) if is_open else []
    # The worker's own photo is the picture before, where staff took none.
    photos = [each for each in attachments if each.kind == "PHOTO"]
    sent = photos[0].stored if photos and hazard.photo is None else None
    attachments = [each for each in attachments if sent is None or each.stored_id != sent.pk]
    acts = []
    if request.actor.may("safety.write"):
        initial = {
            "version": hazard.version,
            "due_date": hazard.due_date,
            "fixed_date": day,
            "responsible_name": hazard.responsible_name,
            "likelihood": hazard.likelihood,
            "severity": hazard.severity,
            "category": hazard.category,
        }
        for act, (new, form_class, label, lead) in _acts().items():
            is_own_fix = act == "verify" and hazard.fixed_by_user_id == request.actor.user_id
            if not may_move(hazard.status, new) or (act == "verify" and is_own_fix):
                continue
            if act == "triage" and hazard.status != Status.OPEN:
                continue
            if act == "withdraw" and not request.actor.may("safety.correct"):
                continue
            form = (bound or {}).get(act) or form_class(day=day, initial=initial, prefix=act)
            url = reverse("safety:hazard_act", kwargs={"slug": slug, "code": hazard.code, "act": act})
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
    context = {
        "hazard": hazard,
        "words": hazard_words(hazard, may_see_finder),
        "state": (STATUS_KINDS[Status(hazard.status)], STATUS_LABELS[Status(hazard.status)]),
        "risk": (BAND_KINDS[rating.band], BAND_LABELS[rating.band]) if rating else None,
        "is_late": hazard.status in UNFIXED and hazard.due_date is not None and hazard.due_date < day,
        "rests_on_ppe": rests_on_ppe(rating, hazard.control_type),
        "facts": _facts(hazard, names, slug, request.actor, may_see_finder),
        "story": hazard_story(hazard, names) if may_see_finder else [],
        "is_urgent": hazard.is_urgent and hazard.status in UNFIXED,
        "must_stop": hazard.status in UNFIXED and rating is not None and rating.band == "CRITICAL",
        "is_own_fix": hazard.status == Status.FIXED
        and request.actor.user_id is not None
        and hazard.fixed_by_user_id == request.actor.user_id,
        "earlier": hazard.recurrence_of,
        "earlier_words": hazard_words(hazard.recurrence_of, may_see_finder) if hazard.recurrence_of else "",
        "alike": earlier_ones(hazard) if request.actor.may("safety.write") else [],
        "attachments": attachments,
        "thread": messages_of(hazard.conversation_id) if is_open else [],
        "may_answer": bool(hazard.conversation_id) and request.actor.may("safety.write"),
        "drafts": ANSWER_DRAFTS,
        "problem": problem,
        "written": written,
        "before": _photo(slug, hazard.photo or sent, _("The hazard as it was found")),
        "after": _photo(slug, hazard.photo_after, _("The place after the fix")),
        "acts": acts,
        "back_url": reverse("safety:hazards", kwargs={"slug": slug}),
        "project_url": f"{reverse('projects:new', kwargs={'slug': slug})}?hazard={hazard.code}"
        if request.actor.may("projects.write") and hazard.status in UNFIXED
        else "",
        "near_miss_url": reverse("safety:near_miss_from_hazard", kwargs={"slug": slug, "code": hazard.code})
        if request.actor.may("safety.write") and hazard.status != Status.WITHDRAWN
        else "",
        "correct_url": reverse("safety:hazard_correct", kwargs={"slug": slug, "code": hazard.code})
        if request.actor.may("safety.correct") and hazard.status != Status.WITHDRAWN
        else "",
    }
    return render(request, "safety/hazard_detail.html", context, status=status)


@page("safety.view")
def hazard_detail(request, slug, code):
    """One hazard."""
    return hazard_page(request, slug, find_hazard(code))


@require_POST
@page("safety.write")
def hazard_act(request, slug, code, act):
    """Take one step with a hazard: assign, fix, verify, close, escalate, reject or withdraw it."""
    hazard = find_hazard(code)
    acts = _acts()
    if act not in acts:
        raise Http404
    at = timezone.now()
    form = acts[act][1](request.POST, request.FILES, day=local_day(request.enterprise, at), prefix=act)
    status = 422
    if form.is_valid():
        try:
            _call(request, hazard, act, form.cleaned_data, at)
            return see_other("safety:hazard", slug=slug, code=code)
        except (StaleEdit, MoveNotAllowed):
            names = department_names(get_language() or "en")
            return stale_page(request, hazard_story(hazard, names), _url(slug, code))
        except FileRefused as refused:
            form.add_error("photo", refused.message())
            status = refused.status
        except services.SelfVerification:
            form.add_error(None, _("You recorded this fix. Ask somebody else to look at it."))
        except services.HazardRefused as refused:
            form.add_error(
                refused.field if refused.field in form.fields else None,
                _("It was fixed before it was found. Check the day.")
                if refused.code == "BEFORE"
                else _("Look at this once more: it does not fit what is recorded."),
            )
    return hazard_page(request, slug, hazard, {act: form}, status=status)


@page("safety.correct")
def hazard_correct(request, slug, code):
    """Correct what was written down about a hazard."""
    hazard = find_hazard(code)
    at = timezone.now()
    day = local_day(request.enterprise, at)
    initial = {name: getattr(hazard, name) for name in (*services.CORRECTABLE, "version")}
    form = CorrectHazardForm(request.POST or None, day=day, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            services.correct_hazard(
                actor=request.actor, hazard_id=hazard.pk, values=values, at=at, version=version
            )
            return see_other("safety:hazard", slug=slug, code=code)
        except StaleEdit:
            names = department_names(get_language() or "en")
            return stale_page(request, hazard_story(hazard, names), _url(slug, code))
        except services.HazardRefused as refused:
            form.add_error(
                refused.field,
                _("It was fixed before it was found. Check the day.")
                if refused.code == "BEFORE"
                else _("This hazard counts as fixed, so it needs the day on which it was fixed."),
            )
    return form_page(
        request,
        form,
        _("Correct hazard %(code)s") % {"code": code},
        back_url=_url(slug, code),
        back_label=code,
        submit_label=_("Save the correction"),
        lead=_("What was written before stays in its story."),
    )

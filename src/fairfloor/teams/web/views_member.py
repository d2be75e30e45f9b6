"""One person in the teams: terms, attendance, joining, leaving."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, Worker
from fairfloor.teams.labels import ROLE_LABELS, SHIFT_LABELS
from fairfloor.teams.models import TeamMember
from fairfloor.teams.selectors import names_for, terms_of
from fairfloor.teams.services import (
    AttendedAfter,
    TermEndsBefore,
    TermInUse,
    TermOverlaps,
    add_member,
    correct_member,
    end_member_term,
    remove_member,
)
from fairfloor.teams.web.forms import EndForm, MemberForm, RemoveForm, TermForm
from fairfloor.teams.web.places import changed_by, departments, see_other, story, team_choices, today

ROSTER_LIMIT = 1000


def _explain(form, problem: Exception) -> None:
    """Say beside the right field what stands in the way."""
    if isinstance(problem, TermOverlaps):
        form.add_error("from_date", _("This person is in the team already on some of these days."))
    elif isinstance(problem, TermEndsBefore):
        form.add_error("to_date", _("The last day lies before the first. Choose a later one."))
    elif isinstance(problem, AttendedAfter):
        numbers = ", ".join(str(number) for number in problem.numbers)
        form.add_error(
            "to_date",
            _("This person was at meeting %(numbers)s outside these days. Correct the meeting first.")
            % {"numbers": numbers},
        )
    elif isinstance(problem, TermInUse):
        numbers = ", ".join(str(number) for number in problem.numbers)
        form.add_error(
            None,
            _("Meeting %(numbers)s lists this person as a member. End the term instead.")
            % {"numbers": numbers}
            if numbers
            else _("This person has passed a post on or taken one over. End the term instead."),
        )


def _load(code: str, term_id: int) -> TeamMember:
    found = TeamMember.objects.filter(pk=term_id, member_code=code).select_related("team").first()
    if found is None:
        raise Http404
    return found


def _member_page(request, slug, code, *, end_form=None, remove_form=None, touched=None, status=200):
    terms = terms_of(code)
    if not terms:
        raise Http404
    day, names = today(request), departments()
    lines = []
    for row in terms:
        is_running = row.to_date is None
        bound = row.pk == touched
        form = (bound and end_form) or EndForm(initial={"to_date": day, "version": row.version})
        removal = (bound and remove_form) or RemoveForm(initial={"version": row.version})
        lines.append(
            {
                "row": row,
                "role": ROLE_LABELS.get(row.role, row.role),
                "department": names.get(row.department_code, row.department_code),
                "level": LEVEL_LABELS.get(row.level, row.level),
                "shift": SHIFT_LABELS.get(row.shift, row.shift),
                "form": form if is_running else None,
                # A meeting that lists the person says that the term was no mistake.
                "removal": removal if removal.is_bound or not row.meetings else None,
            }
        )
    context = {
        "code": code,
        "name": names_for(request.actor, terms)[code],
        "sex": SEX_LABELS.get(terms[0].sex, terms[0].sex),
        "terms": lines,
        "story": [entry for row in terms for entry in story(row)],
        "may_manage": request.actor.may("teams.manage"),
    }
    return render(request, "teams/member.html", context, status=status)


@page("teams.view")
def member(request, slug, code):
    """One person in the teams."""
    return _member_page(request, slug, code)


def _on_roster(form: MemberForm) -> bool:
    """Take a code in any case, or a name only one person has; a slip of the pen makes no member nobody knows.

    A factory without a roster may write any code.
    """
    written = form.cleaned_data["member_code"]
    found = list(Worker.objects.filter(code__iexact=written).values_list("code", flat=True)[:2])
    if len(found) > 1:
        found = [code for code in found if code == written]
    found = found or list(Worker.objects.filter(name__iexact=written).values_list("code", flat=True)[:2])
    if len(found) == 1:
        form.cleaned_data["member_code"] = found[0]
    elif found or Worker.objects.exists():
        form.add_error(
            "member_code",
            _("Several people have this name. Write the code of the one you mean.")
            if found
            else _("Nobody on the roster is called so. Choose from the list, or add the person to it first."),
        )
        return False
    return True


@page("teams.manage")
def member_add(request, slug):
    """Let a person into a team."""
    teams = team_choices()
    if not teams:
        return see_other("teams:create", slug=slug)
    form = MemberForm(
        request.POST or None, teams=teams, departments=departments(), initial={"from_date": today(request)}
    )
    if request.method == "POST" and form.is_valid() and _on_roster(form):
        try:
            added = add_member(actor=request.actor, at=timezone.now(), **form.cleaned_data)
        except (TermOverlaps, TermEndsBefore) as problem:
            _explain(form, problem)
        else:
            messages.success(request, _("Welcome to the team."))
            return see_other("teams:member", slug=slug, code=added.member_code)
    context = {
        "form": form,
        "heading": _("Add a member"),
        "submit": _("Add to the team"),
        "back_url": reverse("teams:team", kwargs={"slug": slug}),
        "roster": Worker.objects.order_by("code", "id").values_list("code", "name")[:ROSTER_LIMIT],
    }
    return render(request, "teams/form.html", context, status=422 if request.method == "POST" else 200)


@page("teams.manage")
@require_POST
def term_end(request, slug, code, term_id):
    """End a term."""
    term = _load(code, term_id)
    form = EndForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            end_member_term(
                actor=request.actor,
                member_id=term.pk,
                to_date=form.cleaned_data["to_date"],
                at=timezone.now(),
                version=form.cleaned_data["version"],
            )
        except (TermEndsBefore, AttendedAfter) as problem:
            _explain(form, problem)
        except StaleEdit:
            form.add_error(None, _stale(term))
            status = 409
        else:
            messages.success(request, _("The term has its last day. Thank the person for the work."))
            return see_other("teams:member", slug=slug, code=code)
    return _member_page(request, slug, code, end_form=form, touched=term.pk, status=status)


@page("teams.manage")
@require_POST
def term_remove(request, slug, code, term_id):
    """Take away a term entered by mistake."""
    term = _load(code, term_id)
    form = RemoveForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            remove_member(
                actor=request.actor,
                member_id=term.pk,
                at=timezone.now(),
                version=form.cleaned_data["version"],
            )
        except TermInUse as problem:
            _explain(form, problem)
        except StaleEdit:
            form.add_error(None, _stale(term))
            status = 409
        else:
            messages.success(request, _("The entry was removed."))
            return see_other("teams:team", slug=slug)
    return _member_page(request, slug, code, remove_form=form, touched=term.pk, status=status)


def _stale(term: TeamMember) -> str:
    return _("%(name)s changed this since you opened it. Look at it as it is now, then try again.") % {
        "name": changed_by(term) or _("Somebody")
    }


@page("teams.manage")
def term_correct(request, slug, code, term_id):
    """Put a term right."""
    term = _load(code, term_id)
    names = ("role", "sex", "level", "department_code", "shift", "from_date", "to_date", "version")
    known = departments()
    if term.department_code:
        known.setdefault(term.department_code, term.department_code)
    form = TermForm(
        request.POST or None, departments=known, initial={name: getattr(term, name) for name in names}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                correct_member(actor=request.actor, member_id=term.pk, at=timezone.now(), **form.cleaned_data)
            except (TermEndsBefore, TermOverlaps, AttendedAfter) as problem:
                _explain(form, problem)
            except StaleEdit:
                form.add_error(None, _stale(term))
                status = 409
            else:
                return see_other("teams:member", slug=slug, code=code)
    context = {
        "form": form,
        "heading": _("Correct a term of %(name)s") % {"name": names_for(request.actor, [term])[code]},
        "submit": _("Save"),
        "back_url": reverse("teams:member", kwargs={"slug": slug, "code": code}),
    }
    return render(request, "teams/form.html", context, status=status)

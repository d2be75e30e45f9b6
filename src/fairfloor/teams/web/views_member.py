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
        form.add_error(
            "to_date",
            _("This person was at meeting %(numbers)s outside these days. Correct the meeting first.")
            % {"numbers": problem},
        )
    elif isinstance(problem, TermInUse) and problem.numbers:
        form.add_error(
            None,
            _("Meeting %(numbers)s lists this person as a member. End the term instead.")
            % {"numbers": problem},
        )
    elif isinstance(problem, TermInUse):
        form.add_error(None, _("This person has passed a post on or taken one over. End the term instead."))


def _load(code: str, term_id: int) -> TeamMember:
    found = TeamMember.objects.filter(pk=term_id, member_code=code).select_related("team").first()
    if found is None:
        raise Http404
    return found


def _change(request, term: TeamMember, form, verb) -> int:
    """Do to a term what its form says: 303 when it is done, or the status with which the form says why not."""
    if not form.is_valid():
        return 422
    try:
        verb(actor=request.actor, member_id=term.pk, at=timezone.now(), **form.cleaned_data)
    except (TermEndsBefore, TermOverlaps, AttendedAfter, TermInUse) as problem:
        _explain(form, problem)
        return 422
    except StaleEdit:
        stale = _("%(name)s changed this since you opened it. Look at it as it is now, then try again.")
        form.add_error(None, stale % {"name": changed_by(term) or _("Somebody")})
        return 409
    return 303


def _member_page(request, slug, code, *, term_id=None, refused=None, status=200):
    """The page of a person; ``refused`` is the form of the term ``term_id`` that says why it was not done."""
    terms = terms_of(code)
    if not terms:
        raise Http404
    day, names = today(request), departments()
    lines = []
    for row in terms:
        forms = {
            kind: kind(initial={"to_date": day, "version": row.version}) for kind in (EndForm, RemoveForm)
        }
        if row.pk == term_id:
            forms[type(refused)] = refused
        removal = forms[RemoveForm]
        lines.append(
            {
                "row": row,
                "role": ROLE_LABELS.get(row.role, row.role),
                "department": names.get(row.department_code, row.department_code),
                "level": LEVEL_LABELS.get(row.level, row.level),
                "shift": SHIFT_LABELS.get(row.shift, row.shift),
                "form": forms[EndForm] if row.to_date is None else None,
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
    term, form = _load(code, term_id), EndForm(request.POST)
    status = _change(request, term, form, end_member_term)
    if status != 303:
        return _member_page(request, slug, code, term_id=term.pk, refused=form, status=status)
    messages.success(request, _("The term has its last day. Thank the person for the work."))
    return see_other("teams:member", slug=slug, code=code)


@page("teams.manage")
@require_POST
def term_remove(request, slug, code, term_id):
    """Take away a term entered by mistake."""
    term, form = _load(code, term_id), RemoveForm(request.POST)
    status = _change(request, term, form, remove_member)
    if status != 303:
        return _member_page(request, slug, code, term_id=term.pk, refused=form, status=status)
    messages.success(request, _("The entry was removed."))
    return see_other("teams:team", slug=slug)


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
    status = _change(request, term, form, correct_member) if request.method == "POST" else 200
    if status == 303:
        return see_other("teams:member", slug=slug, code=code)
    context = {
        "form": form,
        "heading": _("Correct a term of %(name)s") % {"name": names_for(request.actor, [term])[code]},
        "submit": _("Save"),
        "back_url": reverse("teams:member", kwargs={"slug": slug, "code": code}),
    }
    return render(request, "teams/form.html", context, status=status)

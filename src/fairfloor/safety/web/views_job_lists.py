"""From a hazard list to a register: choose a job, untick what does not apply, done. And the factory's own lists."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fairfloor.core.access import page
from fairfloor.core.ui.records import form_page, see_other
from fairfloor.measure.risk import MATRIX, rate
from fairfloor.organisations.public import local_day
from fairfloor.safety import services
from fairfloor.safety.job_selectors import HazardList, ListLine, hazard_list, own_lists, pack_lists
from fairfloor.safety.labels import CONTROL_LABELS
from fairfloor.safety.models import OwnHazard
from fairfloor.safety.web.job_forms import OwnHazardForm
from fairfloor.safety.web.pick_form import PickForm
from fairfloor.safety.workflow import level_of, suggested_values


def _url(name: str, slug: str, **kwargs) -> str:
    return reverse(f"safety:{name}", kwargs={"slug": slug, **kwargs})


@page("safety.write")
def hazard_lists(request, slug):
    """All hazard lists: the packs by branch, and the factory's own."""
    groups = [
        (name, [(each, _url("hazard_list", slug, key=each.code)) for each in lists])
        for name, lists in groupby(pack_lists(), key=lambda each: each.group)
    ]
    own = [(each, _url("hazard_list", slug, key=each.code)) for each in own_lists()]
    context = {
        "groups": groups,
        "own": own,
        "back_url": _url("jobs", slug),
        "own_add_url": _url("own_hazard_add", slug),
        "blank_url": _url("job_risk_add", slug),
    }
    return render(request, "safety/hazard_lists.html", context)


def _line_view(line: ListLine, post) -> dict[str, object]:
    """A line as drawn; ticked unless it was unticked in what was sent."""
    likelihood, severity = line.first
    return {
        "line": line,
        "name": f"line-{line.key}",
        "is_ticked": post is None or f"line-{line.key}" in post,
        "level": level_of(rate(MATRIX, likelihood, None, severity).band),
        "measures": [
            {
                "name": f"have-{line.key}-{number}",
                "text": each.text,
                "kind": CONTROL_LABELS.get(each.type, ""),
                "is_ticked": post is not None and f"have-{line.key}-{number}" in post,
            }
            for number, each in enumerate(line.measures)
        ],
    }


def _chosen(line: ListLine, post, method: str, owner: str, due) -> services.ChosenLine:
    controls, has_all = [], bool(line.measures)
    for number, measure in enumerate(line.measures):
        if f"have-{line.key}-{number}" in post:
            controls.append(services.AddedControl(measure.text, measure.type, is_in_place=True))
        else:
            has_all = False
            if owner:
                controls.append(
                    services.AddedControl(
                        measure.text, measure.type, is_in_place=False, owner_name=owner, due_date=due
                    )
                )
    after = suggested_values(method, *line.after, line.exposure) if line.after and has_all else None
    return services.ChosenLine(
        step=line.step,
        hazard=line.text,
        kind=line.kind,
        first=suggested_values(method, *line.first, line.exposure),
        after=after,
        is_pregnancy=line.is_pregnancy,
        is_breastfeeding=line.is_breastfeeding,
        controls=tuple(controls),
    )


@page("safety.write")
def hazard_list_pick(request, slug, key):
    """One list: untick what does not apply, tick the measures that are there, and the job stands in the register."""
    found = hazard_list(key)
    if found is None:
        raise Http404
    at = timezone.now()
    day = local_day(request.enterprise, at)
    form = PickForm(
        request.POST or None, day=day, initial={"title": found.name, "due_date": day + timedelta(days=30)}
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        method = services.risk_method()
        owner, due = values.pop("owner_name").strip(), values.pop("due_date")
        lines = [
            _chosen(line, request.POST, method, owner, due)
            for line in found.lines
            if f"line-{line.key}" in request.POST
        ]
        try:
            job, added = services.add_job_from_list(
                actor=request.actor,
                method=method,
                lines=lines,
                source=found.lines[0].pin.rpartition(".")[0] or found.name,
                day=day,
                at=at,
                **values,
            )
        except services.HazardRefused as refused:
            form.add_error(None, _refused(refused))
        else:
            text = ngettext(
                "%(count)s risk is in the register now.", "%(count)s risks are in the register now.", added
            )
            messages.success(request, text % {"count": added})
            return see_other("safety:job", slug=slug, code=job.pk)
    post = request.POST if request.method == "POST" else None
    context = {
        "list": found,
        "form": form,
        "steps": [
            (step, [_line_view(line, post) for line in lines])
            for step, lines in groupby(found.lines, key=lambda line: line.step)
        ],
        "back_url": _url("hazard_lists", slug),
        "own_lines": _own_lines(slug, found),
    }
    return render(request, "safety/hazard_list_pick.html", context, status=422 if form.errors else 200)


def _refused(refused: services.HazardRefused) -> str:
    if refused.field == "lines":
        return _("Tick at least one danger of this job.")
    if refused.field == "due_date":
        return _("Say by which day the measures are to be in place.")
    return _("Please fill this in.")


def _own_lines(slug: str, found: HazardList) -> list[tuple[str, str]]:
    if not found.is_own:
        return []
    return [
        (line.text, reverse("safety:own_hazard_remove", kwargs={"slug": slug, "code": int(line.key)}))
        for line in found.lines
    ]


@page("safety.write")
def own_hazard_add(request, slug):
    """Add a line to an own hazard list."""
    at = timezone.now()
    form = OwnHazardForm(
        request.POST or None,
        day=local_day(request.enterprise, at),
        initial={"list_name": request.GET.get("list", "")[:120]},
    )
    if request.method == "POST" and form.is_valid():
        line = services.add_own_hazard(actor=request.actor, at=at, **form.cleaned_data)
        first = OwnHazard.objects.filter(list_name=line.list_name).order_by("step", "id").first()
        return see_other("safety:hazard_list", slug=slug, key=f"own-{first.pk}")
    return form_page(
        request,
        form,
        _("Add to an own hazard list"),
        back_url=_url("hazard_lists", slug),
        back_label=_("Hazard lists"),
        submit_label=_("Save it"),
    )


@page("safety.write")
@require_POST
def own_hazard_remove(request, slug, code):
    """Take a line off an own hazard list."""
    if not OwnHazard.objects.filter(pk=code).exists():
        raise Http404
    services.remove_own_hazard(actor=request.actor, line_id=code, at=timezone.now())
    return see_other("safety:hazard_lists", slug=slug)

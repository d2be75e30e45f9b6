"""The registers at a glance, and the ways out."""

import tempfile

from django.http import FileResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from fairfloor.core.access import page
from fairfloor.organisations.public import local_day
from fairfloor.registers.exporting import blank_workbook, export_workbook, recent_imports, row_counts
from fairfloor.registers.labels import STATUS_KINDS, STATUS_LABELS, by_room, sheet_label
from fairfloor.registers.uploads import waiting_uploads

# Register → the page that shows it, and what one needs to open it.
PAGES = {
    "Departments": ("organisations:departments", "enterprise.view_departments"),
    "People": ("organisations:people", "enterprise.view_roster"),
    "Workforce": ("organisations:workforce", "enterprise.view_workforce"),
    "Training": ("programme:training", "training.view"),
    "TeamMembers": ("teams:team", "teams.view"),
    "Meetings": ("teams:meetings", "teams.view"),
    "Projects": ("projects:list", "projects.view"),
    "Suggestions": ("suggestions:list", "suggestions.view"),
    "Hazards": ("safety:hazards", "safety.view"),
    "JobRisks": ("safety:job_risks", "safety.view"),
    "WalkRounds": ("checklists:hub", "checklists.view"),
    "RedTags": ("checklists:tags", "checklists.view"),
    "Jobs": ("safety:job_risks", "safety.view"),
    "Incidents": ("safety:incidents", "safety.view_incidents"),
    "HoursWorked": ("safety:hours", "safety.view"),
    "Controls": ("safety:job_risks", "safety.view"),
    "JobAds": ("equality:job_ads", "equality.view"),
    "GenderPractices": ("equality:overview", "equality.view"),
    "SurveyRounds": ("surveys:list", "surveys.view"),
    "Readings": ("readings:list", "readings.view"),
    "Teams": ("teams:team", "teams.view"),
    "Goals": ("teams:direction", "teams.view"),
    "Visions": ("teams:direction", "teams.view"),
    "ShiftTalks": ("teams:talks", "teams.talk"),
    "Areas": ("checklists:areas", "checklists.view"),
    "OwnChecklists": ("checklists:lists", "checklists.view"),
    "OwnHazards": ("safety:hazard_lists", "safety.view"),
    "Consultations": ("safety:jobs", "safety.view"),
    "Routines": ("checklists:areas", "checklists.view"),
    "Findings": ("checklists:hub", "checklists.view"),
    "Plans": ("projects:plans", "projects.view"),
    "Benefits": ("projects:benefits", "projects.view"),
    "IndicatorPlans": ("readings:plans", "readings.view"),
    "Actions": ("actions:list", "actions.view"),
    "BoardItems": ("desk:board", "board.view"),
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPOOLED_BYTES = 8 * 1024 * 1024


@page("registers.export")
@require_safe
def hub(request, slug):
    """What there is per register, and what can be done with it."""
    may_import = request.actor.may("registers.import")
    registers = [
        {
            "name": sheet.name,
            "label": sheet_label(sheet.name),
            "count": count,
            "url": _page_of(request, slug, sheet.name),
        }
        for sheet, count in row_counts(request.actor)
    ]
    empty = [register for register in registers if not register["count"]]
    return render(
        request,
        "registers/hub.html",
        {
            "rooms": by_room(register for register in registers if register["count"]),
            "empty": empty,
            "empty_rooms": by_room(empty),
            "waiting": [_line(upload) for upload in waiting_uploads()] if may_import else [],
            "recent": [_line(upload) for upload in recent_imports()] if may_import else [],
            "may_import": may_import,
        },
    )


def _page_of(request, slug: str, name: str) -> str:
    """Where a register can be read on screen; nothing for one without a page or not open to this person."""
    url_name, permission = PAGES.get(name, ("", ""))
    if not url_name or not request.actor.may(permission):
        return ""
    return reverse(url_name, kwargs={"slug": slug})


def _line(upload):
    created = sum(each.get("created", 0) for each in upload.result.get("sheets", ()))
    updated = sum(each.get("updated", 0) for each in upload.result.get("sheets", ()))
    return {
        "upload": upload,
        "state": STATUS_KINDS[upload.status],
        "label": STATUS_LABELS[upload.status],
        "created": created,
        "updated": updated,
    }


@page("registers.export")
@require_POST
def download(request, slug):
    """All registers, or one, as a workbook. POST, because what left is remembered."""
    only = request.POST.get("sheet", "")
    # The response closes the file.
    out = tempfile.SpooledTemporaryFile(max_size=SPOOLED_BYTES)  # noqa: SIM115
    now = timezone.now()
    export_workbook(target=out, actor=request.actor, at=now, only=only)
    out.seek(0)
    day = local_day(request.enterprise, now)
    name = f"{slug}-{only.lower() or 'registers'}-{day.isoformat()}.xlsx"
    return FileResponse(out, as_attachment=True, filename=name, content_type=XLSX)


@page("registers.export")
@require_safe
def blank(request, slug):
    """The blank workbook in English or Chinese."""
    language = "zh-hans" if request.GET.get("language", "").startswith("zh") else "en"
    out = tempfile.SpooledTemporaryFile(max_size=SPOOLED_BYTES)  # noqa: SIM115
    blank_workbook(out, language=language)
    out.seek(0)
    return FileResponse(
        out, as_attachment=True, filename=f"fairfloor-blank-{language}.xlsx", content_type=XLSX
    )

"""The registers at a glance, and the ways out."""

import tempfile
from typing import Any

from django.http import FileResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from fairfloor.core.access import may_open, page
from fairfloor.organisations.public import local_day
from fairfloor.registers.exporting import blank_workbook, export_workbook, recent_imports, row_counts
from fairfloor.registers.labels import STATUS_KINDS, STATUS_LABELS, room_label, sheet_label
from fairfloor.registers.uploads import waiting_uploads

# Register → the page that shows it.
PAGES = {
    "Departments": "organisations:departments",
    "People": "organisations:people",
    "Workforce": "organisations:workforce",
    "Training": "programme:training",
    "TeamMembers": "teams:team",
    "Meetings": "teams:meetings",
    "Projects": "projects:list",
    "Suggestions": "suggestions:list",
    "Hazards": "safety:hazards",
    "JobRisks": "safety:job_risks",
    "WalkRounds": "checklists:hub",
    "RedTags": "checklists:tags",
    "Jobs": "safety:job_risks",
    "Incidents": "safety:incidents",
    "HoursWorked": "safety:hours",
    "Controls": "safety:job_risks",
    "JobAds": "equality:job_ads",
    "GenderPractices": "equality:overview",
    "SurveyRounds": "surveys:list",
    "Readings": "readings:list",
    "Teams": "teams:team",
    "Goals": "teams:direction",
    "Visions": "teams:direction",
    "ShiftTalks": "teams:talks",
    "Areas": "checklists:areas",
    "OwnChecklists": "checklists:lists",
    "OwnHazards": "safety:hazard_lists",
    "Consultations": "safety:jobs",
    "Actions": "actions:list",
    "BoardItems": "desk:board",
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPOOLED_BYTES = 8 * 1024 * 1024


@page("registers.export")
@require_safe
def hub(request, slug):
    """What there is per register, and what can be done with it."""
    may_import = request.actor.may("registers.import")
    rooms: dict[str, list[dict[str, Any]]] = {}
    empty = []
    for sheet, count in row_counts(request.actor):
        register = {
            "name": sheet.name,
            "label": sheet_label(sheet.name),
            "count": count,
            "url": _page_of(request, slug, sheet.name),
        }
        if count:
            rooms.setdefault(room_label(sheet), []).append(register)
        else:
            empty.append(register)
    return render(
        request,
        "registers/hub.html",
        {
            "rooms": rooms.items(),
            "empty": empty,
            "waiting": [_line(upload) for upload in waiting_uploads()] if may_import else [],
            "recent": [_line(upload) for upload in recent_imports()] if may_import else [],
            "may_import": may_import,
        },
    )


def _page_of(request, slug: str, name: str) -> str:
    """Where a register can be read on screen; nothing for one without a page or not open to this person."""
    url = reverse(PAGES[name], kwargs={"slug": slug}) if name in PAGES else ""
    return url if url and may_open(request.actor, url) else ""


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

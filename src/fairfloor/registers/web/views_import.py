"""A workbook's way in: send it, say what your words mean, look at what would happen, confirm."""

from __future__ import annotations

from itertools import groupby
from tempfile import SpooledTemporaryFile

from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairfloor.core.access import page
from fairfloor.registers import previews, uploads
from fairfloor.registers.labels import sheet_label
from fairfloor.registers.mapping import UnknownTarget, teach
from fairfloor.registers.messages import place, refusal, what
from fairfloor.registers.models import ImportUpload
from fairfloor.registers.reading import FileRefused
from fairfloor.registers.web.forms import WordsForm
from fairfloor.registers.web.views_export import SPOOLED_BYTES, XLSX
from fairfloor.registers.writing import write_table

SHOWN_PROBLEMS = 200


def _find(upload_id: int) -> ImportUpload:
    upload = ImportUpload.objects.filter(pk=upload_id).exclude(status=uploads.DROPPED).first()
    if upload is None:
        raise Http404
    return upload


def _address(name: str, slug: str, upload: ImportUpload) -> str:
    return reverse(f"registers:{name}", kwargs={"slug": slug, "upload_id": upload.pk})


def _see_other(address: str):
    response = redirect(address)
    response.status_code = 303
    return response


@page("registers.import")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request, slug):
    """Send a workbook. 413 and 422 say what is wrong with the file; a good one leads to its preview."""
    if request.method != "POST":
        return render(request, "registers/upload.html")
    file = request.FILES.get("file")
    if file is None:
        context = {"problem": _("Choose a workbook first.")}
        return render(request, "registers/upload.html", context, status=422)
    try:
        received = uploads.receive_upload(actor=request.actor, file=file, at=timezone.now())
    except FileRefused as refused:
        return render(request, "registers/upload.html", {"problem": refusal(refused)}, status=refused.status)
    refused = previews.refusal_of(received.result)
    if refused is not None:
        return render(request, "registers/upload.html", {"problem": refusal(refused)}, status=refused.status)
    if received.status == uploads.REFUSED and not previews.has_unknown(received.result):
        return _show(request, slug, received, status=422)
    if previews.has_unknown(received.result):
        return _see_other(_address("words", slug, received))
    return _see_other(_address("show_upload", slug, received))


@page("registers.import")
@require_safe
def show_upload(request, slug, upload_id):
    """The upload as it stands: at work, ready to confirm, to be corrected, or done."""
    return _show(request, slug, _find(upload_id))


def _show(request, slug, upload, status=200):
    if upload.status in uploads.AT_WORK:
        done, total, sheet = uploads.progress_of(upload)
        context = {
            "upload": upload,
            "value": done,
            "total": total,
            "doing": _doing(upload, sheet),
            "progress_url": _address("show_upload", slug, upload),
        }
        is_part = getattr(request, "htmx", False)
        template = "core/includes/progress.html" if is_part else "registers/upload_progress.html"
        return render(request, template, context)
    if getattr(request, "htmx", False):
        # The work is over: the progress partial makes way for the whole page.
        response = render(request, "core/includes/progress.html", {"is_done": True, "doing": _("Done.")})
        response["HX-Redirect"] = _address("show_upload", slug, upload)
        return response
    refused = previews.refusal_of(upload.result)
    problems = previews.problems_of(upload.result)[:SHOWN_PROBLEMS]
    by_sheet = [
        (name or _("The workbook"), [_told(each) for each in found])
        for name, found in groupby(
            sorted(problems, key=lambda each: (each.sheet, each.row)), lambda p: p.sheet
        )
    ]
    sheets = [{**each, "label": sheet_label(each["name"])} for each in upload.result.get("sheets", ())]
    total = upload.result.get("problem_total", 0)
    context = {
        "upload": upload,
        "refusal": refusal(refused) if refused else "",
        "sheets": sheets,
        "problems": by_sheet,
        "problem_total": total,
        "problem_shown": len(problems),
        "has_more": total > len(problems),
        "notes": [{"place": place(each), "what": what(each)} for each in previews.notes_of(upload.result)],
        "changes": _labelled(upload.result.get("changes", ())),
        "conflicts": _labelled(upload.result.get("conflicts", ())),
        "skipped": _labelled(upload.result.get("skipped", ())),
        "has_unknown": previews.has_unknown(upload.result),
        "writes": previews.writes(upload.result),
        "created": sum(each["created"] for each in sheets),
        "updated": sum(each["updated"] for each in sheets),
        "replaced": [each for each in sheets if each.get("replaced")],
    }
    template = (
        "registers/upload_done.html" if upload.status == uploads.DONE else "registers/upload_preview.html"
    )
    return render(request, template, context, status=status)


def _doing(upload, sheet):
    if upload.status == uploads.CHECKING:
        return (
            _("Checking %(sheet)s") % {"sheet": sheet_label(sheet)} if sheet else _("Checking the workbook")
        )
    return _("Importing %(sheet)s") % {"sheet": sheet_label(sheet)} if sheet else _("Importing the workbook")


def _told(found):
    return {"row": found.row, "column": found.heading or found.column, "what": what(found)}


def _labelled(differences):
    return [{**each, "label": sheet_label(each["sheet"])} for each in differences]


@page("registers.import")
@require_http_methods(["GET", "HEAD", "POST"])
def words(request, slug, upload_id):
    """Say once what headings and words stand for; they are known from then on."""
    upload = _find(upload_id)
    if upload.status not in (uploads.READY, uploads.REFUSED) or not previews.has_unknown(upload.result):
        return _see_other(_address("show_upload", slug, upload))
    form = WordsForm(upload.result["unknown"], request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "registers/upload_words.html", {"upload": upload, "form": form})
    try:
        teach(actor=request.actor, at=timezone.now(), **form.answers())
        uploads.check_again(actor=request.actor, upload_id=upload.pk)
    except UnknownTarget:
        context = {
            "upload": upload,
            "form": form,
            "problem": _("One choice is no longer there. Choose again."),
        }
        return render(request, "registers/upload_words.html", context, status=422)
    except uploads.NotReady:
        return _see_other(_address("show_upload", slug, upload))
    if upload.size_bytes <= uploads.SMALL_BYTES:
        checked = uploads.run_check(upload.pk, request.actor)
        # A sheet that is known now may bring columns and words that are not.
        if previews.has_unknown(checked.result) and checked.result["unknown"] != upload.result["unknown"]:
            return _see_other(_address("words", slug, upload))
    return _see_other(_address("show_upload", slug, upload))


@page("registers.import")
@require_POST
def confirm(request, slug, upload_id):
    """Import what was looked at. Pressed twice it happens once."""
    upload = _find(upload_id)
    try:
        upload = uploads.confirm_upload(actor=request.actor, upload_id=upload.pk, at=timezone.now())
    except uploads.NotReady:
        return _show(request, slug, _find(upload_id), status=409)
    if upload.status == uploads.REFUSED:
        return _show(request, slug, upload, status=422)
    return _see_other(_address("show_upload", slug, upload))


@page("registers.import")
@require_POST
def drop(request, slug, upload_id):
    """Forget an upload."""
    try:
        uploads.drop_upload(actor=request.actor, upload_id=_find(upload_id).pk)
    except uploads.NotReady:
        return _show(request, slug, _find(upload_id), status=409)
    return _see_other(reverse("registers:hub", kwargs={"slug": slug}))


@page("registers.import")
@require_safe
def problems(request, slug, upload_id):
    """The whole list of problems as a workbook."""
    upload = _find(upload_id)
    out = SpooledTemporaryFile(max_size=SPOOLED_BYTES)  # noqa: SIM115  the response closes it
    heads = [_("Sheet"), _("Row"), _("Column"), _("What to do")]
    rows = (
        (each.sheet, each.row or "", each.heading or each.column, what(each))
        for each in previews.problems_of(upload.result)
    )
    write_table(out, "Problems", heads, rows)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename="problems.xlsx", content_type=XLSX)

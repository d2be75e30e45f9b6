"""The words for the states of a report and for what happened to it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairfloor.reports.models import ReportSnapshot
from fairfloor.reports.workflow import Status

STATUS_LABELS = {
    Status.DRAFT: gettext_lazy("Draft"),
    Status.PUBLISHED: gettext_lazy("Published"),
    Status.WITHDRAWN: gettext_lazy("Withdrawn"),
}
STATUS_KINDS = {Status.DRAFT: "quiet", Status.PUBLISHED: "good", Status.WITHDRAWN: "stop"}


def state_of(snapshot: ReportSnapshot) -> tuple[str, str]:
    """Kind and word of a report's state."""
    status = Status(snapshot.status)
    return STATUS_KINDS[status], str(STATUS_LABELS[status])


def story_entry(event) -> dict:
    """One act on a report as the timeline shows it."""
    what = {
        "report.created": _("Report made"),
        "report.narrated": _("Words of a section written"),
        "report.published": _("Report published"),
        "report.withdrawn": _("Report withdrawn"),
    }.get(event.verb, event.verb)
    return {
        "what": what,
        "who": event.actor_name,
        "when": event.at,
        "detail": event.detail.get("reason", ""),
        "is_exact": True,
    }

"""What other features may use of reports."""

from fairfloor.reports.as_html import render_html
from fairfloor.reports.as_json import render_json
from fairfloor.reports.as_pdf import render_pdf
from fairfloor.reports.claims import REPORT
from fairfloor.reports.models import ReportSnapshot
from fairfloor.reports.selectors import case_report_claims, default_period
from fairfloor.reports.services import make_snapshot
from fairfloor.reports.wording import LANGUAGES

__all__ = [
    "LANGUAGES",
    "REPORT",
    "ReportSnapshot",
    "case_report_claims",
    "default_period",
    "make_snapshot",
    "render_html",
    "render_json",
    "render_pdf",
]

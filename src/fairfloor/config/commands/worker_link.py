"""Print the address workers reach without a sign-in: the one behind the QR code on the poster."""

from __future__ import annotations

import json

from django.conf import settings
from django.utils import timezone

from fairfloor.config.cli import Refusal
from fairfloor.core.access import system_actor
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Department, Enterprise, make_worker_link


def configure(parser) -> None:
    """Options of `worker-link`."""
    parser.add_argument("--enterprise", required=True, metavar="SLUG", help="the enterprise's address")
    parser.add_argument("--department", default="", metavar="CODE", help="a department's own link")
    parser.add_argument("--place", default="", metavar="WORDS", help="a line or machine, as people call it")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options) -> int:
    """Print the link in force; one is made where there is none."""
    enterprise = Enterprise.objects.filter(slug=options.enterprise).first()
    if enterprise is None:
        known = ", ".join(Enterprise.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise Refusal(f"There is no enterprise “{options.enterprise}”. Known: {known or 'none yet'}.")
    with scope(enterprise.id):
        try:
            link = make_worker_link(
                actor=system_actor(enterprise.id),
                department_code=options.department,
                label=options.place,
                at=timezone.now(),
            )
        except Department.DoesNotExist:
            codes = Department.objects.order_by("code").values_list("code", flat=True)
            known = ", ".join(codes[:30])
            raise Refusal(
                f"There is no department “{options.department}”. Known: {known or 'none yet'}."
            ) from None
    base = settings.PUBLIC_URL or "http://127.0.0.1:8000"
    told = {
        "enterprise": enterprise.slug,
        "department": link.department_code,
        "place": link.label,
        "url": f"{base}/w/{link.token}/",
    }
    print(json.dumps(told, ensure_ascii=False) if options.format == "json" else told["url"])
    return 0

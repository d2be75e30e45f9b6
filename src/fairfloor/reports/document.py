"""The frozen document of a snapshot: claims, chart series and the enterprise's profile, without any language."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from fairfloor.indicators.public import splits
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import Enterprise
from fairfloor.reports.claims import definition, measure, plain, read

FORMAT = 1


def build(enterprise: Enterprise, period: Period) -> dict[str, Any]:
    """Measure everything the report shows about one period, for the enterprise in scope."""
    measured = read(period)
    return {
        "format": FORMAT,
        "report": definition().pin,
        "enterprise": {
            "slug": enterprise.slug,
            "name": enterprise.name,
            "name_zh": enterprise.name_zh,
            "country": enterprise.country,
            "sector": enterprise.sector,
            "founded": enterprise.founded,
            "is_demo": enterprise.is_demo,
        },
        "period": {"from": period.start_date.isoformat(), "to": period.end_date.isoformat()},
        "claims": measure(measured, enterprise.currency),
        "series": {
            "months": _by_month(period),
            "rounds": _rounds(measured.by_item),
            "composition": _composition(period),
        },
    }


def digest_of(document: dict[str, Any]) -> str:
    """SHA-256 of the document in its one canonical form."""
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


_MONTHLY = ("suggestions.received", "hazards.reported", "hazards.closed", "projects.completed")


def _by_month(period: Period) -> dict[str, Any]:
    """Counts of each month of the period; a month cut short by the period's border counts only its days inside."""
    starts = [piece.start_date.isoformat() for piece in period.months()]
    found = splits(_MONTHLY, period, "month")
    return {
        "starts": starts,
        "ends": [piece.end_date.isoformat() for piece in period.months()],
        "values": {
            code: [plain(found[code][start].value) if start in found[code] else 0 for start in starts]
            for code in _MONTHLY
        },
    }


def _share(figure: Any) -> dict[str, Any]:
    return {
        "numerator": plain(figure.numerator),
        "denominator": plain(figure.denominator),
        "n": figure.n,
        "lower": None if figure.lower is None else round(float(figure.lower), 4),
        "upper": None if figure.upper is None else round(float(figure.upper), 4),
    }


def _rounds(by_item: Any) -> list[dict[str, Any]]:
    """Favourable answers of each closed round, with interval; a hidden round has no numbers."""
    rounds = by_item["surveys.favourable"]
    ordered = sorted(rounds, key=lambda key: (len(key), key))
    return [{"key": key, **_share(rounds[key])} for key in ordered]


def _composition(period: Period) -> dict[str, Any]:
    """Members of the teams beside the workforce of the newest snapshot in the period, by sex and by level."""
    newest = _newest_snapshot(period)
    found: dict[str, Any] = {"day": newest.isoformat() if newest else ""}
    for by in ("sex", "level"):
        team = splits(["team.members"], period, by)["team.members"]
        workforce = (
            splits(["workforce.headcount"], Period(newest, newest), by)["workforce.headcount"]
            if newest
            else {}
        )
        found[by] = {
            "team": {key: plain(figure.value) for key, figure in sorted(team.items())},
            "workforce": {key: plain(figure.value) for key, figure in sorted(workforce.items())},
        }
    return found


def _newest_snapshot(period: Period) -> date | None:
    days = splits(["workforce.headcount"], period, "item")["workforce.headcount"]
    return date.fromisoformat(max(days)) if days else None

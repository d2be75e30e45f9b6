"""The charts of the report: a sentence, a picture and its table, all drawn from the frozen series."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from fairfloor.core.charts import Row, Series, bars, line, shares
from fairfloor.core.ui.formatting import NO_FIGURE, format_number, format_share
from fairfloor.measure.rounding import exact
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS
from fairfloor.reports.wording import interval, long_date, month_name, percent, share_of

Draw = Callable[[bool], str]


@dataclass(frozen=True)
class Picture:
    """``draw(True)`` gives the picture that carries its own colours, for the PDF."""

    section: str
    sentence: str
    basis: str
    source: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    draw: Draw
    source_name: str = ""

    @property
    def svg(self) -> str:
        """The picture for a page, which takes its colours from there."""
        return self.draw(False)


def _percent(value: float) -> str:
    return format_share(value, 1)


def _whole_percent(value: float) -> str:
    return format_share(value, 0)


def pictures(document: dict[str, Any], language: str) -> list[Picture]:
    """All charts there is something to show for; the language must be active."""
    claims: dict[str, list[dict[str, Any]]] = {}
    for row in document["claims"]:
        claims.setdefault(row["id"], []).append(row)
    series, found = document["series"], []
    found += _composition(series["composition"], language)
    months = series["months"]
    note = _cut_short(months)
    found += _monthly("projects", months, ["projects.completed"], [_("Projects completed")], language, note)
    found += _rounds(series["rounds"], claims.get("surveys.response_rate", []), language)
    found += _monthly("suggestions", months, ["suggestions.received"], [_("Suggestions")], language, note)
    found += _monthly(
        "safety",
        months,
        ["hazards.reported", "hazards.closed"],
        [_("Reported"), _("Of these, closed")],
        language,
        note,
    )
    found += _women(claims.get("workforce.women_in_management", []), language)
    return found


def _cut_short(months: dict[str, Any]) -> str:
    """A note when the period begins or ends inside a month."""
    after = date.fromisoformat(months["ends"][-1]) + timedelta(days=1)
    if months["starts"][0].endswith("-01") and after.day == 1:
        return ""
    return _("The first or last month is not whole; only its days in the period count.")


def _monthly(
    section: str,
    months: dict[str, Any],
    codes: list[str],
    names: list[str],
    language: str,
    note: str,
) -> Iterable[Picture]:
    values = [months["values"][code] for code in codes]
    total = sum(values[0])
    if not total:
        return
    labels = [month_name(start, language) for start in months["starts"]]
    most = max(values[0])
    words = {"count": format_number(most), "month": labels[values[0].index(most)]}
    sentence = {
        "projects": _("Most projects were completed in %(month)s: %(count)s."),
        "suggestions": _("Most suggestions came in %(month)s: %(count)s."),
        "safety": _("Most hazards were reported in %(month)s: %(count)s."),
    }[section] % words

    def draw(standalone: bool) -> str:
        return line(
            f"{section}-months",
            sentence,
            labels,
            [Series(name, tuple(row)) for name, row in zip(names, values, strict=True)],
            from_zero=True,
            format=lambda value: format_number(value),
            standalone=standalone,
        )

    yield Picture(
        section,
        sentence,
        " ".join(filter(None, [f"n = {format_number(total)}.", note])),
        codes[0],
        (_("Month"), *names),
        tuple((label, *(format_number(row[place]) for row in values)) for place, label in enumerate(labels)),
        draw,
    )


def _women(rows: list[dict[str, Any]], language: str) -> Iterable[Picture]:
    known = [row for row in rows if row["value"] is not None]
    if not known:
        return
    labels = [long_date(row["key"], language) for row in known]
    first, last = known[0], known[-1]
    if len(known) > 1:
        sentence = _("Women in management: %(first)s on %(first_day)s, %(last)s on %(last_day)s.") % {
            "first": percent(first, language),
            "first_day": labels[0],
            "last": percent(last, language),
            "last_day": labels[-1],
        }
    else:
        sentence = _("Women in management: %(last)s on %(last_day)s.") % {
            "last": percent(last, language),
            "last_day": labels[-1],
        }

    def draw(standalone: bool) -> str:
        return bars(
            "women-in-management",
            sentence,
            [
                Row(label, (float(share_of(row) or 0),), (row["lower"],), (row["upper"],))
                for label, row in zip(labels, known, strict=True)
            ],
            format=_percent,
            standalone=standalone,
        )

    yield Picture(
        "women",
        sentence,
        _("Managers and top managers whose sex is known. Lines show the 95 %% interval.") % {},
        "workforce.women_in_management",
        (_("Day"), _("Women"), _("Managers"), _("Share"), _("95 %% interval") % {}),
        tuple(
            (
                label,
                format_number(row["numerator"]),
                format_number(row["denominator"]),
                percent(row, language),
                _between(interval(row, language)),
            )
            for label, row in zip(labels, known, strict=True)
        ),
        draw,
    )


def _between(ends: tuple[str, str] | None) -> str:
    return f"{ends[0]} – {ends[1]}" if ends else NO_FIGURE


def _fraction(row: dict[str, Any] | None) -> float | None:
    if not row or not row["denominator"]:
        return None
    return float(exact(row["numerator"]) / exact(row["denominator"]))


def _rounds(rounds: list[dict[str, Any]], response: list[dict[str, Any]], language: str) -> Iterable[Picture]:
    answered = {row["key"]: row for row in response}
    shown = [row for row in rounds if row["denominator"]]
    if not shown:
        return
    lowest = min(shown, key=lambda row: _fraction(row) or 0)
    sentence = _("Favourable answers were lowest in round %(round)s: %(share)s.") % {
        "round": lowest["key"],
        "share": _percent(_fraction(lowest) or 0),
    }
    names = (_("Favourable"), _("Answered"))

    def draw(standalone: bool) -> str:
        rows = []
        for row in rounds:
            reply = answered.get(row["key"])
            rows.append(
                Row(
                    _("Round %(round)s") % {"round": row["key"]},
                    (_fraction(row), _fraction(reply)),
                    (row["lower"], reply["lower"] if reply else None),
                    (row["upper"], reply["upper"] if reply else None),
                )
            )
        return bars("survey-rounds", sentence, rows, names=names, format=_percent, standalone=standalone)

    yield Picture(
        "surveys",
        sentence,
        _(
            "Answers of 4 and 5 among valid answers; replies among those invited. Lines show the 95 %% interval."
        )
        % {},
        "surveys.favourable",
        (_("Round"), _("People"), _("Favourable"), _("95 %% interval") % {}, _("Answered")),
        tuple(
            (
                row["key"],
                format_number(row["n"]),
                format_share(_fraction(row), 1),
                _between(interval(row, language)),
                format_share(_fraction(answered.get(row["key"])), 1),
            )
            for row in rounds
        ),
        draw,
    )


def _composition(found: dict[str, Any], language: str) -> Iterable[Picture]:
    for by, labels, wanted in (("sex", SEX_LABELS, "FEMALE"), ("level", LEVEL_LABELS, "FRONT_LINE")):
        team, workforce = found[by]["team"], found[by]["workforce"]
        if not sum(team.values()):
            continue
        codes = [code for code in labels if team.get(code) or workforce.get(code)]
        groups = [(_("Improvement teams"), team)]
        if sum(workforce.values()):
            groups.append((_("Workforce, %(day)s") % {"day": long_date(found["day"], language)}, workforce))
        sentence = _sentence_on(by, wanted, team, workforce)
        yield _composed(by, sentence, groups, codes, labels)


def _known_share(counts: dict[str, int], wanted: str) -> str:
    """Among those whose sex or level is known."""
    known = sum(value for code, value in counts.items() if code not in {"", "NOT_REPORTED"})
    return format_share(Fraction(counts.get(wanted, 0), known), 0) if known else NO_FIGURE


def _sentence_on(by: str, wanted: str, team: dict[str, int], workforce: dict[str, int]) -> str:
    words = {"team": _known_share(team, wanted), "workforce": _known_share(workforce, wanted)}
    if not sum(workforce.values()):
        return (
            _("Women are %(team)s of the improvement teams.")
            if by == "sex"
            else _("Front-line workers are %(team)s of the improvement teams.")
        ) % words
    return (
        _("Women are %(team)s of the improvement teams and %(workforce)s of the workforce.")
        if by == "sex"
        else _("Front-line workers are %(team)s of the improvement teams and %(workforce)s of the workforce.")
    ) % words


def _composed(by: str, sentence: str, groups: list, codes: list[str], labels: dict) -> Picture:
    parts = [str(labels[code]) for code in codes]

    def draw(standalone: bool) -> str:
        return shares(
            f"team-{by}",
            sentence,
            parts,
            [Row(name, tuple(counts.get(code, 0) for code in codes)) for name, counts in groups],
            format=_whole_percent,
            standalone=standalone,
        )

    return Picture(
        "team",
        sentence,
        _("People in the teams at the end of the period: %(n)s.")
        % {"n": format_number(sum(groups[0][1].values()))},
        "team.members",
        (_("Sex") if by == "sex" else _("Level"), *(name for name, _counts in groups)),
        tuple(
            (str(labels[code]), *(format_number(counts.get(code, 0)) for _name, counts in groups))
            for code in codes
        ),
        draw,
    )

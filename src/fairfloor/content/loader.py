"""Reading a folder of packs into one `Content`, refusing anything that does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast, get_args

from fairfloor.measure.job_ads import Rule, check

from .checklists import read_checklists
from .job_hazards import JobTemplate, read_job_hazards
from .nodes import ContentError, Table, read_table
from .schema import (
    Aggregation,
    Category,
    Chart,
    Checklist,
    ClaimDefinition,
    ClaimKind,
    DeclineReason,
    Dimension,
    Direction,
    EqualityArea,
    Indicator,
    JobAdRule,
    Questionnaire,
    QuestionnaireItem,
    ReportDefinition,
    ReportSection,
    TrainingModule,
    Unit,
)
from .translations import Catalogues, look_up, read_catalogues

T = TypeVar("T")

HEADER = ("pack", "version", "source")
CODE = r"[A-Z][A-Z0-9_]*"
SLUG = r"[a-z0-9]+(?:[-_.][a-z0-9]+)*"

# What a sentence must name, so that no figure is told without what it rests on.
CLAIM_PLACEHOLDERS: Mapping[str, tuple[str, ...]] = {
    "COUNT": ("value",),
    "SHARE": ("percent", "numerator", "denominator"),
    "KEYED_SHARE": ("key", "percent", "numerator", "denominator"),
    "RATE": ("value", "numerator", "denominator"),
    "MONEY": ("value", "currency"),
    "DAYS": ("value",),
    "MODULES": ("modules",),
    "AREAS": ("areas",),
}
WARNING_PLACEHOLDERS = ("key", "percent", "numerator", "denominator", "n", "count", "minimum")


@dataclass(frozen=True)
class Content:
    """All packs of one folder; mappings keep the order of the files."""

    indicators: Mapping[str, Indicator]
    modules: Mapping[str, TrainingModule]
    suggestion_categories: Mapping[str, Category]
    hazard_categories: Mapping[str, Category]
    project_tags: Mapping[str, Category]
    equality_areas: Mapping[str, EqualityArea]
    practice_types: Mapping[str, Category]
    decline_reasons: Mapping[str, DeclineReason]
    answer_templates: Mapping[str, DeclineReason]
    questionnaires: Mapping[str, Questionnaire]
    job_ad_rules: Mapping[str, JobAdRule]
    checklists: Mapping[str, Checklist]
    job_hazards: Mapping[str, JobTemplate]
    reports: Mapping[str, ReportDefinition]
    texts: tuple[str, ...]
    """Every English text people may see, once each: what a translation must cover."""
    catalogues: Catalogues

    def translate(self, text: str, language: str) -> str:
        """Return the text in the language (`zh-hans`, `zh_Hans`), or in English where it has none."""
        return look_up(self.catalogues, text, language)

    def job_ad_rules_for(self, country: str) -> tuple[JobAdRule, ...]:
        """Return a country's rules (ISO code, "" = not known), and the general rules they do not replace."""
        own = [rule for rule in self.job_ad_rules.values() if rule.country and rule.country == country]
        replaced = {rule.like for rule in own}
        general = [rule for rule in self.job_ad_rules.values() if not rule.country]
        return (*own, *(rule for rule in general if rule.id not in replaced))


@dataclass
class _Packs:
    """The folder while it is read."""

    root: Path
    versions: dict[str, str] = field(default_factory=dict)
    texts: dict[str, None] = field(default_factory=dict)
    done: set[Path] = field(default_factory=set)

    def open(self, path: Path, required: Collection[str], optional: Collection[str] = ()) -> Table:
        name = path.relative_to(self.root).as_posix()
        if not path.is_file():
            raise ContentError(name, 1, "the file is missing")
        table = read_table(path, name, (*HEADER, *required), optional)
        pack = table.text("pack", shape=SLUG)
        if pack in self.versions:
            raise table.fail("pack", f"{pack!r} is the name of another file too")
        self.versions[pack] = table.text("version", shape=r"[0-9]+(?:\.[0-9]+)*")
        table.text("source")
        self.done.add(path)
        return table

    def close(self, table: Table) -> None:
        """Take over the texts once the whole file has been read."""
        self.texts.update(dict.fromkeys(table.file.texts))

    def pin(self, table: Table, item: str) -> str:
        pack = table.text("pack")
        return f"{pack}@{self.versions[pack]}:{item}"

    def version(self, table: Table) -> str:
        return self.versions[table.text("pack")]

    def folder(self, name: str) -> list[Path]:
        paths = sorted((self.root / name).glob("*.yaml"))
        if not paths:
            raise ContentError(name, 1, "the folder holds no pack")
        return paths

    def refuse_strangers(self) -> None:
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and path not in self.done and path.name != "packs.po":
                raise ContentError(path.relative_to(self.root).as_posix(), 1, "nothing reads this file")


def _add(found: dict[str, T], item: T, key: str, row: Table, column: str) -> None:
    if key in found:
        raise row.fail(column, f"{key!r} is given twice")
    found[key] = item


_INDICATOR_REQUIRED = (
    *("code", "name", "description", "version", "supplier"),
    *("unit", "aggregation", "direction", "decimals"),
)
_INDICATOR_OPTIONAL = (
    *("of", "is_protected", "is_reading", "numerator_name", "denominator_name"),
    *("base", "base_text", "is_event_count", "chart"),
)


def _chart(row: Table) -> Chart:
    """The chart a pack names, or the one its unit suggests: counted things p or u, all others XmR."""
    unit, is_event_count = row.text("unit"), row.flag("is_event_count")
    usual: Chart = "p" if unit == "SHARE" else "u" if unit == "RATE" and is_event_count else "xmr"
    if not row.has("chart"):
        return usual
    if (named := row.text("chart", choices=(usual, "xmr"))) != "xmr":
        return usual
    return cast(Chart, named)


def _indicators(packs: _Packs) -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    rows: list[Table] = []
    for path in packs.folder("indicators"):
        table = packs.open(path, ("indicators",))
        for row in table.tables("indicators", _INDICATOR_REQUIRED, _INDICATOR_OPTIONAL):
            code = row.text("code", shape=SLUG)
            indicator = Indicator(
                code=code,
                name=row.words("name"),
                description=row.words("description"),
                unit=cast(Unit, row.text("unit", choices=get_args(Unit))),
                aggregation=cast(Aggregation, row.text("aggregation", choices=get_args(Aggregation))),
                of=row.text("of", shape=SLUG),
                direction=cast(Direction, row.text("direction", choices=get_args(Direction))),
                decimals=row.whole("decimals", largest=4),
                supplier=row.text("supplier", shape=SLUG),
                is_protected=row.flag("is_protected"),
                is_reading=row.flag("is_reading"),
                numerator_name=row.words("numerator_name"),
                denominator_name=row.words("denominator_name"),
                base=row.whole("base", largest=10_000_000),
                base_text=row.words("base_text"),
                is_event_count=row.flag("is_event_count"),
                chart=_chart(row),
                version=row.text("version", shape=r"[0-9]+"),
                pin=packs.pin(table, code),
            )
            if (indicator.aggregation in {"MIN_ITEM", "PER_PEOPLE"}) != bool(indicator.of):
                raise row.fail("of", "MIN_ITEM and PER_PEOPLE need it, and nothing else has it")
            if indicator.is_reading != bool(indicator.numerator_name and indicator.denominator_name):
                raise row.fail(
                    "is_reading", "a reading has numerator_name and denominator_name, others have none"
                )
            if (indicator.unit == "RATE") != bool(indicator.base and indicator.base_text):
                raise row.fail("base", "a RATE has base and base_text, others have neither")
            if (indicator.aggregation == "MEDIAN") != (indicator.unit == "DAYS"):
                raise row.fail("aggregation", "a MEDIAN is told in DAYS, and nothing else is")
            if indicator.unit == "RATE" and indicator.aggregation not in {"SUM", "PER_PEOPLE"}:
                raise row.fail("aggregation", "a RATE adds up both its sides: SUM or PER_PEOPLE")
            if indicator.aggregation == "PER_PEOPLE" and indicator.unit != "RATE":
                raise row.fail("unit", "what is counted per people is a RATE")
            _add(found, indicator, code, row, "code")
            rows.append(row)
        packs.close(table)
    for row, indicator in zip(rows, found.values(), strict=True):
        if indicator.of and indicator.of not in found:
            raise row.fail("of", f"there is no indicator {indicator.of!r}")
        if indicator.aggregation == "PER_PEOPLE":
            counted = found[indicator.of]
            if (counted.unit, counted.aggregation) != (
                "COUNT",
                "SUM",
            ) or counted.supplier != indicator.supplier:
                raise row.fail(
                    "of", "what is counted per people is a COUNT that adds up, of the same supplier"
                )
    return found


def _modules(packs: _Packs) -> dict[str, TrainingModule]:
    found: dict[str, TrainingModule] = {}
    labels: set[str] = set()
    for path in packs.folder("modules"):
        table = packs.open(path, ("modules",))
        for row in table.tables("modules", ("code", "name"), ("default_label",)):
            code, label = row.text("code", shape=CODE), row.text("default_label")
            if label and label in labels:
                raise row.fail("default_label", f"{label!r} is given twice")
            labels.add(label)
            _add(
                found,
                TrainingModule(code, row.words("name"), label, packs.pin(table, code)),
                code,
                row,
                "code",
            )
        packs.close(table)
    return found


def _categories(packs: _Packs, name: str, shape: str = CODE) -> dict[str, Category]:
    table = packs.open(packs.root / "categories" / f"{name}.yaml", ("categories",))
    found: dict[str, Category] = {}
    for row in table.tables("categories", ("code", "name")):
        code = row.text("code", shape=shape)
        _add(found, Category(code, row.words("name"), packs.pin(table, code)), code, row, "code")
    packs.close(table)
    return found


def _equality_areas(packs: _Packs) -> dict[str, EqualityArea]:
    table = packs.open(packs.root / "categories" / "equality_areas.yaml", ("areas",))
    found: dict[str, EqualityArea] = {}
    for row in table.tables("areas", ("letter", "code", "claim_name", "name", "description")):
        letter = row.text("letter", shape=r"[A-Z]")
        if letter != chr(ord("A") + len(found)):
            raise row.fail("letter", "the areas stand in the order of their letters, from A")
        code = row.text("code", shape=CODE)
        area = EqualityArea(
            letter,
            code,
            row.text("claim_name"),
            row.words("name"),
            row.words("description"),
            packs.pin(table, code),
        )
        _add(found, area, letter, row, "letter")
    packs.close(table)
    return found


def _decline_reasons(packs: _Packs) -> dict[str, DeclineReason]:
    table = packs.open(packs.root / "categories" / "decline_reasons.yaml", ("reasons",))
    found: dict[str, DeclineReason] = {}
    for row in table.tables("reasons", ("code", "name", "text")):
        code = row.text("code", shape=CODE)
        reason = DeclineReason(code, row.words("name"), row.words("text"), packs.pin(table, code))
        _add(found, reason, code, row, "code")
    packs.close(table)
    return found


def _answer_templates(packs: _Packs) -> dict[str, DeclineReason]:
    """Drafts for answers have the shape of drafts for refusals."""
    table = packs.open(packs.root / "categories" / "answer_templates.yaml", ("answers",))
    found: dict[str, DeclineReason] = {}
    for row in table.tables("answers", ("code", "name", "text")):
        code = row.text("code", shape=CODE)
        answer = DeclineReason(code, row.words("name"), row.words("text"), packs.pin(table, code))
        _add(found, answer, code, row, "code")
    packs.close(table)
    return found


def _questionnaires(packs: _Packs) -> dict[str, Questionnaire]:
    found: dict[str, Questionnaire] = {}
    for path in packs.folder("questionnaires"):
        table = packs.open(path, ("code", "name", "introduction", "scale", "dimensions", "items"))
        code, name = table.text("code", shape=SLUG), table.words("name")
        introduction = table.words("introduction")
        labels: list[str] = []
        for row in table.tables("scale", ("value", "label")):
            if row.whole("value") != len(labels) + 1:
                raise row.fail("value", "the scale runs from 1 to 5, in order")
            labels.append(row.words("label"))
        if len(labels) != 5:
            raise table.fail("scale", "the scale has five points")
        dimensions: dict[str, Dimension] = {}
        for row in table.tables("dimensions", ("code", "name")):
            dimension = Dimension(row.text("code", shape=SLUG), row.words("name"))
            _add(dimensions, dimension, dimension.code, row, "code")
        items: dict[str, QuestionnaireItem] = {}
        for row in table.tables("items", ("code", "dimension", "text")):
            item, about = row.text("code", shape=SLUG), row.text("dimension", choices=dimensions)
            pin = packs.pin(table, item)
            _add(items, QuestionnaireItem(item, about, row.words("text"), pin), item, row, "code")
        questionnaire = Questionnaire(
            code,
            name,
            introduction,
            (labels[0], labels[1], labels[2], labels[3], labels[4]),
            tuple(dimensions.values()),
            tuple(items.values()),
            packs.pin(table, code),
        )
        _add(found, questionnaire, code, table, "code")
        packs.close(table)
    return found


def _job_ad_rules(packs: _Packs) -> dict[str, JobAdRule]:
    found: dict[str, JobAdRule] = {}
    # The general pack first, for the others lean on its rules.
    paths = sorted(packs.folder("law"), key=lambda path: (path.stem != "job_ads_general", path.stem))
    for path in paths:
        table = packs.open(path, ("country", "rules"))
        country = table.text("country", shape=r"[A-Z]{2}|any")
        country = "" if country == "any" else country
        for row in table.tables("rules", ("id", "level", "source"), _RULE_OPTIONAL):
            rule = _job_ad_rule(packs, table, row, country, found)
            _add(found, rule, rule.id, row, "id")
        packs.close(table)
    return found


_RULE_OPTIONAL = ("like", "language", "patterns", "unless", "catches", "suggestion", "flags", "passes")


def _job_ad_rule(
    packs: _Packs, table: Table, row: Table, country: str, found: Mapping[str, JobAdRule]
) -> JobAdRule:
    rule_id, like = row.text("id", shape=SLUG), row.text("like", shape=SLUG)
    base = found.get(like)
    if like and (base is None or base.country or not country):
        raise row.fail("like", f"{like!r} is not a rule of the general pack, or this is that pack")
    if base is None:
        for key in ("language", "patterns", "catches", "suggestion", "flags", "passes"):
            if not row.has(key):
                raise row.file.fail(row.line, f"the key {key!r} is missing")
        rule = Rule(
            rule_id, row.text("language", shape=r"[a-z]{2}"), row.texts("patterns"), row.texts("unless")
        )
        flags, passes = row.texts("flags"), row.texts("passes")
    else:
        for key in ("language", "patterns", "unless", "flags", "passes"):
            if row.has(key):
                raise row.fail(key, f"comes from {like!r} and cannot be given here")
        rule = Rule(rule_id, base.rule.language, base.rule.patterns, base.rule.unless)
        flags, passes = base.flags, base.passes
    for key, patterns in (("patterns", rule.patterns), ("unless", rule.unless)):
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as problem:
                raise row.fail(key, f"{pattern!r} is not a search pattern: {problem}") from problem
    for text in flags:
        if not check(text, "", [rule]):
            raise row.fail("flags", f"the rule does not catch its example {text!r}")
    for text in passes:
        if check(text, "", [rule]):
            raise row.fail("passes", f"the rule catches {text!r}, which it should let pass")
    return JobAdRule(
        id=rule_id,
        level=cast(Any, row.text("level", choices=("UNLAWFUL", "WORDING"))),
        country=country,
        like=like,
        rule=rule,
        catches=row.words("catches") or (base.catches if base else ""),
        source=row.words("source"),
        suggestion=row.words("suggestion") or (base.suggestion if base else ""),
        flags=flags,
        passes=passes,
        pin=packs.pin(table, rule_id),
    )


def _reports(packs: _Packs, indicators: Mapping[str, Indicator]) -> dict[str, ReportDefinition]:
    found: dict[str, ReportDefinition] = {}
    for path in packs.folder("reports"):
        table = packs.open(path, ("code", "title", "no_records", "sections", "warnings"))
        code, title = table.text("code", shape=SLUG), table.words("title")
        no_records = table.words("no_records")
        claims: dict[str, ClaimDefinition] = {}
        sections: dict[str, ReportSection] = {}
        for row in table.tables("sections", ("code", "title", "claims")):
            section, heading = row.text("code", shape=SLUG), row.words("title")
            own = tuple(_claims(row, indicators, claims))
            _add(sections, ReportSection(section, heading, own), section, row, "code")
        warnings: dict[str, str] = {}
        for row in table.tables("warnings", ("code", "text")):
            warning = row.text("code", shape=CODE)
            _add(warnings, row.template("text", (), WARNING_PLACEHOLDERS), warning, row, "code")
        report = ReportDefinition(
            code,
            title,
            no_records,
            tuple(sections.values()),
            MappingProxyType(warnings),
            packs.pin(table, code),
        )
        _add(found, report, code, table, "code")
        packs.close(table)
    return found


def _claims(
    section: Table, indicators: Mapping[str, Indicator], claims: dict[str, ClaimDefinition]
) -> Iterator[ClaimDefinition]:
    for row in section.tables(
        "claims", ("id", "indicator", "kind", "text"), ("text_one", "sex", "is_optional")
    ):
        kind = cast(ClaimKind, row.text("kind", choices=get_args(ClaimKind)))
        wanted = CLAIM_PLACEHOLDERS[kind]
        more = ("n", "lower", "upper") if kind == "RATE" else ("n",)
        if row.has("text_one") and kind != "COUNT":
            raise row.fail("text_one", "only a COUNT has a sentence for one")
        claim = ClaimDefinition(
            id=row.text("id", shape=SLUG),
            indicator=row.text("indicator", choices=indicators),
            kind=kind,
            sex=row.text("sex", choices=("FEMALE", "MALE", "OTHER", "NOT_REPORTED")),
            text=row.template("text", wanted, more),
            text_one=row.template("text_one", wanted, more),
            is_optional=row.flag("is_optional"),
        )
        unit = indicators[claim.indicator].unit
        if indicators[claim.indicator].is_fraction != (kind in ("SHARE", "KEYED_SHARE")):
            raise row.fail("kind", f"{kind} does not fit the unit of {claim.indicator!r}")
        if any((unit == each) != (kind == each) for each in ("RATE", "MONEY", "DAYS")):
            raise row.fail("kind", f"{kind} does not fit the unit of {claim.indicator!r}")
        _add(claims, claim, claim.id, row, "id")
        yield claim


def load_from(path: Path | str) -> Content:
    """Read a folder of packs; raises ContentError with file, line and reason for the first thing wrong."""
    root = Path(path)
    packs = _Packs(root)
    frozen: Callable[[dict[str, T]], Mapping[str, T]] = MappingProxyType
    indicators = _indicators(packs)
    hazards = _categories(packs, "hazards")
    content = Content(
        indicators=frozen(indicators),
        modules=frozen(_modules(packs)),
        suggestion_categories=frozen(_categories(packs, "suggestions")),
        hazard_categories=frozen(hazards),
        project_tags=frozen(_categories(packs, "project_tags", r"[A-Za-z0-9_]+")),
        equality_areas=frozen(_equality_areas(packs)),
        practice_types=frozen(_categories(packs, "practice_types")),
        decline_reasons=frozen(_decline_reasons(packs)),
        answer_templates=frozen(_answer_templates(packs)),
        questionnaires=frozen(_questionnaires(packs)),
        job_ad_rules=frozen(_job_ad_rules(packs)),
        checklists=frozen(read_checklists(packs, hazards)),
        job_hazards=frozen(read_job_hazards(packs, hazards)),
        reports=frozen(_reports(packs, indicators)),
        texts=tuple(packs.texts),
        catalogues=read_catalogues(root / "locale", root),
    )
    packs.refuse_strangers()
    return content

"""Checking the words of a job advertisement against the law packs of the enterprise's country. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from fairfloor.content import JobAdRule
from fairfloor.content import load as load_content
from fairfloor.measure.job_ads import Hit, check


@dataclass(frozen=True)
class Finding:
    """One place in a text, and the rule that caught it."""

    hit: Hit
    rule: JobAdRule


@dataclass(frozen=True)
class Checked:
    """What a check came to, and the packs (pack@version) it used."""

    in_title: tuple[Finding, ...]
    in_text: tuple[Finding, ...]
    rules: str

    @property
    def is_clean(self) -> bool:
        """Whether no rule caught anything."""
        return not (self.in_title or self.in_text)


def check_ad(*, title: str, text: str, language: str, country: str) -> Checked:
    """Check title and text with the country's rules and the general ones they do not replace."""
    rules = load_content().job_ad_rules_for(country)
    by_id = {rule.id: rule for rule in rules}

    def findings(words: str) -> tuple[Finding, ...]:
        hits = check(words, language, [rule.rule for rule in rules])
        return tuple(Finding(hit, by_id[hit.rule_id]) for hit in hits)

    packs = sorted({rule.pin.partition(":")[0] for rule in rules})
    return Checked(findings(title), findings(text), ";".join(packs))

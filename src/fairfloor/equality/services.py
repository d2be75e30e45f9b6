"""Verbs on job advertisements and gender practices."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from fairfloor.content import load as load_content
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import StaleEdit, apply_changes, check_version
from fairfloor.core.randomness import random_code
from fairfloor.core.stale import mark_stale
from fairfloor.core.tenancy import current_enterprise_id
from fairfloor.equality.checking import check_ad
from fairfloor.equality.figures import SUPPLIER
from fairfloor.equality.models import GenderPractice, JobAd
from fairfloor.organisations.public import Enterprise

__all__ = [
    "EntryRefused",
    "StaleEdit",
    "add_job_ad",
    "add_practice",
    "check_again",
    "correct_job_ad",
    "correct_practice",
    "enterprise_country",
    "withdraw_job_ad",
    "withdraw_practice",
]


class EntryRefused(ValueError):
    """The values do not fit. ``code`` says why (EMPTY, UNKNOWN, ALREADY_RECORDED), ``field`` where."""

    def __init__(self, field: str, code: str):
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


def enterprise_country() -> str:
    """The country of the enterprise in scope, whose rules apply; "" when it is not known."""
    return Enterprise.objects.only("country").get(pk=current_enterprise_id()).country


def check_again(ad: JobAd, country: str) -> None:
    """Set what the check comes to for an advertisement's present words."""
    checked = check_ad(title=ad.title, text=ad.text, language=ad.language, country=country)
    ad.is_clean, ad.rules = checked.is_clean, checked.rules


def _fresh_code() -> str:
    for _try in range(20):
        code = random_code("AD")
        if not JobAd.objects.filter(code=code).exists():
            return code
    raise IntegrityError("No free code was found for a job advertisement.")


def _require_words(values: dict[str, Any], *names: str) -> None:
    for name in names:
        if name in values and not values[name].strip():
            raise EntryRefused(name, "EMPTY")


@transaction.atomic
def add_job_ad(
    *, actor: Actor, title: str, text: str, language: str, posted_date: date, at: datetime
) -> JobAd:
    """Keep an advertisement and check its words."""
    require(actor, "equality.write")
    _require_words({"title": title, "text": text}, "title", "text")
    ad = JobAd(
        code=_fresh_code(), title=title.strip(), text=text.strip(), language=language, posted_date=posted_date
    )
    check_again(ad, enterprise_country())
    ad.save(force_insert=True)
    audit.record(actor, "job_ad.added", ad, at, is_clean=ad.is_clean, rules=ad.rules)
    mark_stale(SUPPLIER.code, posted_date)
    return ad


AD_FIELDS = frozenset({"title", "text", "language", "posted_date"})


@transaction.atomic
def correct_job_ad(
    *, actor: Actor, job_ad_id: int, values: dict[str, Any], at: datetime, version: int | None = None
) -> JobAd:
    """Change an advertisement and check it again; the trail keeps old and new."""
    require(actor, "equality.write")
    ad = JobAd.objects.select_for_update().get(pk=job_ad_id, withdrawn_date__isnull=True)
    check_version(ad, version)
    if set(values) - AD_FIELDS:
        raise KeyError(", ".join(sorted(set(values) - AD_FIELDS)))
    _require_words(values, "title", "text")
    before = ad.posted_date
    changed = apply_changes(ad, values)
    if changed:
        check_again(ad, enterprise_country())
        ad.save()
        audit.record(actor, "job_ad.corrected", ad, at, changed=changed, is_clean=ad.is_clean, rules=ad.rules)
        mark_stale(SUPPLIER.code, before, ad.posted_date)
    return ad


def _withdraw(
    actor: Actor, obj: Any, verb: str, reason: str, day: date, at: datetime, version: int | None
) -> None:
    check_version(obj, version)
    if not reason.strip():
        raise EntryRefused("reason", "EMPTY")
    apply_changes(obj, {"withdrawn_date": day, "withdrawn_reason": reason.strip()})
    obj.save()
    audit.record(actor, verb, obj, at, reason=reason.strip())


@transaction.atomic
def withdraw_job_ad(
    *, actor: Actor, job_ad_id: int, reason: str, day: date, at: datetime, version: int | None = None
) -> JobAd:
    """Take a wrong entry out of the count; it stays to be seen."""
    require(actor, "equality.write")
    ad = JobAd.objects.select_for_update().get(pk=job_ad_id, withdrawn_date__isnull=True)
    _withdraw(actor, ad, "job_ad.withdrawn", reason, day, at, version)
    mark_stale(SUPPLIER.code, ad.posted_date)
    return ad


def _check_practice(values: dict[str, Any], but: int | None = None) -> None:
    _require_words(values, "title")
    if values["area"] not in load_content().equality_areas:
        raise EntryRefused("area", "UNKNOWN")
    if values["type"] and values["type"] not in load_content().practice_types:
        raise EntryRefused("type", "UNKNOWN")
    same = GenderPractice.objects.filter(
        title=values["title"],
        area=values["area"],
        practice_date=values["practice_date"],
        withdrawn_date__isnull=True,
    )
    if same.exclude(pk=but).exists():
        raise EntryRefused("title", "ALREADY_RECORDED")


PRACTICE_FIELDS = ("title", "area", "type", "practice_date", "project_code")


@transaction.atomic
def add_practice(
    *,
    actor: Actor,
    title: str,
    area: str,
    practice_date: date,
    at: datetime,
    type: str = "",
    project_code: str = "",
) -> GenderPractice:
    """Record a practice in one of the areas A to F."""
    require(actor, "equality.write")
    values = {
        "title": title.strip(),
        "area": area,
        "type": type,
        "practice_date": practice_date,
        "project_code": project_code,
    }
    _check_practice(values)
    practice = GenderPractice.objects.create(**values)
    audit.record(actor, "gender_practice.added", practice, at, area=area)
    mark_stale(SUPPLIER.code, practice_date)
    return practice


@transaction.atomic
def correct_practice(
    *, actor: Actor, practice_id: int, values: dict[str, Any], at: datetime, version: int | None = None
) -> GenderPractice:
    """Correct a practice; the trail keeps old and new."""
    require(actor, "equality.write")
    practice = GenderPractice.objects.select_for_update().get(pk=practice_id, withdrawn_date__isnull=True)
    check_version(practice, version)
    if set(values) - set(PRACTICE_FIELDS):
        raise KeyError(", ".join(sorted(set(values) - set(PRACTICE_FIELDS))))
    _check_practice({name: getattr(practice, name) for name in PRACTICE_FIELDS} | values, but=practice.pk)
    before = practice.practice_date
    changed = apply_changes(practice, values)
    if changed:
        practice.save()
        audit.record(actor, "gender_practice.corrected", practice, at, changed=changed)
        mark_stale(SUPPLIER.code, before, practice.practice_date)
    return practice


@transaction.atomic
def withdraw_practice(
    *, actor: Actor, practice_id: int, reason: str, day: date, at: datetime, version: int | None = None
) -> GenderPractice:
    """Take a wrong entry out of the count; it stays to be seen."""
    require(actor, "equality.write")
    practice = GenderPractice.objects.select_for_update().get(pk=practice_id, withdrawn_date__isnull=True)
    _withdraw(actor, practice, "gender_practice.withdrawn", reason, day, at, version)
    mark_stale(SUPPLIER.code, practice.practice_date)
    return practice

"""The demo: both factories with work at every stage, and nothing new when it runs again."""

from argparse import Namespace
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from fairfloor.accounts.public import User
from fairfloor.config.commands import demo
from fairfloor.core.models import AuditEvent
from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import figures, last_twelve_months, splits
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import Enterprise, local_day
from fairfloor.projects.public import ImprovementProject
from fairfloor.suggestions.public import Status, Suggestion

REPORT = Period(date(2022, 9, 1), date(2023, 8, 31))


@pytest.fixture
def loaded(db, capsys):
    demo.sign_ins_file().unlink(missing_ok=True)
    assert demo.run(Namespace(beside=False)) == 0
    yield capsys.readouterr().out
    demo.sign_ins_file().unlink(missing_ok=True)


def passwords(printed):
    lines = [
        line.split() for line in printed.splitlines() if line.startswith(tuple("abcdefghijklmnopqrstuvwxyz"))
    ]
    return {words[0]: words[1] for words in lines if len(words) > 2}


def test_the_demo_is_whole_and_running_it_again_changes_nothing(loaded, capsys):
    known = passwords(loaded)
    assert len([name for name in known if User.objects.filter(username=name).exists()]) == 12
    assert "http://127.0.0.1:8000/w/" in loaded
    assert demo.sign_ins_file().stat().st_mode & 0o777 == 0o600
    river = Enterprise.objects.get(slug=demo.RIVERSIDE)
    with scope(river.id):
        living = Suggestion.objects.filter(submitted_date__gt=REPORT.end_date)
        assert set(living.values_list("status", flat=True)) == set(Status) - {Status.WITHDRAWN}
        found = figures(["suggestions.received", "projects.completed", "hazards.reported"], REPORT)
        assert [found[code].value for code in found] == [104, 83, 46]
        before = (AuditEvent.objects.count(), Suggestion.objects.count(), ImprovementProject.objects.count())
    assert demo.run(Namespace(beside=False)) == 0
    assert passwords(capsys.readouterr().out) == known
    with scope(river.id):
        after = (AuditEvent.objects.count(), Suggestion.objects.count(), ImprovementProject.objects.count())
    assert after == before
    assert Enterprise.objects.count() == 2

    for name, own, other in (
        ("secretary", demo.RIVERSIDE, demo.HILLSIDE),
        ("buyer", demo.RIVERSIDE, demo.HILLSIDE),
        ("hillside-manager", demo.HILLSIDE, demo.RIVERSIDE),
    ):
        client = Client()
        assert client.login(username=name, password=known[name])
        assert client.get(f"/e/{own}/").status_code == 200
        assert client.get(f"/e/{other}/").status_code == 404


def test_the_last_twelve_months_have_a_shape(loaded):
    river = Enterprise.objects.get(slug=demo.RIVERSIDE)
    with scope(river.id):
        today = local_day(river, timezone.now())
        year = last_twelve_months(today)
        months = [month.start_date.isoformat() for month in year.months() if month.end_date < today]
        found = splits(
            ["suggestions.received", "hazards.reported", "projects.completed", "defect-rate"], year, "month"
        )
        for code, by_month in found.items():
            assert sum(month in by_month for month in months) >= 8, code
        for reading in ("defect-rate", "absenteeism-rate", "turnover-rate"):
            assert set(splits([reading], year, "month")[reading]) >= set(months)
        said = Suggestion.objects.filter(submitted_date__gt=REPORT.end_date)
        assert 0.55 < said.exclude(level="").count() / said.count() < 0.8
        assert len(splits(["workforce.headcount"], year, "item")["workforce.headcount"]) == 2
        shown = ImprovementProject.objects.exclude(photo_before=None).exclude(photo_after=None)
        assert shown.count() == 3
        # Nothing of it lies in the period of the report.
        assert not ImprovementProject.objects.filter(
            photo_after__isnull=False, finish_date__lte=REPORT.end_date
        ).exists()


def test_the_demo_leaves_a_real_installation_alone(river, capsys):
    river.user("mei")
    assert demo.run(Namespace(beside=False)) == 0
    assert "was not loaded" in capsys.readouterr().out
    assert not Enterprise.objects.filter(is_demo=True).exists()


def test_a_demo_that_was_ended_is_not_revived(loaded, capsys):
    User.objects.filter(is_demo=True).update(is_active=False)
    assert demo.run(Namespace(beside=False)) == 0
    assert "has ended" in capsys.readouterr().out
    assert not User.objects.filter(is_demo=True, is_active=True).exists()

"""`fairfloor report`: what it writes, and what it refuses in words."""

import json

import pytest

from fairfloor.config.cli import main
from fairfloor.core.tenancy import scope
from fairfloor.reports.models import ReportSnapshot

pytestmark = pytest.mark.django_db


def report(*more):
    return main(["report", "case-report", "--enterprise", "river", *more])


def test_it_writes_to_standard_output_and_keeps_one_snapshot(river, capfdbinary):
    assert report("--from", "2026-03-01", "--to", "2026-03-31") == 0
    first = capfdbinary.readouterr().out
    assert json.loads(first)["period"] == {"from": "2026-03-01", "to": "2026-03-31"}
    assert report("--from", "2026-03-01", "--to", "2026-03-31") == 0
    assert capfdbinary.readouterr().out == first
    with scope(river.id):
        assert ReportSnapshot.objects.count() == 1


@pytest.mark.parametrize(("form", "start"), [("json", b"{"), ("html", b"<!DOCTYPE"), ("pdf", b"%PDF")])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_writes_each_form_for_a_factory_without_records(river, tmp_path, form, start, language):
    target = tmp_path / "report"
    assert report("--format", form, "--language", language, "--output", str(target)) == 0
    assert target.read_bytes().startswith(start)
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--from", "2026-02-31", "--to", "2026-03-01"], "--from 2026-02-31 is not a day"),
        (["--from", "2026-03-02", "--to", "2026-03-01"], "Turn --from and --to around"),
        (["--from", "2026-03-02"], "Give both --from and --to"),
        (["--output", "/nowhere/at/all.json"], "cannot be written"),
        (["--enterprise", "nobody"], "There is no enterprise called nobody"),
    ],
)
def test_it_refuses_in_words(river, capsys, more, words):
    assert report(*more) == 1
    printed = capsys.readouterr()
    assert words in printed.err
    assert printed.out == ""

import doctest
from pathlib import Path

import pytest

from fairfloor import measure

FOLDER = Path(__file__).parents[2] / "docs" / "methods"
PAGES = sorted(FOLDER.glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_worked_example_of_each_page_is_true(page):
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("heading", ["## Formula", "## Source", "## Limits", "## Worked example"])
def test_every_page_has_the_same_parts(heading):
    for page in PAGES:
        assert heading in page.read_text(encoding="utf-8"), page.name


def test_every_statistic_has_its_page():
    modules = {path.stem for path in Path(measure.__file__).parent.glob("*.py")} - {"__init__", "cells"}
    assert modules - {page.stem for page in PAGES} == set()

"""A rate never goes without its base: the packs are held to it."""

import shutil

import pytest

from fairfloor.content import PACKS, ContentError, load_from


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("    base: 1000000\n", "", "a RATE has base and base_text"),
        ('    base_text: "per 1,000,000 hours worked"\n', "", "a RATE has base and base_text"),
        ("    base: 1000000\n", "    base: -1\n", "must be a whole number"),
        (
            "    is_event_count: true\n    aggregation: SUM",
            "    is_event_count: true\n    aggregation: LAST",
            "adds up both its sides",
        ),
    ],
)
def test_a_rate_needs_its_base(tmp_path, old, new, reason):
    folder = tmp_path / "packs"
    shutil.copytree(PACKS, folder)
    path = folder / "indicators" / "incidents.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=reason):
        load_from(folder)

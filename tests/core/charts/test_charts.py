"""Charts: well-formed, escaped, finite, honest about gaps and zero."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairfloor.core.charts import (
    Mark,
    Row,
    Series,
    TooManySeries,
    bars,
    heat_map,
    line,
    shares,
    small_multiples,
    sparkline,
)
from fairfloor.core.charts.canvas import fit, nice_ticks, text_width

SVG = "{http://www.w3.org/2000/svg}"
EVIL = '<script>alert("1")</script> & \x00\x0b'
MONTHS = ["Jan", "Feb", "Mar", "Apr"]


def every_kind(values, *, label="Knitting", standalone=False) -> dict[str, str]:
    """One chart of each kind from the same numbers."""
    names = [label] * len(values)
    options = {"standalone": standalone}
    low = [value if value is None else value - 1 for value in values]
    high = [value if value is None else value + 1 for value in values]
    mark = Mark(3, label)
    return {
        "sparkline": sparkline("a", label, values, low=low, high=high, target=mark, **options),
        "line": line(
            "b",
            label,
            names,
            [Series(label, values, low, high), Series(label, values)],
            upper_limit=high,
            lower_limit=low,
            limit_label=label,
            baseline=mark,
            target=mark,
            **options,
        ),
        "bars": bars(
            "c", label, [Row(label, [value], [value], [value]) for value in values], target=mark, **options
        ),
        "shares": shares("d", label, names[:5], [Row(label, values[:5])], **options),
        "heat": heat_map("e", label, names, [Row(label, values)], **options),
        "multiples": small_multiples("f", label, names, [Series(label, values)] * 3, target=mark, **options),
    }


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def coordinates(svg: str) -> list[float]:
    """Every number of the geometry."""
    found = []
    for element in parse(svg).iter():
        for name, value in element.attrib.items():
            if name in {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "d", "viewBox"}:
                found += [float(number) for number in re.findall(r"-?[0-9.]+(?:e[+-]?\d+)?", value)]
                assert not re.search(r"nan|inf", value), value
    return found


NUMBERS = st.one_of(
    st.none(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=True, allow_infinity=True),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-1000, max_value=1000),
)


@settings(max_examples=60)
@given(st.lists(NUMBERS, max_size=14))
def test_whatever_the_numbers_the_picture_is_well_formed_and_finite(values):
    plain = [value if value is None else float(value) for value in values]
    for kind, svg in every_kind(plain).items():
        assert all(abs(number) < 5000 for number in coordinates(svg)), kind


@pytest.mark.parametrize("standalone", [False, True])
@pytest.mark.parametrize(
    "values",
    [[], [None], [0], [5], [0, 0, 0], [None, 2, None], [Decimal("0.1"), 7, None, -3], [1e-9, 2e-9], [-4, -2]],
)
def test_edge_cases_of_every_kind(values, standalone):
    for svg in every_kind(values, standalone=standalone).values():
        assert coordinates(svg)


def test_words_are_escaped_everywhere():
    for kind, svg in every_kind([1, None, 3], label=EVIL).items():
        assert "<script" not in svg, kind
        assert "alert" in "".join(parse(svg).itertext()), kind


def test_a_picture_has_a_role_a_name_and_a_description():
    root = parse(line("my chart/1", "Defects", MONTHS, [Series("", [1, 2, 3, 4])], description="They rise."))
    assert root.get("role") == "img"
    ids = root.get("aria-labelledby").split()
    texts = {element.get("id"): element.text for element in root if element.get("id")}
    assert [texts[name] for name in ids] == ["Defects", "They rise."]


def test_two_charts_on_a_page_share_no_id():
    ids = [set(re.findall(r' id="([^"]+)"', sparkline(name, "t", [1, 2]))) for name in ("one", "two")]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_a_gap_breaks_the_line_and_is_never_bridged():
    whole = parse(sparkline("a", "t", [1, 2, 3, 4]))
    broken = parse(sparkline("a", "t", [1, 2, None, 3, 4]))
    assert len(whole.findall(f"{SVG}path")) == 1
    assert len(broken.findall(f"{SVG}path")) == 2


def test_bars_begin_at_zero_and_are_in_proportion():
    root = parse(bars("a", "t", [Row("A", [10]), Row("B", [5]), Row("C", [0]), Row("D", [None])]))
    drawn = root.findall(f"{SVG}rect")
    assert len(drawn) == 3, "what is not known has no bar"
    assert len({bar.get("x") for bar in drawn}) == 1
    ten, five, zero = (float(bar.get("width")) for bar in drawn)
    assert ten == pytest.approx(2 * five, abs=0.2)
    assert zero == 1
    assert "–" in "".join(root.itertext())


def test_shares_fill_the_whole_and_count_only_what_is_there():
    root = parse(shares("a", "t", ["Women", "Men"], [Row("Team", [9, 4])], format=lambda part: f"{part:.0%}"))
    parts = [float(bar.get("width")) for bar in root.findall(f"{SVG}rect") if bar.get("height") == "22"]
    assert sum(parts) == pytest.approx(360 - 3, abs=0.3)
    assert parts[0] / parts[1] == pytest.approx(9 / 4, rel=0.02)
    assert {"Women 69%", "Men 31%"} <= set(root.itertext())


def test_points_beyond_their_limit_are_ringed():
    def rings(values):
        svg = line("a", "t", MONTHS, [Series("", values)], upper_limit=[5, 5, 9, 5], lower_limit=[1, 1, 1, 1])
        return svg.count("ct-out")

    assert rings([2, 3, 4, 5]) == 0
    assert rings([2, 6, 8, 0.5]) == 2


def test_five_series_fit_and_six_do_not():
    five = [Series(str(number), [number, 2]) for number in range(5)]
    assert "s5" in line("a", "t", ["x", "y"], five)
    with pytest.raises(TooManySeries):
        line("a", "t", ["x", "y"], [*five, five[0]])
    with pytest.raises(TooManySeries):
        shares("a", "t", list("abcdef"), [Row("r", [1] * 6)])
    with pytest.raises(TooManySeries):
        bars("a", "t", [Row("r", [1] * 6)])


def test_labels_of_lines_do_not_cover_each_other():
    same = [Series(f"Line {number}", [1, 1.0 + number / 1000]) for number in range(5)]
    root = parse(line("a", "t", ["x", "y"], same))
    places = sorted(
        float(text.get("y")) for text in root.findall(f"{SVG}text") if text.text.startswith("Line")
    )
    assert len(places) == 5
    assert min(b - a for a, b in pairwise(places)) >= 13


def test_long_chinese_labels_are_cut_and_the_whole_can_be_read():
    name = "出口产品包装与最终检验工段" * 4
    root = parse(bars("a", "t", [Row(name, [1])]))
    shown = next(text for text in root.findall(f"{SVG}text") if text.find(f"{SVG}title") is not None)
    assert shown.text.endswith("…")
    assert text_width(shown.text) <= 360
    assert shown.find(f"{SVG}title").text == name
    assert fit("短", 100) == "短"


def test_a_standalone_picture_carries_colours_and_font_and_the_page_s_does_not():
    values = [1, None, 3, 4, 2]
    for kind, svg in every_kind(values, standalone=True).items():
        assert "Noto Sans CJK SC" in svg, kind
        assert re.search(r"#[0-9A-F]{6}", svg), kind
        for element in parse(svg).iter():
            assert element.get("class") in (None, "chart"), kind
    for kind, svg in every_kind(values).items():
        assert not re.search(r'style=|fill="#|stroke="#', svg), kind


def test_a_chart_over_a_year_stays_light():
    svg = sparkline("a", "Defects", [Decimal(number) / 100 for number in range(12)])
    assert len(svg) < 1024


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (0, 0), (0.031, 0.044), (-5, 12), (1e-9, 3e-9), (1e14, 1e14)]
)
def test_ticks_enclose_the_numbers(low, high):
    ticks = nice_ticks(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 12


@pytest.mark.parametrize(("value", "ends"), [(1.0, (0, 1)), (0.028, (0, 0.03)), (0, (0, 1)), (-4, (-4, 0))])
def test_values_that_are_all_the_same_are_measured_from_zero(value, ends):
    ticks = nice_ticks(value, value)
    assert (ticks[0], ticks[-1]) == ends


def test_typst_draws_the_standalone_pictures(tmp_path):
    """The PDF's own reader accepts every kind; a picture it cannot read would stop a report."""
    typst = pytest.importorskip("typst")
    charts = every_kind([1, None, 3, 4], label="织袜车间", standalone=True)
    for kind, svg in charts.items():
        (tmp_path / f"{kind}.svg").write_text(svg, encoding="utf-8")
    (tmp_path / "all.typ").write_text("".join(f'#image("{kind}.svg")\n' for kind in charts), encoding="utf-8")
    assert typst.compile(str(tmp_path / "all.typ")).startswith(b"%PDF")

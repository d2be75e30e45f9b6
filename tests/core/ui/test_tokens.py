"""The colours of the design hold their contrast in light and dark, and the styles keep the house rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fairfloor.core.ui import icons

STATIC = Path(icons.SPRITE).parent
CSS = STATIC / "css"
SOURCE = STATIC.parents[3]
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"--([a-z0-9-]+): (#[0-9A-Fa-f]{6});")


def _block(opening: str) -> dict[str, str]:
    body = TOKENS[TOKENS.index(opening) + len(opening) :]
    return dict(COLOUR.findall(body[: body.index("}")]))


LIGHT = _block(":root {\n  color-scheme: light;")
DARK = _block('@media (prefers-color-scheme: dark) {\n  :root:not([data-theme="light"]) {')
CHOSEN_DARK = _block(':root[data-theme="dark"] {\n  color-scheme: dark;')


def _declared() -> list[tuple[str, str, float]]:
    comment = TOKENS[: TOKENS.index("*/")]
    texts, shapes = comment.split("shape pairs (3:1):")
    pairs = [(a, b, 4.5) for a, b in re.findall(r"([a-z0-9-]+) on ([a-z0-9-]+)", texts.split("(4.5:1):")[1])]
    return pairs + [(a, b, 3.0) for a, b in re.findall(r"([a-z0-9-]+) on ([a-z0-9-]+)", shapes)]


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """The ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_is_right():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), _declared())
def test_declared_pairs_can_be_read(mode, text, ground, least):
    colours = LIGHT if mode == "light" else DARK
    assert contrast(colours[text], colours[ground]) >= least


def test_every_colour_is_in_a_declared_pair_or_only_a_line():
    named = {name for text, ground, _least in _declared() for name in (text, ground)}
    # The two risk colours are never alone: each has a shape of its own and a word beside it.
    assert set(LIGHT) - named == {"line", "risk-2", "risk-3"}


def test_both_dark_blocks_are_the_same_and_name_every_colour():
    assert DARK == CHOSEN_DARK
    assert set(DARK) == set(LIGHT)


def test_colours_are_written_only_in_the_tokens():
    allowed = {"components.css": {"#FFFFFF"}}  # the ground of a QR code, which a camera must read
    for path in CSS.glob("*.css"):
        if path.name != "tokens.css":
            found = set(re.findall(r"#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8")))
            assert found <= allowed.get(path.name, set()), path.name


def test_every_token_in_use_exists():
    names = set(re.findall(r"--([a-z0-9-]+):", TOKENS)) | {"series"}
    for path in CSS.glob("*.css"):
        used = set(re.findall(r"var\(--([a-z0-9-]+)", path.read_text(encoding="utf-8")))
        assert {name for name in used if not name.startswith("tblr-")} <= names, path.name


def test_styles_lean_to_no_side():
    """Right-to-left pages need logical properties."""
    for path in CSS.glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        found = re.findall(
            r"(?:margin|padding|border)-(?:left|right)|text-align: (?:left|right)|[{;]\s*(?:left|right):",
            text,
        )
        assert not found, (path.name, found)


def test_style_sheets_stay_short():
    for path in CSS.glob("*.css"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path.name


def test_vendored_files_ask_nothing_of_other_hosts():
    for path in (STATIC / "vendor").rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text
        assert "@import" not in text
        assert not re.search(r"url\([\"']?(?:https?:)?//", text)


def test_templates_name_only_icons_of_the_sprite():
    pattern = re.compile(
        r"""\{% icon ["']([^"']+)["']|(?:icon_name|empty_icon|action_icon)=["']([^"']+)["']"""
    )
    seen = set()
    for path in SOURCE.rglob("*.html"):
        for found in pattern.findall(path.read_text(encoding="utf-8")):
            name = found[0] or found[1]
            seen.add(name)
            assert name in icons.icon_names(), (path.name, name)
    assert len(seen) > 10


def test_templates_carry_no_inline_script_or_style():
    """The content policy would drop them silently."""
    pattern = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", re.I)
    for path in (SOURCE / "core").rglob("*.html"):
        assert not pattern.search(path.read_text(encoding="utf-8")), path.name

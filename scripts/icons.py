"""Build core/icons.svg, the one sprite of all staff icons, from a folder of Tabler's outline icons.

    python scripts/icons.py PATH/TO/package/icons/outline

The list below is the whole set: a template that names another icon fails a test.
"""

import re
import sys
from pathlib import Path

SPRITE = Path(__file__).parent.parent / "src/fairfloor/core/static/core/icons.svg"

NAMES = """
adjustments affiliate alert-circle alert-triangle archive arrow-down arrow-left arrow-right arrow-up arrow-up-right
baby-carriage bell bolt brand-wechat building building-factory building-factory-2 bulb calendar calendar-event camera
cash certificate chart-bar chart-line check checklist chevron-down chevron-left chevron-right circle circle-check
circle-dot circle-x clipboard-check clipboard-list clock cloud-off coin coins copy database device-mobile dots
dots-vertical download droplet external-link eye eye-off file-download file-spreadsheet file-text file-type-pdf filter
first-aid-kit flag flame gender-bigender gender-female gender-male grip-vertical hammer hand-stop heart help-circle
helmet hierarchy-2 history home id info-circle key language layout-board leaf link list list-check lock lock-open login
logout mail map-pin menu-2 message message-circle messages microphone minus mood-neutral mood-sad mood-smile moon
paperclip pencil phone photo player-play plus presentation printer qrcode recycle refresh report report-analytics
rotate scale school search send settings shield shield-check sort-ascending sort-descending speakerphone star
stethoscope sun table target target-arrow thumb-down thumb-up tool trash trending-down trending-up upload user
user-circle user-plus users users-group volume wand wifi-off world x zoom-in
""".split()


def symbol(name: str, source: str) -> str:
    """One icon as a <symbol>, without the empty frame Tabler draws for alignment."""
    shapes = re.findall(r"<(?:path|circle|rect|line|polyline|ellipse)\b[^>]*/>", source)
    shapes = [" ".join(shape.split()) for shape in shapes if 'stroke="none" d="M0 0h24v24H0z"' not in shape]
    return f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(shapes)}</symbol>'


def main(folder: Path) -> None:
    """Write the sprite; a name that Tabler does not have stops with FileNotFoundError."""
    symbols = [symbol(name, (folder / f"{name}.svg").read_text()) for name in NAMES]
    SPRITE.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg">\n'
        "<!-- Tabler Icons, MIT licence, see vendor/tabler-icons/LICENSE; built by scripts/icons.py -->\n"
        + "\n".join(symbols)
        + "\n</svg>\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

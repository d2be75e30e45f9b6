"""Build core/icons.svg, the one sprite of all staff icons, from a folder of Tabler's outline icons.

    python scripts/icons.py PATH/TO/package/icons/outline

icons.txt is the whole set: `{% icon %}` refuses any other name, so a page never shows an empty place.
"""

import re
import sys
from pathlib import Path

SPRITE = Path(__file__).parent.parent / "src/fairfloor/core/static/core/icons.svg"

NAMES = (Path(__file__).parent / "icons.txt").read_text().split()


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

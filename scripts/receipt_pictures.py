"""Build conversations/receipt.svg, the 64 pictures of a receipt, from a folder of Tabler's filled icons.

    python scripts/receipt_pictures.py PATH/TO/package/icons/filled

The place of a picture is part of every receipt ever given out: never change the order, and replace a picture only
by one of the same thing.
"""

import re
import sys
from pathlib import Path

NAMES = (Path(__file__).parent / "receipt_pictures.txt").read_text().split()
SPRITE = Path(__file__).parent.parent / "src/fairfloor/conversations/static/conversations/receipt.svg"


def symbol(place: int, source: str) -> str:
    """One picture as a <symbol> named by its place."""
    shapes = re.findall(r"<(?:path|circle|rect|ellipse)\b[^>]*/>", source)
    shapes = [" ".join(shape.split()) for shape in shapes if 'd="M0 0h24v24H0z"' not in shape]
    return f'<symbol id="p{place:02d}" viewBox="0 0 24 24">{"".join(shapes)}</symbol>'


def main(folder: Path) -> None:
    """Write the sprite; a name that Tabler does not have stops with FileNotFoundError."""
    symbols = [symbol(place, (folder / f"{name}.svg").read_text()) for place, name in enumerate(NAMES)]
    SPRITE.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg">\n'
        "<!-- Tabler Icons, MIT, see core/vendor/tabler-icons/LICENSE; built by scripts/receipt_pictures.py -->\n"
        + "\n".join(symbols)
        + "\n</svg>\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

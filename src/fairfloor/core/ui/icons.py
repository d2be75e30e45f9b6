"""The names in the icon sprite, read once."""

import re
from functools import cache
from pathlib import Path

SPRITE = Path(__file__).parent.parent / "static" / "core" / "icons.svg"


@cache
def icon_names() -> frozenset[str]:
    """All names that `{% icon %}` knows; `scripts/icons.txt` holds the list."""
    return frozenset(re.findall(r'<symbol id="([a-z0-9-]+)"', SPRITE.read_text(encoding="utf-8")))

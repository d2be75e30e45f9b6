"""Six static kinds of chart as SVG text: pure functions, no Django, no script.

On screen the picture takes its colours from the page's tokens by class; with `standalone=True` the same
picture carries its colours and font as attributes, for the PDF. A number may be int, float or Decimal;
None is a gap.
"""

from fairfloor.core.charts.blocks import bars, heat_map, shares
from fairfloor.core.charts.canvas import Mark, Row, Series, TooManySeries
from fairfloor.core.charts.lines import line, small_multiples, sparkline

__all__ = [
    "Mark",
    "Row",
    "Series",
    "TooManySeries",
    "bars",
    "heat_map",
    "line",
    "shares",
    "small_multiples",
    "sparkline",
]

"""Charts over time: sparkline, line, small multiples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from fairfloor.core.charts.canvas import (
    EM,
    WIDTH,
    Canvas,
    Format,
    Mark,
    Scale,
    Series,
    Values,
    colour_class,
    finite,
    fit,
    n,
    nice_ticks,
    plain,
    text_width,
)

Point = tuple[float, float]


def _numbers(values: Iterable[object]) -> list[float]:
    return [number for value in values if (number := finite(value)) is not None]  # type: ignore[arg-type]


def _runs(values: Values, x: Scale, y: Scale) -> list[list[Point]]:
    """Points in unbroken runs; a gap in the values is a gap in the line, never a bridge."""
    runs: list[list[Point]] = [[]]
    for position, value in enumerate(values):
        number = finite(value)
        if number is None:
            runs.append([])
        else:
            runs[-1].append((x(position), y(number)))
    return [run for run in runs if run]


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{n(px)} {n(py)}" for px, py in points)


def _draw(canvas: Canvas, series: Series, x: Scale, y: Scale, colour: str) -> None:
    """Band, line and lone points of one series."""
    if series.low and series.high:
        edge: list[tuple[float, float, float]] = []
        pairs: list[tuple[object, object]] = [*zip(series.low, series.high, strict=False), (None, None)]
        for position, (below, above) in enumerate(pairs):
            low, high = finite(below), finite(above)  # type: ignore[arg-type]
            if low is not None and high is not None:
                edge.append((x(position), y(high), y(low)))
                continue
            if len(edge) > 1:
                outline = [(px, top) for px, top, _ in edge] + [
                    (px, bottom) for px, _, bottom in reversed(edge)
                ]
                canvas.path(_path(outline) + "Z", f"ct-band {colour}")
            elif edge:  # a single period has no width, so its interval is a whisker
                canvas.line(edge[0][0], edge[0][1], edge[0][0], edge[0][2], "ct-whisker")
            edge = []
    for run in _runs(series.values, x, y):
        if len(run) > 1:
            canvas.path(_path(run), f"ct-line {colour}")
        else:
            canvas.dot(*run[0], 2.5, f"ct-fill {colour}")


def sparkline(
    chart_id: str,
    title: str,
    values: Values,
    *,
    low: Values = (),
    high: Values = (),
    target: Mark | None = None,
    description: str = "",
    standalone: bool = False,
    width: float = 120,
    height: float = 36,
) -> str:
    """The course of one figure without axes, its latest value as a dot; interval and target where given."""
    canvas = Canvas(chart_id, title, description or title, standalone)
    known = _numbers([*values, *low, *high, target.value if target else None])
    bottom, top = (min(known), max(known)) if known else (0.0, 0.0)
    x = Scale(0, max(1, len(values) - 1), 4, width - 5)
    y = Scale(bottom, top, height - 5, 5)
    if target and finite(target.value) is not None:
        canvas.line(4, y(float(target.value)), width - 5, y(float(target.value)), "ct-target")
    _draw(canvas, Series(title, values, low, high), x, y, "s1")
    if runs := _runs(values, x, y):
        canvas.dot(*runs[-1][-1], 3.5, "ct-fill s1")
    return canvas.finish(width, height)


def _time_labels(canvas: Canvas, labels: Sequence[str], x: Scale, y: float, limit: float) -> None:
    """As many of the labels as fit, evenly spaced, the first and the last always."""
    if not labels:
        return
    widest = max(text_width(label) for label in labels)
    room = abs(x.end - x.start)
    last = len(labels) - 1
    step = 1
    while last and step < last and (room / last) * step < widest + 10:
        step += 1
    for position, label in enumerate(labels):
        on_grid = position % step == 0 and ((last - position) >= step or position == last)
        if not (on_grid or position == last):
            continue
        place, width = x(position), text_width(label)
        anchor = "start" if place - width / 2 < 0 else "end" if place + width / 2 > limit else "middle"
        if anchor == "start":
            place = 0 if len(labels) > 1 else place
        elif anchor == "end":
            place = limit
        canvas.text(place, y, label, anchor=anchor, look="ct-soft", room=room)


def _spread(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart so that none covers another, in their order."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    for earlier, later in pairwise(order):
        moved[later] = max(moved[later], moved[earlier] + gap)
    if order and moved[order[-1]] > high:
        moved[order[-1]] = high
        for later, earlier in pairwise(reversed(order)):
            moved[earlier] = min(moved[earlier], moved[later] - gap)
    return [max(low, place) for place in moved]


def _dense(run: Sequence[Point]) -> list[Point]:
    """The run with four steps between neighbours, so that steep lines count too."""
    between = [
        (px + (qx - px) * step / 4, py + (qy - py) * step / 4)
        for (px, py), (qx, qy) in pairwise(run)
        for step in range(4)
    ]
    return [*between, *run[-1:]]


def _quiet_place(words: str, y: float, drawn: Sequence[Point], left: float, right: float) -> Point:
    """Where words beside the level line at `y` are least in the way: above or below it, at its start or end."""
    width = text_width(words)

    def nearest(spot: Point) -> float:
        x, base = spot
        middle = base - EM / 3
        around = [abs(py - middle) for px, py in drawn if x - 8 <= px <= x + width + 8]
        return min([*around, 30.0])

    starts = (left, max(left, right - width))
    spots = [(x, base) for base in (max(EM, y - 4), y + EM - 1) for x in starts]
    return max(spots, key=nearest)


def line(
    chart_id: str,
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    description: str = "",
    lower_limit: Values = (),
    upper_limit: Values = (),
    limit_label: str = "",
    flags: Sequence[bool] = (),
    baseline: Mark | None = None,
    target: Mark | None = None,
    from_zero: bool = False,
    format: Format = plain,
    standalone: bool = False,
    height: float = 230,
) -> str:
    """Up to five lines over time, labelled where they end; control limits dashed, points beyond them ringed.

    `flags` puts a diamond around points of the first series that stand out though they lie within the limits.
    `lower_limit` and `upper_limit` hold one value per label (they move with n) and judge the first series.
    """
    canvas = Canvas(chart_id, title, description or title, standalone)
    colours = [colour_class(index) for index in range(len(series))]
    known: list[float] = [0.0] if from_zero else []
    for each in series:
        known += _numbers([*each.values, *each.low, *each.high])
    known += _numbers([*lower_limit, *upper_limit, *(mark.value for mark in (baseline, target) if mark)])
    ticks = nice_ticks(min(known), max(known)) if known else nice_ticks(0, 1)
    left = max(text_width(format(tick)) for tick in ticks) + 8

    ends = []
    for index, each in enumerate(series):
        latest = [number for value in each.values if (number := finite(value)) is not None]
        if latest:
            words = f"{each.label} {format(latest[-1])}" if len(series) > 1 else format(latest[-1])
            ends.append((latest[-1], words, index))
    marks = [(mark, look) for mark, look in ((baseline, "ct-baseline"), (target, "ct-target")) if mark]
    right = min(140.0, max([text_width(words) for _, words, _ in ends] + [20.0]) + 10)
    top, bottom = 14.0, height - 24
    x = Scale(0, max(1, len(labels) - 1), left + 4, WIDTH - right - 4)
    y = Scale(ticks[0], ticks[-1], bottom, top)

    for tick in ticks:
        canvas.line(left, y(tick), WIDTH - right, y(tick), "ct-axis" if tick == 0 else "ct-grid")
        canvas.text(left - 6, y(tick) + 4, format(tick), anchor="end", look="ct-soft")
    _time_labels(canvas, labels, x, height - 6, WIDTH)

    for limit in (upper_limit, lower_limit):
        for run in _runs(limit, x, y):
            half = (x(1) - x(0)) / 2
            steps = [point for px, py in run for point in ((px - half, py), (px + half, py))]
            canvas.path(_path([(min(max(px, left), WIDTH - right), py) for px, py in steps]), "ct-limit")
    drawn = [point for each in series for run in _runs(each.values, x, y) for point in _dense(run)]
    inner = WIDTH - left - right
    if limit_label and (limits := _runs(upper_limit, x, y)):
        words = fit(limit_label, inner)
        canvas.text(
            *_quiet_place(words, min(py for run in limits for _, py in run), drawn, left + 4, WIDTH - right),
            words,
            look="ct-soft ct-halo",
        )
    for mark, look in marks:
        place = y(finite(mark.value) or 0.0)
        canvas.line(left, place, WIDTH - right, place, look)
        words = fit(f"{mark.label} {format(float(mark.value))}", inner)
        spot = _quiet_place(words, place, drawn, left + 4, WIDTH - right)
        canvas.text(*spot, words, look="ct-soft ct-halo")

    for each, colour in zip(series, colours, strict=True):
        _draw(canvas, each, x, y, colour)
        for position, value in enumerate(each.values):
            number = finite(value)
            if number is None or len(each.values) > 60:
                continue
            name = labels[position] if position < len(labels) else ""
            radius = 2.5 if len(each.values) <= 24 else 1.5
            canvas.dot(
                x(position),
                y(number),
                radius,
                f"ct-fill {colour}",
                f"{name} {each.label} {format(number)}".strip(),
            )
    if series:
        for position, value in enumerate(series[0].values):
            number = finite(value)
            low = finite(lower_limit[position]) if position < len(lower_limit) else None
            high = finite(upper_limit[position]) if position < len(upper_limit) else None
            if number is not None and (
                (low is not None and number < low) or (high is not None and number > high)
            ):
                canvas.dot(x(position), y(number), 6, "ct-out")
            elif number is not None and position < len(flags) and flags[position]:
                px, py = x(position), y(number)
                corners = [(px, py - 7), (px + 7, py), (px, py + 7), (px - 7, py)]
                canvas.path(_path(corners) + "Z", "ct-flag")
    places = _spread([y(value) for value, _, _ in ends], EM + 3, top, bottom)
    for place, (_, words, index) in zip(places, ends, strict=True):
        if len(series) > 1:  # a short stroke in the line's colour, so that words stay dark and readable
            canvas.line(WIDTH - right + 1, place, WIDTH - right + 7, place, f"ct-line {colours[index]}")
        canvas.text(
            WIDTH - right + (11 if len(series) > 1 else 4), place + 4, words, look="ct-strong", room=right - 8
        )
    return canvas.finish(WIDTH, height)


def small_multiples(
    chart_id: str,
    title: str,
    labels: Sequence[str],
    panels: Sequence[Series],
    *,
    description: str = "",
    target: Mark | None = None,
    columns: int = 2,
    from_zero: bool = True,
    format: Format = plain,
    standalone: bool = False,
) -> str:
    """The same small line chart for each of many groups, on one scale, so that they can be compared."""
    canvas = Canvas(chart_id, title, description or title, standalone)
    known: list[float] = [0.0] if from_zero else []
    for each in panels:
        known += _numbers([*each.values, *each.low, *each.high])
    known += _numbers([target.value] if target else [])
    ticks = nice_ticks(min(known), max(known), 2) if known else [0.0, 1.0]
    gap, panel_height = 20.0, 92.0
    panel_width = (WIDTH - gap * (columns - 1)) / columns
    for index, each in enumerate(panels):
        left, top = (index % columns) * (panel_width + gap), (index // columns) * (panel_height + gap)
        x = Scale(0, max(1, len(labels) - 1), left + 4, left + panel_width - 4)
        y = Scale(ticks[0], ticks[-1], top + panel_height - 18, top + 24)
        latest = [number for value in each.values if (number := finite(value)) is not None]
        figure = format(latest[-1]) if latest else "–"
        canvas.text(left, top + 13, fit(each.label, panel_width - text_width(figure) - 8), look="ct-strong")
        canvas.text(left + panel_width, top + 13, figure, anchor="end")
        for tick in (ticks[0], ticks[-1]):
            canvas.line(
                left, y(tick), left + panel_width, y(tick), "ct-axis" if tick == ticks[0] else "ct-grid"
            )
        if target and finite(target.value) is not None:
            canvas.line(left, y(float(target.value)), left + panel_width, y(float(target.value)), "ct-target")
        _draw(canvas, each, x, y, "s1")
        if runs := _runs(each.values, x, y):
            canvas.dot(*runs[-1][-1], 3, "ct-fill s1")
        if labels:
            canvas.text(left, top + panel_height - 4, labels[0], look="ct-soft", room=panel_width / 2 - 4)
            if len(labels) > 1:
                canvas.text(
                    left + panel_width,
                    top + panel_height - 4,
                    labels[-1],
                    anchor="end",
                    look="ct-soft",
                    room=panel_width / 2 - 4,
                )
    rows = max(1, -(-len(panels) // columns))
    return canvas.finish(WIDTH, rows * (panel_height + gap) - gap + 4)

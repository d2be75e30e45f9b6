"""Charts of areas: bars from zero, shares of a whole, heat map."""

from __future__ import annotations

from collections.abc import Sequence

from fairfloor.core.charts.canvas import (
    EM,
    MAX_SERIES,
    WIDTH,
    Canvas,
    Format,
    Mark,
    Row,
    Scale,
    TooManySeries,
    colour_class,
    finite,
    fit,
    plain,
    text_width,
)


def bars(
    chart_id: str,
    title: str,
    rows: Sequence[Row],
    *,
    description: str = "",
    names: Sequence[str] = (),
    baseline: Mark | None = None,
    target: Mark | None = None,
    format: Format = plain,
    standalone: bool = False,
) -> str:
    """Lying bars from zero, the name above each and the number at its end; intervals as whiskers.

    A row with several values draws one bar for each of `names` (at most five), e.g. women and men.
    """
    canvas = Canvas(chart_id, title, description or title, standalone)
    per_row = max([len(row.values) for row in rows] + [1])
    colours = [colour_class(index) for index in range(per_row)]
    known = [0.0]
    for row in rows:
        known += [
            number for value in (*row.values, *row.low, *row.high) if (number := finite(value)) is not None
        ]
    marks = [(mark, look) for mark, look in ((baseline, "ct-baseline"), (target, "ct-target")) if mark]
    known += [number for mark, _ in marks if (number := finite(mark.value)) is not None]
    low, high = min(known), max(known)

    def words(row: Row, index: int) -> str:
        number = finite(row.values[index])
        figure = "–" if number is None else format(number)
        return f"{names[index]} {figure}" if per_row > 1 and index < len(names) else figure

    room = (
        max([text_width(words(row, index)) for row in rows for index in range(len(row.values))] + [20.0]) + 12
    )
    room = min(room, 150.0)
    x = Scale(low, high if high > low else low + 1, 2, WIDTH - room)
    bar, top = 14.0, (EM + 8 if marks else 2.0)
    row_height = EM + 7 + per_row * (bar + 3) + 9
    height = top + max(1, len(rows)) * row_height

    labels: list[
        tuple[float, float, str, str, float]
    ] = []  # words come last, above the lines that cross them
    for order, row in enumerate(rows):
        y = top + order * row_height
        labels.append((2, y + EM, row.label, "ct-halo", WIDTH - 4))
        for index, value in enumerate(row.values):
            place, number = y + EM + 7 + index * (bar + 3), finite(value)
            tip = f"{row.label} {words(row, index)}"
            end = x(0.0)
            if number is not None:
                start, end = sorted((x(0.0), x(number)))
                canvas.rect(start, place, max(end - start, 1.0), bar, f"ct-fill {colours[index]}", tip, 2)
            below = finite(row.low[index]) if index < len(row.low) else None
            above = finite(row.high[index]) if index < len(row.high) else None
            if below is not None and above is not None and number is not None:
                middle = place + bar / 2
                canvas.line(x(below), middle, x(above), middle, "ct-whisker")
                for edge in (x(below), x(above)):
                    canvas.line(edge, middle - 4, edge, middle + 4, "ct-whisker")
                end = max(end, x(above))
            look = "ct-strong ct-halo" if per_row == 1 else "ct-halo"
            labels.append((end + 6, place + bar - 3, words(row, index), look, room - 8))
    canvas.line(x(0.0), top, x(0.0), height - 6, "ct-axis")
    taken = 0.0
    for mark, look in marks:
        number = finite(mark.value) or 0.0
        text = fit(f"{mark.label} {format(number)}", WIDTH / len(marks) - 8)
        width = text_width(text)
        start = min(max(taken, x(number) - width / 2), WIDTH - width)
        canvas.line(x(number), top - 3, x(number), height - 6, look)
        canvas.text(max(0.0, start), EM, text, look="ct-soft")
        taken = start + width + 8
    for place_x, place_y, text, look, space in labels:
        canvas.text(place_x, place_y, text, look=look, room=space)
    return canvas.finish(WIDTH, height)


def shares(
    chart_id: str,
    title: str,
    parts: Sequence[str],
    rows: Sequence[Row],
    *,
    description: str = "",
    format: Format = plain,
    standalone: bool = False,
) -> str:
    """Each row as one bar of 100 %, its parts named below it. `format` receives a fraction.

    Negative parts count as 0.
    """
    if len(parts) > MAX_SERIES:
        raise TooManySeries(f"At most {MAX_SERIES} parts can be told apart.")
    canvas = Canvas(chart_id, title, description or title, standalone)
    bar, y = 22.0, 0.0
    for row in rows:
        if row.label:
            canvas.text(0, y + EM, row.label, room=WIDTH)
            y += EM + 6
        values = [max(0.0, finite(value) or 0.0) for value in row.values[: len(parts)]]
        total = sum(values)
        if total <= 0:
            canvas.rect(0, y, WIDTH, bar, "ct-empty", "–", 3)
            y += bar + 22
            continue
        named: list[
            tuple[float, float, str, str]
        ] = []  # start of the part, width of its words, words, colour
        x = 0.0
        for index, (part, value) in enumerate(zip(parts, values, strict=False)):
            width = value / total * WIDTH
            words, look = fit(f"{part} {format(value / total)}", WIDTH - 14), f"ct-fill {colour_class(index)}"
            if value > 0:
                canvas.rect(x, y, max(width - 1.5, 0.8), bar, look, f"{row.label} {words}".strip())
                named.append((x, 14 + text_width(words), words, look))
            x += width
        text_y = _name_parts(canvas, named, y + bar + EM + 3)
        y = text_y + 18
    return canvas.finish(WIDTH, max(y - 8, bar))


def _name_parts(canvas: Canvas, named: Sequence[tuple[float, float, str, str]], y: float) -> float:
    """Each name under the start of its part where all have room there, else one after the other; the last line."""
    places, free = [], 0.0
    for start, width, _words, _look in named:
        places.append((max(start, free), y))
        free = places[-1][0] + width + 14
    if free - 14 > WIDTH:
        x = 0.0
        for index, (_start, width, _words, _look) in enumerate(named):
            if x and x + width > WIDTH:
                x, y = 0.0, y + EM + 4
            places[index] = (x, y)
            x += width + 14
    for (x, line), (_start, _width, words, look) in zip(places, named, strict=True):
        canvas.rect(x, line - 8, 9, 9, look, "", 2)
        canvas.text(x + 14, line, words)
    return y


def heat_map(
    chart_id: str,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    *,
    description: str = "",
    format: Format = plain,
    low: float | None = None,
    high: float | None = None,
    standalone: bool = False,
) -> str:
    """Numbers on a ground that darkens in five steps from `low` to `high` (else least to greatest).

    A None is an empty cell with a dash: not known, or too few people to be shown.
    """
    canvas = Canvas(chart_id, title, description or title, standalone)
    known = [number for row in rows for value in row.values if (number := finite(value)) is not None]
    bottom = low if low is not None else min(known, default=0.0)
    top = high if high is not None else max(known, default=1.0)
    label_width = min(120.0, max([text_width(row.label) for row in rows] + [30.0]) + 8)
    cell_width = (WIDTH - label_width) / max(1, len(columns))
    cell, head = 28.0, EM + 10
    for index, name in enumerate(columns):
        place = label_width + (index + 0.5) * cell_width
        canvas.text(place, EM, name, anchor="middle", look="ct-soft", room=cell_width - 2)
    for order, row in enumerate(rows):
        y = head + order * (cell + 2)
        canvas.text(0, y + cell / 2 + 4, row.label, room=label_width - 6)
        for index in range(len(columns)):
            number = finite(row.values[index]) if index < len(row.values) else None
            x = label_width + index * cell_width
            figure = "–" if number is None else format(number)
            tip = f"{row.label} {columns[index]} {figure}"
            step = 0
            if number is not None:
                share = 0.5 if top <= bottom else min(1.0, max(0.0, (number - bottom) / (top - bottom)))
                step = min(5, int(share * 5) + 1)
            canvas.rect(x + 1, y, cell_width - 2, cell, f"ct-h{step}" if step else "ct-empty", tip, 3)
            look = "ct-soft" if not step else "ct-on-low" if step <= 3 else "ct-on-high"
            if text_width(figure, 11) <= cell_width:
                canvas.text(x + cell_width / 2, y + cell / 2 + 4, figure, anchor="middle", look=look)
    return canvas.finish(WIDTH, head + max(1, len(rows)) * (cell + 2))

"""Simple invented drawings for the demo's before and after: shapes on paper, plainly not photos of a real place."""

from __future__ import annotations

import io
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SIZE = (960, 720)
SCALE = 2  # drawn larger and made small, which smooths the lines
PAPER, INK, WALL = "#FBFAF7", "#1F2A2E", "#EFEAE0"
TEAL, OCHRE, BLUE, RED, GREY, YELLOW = "#0F6B62", "#A86E12", "#4F629E", "#A93226", "#8C8A82", "#E8B93A"
Draw = Callable[[ImageDraw.ImageDraw], None]


def _box(draw: ImageDraw.ImageDraw, left: int, top: int, width: int, height: int, colour: str) -> None:
    edges = [SCALE * value for value in (left, top, left + width, top + height)]
    draw.rectangle(edges, fill=colour, outline=INK, width=3 * SCALE)


def _line(draw: ImageDraw.ImageDraw, *points: int, colour: str = INK, width: int = 4) -> None:
    draw.line([SCALE * value for value in points], fill=colour, width=width * SCALE, joint="curve")


def _round(draw: ImageDraw.ImageDraw, x: int, y: int, radius: int, colour: str) -> None:
    edges = [SCALE * value for value in (x - radius, y - radius, x + radius, y + radius)]
    draw.ellipse(edges, fill=colour, outline=INK, width=3 * SCALE)


def _tilted(draw: ImageDraw.ImageDraw, x: int, y: int, slant: int, colour: str) -> None:
    corners = [(x, y), (x + 90, y + slant), (x + 90 - slant, y + slant + 62), (x - slant, y + 62)]
    draw.polygon([(SCALE * a, SCALE * b) for a, b in corners], fill=colour, outline=INK, width=3 * SCALE)


def _room(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle([0, 0, SIZE[0] * SCALE, 560 * SCALE], fill=WALL)
    _line(draw, 0, 560, SIZE[0], 560)


def _shelf(draw: ImageDraw.ImageDraw) -> None:
    _room(draw)
    for x in (180, 760):
        _box(draw, x, 130, 20, 470, OCHRE)
    for y in (250, 400, 550):
        _box(draw, 180, y, 600, 18, OCHRE)


def _shelf_before(draw: ImageDraw.ImageDraw) -> None:
    _shelf(draw)
    things = (
        (250, 186, 14, RED),
        (400, 180, -12, GREY),
        (470, 186, 8, TEAL),
        (640, 182, -16, YELLOW),
        (230, 334, -10, BLUE),
        (360, 336, 18, OCHRE),
        (560, 332, 10, RED),
        (90, 600, 12, GREY),
        (420, 610, -14, BLUE),
        (620, 606, 9, TEAL),
        (820, 612, -8, RED),
        (300, 486, 15, YELLOW),
    )
    for x, y, slant, colour in things:
        _tilted(draw, x, y, slant, colour)
    _line(draw, 540, 520, 600, 660, 520, 700, 660, 690, colour=GREY, width=7)


def _shelf_after(draw: ImageDraw.ImageDraw) -> None:
    _shelf(draw)
    for y, colour in ((180, TEAL), (330, BLUE), (480, OCHRE)):
        for column in range(5):
            x = 222 + column * 108
            _box(draw, x, y, 88, 68, colour)
            _box(draw, x + 22, y + 24, 44, 18, PAPER)


def _stairs(draw: ImageDraw.ImageDraw, tread: str) -> None:
    _room(draw)
    for step in range(5):
        left, top = 140 + step * 130, 600 - step * 90
        _box(draw, left, top, 820 - left, 690 - top, "#CFC8BA")
        _box(draw, left, top, 130, 16, tread)


def _stairs_before(draw: ImageDraw.ImageDraw) -> None:
    _stairs(draw, GREY)
    for x, y in ((300, 506), (430, 416)):
        draw.ellipse(
            [SCALE * v for v in (x - 40, y - 8, x + 70, y + 10)], fill="#9DB7D5", outline=BLUE, width=4
        )


def _stairs_after(draw: ImageDraw.ImageDraw) -> None:
    _stairs(draw, TEAL)
    for step in range(5):
        _box(draw, 140 + step * 130, 600 - step * 90, 16, 34, YELLOW)
    for step in (0, 2, 4):
        x, foot = 190 + step * 130, 600 - step * 90
        _line(draw, x, foot, x, foot - 150, colour=OCHRE, width=9)
    _line(draw, 150, 478, 750, 62, colour=OCHRE, width=14)


def _floor(draw: ImageDraw.ImageDraw) -> None:
    _room(draw)
    draw.rectangle([0, 560 * SCALE, SIZE[0] * SCALE, SIZE[1] * SCALE], fill="#D9D3C6")
    _box(draw, 400, 250, 150, 300, "#CFE3D8")
    _box(draw, 415, 180, 120, 50, TEAL)
    _line(draw, 440, 205, 505, 205, colour=PAPER, width=8)
    _line(draw, 485, 192, 508, 205, 485, 218, colour=PAPER, width=8)


def _exit_before(draw: ImageDraw.ImageDraw) -> None:
    _floor(draw)
    for x, y, wide, colour in (
        (300, 470, 150, OCHRE),
        (460, 490, 130, "#C58B3A"),
        (350, 370, 130, "#C58B3A"),
        (560, 450, 120, OCHRE),
        (240, 580, 140, OCHRE),
        (500, 600, 160, "#C58B3A"),
    ):
        _box(draw, x, y, wide, 100, colour)
        _line(draw, x + wide // 2, y, x + wide // 2, y + 100, colour=PAPER, width=6)


def _exit_after(draw: ImageDraw.ImageDraw) -> None:
    _floor(draw)
    for start, end in (((385, 562), (250, 716)), ((565, 562), (700, 716))):
        _line(draw, *start, *end, colour=YELLOW, width=14)
    for x in (60, 190, 740):
        _box(draw, x, 430, 120, 126, OCHRE)
        _line(draw, x + 60, 430, x + 60, 556, colour=PAPER, width=6)
    _round(draw, 530, 410, 8, INK)


# What a project of the demo shows: (before, after).
PICTURES: dict[str, tuple[Draw, Draw]] = {
    "shelf": (_shelf_before, _shelf_after),
    "stairs": (_stairs_before, _stairs_after),
    "exit": (_exit_before, _exit_after),
}


def drawn_upload(paint: Draw) -> SimpleUploadedFile:
    """The drawing as a file somebody sends."""
    picture = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), PAPER)
    paint(ImageDraw.Draw(picture))
    out = io.BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).save(out, "PNG")
    return SimpleUploadedFile("drawing.png", out.getvalue(), content_type="image/png")

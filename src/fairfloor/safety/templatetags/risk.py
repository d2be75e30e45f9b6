"""A risk's colour with its word and its shape: circle, square, triangle, diamond."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fairfloor.safety.labels import LEVEL_WORDS

register = template.Library()

SHAPES = {
    1: "M8 2a6 6 0 1 0 0 12a6 6 0 0 0 0-12z",
    2: "M3 3h10v10H3z",
    3: "M8 1.5 15 14H1z",
    4: "M8 .5 15.5 8 8 15.5.5 8z",
}


@register.simple_tag
def risk_chip(level: int, extra: object = "") -> SafeString:
    """The colour of a risk as shape and word; ``extra`` (a score) stands behind it."""
    if level not in SHAPES:
        return format_html('<span class="risk">{}</span>', _("Not rated"))
    return format_html(
        '<span class="risk risk-{}"><svg class="risk-shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>{}{}</span>',
        level,
        SHAPES[level],
        LEVEL_WORDS[level],
        format_html(' <span class="risk-score">{}</span>', extra) if extra not in ("", None) else "",
    )

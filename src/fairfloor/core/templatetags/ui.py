"""Template tags of the staff pages: icons, form fields, states, figures and charts."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from fairfloor.core.access import Actor, may_open
from fairfloor.core.ui.formatting import format_number, format_share
from fairfloor.core.ui.icons import icon_names

register = template.Library()

# risk-1 to risk-4 are the four colours of a risk, the lowest first.
STATE_KINDS = frozenset(
    {
        *("good", "watch", "stop", "wait", "brand", "quiet", "plain"),
        *("risk-1", "risk-2", "risk-3", "risk-4"),
    }
)


@register.simple_tag
def icon(name: str, size: str = "", turns: bool = False) -> SafeString:
    """An icon beside words that say the same. `turns` mirrors arrows on right-to-left pages.

    Raises ValueError for a name the sprite lacks: a missing icon draws nothing, and nobody would see it.
    """
    if name not in icon_names():
        raise ValueError(f"No icon named {name!r}; add it to scripts/icons.txt and rebuild the sprite.")
    classes = "icon" + (f" icon-{size}" if size else "") + (" icon-turns" if turns else "")
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        static("core/icons.svg"),
        name,
    )


@register.filter
def open_to(url: str, actor: Actor) -> bool:
    """Whether a link leads the reader anywhere: ``{% if address|open_to:request.actor %}``."""
    return may_open(actor, url)


@register.simple_tag
def staff_languages() -> list[dict[str, Any]]:
    """The languages staff pages are written in, as Django describes them; workers' pages have more."""
    return [get_language_info(code) for code in settings.STAFF_LANGUAGES]


@register.simple_tag
def state_chip(kind: str, label: str) -> SafeString:
    """A state as dot and word. Kinds: good, watch, stop, wait (for you), brand, quiet, plain, risk-1 to risk-4."""
    return format_html(
        '<span class="state state-{}">{}</span>', kind if kind in STATE_KINDS else "plain", label
    )


@register.inclusion_tag("core/includes/field.html")
def field(bound: BoundField, label: str = "", help: str = "") -> dict[str, Any]:
    """One form field: label, control, help and what is wrong, tied together for screen readers.

    A form names in ``together`` the fields that may stay empty only as the others allow: none is called optional.
    """
    widget = bound.field.widget
    if bound.is_hidden:
        kind, css = "hidden", ""
    elif isinstance(widget, forms.CheckboxInput):
        kind, css = "check", "form-check-input"
    elif isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        kind, css = "group", "form-check-input"
    elif isinstance(widget, forms.Select):
        kind, css = "text", "form-select"
    else:
        kind, css = "text", "form-control"
    attrs = dict(widget.attrs)
    if css:
        attrs["class"] = f"{attrs.get('class', '')} {css}".strip()
    if kind == "group":
        widget.attrs = attrs  # the choices are drawn one by one and take the widget's own attributes
    help_text = help or bound.help_text
    described = [f"{bound.auto_id}_helptext"] * bool(help_text) + [f"{bound.auto_id}_error"] * bool(
        bound.errors
    )
    if described and kind in ("text", "check"):
        attrs.setdefault("aria-describedby", " ".join(described))
    return {
        "bound": bound,
        "kind": kind,
        "is_optional": not bound.field.required and bound.name not in getattr(bound.form, "together", ()),
        "control": "" if kind == "group" else bound.as_widget(attrs=attrs),
        "label": label or bound.label,
        "help": help_text,
        "errors": bound.errors,
        "described_by": " ".join(described),
    }


@register.inclusion_tag("core/includes/form_errors.html")
def form_errors(form: forms.BaseForm | list[forms.BaseForm]) -> dict[str, Any]:
    """What is wrong with a form, on top, each line leading to its field (a hidden one has no place).

    Of several forms each ``name`` stands before its lines.
    """
    problems = []
    for each in form if isinstance(form, list) else [form]:
        name = getattr(each, "name", "") if isinstance(form, list) else ""
        problems += [{"anchor": "", "text": _after(name, text)} for text in each.non_field_errors()]
        for bound in each:
            anchor = "" if bound.is_hidden else bound.auto_id
            label = f"{name} · {bound.label}" if name else str(bound.label)
            problems += [
                {"anchor": anchor, "text": _after(label, text) if anchor else text} for text in bound.errors
            ]
    return {"problems": problems}


def _after(label: str, text: str) -> str:
    """A line that begins with what it is about. A question is quoted as a heading: "?:" is nobody's punctuation."""
    if not label:
        return text
    return _("%(label)s: %(value)s") % {"label": label.rstrip("?？"), "value": text}


@register.filter
def number(value: Any, places: int = 0) -> str:
    """`{{ figure|number:1 }}`: a number in the page's language, rounded half-up; a dash for None."""
    return format_number(value if value != "" else None, int(places))


# No column of a table has room for a word longer than this.
LONG_WORD = 24


@register.filter
def has_long_word(text: Any) -> bool:
    """`{% if name|has_long_word %}`: whether a table must break a word of it. Chinese breaks anywhere by itself."""
    return any(len(word) > LONG_WORD and ord(max(word)) < 0x2E80 for word in str(text or "").split())


@register.filter
def share(value: Any, places: int = 0) -> str:
    """`{{ figure|share }}`: a fraction as per cent, rounded half-up; a dash for None."""
    return format_share(value if value != "" else None, int(places))


@register.filter
def svg(value: str) -> str:
    """A chart drawn by `core.charts`, which escapes every word it is given. Anything else stays text."""
    return mark_safe(value) if isinstance(value, str) and value.startswith("<svg ") else value  # noqa: S308

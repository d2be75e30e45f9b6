"""The words shown for the codes of equality."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fairfloor.content import load as load_content
from fairfloor.content import translate

LANGUAGE_LABELS = {"en": _("English"), "zh-hans": _("Chinese"), "": _("Another language, or mixed")}

LEVEL_LABELS = {"UNLAWFUL": _("Against the law"), "WORDING": _("Better said otherwise")}

VERB_LABELS = {
    "added": _("Added"),
    "corrected": _("Changed"),
    "withdrawn": _("Withdrawn as a wrong entry"),
    "imported": _("Imported from a register"),
    "changed_by_import": _("Changed by an import"),
}

FIELD_LABELS = {
    "title": _("Title"),
    "text": _("Text"),
    "language": _("Language"),
    "posted_date": _("Posted on"),
    "area": _("Area"),
    "type": _("Kind"),
    "practice_date": _("Since"),
    "project_code": _("Project"),
    "withdrawn_date": _("Withdrawn on"),
}


def area_label(letter: str) -> str:
    """The name of an area in the page's language, after its letter."""
    area = load_content().equality_areas.get(letter)
    return f"{letter} · {translate(area.name, get_language() or 'en')}" if area else letter


def area_choices() -> list[tuple[str, str]]:
    """The six areas in their order."""
    return [(letter, area_label(letter)) for letter in sorted(load_content().equality_areas)]


def type_label(code: str) -> str:
    """A kind of practice in the page's language."""
    kind = load_content().practice_types.get(code)
    return translate(kind.name, get_language() or "en") if kind else code


def type_choices() -> list[tuple[str, str]]:
    """All kinds of practice."""
    return [(code, type_label(code)) for code in load_content().practice_types]

"""The form that asks what unknown sheets, headings and words stand for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.registers.catalog import all_sheets
from fairfloor.registers.headings import sheet_title
from fairfloor.registers.labels import sheet_label
from fairfloor.registers.mapping import NOTHING
from fairfloor.registers.messages import column_label
from fairfloor.registers.words import word


class WordsForm(forms.Form):
    """One choice per unknown word; an empty choice says nothing and asks again next time."""

    def __init__(self, unknown: dict[str, list[list[str]]], answers: Any = None):
        super().__init__(answers)
        self.unknown = unknown
        language = get_language() or "en"
        sheets = {sheet.name: sheet for sheet in all_sheets()}
        skip, leave = ("", _("Decide later")), (NOTHING, _("Leave it out"))
        for number, (name, near) in enumerate(unknown.get("sheets", ())):
            options = [(each, sheet_label(each)) for each in sheets]
            self._add(f"s{number}", name, [skip, leave, *options], near)
        for number, (name, text, near) in enumerate(unknown.get("headings", ())):
            if name in sheets:
                options = [(c.code, column_label(name, c.code)) for c in sheets[name].columns]
                label = _("%(word)s, in %(sheet)s") % {"word": text, "sheet": sheet_title(name, language)}
                self._add(f"h{number}", label, [skip, leave, *options], near)
        for number, (name, code, text, near) in enumerate(unknown.get("words", ())):
            column = (
                next((c for c in sheets[name].columns if c.code == code), None) if name in sheets else None
            )
            if column is not None:
                options = [(str(c), _shown(str(c), language)) for c in column.choices]
                values = {
                    "word": text,
                    "column": column_label(name, code),
                    "sheet": sheet_title(name, language),
                }
                label = _("%(word)s, in column %(column)s of %(sheet)s") % values
                self._add(f"w{number}", label, [skip, *options], near)

    def _add(self, name: str, label: str, options: list[tuple[str, str]], near: str) -> None:
        field = forms.ChoiceField(choices=options, required=False, label=label, initial=near)
        field.widget.attrs["class"] = "form-select"
        self.fields[name] = field

    def group(self, letter: str) -> list[forms.BoundField]:
        """The fields of one kind: s, h or w."""
        return [self[name] for name in self.fields if name.startswith(letter)]

    @property
    def sheets(self) -> list[forms.BoundField]:
        """Questions about sheets."""
        return self.group("s")

    @property
    def headings(self) -> list[forms.BoundField]:
        """Questions about headings."""
        return self.group("h")

    @property
    def code_words(self) -> list[forms.BoundField]:
        """Questions about words in choice columns."""
        return self.group("w")

    def answers(self) -> dict[str, dict]:
        """What was answered, as ``teach`` takes it."""

        def of(name: str) -> str:
            return str(self.data.get(name, ""))

        unknown = self.unknown
        return {
            "sheets": {each[0]: of(f"s{n}") for n, each in enumerate(unknown.get("sheets", ()))},
            "headings": {
                (each[0], each[1]): of(f"h{n}") for n, each in enumerate(unknown.get("headings", ()))
            },
            "words": {
                (each[0], each[1], each[2]): of(f"w{n}") for n, each in enumerate(unknown.get("words", ()))
            },
        }


def _shown(code: str, language: str) -> str:
    known = word(code, language)
    return code if known == code else f"{known} ({code})"

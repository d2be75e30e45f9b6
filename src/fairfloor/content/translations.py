"""PO files beside the packs: read when the packs are loaded, so a bad one stops the start too."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from babel.messages.pofile import PoFileError, read_po

from .nodes import ContentError, is_template, placeholders

Catalogues = Mapping[str, Mapping[str, str]]


def _key(language: str) -> str:
    return language.replace("-", "_").lower()


def read_catalogues(folder: Path, root: Path) -> Catalogues:
    """Read `<language>/packs.po` of every language in the folder: language key → English → translation.

    Texts not translated or marked fuzzy are left out. Raises ContentError for a file that cannot be read,
    and for a translation whose placeholders differ from the English ones.
    """
    catalogues: dict[str, Mapping[str, str]] = {}
    for path in sorted(folder.glob("*/packs.po")):
        catalogues[_key(path.parent.name)] = MappingProxyType(_read(path, path.relative_to(root).as_posix()))
    return MappingProxyType(catalogues)


def _read(path: Path, name: str) -> dict[str, str]:
    try:
        catalogue = read_po(io.BytesIO(path.read_bytes()), abort_invalid=True)
    except PoFileError as problem:
        raise ContentError(name, (problem.lineno or 0) + 1, "not readable as a PO file") from problem
    except UnicodeDecodeError as problem:
        raise ContentError(name, 1, "the file is not UTF-8 text") from problem
    found: dict[str, str] = {}
    for message in catalogue:
        if not message.id or message.fuzzy or not message.string:
            continue
        line = message.lineno or 1
        if not isinstance(message.id, str) or not isinstance(message.string, str):
            raise ContentError(name, line, "plural forms are not used in packs")
        if placeholders(message.id) != placeholders(message.string):
            raise ContentError(name, line, f"the placeholders differ from those of {message.id!r}")
        # A doubled per cent sign shows that the English text is a template, even one without placeholders.
        if (placeholders(message.id) or "%%" in message.id) and not is_template(message.string):
            raise ContentError(name, line, "write a per cent sign as %% and a placeholder as %(name)s")
        found[message.id] = message.string
    return found


def look_up(catalogues: Catalogues, text: str, language: str) -> str:
    """Return the translation, trying `zh-Hans-CN`, `zh-Hans`, `zh` in turn; else the English text."""
    key = _key(language)
    while key:
        if key in catalogues and text in catalogues[key]:
            return catalogues[key][text]
        key = key.rpartition("_")[0]
    return text

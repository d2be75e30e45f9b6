"""Strict reading of YAML: every key known, none missing, none twice, every value of the right sort.

Files are composed into nodes rather than loaded, because only nodes know their lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_STRING = "tag:yaml.org,2002:str"
_INTEGER = "tag:yaml.org,2002:int"
_BOOLEAN = "tag:yaml.org,2002:bool"


class ContentError(Exception):
    """A pack cannot be used: which file, which line (from 1), and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the `%(name)s` in a text."""
    return frozenset(_PLACEHOLDER.findall(text))


def is_template(text: str) -> bool:
    """Tell whether `text % {…}` works: every per cent sign is a `%(name)s` or doubled."""
    return "%" not in _PLACEHOLDER.sub("", text).replace("%%", "")


@dataclass
class PackFile:
    """One file being read; gathers the texts that people will see, for translation."""

    name: str
    texts: list[str] = field(default_factory=list)

    def fail(self, line: int, reason: str) -> ContentError:
        """Return the error to raise."""
        return ContentError(self.name, line, reason)


class Table:
    """A YAML mapping with a fixed set of keys."""

    def __init__(
        self,
        file: PackFile,
        node: yaml.Node,
        required: Collection[str],
        optional: Collection[str] = (),
    ) -> None:
        self.file = file
        self.line = node.start_mark.line + 1
        self._values: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            raise file.fail(self.line, "here keys with values are expected")
        for key_node, value in node.value:
            key, line = key_node.value, key_node.start_mark.line + 1
            if not isinstance(key, str) or (key not in required and key not in optional):
                raise file.fail(line, f"the key {key!r} is not known here")
            if key in self._values:
                raise file.fail(line, f"the key {key!r} is given twice")
            self._values[key] = value
        for key in required:
            if key not in self._values:
                raise file.fail(self.line, f"the key {key!r} is missing")

    def has(self, key: str) -> bool:
        """Tell whether an optional key is given."""
        return key in self._values

    def line_of(self, key: str) -> int:
        """Return the line of a key's value, or of the table where the key is not given."""
        return self._values[key].start_mark.line + 1 if key in self._values else self.line

    def fail(self, key: str, reason: str) -> ContentError:
        """Return the error to raise about the value of a key."""
        return self.file.fail(self.line_of(key), f"{key}: {reason}")

    def text(
        self, key: str, default: str = "", choices: Collection[str] = (), shape: str = r"(?s)\S.*"
    ) -> str:
        """Return a text that is not empty (or the default), one of `choices` or of the regular `shape`."""
        if key not in self._values:
            return default
        return self._text(key, self._values[key], choices, shape)

    def _text(self, key: str, node: yaml.Node, choices: Collection[str], shape: str) -> str:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.ScalarNode) or node.tag != _STRING:
            raise self.file.fail(line, f"{key}: must be a text; put it in quotes if it looks like a number")
        value: str = node.value.strip()
        if choices and value not in choices:
            raise self.file.fail(line, f"{key}: {value!r} is not one of {', '.join(sorted(choices))}")
        if not re.fullmatch(shape, value):
            raise self.file.fail(line, f"{key}: {value!r} does not have the expected form")
        return value

    def words(self, key: str, default: str = "") -> str:
        """Return a text that people will see; it is gathered for translation."""
        value = self.text(key, default)
        if value:
            self.file.texts.append(value)
        return value

    def template(self, key: str, required: Collection[str], allowed: Collection[str]) -> str:
        """Return a sentence with named placeholders, gathered for translation; "" where not given."""
        value = self.words(key)
        if not value:
            return value
        if not is_template(value):
            raise self.fail(key, "write a per cent sign as %% and a placeholder as %(name)s")
        names = placeholders(value)
        if missing := sorted(set(required) - names):
            raise self.fail(key, f"the placeholder %({missing[0]})s is missing")
        if unknown := sorted(names - set(required) - set(allowed)):
            raise self.fail(key, f"the placeholder %({unknown[0]})s is not known here")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty where the key is not given."""
        return tuple(self._text(key, node, (), r"(?s)\S.*") for node in self._items(key))

    def whole(self, key: str, default: int = 0, largest: int = 100) -> int:
        """Return a whole number from 0 to `largest`."""
        node = self._values.get(key)
        if node is None:
            return default
        if not isinstance(node, yaml.ScalarNode) or node.tag != _INTEGER or not node.value.isdigit():
            raise self.fail(key, "must be a whole number, 0 or more")
        if int(node.value) > largest:
            raise self.fail(key, f"must not be greater than {largest}")
        return int(node.value)

    def flag(self, key: str) -> bool:
        """Return true or false; false where the key is not given."""
        node = self._values.get(key)
        if node is None:
            return False
        if not isinstance(node, yaml.ScalarNode) or node.tag != _BOOLEAN:
            raise self.fail(key, "must be true or false")
        return bool(node.value.lower() == "true")

    def tables(self, key: str, required: Collection[str], optional: Collection[str] = ()) -> Iterator[Table]:
        """Yield the tables of a list that must not be empty."""
        items = self._items(key)
        if not items:
            raise self.fail(key, "the list is empty")
        for node in items:
            yield Table(self.file, node, required, optional)

    def table(self, key: str, required: Collection[str], optional: Collection[str] = ()) -> Table:
        """Return the table that is the value of a key."""
        return Table(self.file, self._values[key], required, optional)

    def _items(self, key: str) -> list[yaml.Node]:
        node = self._values.get(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise self.fail(key, "must be a list")
        return list(node.value)


def read_table(path: Path, name: str, required: Collection[str], optional: Collection[str] = ()) -> Table:
    """Read a YAML file whose whole is one table; `name` is how errors call the file. Raises ContentError."""
    file = PackFile(name)
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as problem:
        raise file.fail(1, "the file is not UTF-8 text") from problem
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        raise file.fail(mark.line + 1 if mark else 1, f"not readable as YAML: {problem.problem}") from problem
    except yaml.YAMLError as problem:
        raise file.fail(1, f"not readable as YAML: {problem}") from problem
    if node is None:
        raise file.fail(1, "the file is empty")
    return Table(file, node, required, optional)

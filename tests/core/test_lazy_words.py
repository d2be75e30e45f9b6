"""Words of classes and modules are translated when they are read, not once when the program starts."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "fairfloor"
AT_ONCE = {"gettext", "ngettext", "pgettext", "npgettext"}


def names_at_once(tree: ast.Module) -> set[str]:
    """What a module calls the functions that translate at once."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in AT_ONCE
    }


def run_at_import(node: ast.AST):
    """The calls a module makes while it is imported: all but those inside functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            early = [*child.args.defaults, *filter(None, child.args.kw_defaults)]
            early += getattr(child, "decorator_list", [])
            for each in early:
                yield from (call for call in ast.walk(each) if isinstance(call, ast.Call))
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from run_at_import(child)


def spoken_too_early(text: str) -> list[str]:
    tree = ast.parse(text)
    names = names_at_once(tree)
    return [
        ast.unparse(call)
        for call in run_at_import(tree)
        if isinstance(call.func, ast.Name) and call.func.id in names
    ]


def test_no_word_is_translated_while_the_program_starts():
    found = {
        str(path.relative_to(SOURCE)): words
        for path in SOURCE.rglob("*.py")
        if (words := spoken_too_early(path.read_text("utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("class F:\n    x = _('Why?')", 1),
        ("def f():\n    return _('Why?')", 0),
        ("def f(x=_('Why?')): ...", 1),
    ],
)
def test_what_is_looked_for(body, count):
    assert len(spoken_too_early(f"from django.utils.translation import gettext as _\n{body}\n")) == count

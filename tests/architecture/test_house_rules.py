"""Rules of the house that a machine can see."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "fairfloor"
MODULES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
FEATURES = sorted(
    p.name
    for p in SOURCE.iterdir()
    if (p / "apps.py").exists() and p.name not in {"core", "config", "accounts", "organisations"}
)
ORGANISATION_FEATURES = [*FEATURES, "accounts", "organisations"]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports_of(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_python_files_stay_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


PAGES = [
    p
    for kind in ("*.html", "*.css", "*.js")
    for p in sorted(SOURCE.rglob(kind))
    if "vendor" not in p.parts and "typst" not in p.parts
]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_pages_stay_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_feature_is_entered_by_its_public_door(path):
    own = path.relative_to(SOURCE).parts[0]
    if own == "config":
        return
    for module, names in imports_of(path):
        parts = module.split(".")
        if parts[0] != "fairfloor" or len(parts) < 2 or parts[1] == own:
            continue
        if parts[1] in ORGANISATION_FEATURES:
            assert parts[2:] == ["public"] or names == ["public"], f"{name_of(path)} imports {module}"


UNSCOPED_MAY = ("core/", "programme/rollups", "config/commands/", "core/management/")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_a_few_places_work_without_a_scope(path):
    place = str(path.relative_to(SOURCE))
    if place.startswith(UNSCOPED_MAY):
        return
    for module, names in imports_of(path):
        if module in {"fairfloor.core.tenancy", "fairfloor.core.scoping"}:
            assert not {"unscoped", "UNSCOPED"} & set(names)
            if not place.startswith("organisations/"):
                assert not {"find_enterprise_id", "enterprise_ids_matching"} & set(names)


# A dictionary's update, and a QR code's save, write to no database.
NO_WRITE = re.compile(
    r"(session|context|params|data|query|values|kwargs|attrs|options)\.update\(|segno\.make\("
)
WRITES = re.compile(r"\.(save|create|bulk_create|update|delete|get_or_create|update_or_create)\(")


@pytest.mark.parametrize("path", [p for p in MODULES if {"web", "api"} & set(p.parts)], ids=name_of)
def test_pages_write_through_services_only(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if WRITES.search(line) and not NO_WRITE.search(line):
            raise AssertionError(f"{name_of(path)}:{number} writes: {line.strip()}")


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_carry_no_inline_script_or_style(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=\"", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", text)
    assert not re.search(r"(src|href)=\"(https?:)?//", text)


FORBIDDEN_NAMES = {"utils", "helpers", "common", "data", "info"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_have_telling_names_and_docstrings(path):
    assert path.stem not in FORBIDDEN_NAMES
    text = path.read_text(encoding="utf-8")
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), f"{name_of(path)} has no docstring"


def test_nothing_names_a_machine_path_or_a_registry_host():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    pattern = re.compile(r"(^|[^a-z])/(work|root|home/[a-z]+)/|pypi\.org|registry\.npmjs|deb\.debian")
    for line in tracked.stdout.splitlines():
        path = ROOT / line
        if (
            path.suffix in {".py", ".toml", ".lock", ".html", ".css", ".md", ".yaml", ".js", ".typ", ""}
            and path.is_file()
        ):
            if "vendor" in path.parts or path == Path(__file__):
                continue
            assert not pattern.search(path.read_text(encoding="utf-8", errors="ignore")), line


def test_the_lock_names_no_address():
    assert "http" not in (ROOT / "requirements.lock").read_text()

"""Who may import whom: app → pages → components → charts | reports → warehouse ← etl."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.catalog import load_catalog

CATALOG = load_catalog()
ROOT = Path(__file__).parent.parent
ALLOWED = {
    # room: the rooms of our own it may import, itself included
    "app": {"app", "pages", "pages.components"},
    "pages": {"pages", "pages.components", "pages.charts", "pages.reports", "warehouse"},
    "pages.components": {"pages.components", "pages.charts", "pages.reports", "warehouse", "etl"},
    "pages.charts": {"pages.charts", "warehouse"},
    "pages.reports": {"pages.reports", "pages.charts", "warehouse"},
    "warehouse": {"warehouse"},
    "etl": {"etl", "warehouse"},
}
FORBIDDEN = {
    # room: what from outside it may not import
    "pages.charts": {"streamlit", "duckdb"},
    "pages.reports": {"streamlit", "duckdb"},
    "warehouse": {"streamlit", "plotly"},
    "etl": {"streamlit", "plotly"},
    "pages": {"duckdb"},
    "pages.components": {"duckdb"},
    "app": {"duckdb", "polars", "plotly"},
}
PACKAGES = {"pil": "pillow", "pptx": "python_pptx"}
"""Packages that are imported by another name than they are installed by."""
ROOMS = sorted(ALLOWED, key=len, reverse=True)


def modules() -> list[Path]:
    found = [
        ROOT / "app.py",
        *(path for room in ("pages", "warehouse", "etl") for path in (ROOT / room).rglob("*.py")),
    ]
    return sorted(path for path in found if "__pycache__" not in path.parts)


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str | None:
    return next((room for room in ROOMS if module == room or module.startswith(room + ".")), None)


def imports(path: Path) -> Iterator[str]:
    """Yield the full names of everything a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide who imports whom"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(name_of(path))
    assert room is not None
    for imported in imports(path):
        target = room_of(imported)
        if target is not None:
            assert target in ALLOWED[room], f"{name_of(path)} ({room}) must not import {imported} ({target})"
        else:
            package = imported.partition(".")[0]
            assert package not in FORBIDDEN[room], f"{name_of(path)} ({room}) must not import {package}"


def test_nothing_is_imported_that_is_not_pinned() -> None:
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8").lower().replace("-", "_")
    for path in modules():
        for package in {name.partition(".")[0] for name in imports(path)}:
            if package not in sys.stdlib_module_names and room_of(package) is None:
                package = PACKAGES.get(package.lower(), package.lower())
                assert f"\n{package}==" in "\n" + pinned, f"{name_of(path)} imports {package}"


def test_the_rooms_exist() -> None:
    assert {room_of(name_of(path)) for path in modules()} >= {
        "app",
        "pages",
        "pages.components",
        "pages.charts",
        "pages.reports",
        "warehouse",
        "etl",
    }


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_no_python_file_names_an_indicator_or_a_jobcenter(path: Path) -> None:
    """Facts about data are data: ids such as "k2" or "elb" stand in TOML and CSV only."""
    names = CATALOG.indicators.keys() | CATALOG.jobcenters.keys()
    strings = {
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not names & strings

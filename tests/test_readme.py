"""The README is true: its generated parts, its commands, its files, its pictures."""

import re
from pathlib import Path

import pytest

from app import PAGES
from etl.formats import load_formats

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def part(name: str) -> str:
    """Return what stands between two markers."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert found, f"README.md hat keinen Abschnitt {name}"
    return found[1]


def langformat_table() -> str:
    """Return the columns of the Langformat as a Markdown table."""
    (langformat,) = (entry for entry in load_formats() if entry.id == "langformat")
    rows = [
        f"| `{column.name}` | {'yes' if column.required else ''} | {column.description} | {column.example} |"
        for column in langformat.columns
    ]
    return "\n".join(["| column | needed | meaning | example |", "|---|---|---|---|", *rows]) + "\n"


def test_the_langformat_is_documented_as_declared() -> None:
    assert part("langformat") == langformat_table()


def statistics_table() -> str:
    """Return the formats of statistics as a Markdown table."""
    rows = [f"| {entry.name} | `etl/formats/{entry.id}.toml` |" for entry in load_formats() if entry.layout]
    return "\n".join(["| statistic | format |", "|---|---|", *rows]) + "\n"


def test_the_statistics_are_listed_as_declared() -> None:
    assert part("statistics") == statistics_table()


def test_every_page_is_described_in_order() -> None:
    assert re.findall(r"^\| ([^|]+?) \|", part("pages"), re.MULTILINE)[1:] == list(PAGES.values())


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:warehouse|etl|pages|docs)/[\w./*-]+)`", README)))
)
def test_every_path_named_exists(path: str) -> None:
    assert list(ROOT.glob(path))


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\((docs/[\w./-]+)\)", README))))
def test_every_link_and_picture_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_make_target_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`?make (run|test|bench|lint|lock|clean)\b", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)

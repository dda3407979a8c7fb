"""Every promise of the operating manual is held by tests that exist."""

import ast
import tomllib
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PROMISES = tomllib.loads((TESTS / "promises.toml").read_text(encoding="utf-8"))
MANUAL = (TESTS.parent / "docs/betrieb.md").read_text(encoding="utf-8")
NUMBERS = [*range(1, 20), 21, 22]


def functions(file: str) -> set[str]:
    """Return the tests of a file as pytest collects them."""
    body = ast.parse((TESTS / file).read_text(encoding="utf-8")).body
    return {each.name for each in body if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")}


def test_every_promise_is_named() -> None:
    assert list(PROMISES) == [f"P{number}" for number in NUMBERS]


@pytest.mark.parametrize("name", PROMISES)
def test_a_promise_is_held_by_tests_and_stands_in_the_manual(name: str) -> None:
    entry = PROMISES[name]
    assert entry["tests"]
    gone = [
        test for test in entry["tests"] if test.partition("::")[2] not in functions(test.partition("::")[0])
    ]
    assert gone == []
    assert f"| {name} | {entry['promise']} |" in MANUAL

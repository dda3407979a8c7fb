"""What is kept in memory stays small: the answer not asked for longest goes first."""

import polars as pl

from pages.components.answers import Answers

ROWS = pl.DataFrame({"value": range(1_000)})


def test_an_answer_is_found_once_and_then_kept() -> None:
    found: list[str] = []
    answers = Answers()

    def answer() -> pl.DataFrame:
        found.append("asked")
        return ROWS

    assert answers.get(("snapshot", "question"), answer) is answers.get(("snapshot", "question"), answer)
    assert answers.get(("snapshot", "another"), answer) is ROWS
    assert found == ["asked", "asked"]


def test_the_answer_not_asked_for_longest_goes_first_where_memory_is_full() -> None:
    asked: list[str] = []
    answers = Answers(most_bytes=2 * (ROWS.estimated_size() + 1_000))

    def of(name: str) -> pl.DataFrame:
        def answer() -> pl.DataFrame:
            asked.append(name)
            return ROWS

        return answers.get(name, answer)

    for name in ("a", "b", "a", "c", "a", "b"):  # c takes the place of b, not of a
        of(name)
    assert asked == ["a", "b", "c", "b"]


def test_an_answer_larger_than_all_memory_is_given_and_not_kept() -> None:
    answers = Answers(most_bytes=10)
    assert answers.get("a", lambda: ROWS) is ROWS
    assert answers.get("a", lambda: ROWS.head(1)).height == 1

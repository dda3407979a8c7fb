"""What comes from data is shown, never interpreted."""

import re
from pathlib import Path

from pages.components import html


def test_text_from_data_is_escaped_everywhere() -> None:
    evil = '<img src=x onerror=alert(1)>"'
    pieces = (
        html.text(evil),
        html.muted(evil),
        html.badge(evil, evil),
        html.link(html.text(evil), "nachweis", evil, reihe=evil),
        html.table(
            [html.text(evil), evil],
            [html.Section(evil), [html.text("a"), html.text(evil)]],
            caption=evil,
        ),
    )
    for piece in pieces:
        assert "<img" not in piece.text


def test_a_table_names_its_rows_and_columns_and_keeps_the_column_for_phones() -> None:
    shown = html.table(
        ["Kennzahl", "Halle"],
        [[html.text("ELB"), html.text("22.389")]],
        caption="Stand Jun 2019",
        figures_from=1,
    ).text
    assert '<th scope="row" role="rowheader">ELB</th>' in shown
    assert '<td role="cell" data-label="Halle" class="jv-number">22.389</td>' in shown
    assert "<caption>Stand Jun 2019</caption>" in shown


def test_a_sparkline_runs_from_the_first_to_the_last_value() -> None:
    drawn = html.sparkline([1.0, 3.0, 2.0], "#000000", "Verlauf", width=64, height=18).text
    assert 'points="2.0,16.0 32.0,2.0 62.0,9.0"' in drawn


def test_badges_break_between_each_other_and_none_stay_empty() -> None:
    marks = html.marks(html.badge("hochgerechnet", ""), html.EMPTY, html.badge("eigene Berechnung", ""))
    assert marks.text.startswith('<span class="jv-marks"><span class="jv-badge"')
    assert "hochgerechnet</span> <span" in marks.text
    assert html.marks(html.EMPTY, html.EMPTY) == html.EMPTY
    style = Path("pages/assets/style.css").read_text(encoding="utf-8")
    assert re.search(r"\.jv-marks \{\s*white-space: normal;", style), "in .jv-number nothing else may break"


def test_what_is_struck_through_keeps_its_sign_legible() -> None:
    shown = html.struck(html.text("−1,1 %")).text
    sign = re.search('<span class="(.+?)">−</span>1,1 %</del>', shown)
    assert sign
    style = Path("pages/assets/style.css").read_text(encoding="utf-8")
    assert re.search(rf"\.{sign[1]} \{{\s*display: inline-block;", style), (
        "else the line runs through the sign"
    )
    assert html.struck(html.text("Jan − Feb")).text == "<del>Jan − Feb</del>"

"""The way of one Soll through its year on the page: chart, what is needed, its versions, its comments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import streamlit as st

from pages.charts.path_words import needed_words, no_path_words, standing
from pages.charts.paths import path_chart
from pages.charts.verdicts import target_text
from pages.components import choose, html, show
from pages.components.comments import comment_form, known_comments, show_comments
from pages.components.evidence_rows import EVIDENCE_HEAD, evidence_row, evidence_table
from pages.components.warehouse import catalog, observations, question
from warehouse.catalog import address
from warehouse.comments import comment_notes
from warehouse.paths import TargetPath, inputs_of_year, target_path, why_no_path
from warehouse.schema import Row
from warehouse.vintages import with_acts, with_revisions

KEY = "soll"


def choose_target(solls: pl.DataFrame) -> Row:
    """Let the reader choose one Soll (TARGET rows of one quantity, at least one); the newest with a path stands first."""
    st.header("Weg durch das Jahr")
    rows = sorted(solls.to_dicts(), key=lambda row: (row["period_end"], row["data_date"]), reverse=True)
    labels = {_label(row): row for row in rows}
    if len(labels) == 1:
        return rows[0]
    with_path = (
        place for place, row in enumerate(labels.values()) if not why_no_path(catalog(), row, _months_of(row))
    )
    index = next(with_path, 0)
    return labels[choose.one_of("Soll", {label: label for label in labels}, key=KEY, index=index)]


def _way(target: Row) -> tuple[TargetPath | None, str]:
    """Return the path of a Soll, or the code of the reason why it has none."""
    rows = _months_of(target)
    reason = why_no_path(catalog(), target, rows)
    return (None, reason) if reason else (target_path(catalog(), target, rows), "")


def show_way(target: Row) -> TargetPath | None:
    """Show the way of a Soll through its year, what is still needed, its versions and the comments of its series; return the
    path where it has one."""
    known, series = catalog(), (target["indicator"], target["breakdown"])
    found, reason = _way(target)
    remarks = known_comments([target["jobcenter"]], *series)
    if found is None:
        what, remedy = no_path_words(known, target, reason)
        show.missing(f"{_label(target)}: {what}", remedy)
    else:
        st.markdown(html.plain(f"{standing(known, target, found)} {needed_words(known, target, found)}"))
        series_of = [
            address(each, target["breakdown"]) for each in inputs_of_year(known, target["indicator"])
        ]
        links = [_evidence_link(target["jobcenter"], each) for each in series_of]
        st.html(f'<p class="jv-note">Nachweis der Monatswerte: {html.beside(*links).text}</p>')
        how = "Die Linie mit Punkten ist das Jahr bisher, der Pfad sagt, wo es für das Soll stehen müsste."
        drawn = path_chart(known, target, found, _used(target, found))
        drawn = replace(drawn, reading=f"{how} {standing(known, target, found)}")
        show.chart(drawn, key="zielpfad", remarks=comment_notes(known, remarks))
    _show_versions(target)
    st.header("Kommentare")
    show_comments(remarks, about=known.quantity_name(*series))
    comment_form(target["jobcenter"], *series, [target["period_start"].year], date.today())
    return found


def _evidence_link(jobcenter: str, series: str) -> html.Html:
    known, (indicator, _, breakdown) = catalog(), series.partition("/")
    name = html.text(known.quantity_name(indicator, breakdown))
    return html.link(name, "nachweis", "Nachweis zeigen", jobcenter=known.area_name(jobcenter), reihe=series)


def _label(row: Row) -> str:
    known = catalog()
    concept = known.time_concepts[row["time_concept"]].short
    return f"{known.area_name(row['jobcenter'])} {row['period_start'].year} ({concept}): {target_text(known, row)}"


def _months_of(target: Row) -> pl.DataFrame:
    inputs = inputs_of_year(catalog(), target["indicator"])
    return observations(inputs or (target["indicator"],), areas=(target["jobcenter"],), kinds=("ist",))


def _used(target: Row, found: TargetPath) -> pl.DataFrame:
    """Return the monthly values the path rests on, and the Soll itself: their sources and dates stand below the chart."""
    years = [found.year, *found.years, *([found.year - 1] if found.rule.lag else [])]
    months = _months_of(target).filter(
        pl.col("period_start").dt.year().is_in(years),
        pl.col("breakdown") == target["breakdown"],
        pl.col("time_concept") == "stichtag",
    )
    kinds = observations((target["indicator"],), areas=(target["jobcenter"],), kinds=(target["kind"],))
    own = kinds.filter(
        (pl.col("period_start") == target["period_start"])
        & (pl.col("period_end") == target["period_end"])
        & (pl.col("breakdown") == target["breakdown"])
        & (pl.col("time_concept") == target["time_concept"])
    )
    return pl.concat([months, own])


def _show_versions(target: Row) -> None:
    """Show every version of the Soll, the newest first: what it said, where it stands, who loaded it."""
    series = {name: target[name] for name in ("indicator", "breakdown")}
    loaded = question("evidence", area=target["jobcenter"], **series)
    every = with_revisions(with_acts(loaded, question("loads")))
    own = every.filter(
        (pl.col("kind") == target["kind"])
        & (pl.col("period_start") == target["period_start"])
        & (pl.col("period_end") == target["period_end"])
        & (pl.col("time_concept") == target["time_concept"])
    ).sort("data_date", "load_no", descending=True, maintain_order=True)
    number = own.select("data_date", "source").n_unique()
    title = f"Fassungen des Soll {_label(target).partition(':')[0]}"
    with st.expander(f"Fassungen und Fundstellen des Soll ({number})", key="fassungen"):
        shown = html.table(
            EVIDENCE_HEAD, [evidence_row(row) for row in own.iter_rows(named=True)], caption=title
        )
        st.html(shown.text)
        show.twin(evidence_table(own), title=title, notes={}, key="fassungen-tabelle")

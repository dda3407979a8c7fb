"""Comments on a series: what is said of which month, by whom and when, and the form that adds one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import polars as pl
import streamlit as st

from pages.components import choose, html
from pages.components.hand_in import can_enter, hand_in, say_saved
from pages.components.warehouse import catalog, question
from warehouse.comments import comments_on, said_by
from warehouse.periods import Period, period_code, period_label

LONGEST = 1_000
_HEAD = ("Zeitraum", "Kommentar", "Wer, wann")


def known_comments(jobcenters: Sequence[str], indicator: str, breakdown: str) -> pl.DataFrame:
    """Return the comments on one quantity of some Jobcenter, newest period first (answer of `comments_on`)."""
    return comments_on(question("known_comments"), jobcenters, indicator, breakdown)


def show_comments(rows: pl.DataFrame, *, about: str) -> None:
    """Show comments as a table; what the same author said before is folded below."""
    if rows.is_empty():
        st.markdown("Zu dieser Reihe ist nichts kommentiert.")
        return
    several = rows["jobcenter"].n_unique() > 1
    now, before = rows.filter(pl.col("vintage") == 1), rows.filter(pl.col("vintage") > 1)
    shown = html.table(
        _HEAD,
        [_row(row, named=several) for row in now.iter_rows(named=True)],
        caption=f"Was zu »{about}« gesagt wurde",
    )
    if before.height:
        earlier = html.table(
            _HEAD,
            [_row(row, named=several) for row in before.iter_rows(named=True)],
            caption="Frühere Fassungen",
        )
        shown = html.stacked(shown, html.folded(f"Frühere Fassungen ({before.height})", earlier))
    st.html(shown.text)


def comment_form(jobcenter: str, indicator: str, breakdown: str, years: Sequence[int], today: date) -> None:
    """Let a person comment a month of some years (or a year) of a series; the text is shown, never interpreted."""
    with st.expander("Kommentar schreiben", key="kommentar-schreiben"):
        if not can_enter():
            return
        periods = [each for year in sorted(years, reverse=True) for each in _periods(year)]
        begun = {each.label: each for each in periods if each.start <= today}
        if not begun:
            st.markdown("Keiner der Zeiträume hat schon begonnen.")
            return
        about = f"{jobcenter}-{indicator}-{breakdown}"
        label = st.selectbox("Zeitraum", list(begun), key=f"kommentar-zeitraum-{about}")
        text = st.text_area("Kommentar", key=f"kommentar-text-{about}", max_chars=LONGEST)
        who = choose.name("Ihr Name", key="wer")
        if st.button("Kommentar speichern", key="kommentar-speichern", type="primary"):
            _save(jobcenter, indicator, breakdown, begun[label], text or "", who)


def _save(jobcenter: str, indicator: str, breakdown: str, period: Period, text: str, who: str) -> None:
    if not text.strip():
        st.error("Bitte schreiben Sie einen Text; gespeichert wurde nichts.")
        return
    if len(text) > LONGEST:
        st.error(f"Der Text hat {len(text)} Zeichen, erlaubt sind {LONGEST}; gespeichert wurde nichts.")
        return
    row = {
        "jobcenter": jobcenter,
        "kennzahl": indicator,
        "merkmal": breakdown,
        "zeitraum": period_code(period.start, period.end),
        "kommentar": text.strip(),
        "wer": who,
        "wann": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}",
    }
    if why := hand_in("kommentare", [row], who=who):
        st.error(html.plain(why))
    else:
        say_saved(f"Der Kommentar zu {period.label} ist gespeichert; im Protokoll steht er mit Ihrem Namen.")


def _row(row: dict[str, object], *, named: bool) -> list[html.Html]:
    area = html.muted(catalog().area_name(str(row["jobcenter"]))) if named else html.EMPTY
    period = html.text(period_label(row["period_start"], row["period_end"]))  # type: ignore[arg-type]
    lines = html.stacked(*(html.text(line) for line in str(row["text"]).splitlines()))
    return [html.stacked(period, area), lines, html.text(said_by(row))]


def _periods(year: int) -> list[Period]:
    """Return the months of a year, the last one first, and the year itself."""
    return [
        *(_month(year, number) for number in range(12, 0, -1)),
        Period(date(year, 1, 1), date(year, 12, 31)),
    ]


def _month(year: int, number: int) -> Period:
    after = date(year + number // 12, number % 12 + 1, 1)
    return Period(date(year, number, 1), date.fromordinal(after.toordinal() - 1))

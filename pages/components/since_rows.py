"""What the page "Seit der letzten Sitzung" shows: the day, what changed since, and the tables of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl
import streamlit as st

from pages.charts.chart import Chart, source_notes
from pages.charts.reference_tables import LOAD_ACTS
from pages.charts.shifts import shift_chart
from pages.components import html, peers, show, values
from pages.components.warehouse import as_of, catalog, every_act, question_at, snapshot
from warehouse.catalog import Catalog, address
from warehouse.formatting import NBSP, format_difference, format_number, format_row, format_value, unrounded
from warehouse.own_groups import OwnGroup
from warehouse.periods import period_label
from warehouse.shifts import Shift, shifts
from warehouse.since import GONE, NEW, REVISED, SINCE, changed_between, since
from warehouse.standing_words import month_of, quantity_of, rank_text
from warehouse.states import act_of

_KEPT, _FIRST, _SHOWN = 40, 8, 60
_FIGURES_FROM = 2
KEY = "sitzung"


def choose_day() -> date:
    """Let the reader pick the day of the last meeting; at first the day before the newest act. It stands in the URL.

    A link that names no such day says so instead of silently showing another one.
    """
    acts = every_act()["acted_at"].dt.date()
    first, last = acts.to_list()[-1], acts.to_list()[0]
    earliest, usual = first - timedelta(days=366), last - timedelta(days=1)
    asked = st.query_params.get(KEY)
    if asked and KEY not in st.session_state and not _is_between(asked, earliest, date.today()):
        st.warning(
            f"»{html.plain(asked[:60])}« ist kein Tag, seit dem sich etwas zeigen lässt: Möglich sind Tage vom "
            f"{earliest:%d.%m.%Y} bis heute, im Link wie {usual:%Y-%m-%d}. Gezeigt wird der {usual:%d.%m.%Y}."
        )
    picked = st.date_input(
        "Letzte Sitzung am", value=usual, min_value=earliest, max_value=date.today(),
        format="DD.MM.YYYY", key=KEY, bind="query-params", help="Es gilt, was am Ende dieses Tages (UTC) bekannt war.",
    )  # fmt: skip
    return picked if isinstance(picked, date) else usual


def _is_between(asked: str, first: date, last: date) -> bool:
    try:
        day = date.fromisoformat(asked)
        return f"{day:%Y-%m-%d}" == asked and first <= day <= last
    except ValueError:
        return False


def act_at_the_end_of(day: date) -> int | None:
    """Return the number of the last act that had happened by the end of a day; None where nothing had."""
    return act_of(every_act(), f"{day:%Y-%m-%d}")


def acts_since(then: int | None) -> pl.DataFrame:
    """Return the acts after `then` that changed figures, up to the state shown (LOAD columns), newest first."""
    upto = as_of() or int(every_act()["load_no"].max() or 0)  # type: ignore[arg-type]
    return every_act().filter(pl.col("load_no") > (then or 0), pl.col("load_no") <= upto)


def changed(area: str, then: int | None) -> pl.DataFrame:
    """Return what changed for an area between the state after `then` and the one shown (SINCE columns)."""
    return _changed(str(snapshot()), as_of(), then, area)


@st.cache_resource(max_entries=_KEPT, show_spinner="Stände werden verglichen …")
def _changed(path: str, act: int | None, then: int | None, area: str) -> pl.DataFrame:
    now = question_at(act, keep=False)
    if not then:
        everything = now("values_of_area", area=area)
        return since(everything.clear(), everything)
    before = question_at(then, keep=False)
    return changed_between(before, now, (before, now) if act else (before,), area)


def moved(area: str, comparator: str, then: int) -> list[Shift]:
    """Return the places in the group shown then and now, by each judged quantity of the profile."""
    return _moved(str(snapshot()), as_of(), then, area, comparator, peers.saved_groups()[0])


@st.cache_resource(max_entries=_KEPT, show_spinner="Stände werden verglichen …")
def _moved(
    path: str, act: int | None, then: int, area: str, comparator: str, saved: tuple[OwnGroup, ...]
) -> list[Shift]:
    known = catalog()
    quantities = peers.quantities_of_page("profil")
    states = (question_at(then), question_at(act))
    return shifts(known, states, saved, area, comparator, quantities)


def counted_words(counted: Mapping[str, int]) -> str:
    """Return how many values are new, changed and gone: "24 Werte neu, 3 geändert"."""
    said = [f"{format_number(counted[what])} {what}" for what in (NEW, REVISED, GONE) if counted[what]]
    first, *rest = said
    number, _, word = first.partition(" ")
    return ", ".join([f"{number} {'Wert' if number == '1' else 'Werte'} {word}", *rest])


def ranks_sentence(found: Sequence[Shift]) -> str:
    """Return by how many quantities the rank differs from the one shown then; "" where nothing was ranked."""
    if not found:
        return ""
    other = sum(each.rank_then != each.rank for each in found)
    if not other:
        return " Kein Rang in der Vergleichsgruppe ist anders als damals."
    noun = "einer Kennzahl" if len(found) == 1 else f"{other} von {len(found)} Kennzahlen"
    return f" In der Vergleichsgruppe ist der Rang bei {noun} ein anderer als damals."


def moved_chart(found: Sequence[Shift], name: str, day: date) -> Chart:
    """Return the chart of places then and now."""
    at = found[0].now.at
    better = sum((each.now.percentile or 0) > (each.then.percentile or 0) for each in found)
    worse = sum((each.now.percentile or 0) < (each.then.percentile or 0) for each in found)
    title = (
        f"{name}: bei {better} von {len(found)} Kennzahlen weiter vorn, bei {worse} weiter hinten als gezeigt"
    )
    if not better and not worse:
        title = f"{name}: bei keiner Kennzahl weiter vorn oder hinten als am {day:%d.%m.%Y} gezeigt"
    return shift_chart(
        catalog(), found, name, day, title=title, subtitle=f"{found[0].now.group.name} · damals: {day:%d.%m.%Y}",
        level=peers.offer(at.indicator, at.breakdown).level,
    )  # fmt: skip


def moved_reading(found: Sequence[Shift], day: date) -> str:
    """Return how to read the chart, with the reader's own numbers."""
    each = found[0]
    return (
        f"Hohl steht, was am {day:%d.%m.%Y} zu sehen war, ausgefüllt, was jetzt zu sehen ist. "
        f"{quantity_of(catalog(), each.now)}: "
        f"damals {rank_text(each.then)} ({month_of(each.then)}), jetzt {rank_text(each.now)} ({month_of(each.now)}). "
        "Ein anderer Rang kann am eigenen Wert liegen, an den anderen oder am neueren Monat."
    )


def revised_table(rows: pl.DataFrame, name: str) -> None:
    """Show the values that were changed (SINCE columns): old, new and the difference, each leading to its evidence."""
    body: list[list[html.Html] | html.Section] = [
        [
            values.name_of(row["indicator"], row["breakdown"]),
            html.text(_dated(row)),
            html.struck(html.text(_old(catalog(), row))),
            _figure(row, name),
            _difference(row),
        ]
        for row in rows.head(_SHOWN).iter_rows(named=True)
    ]
    _show(
        ["Kennzahl", "Zeitraum", "damals", "jetzt", "Unterschied"], body, rows, "Geänderte Werte", "geaendert"
    )


def gone_table(rows: pl.DataFrame, name: str) -> None:
    """Show the values that are gone (SINCE columns), as they were."""
    body: list[list[html.Html] | html.Section] = [
        [
            values.name_of(row["indicator"], row["breakdown"]),
            html.text(_dated(row)),
            html.struck(_figure(row, name)),
        ]
        for row in rows.head(_SHOWN).iter_rows(named=True)
    ]
    _show(["Kennzahl", "Zeitraum", "damals"], body, rows, "Entfallene Werte", "entfallen")


def news_table(rows: pl.DataFrame, name: str) -> None:
    """Show what is new by series (NEWS columns): how many periods, from when to when, and the newest value."""
    body: list[list[html.Html] | html.Section] = [
        [
            values.name_of(row["indicator"], row["breakdown"]),
            html.text(_from_to(row)),
            html.text(format_number(row["periods"])),
            _figure(row, name),
        ]
        for row in rows.head(_SHOWN).iter_rows(named=True)
    ]
    _show(["Kennzahl", "Zeiträume", "Werte", "neuester"], body, rows, "Neue Werte", "neu")


def acts_rows(acts: pl.DataFrame) -> tuple[list[str], list[list[html.Html] | html.Section]]:
    """Return head and rows of the acts since the day."""
    rows: list[list[html.Html] | html.Section] = [
        [
            html.text(f"{act['acted_at']:%d.%m.%Y, %H:%M}"),
            html.text(LOAD_ACTS[act["act"]]),
            html.text(act["file_name"]),
            html.text(act["who"]),
            html.text(act["reason"] or ""),
        ]
        for act in acts.iter_rows(named=True)
    ]
    return ["Zeit (UTC)", "Vorgang", "Datei", "Wer", "Grund"], rows


def _show(
    head: list[str], body: list[list[html.Html] | html.Section], rows: pl.DataFrame, title: str, key: str
) -> None:
    first, more = body[:_FIRST], body[_FIRST:]
    parts = [html.table(head, first, caption="", figures_from=_FIGURES_FROM)]
    if more:
        left = rows.height - len(body)
        unlisted = f"; {format_number(left)} davon nur unter »Als Tabelle«" if left else ""
        named = f"{format_number(rows.height - _FIRST)} weitere{unlisted}"
        parts.append(html.folded(named, html.table(head, more, caption=named, figures_from=_FIGURES_FROM)))
    notes = source_notes(catalog(), rows) if rows.height else {}
    show.table(html.stacked(*parts), _for_download(rows), title=title, notes=notes, key=key)


def _for_download(rows: pl.DataFrame) -> pl.DataFrame:
    known = catalog()
    is_change = set(SINCE.names()) <= set(rows.columns)
    return pl.DataFrame(
        [
            {
                "Jobcenter": known.area_name(row["jobcenter"])
                if row["jobcenter"] in known.jobcenters
                else peers.names().get(row["jobcenter"], row["jobcenter"]),
                "Kennzahl": known.quantity_name(row["indicator"], row["breakdown"]),
                "Zeitraum": period_label(row["period_start"], row["period_end"]),
                "Zeitbezug": known.time_concepts[row["time_concept"]].short,
                "Art": known.kinds[row["kind"]].name,
                **(
                    {"damals": _old(known, row) if row["what"] == REVISED else ""}
                    if is_change
                    else {"neue Zeiträume": row["periods"]}
                ),
                "Angabe": format_row(known, row),
                "Wert": row["value"],
                "Einheit": known.unit(row["indicator"]).id,
                "Quelle": known.source_name(row["source"]),
                "Datenstand": row["data_date"],
            }
            for row in rows.iter_rows(named=True)
        ]
    )


def _old(known: Catalog, row: Mapping[str, Any]) -> str:
    return format_value(
        known,
        row["indicator"],
        row["old_value"],
        precision=row["old_precision"],
        status=row["old_status"],
    )


def _difference(row: Mapping[str, Any]) -> html.Html:
    if row["difference"] is None:
        return html.NOTHING
    known = catalog()
    told = format_difference(known, row["indicator"], row["difference"])
    then, now = _old(known, row), format_row(known, row)
    if then == now:
        return html.noted(told, "kleiner als die letzte gezeigte Stelle")
    return html.noted(told, unrounded(then, now, told))


def _figure(row: Mapping[str, Any], name: str) -> html.Html:
    figure = html.link(
        html.text(format_row(catalog(), row)), "nachweis", "Nachweis zeigen", jobcenter=name,
        reihe=address(row["indicator"], row["breakdown"]),
    )  # fmt: skip
    return html.beside(figure, show.intern(row["confidential"]))


def _dated(row: Mapping[str, Any], *, since: str = "") -> str:
    known = catalog()
    concept = known.time_concepts[row["time_concept"]]
    kind = "" if row["kind"] == "ist" else f"{known.kinds[row['kind']].name} · "
    short = "" if concept.id in ("stichtag", "jahr") else f" · {concept.short}"
    period = period_label(row["period_start"], row["period_end"]).replace(" ", NBSP)
    return f"{kind}{since}{period}{short}"


def _from_to(row: Mapping[str, Any]) -> str:
    if row["periods"] == 1:
        return _dated(row)
    first = period_label(row["first_start"], row["first_end"]).replace(" ", NBSP)
    return _dated(row, since=f"{first} bis ")

"""Entries a Jobcenter steers with, changed by people: one form, a list of what would change, then the road of every load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import uuid4

import polars as pl
import streamlit as st

from etl.draft import understand
from etl.problem import ERROR
from etl.stated import cells_of, entered, list_of
from pages.components import choose, html
from pages.components.fields import state_cell
from pages.components.hand_in import can_enter, hand_in, say_saved
from pages.components.warehouse import catalog, question
from warehouse.catalog.model import Term
from warehouse.fields import OUTLOOK, STEERING
from warehouse.questions import ask
from warehouse.schema import Row
from warehouse.snapshots import current_snapshot, warehouse_folder

NEW = "Neuer Eintrag"
_NOTED = "_felder-vorgemerkt"
_SOURCE = "Eingabe in der Anwendung"
_NOTHING = "keine Angabe"
_MOST = 1_000
_WORDS = {
    "bezeichnung": "Bezeichnung", "art": "Art", "kategorie": "Thema", "zielgruppe": "Zielgruppe", "beginn": "Beginn",
    "ende": "Ende", "turnus": "Turnus", "umsetzung": "Umsetzung", "zustaendig": "Zuständig", "kennzahl": "Kennzahl",
    "wirkung_geplant": "Geplante Wirkung", "wirkung_berichtet": "Berichtete Wirkung", "eintritt": "Eintritt",
    "auswirkung": "Auswirkung", "anmerkung": "Anmerkung",
}  # fmt: skip
"""Column of the delivery → its word on the page, in the order of the form."""

Noted = dict[str, tuple[dict[str, str], Row | None]]
"""Entry → the cells it would have, and what it was when the form was opened (None: it is new)."""


def edit_fields(rows: pl.DataFrame, chosen: Sequence[str], kinds: Sequence[str]) -> None:
    """Let a person change the entries of one Jobcenter (answer of `known_fields`), note changes and hand them in."""
    with st.expander("Einträge bearbeiten", key="bearbeiten"):
        if len(chosen) != 1:
            st.markdown("Wählen Sie oben ein Jobcenter: Bearbeitet werden die Einträge eines Jobcenters.")
            return
        if not can_enter():
            return
        own = {row["entry"]: row for row in rows.iter_rows(named=True)}
        names = {"": NEW, **{id_: row["title"] for id_, row in own.items()}}
        entry = st.selectbox(
            "Eintrag",
            list(names),
            format_func=lambda id_: names.get(id_, NEW),
            key=f"eintrag-{chosen[0]}-{kinds[0]}",
        )
        before = own.get(entry)
        if before:
            _show_history(entry)
        cells = _form(before, chosen[0], kinds)
        if st.button("Änderung vormerken", key="vormerken"):
            _note(cells, before)
        _review()
        st.download_button(
            "Diese Liste als Lieferung (CSV)", lambda: list_of(rows), f"handlungsfelder-{chosen[0]}.csv", "text/csv",
            key="felder-lieferung", on_click="ignore",
            help="Viele Einträge auf einmal: in der Tabellenkalkulation ändern und unter »Daten laden« laden.",
        )  # fmt: skip


def _show_history(entry: str) -> None:
    """Show everything ever stated of an entry, folded: since when, how far, by whom, why, and whether it was taken back."""
    rows = question("field_history", entry=entry)
    body = []
    for row in rows.iter_rows(named=True):
        state = state_cell(row)
        title = html.text(row["title"])
        load = html.stacked(
            html.text(f"{row['acted_at']:%d.%m.%Y, %H:%M} Uhr (UTC), {row['who']}"),
            html.muted(row["reason"]),
            html.badge("zurückgenommen", "Diese Fassung zählt nicht mehr.")
            if row["retracted"]
            else html.EMPTY,
        )
        what = html.struck(title) if row["retracted"] else title
        body.append(
            [html.text(f"{row['data_date']:%d.%m.%Y}"), what, state if state.text else html.NOTHING, load]
        )
    head = ("Stand der Angabe", "Bezeichnung", "Umsetzung und Wirkung", "Geladen")
    title = f"Verlauf ({rows.height} Fassung{'en' if rows.height != 1 else ''})"
    st.html(html.folded(title, html.table(head, body, caption="Alle Fassungen, die neueste zuerst")).text)


def _form(before: Row | None, jobcenter: str, kinds: Sequence[str]) -> dict[str, str]:
    """Show the fields of an entry and return them as cells of a delivery."""
    known, was = catalog(), cells_of(before) if before else {"art": kinds[0]}
    cells = {**was, "jobcenter": jobcenter, "datenstand": date.today().isoformat()}
    key = f"{jobcenter}-{kinds[0]}-{was.get('kennung', 'neu')}"
    choices: dict[str, Mapping[str, Term]] = {
        "art": {id_: known.field_kinds[id_] for id_ in kinds},
        "kategorie": known.field_categories,
        "umsetzung": known.field_states,
        "turnus": known.field_rhythms,
        "eintritt": known.field_levels,
        "auswirkung": known.field_levels,
    }
    names = _fields_of(kinds)
    for pair in _pairs(names):  # a row of its own for each pair: a phone shows them in this order, too
        for name, column in zip(pair, st.columns(2), strict=False):
            with column:
                cells[name] = _field(name, choices, was.get(name, ""), key)
    return cells


def _pairs(names: Sequence[str]) -> list[Sequence[str]]:
    """Return names two by two."""
    return [names[at : at + 2] for at in range(0, len(names), 2)]


def _field(name: str, choices: Mapping[str, Mapping[str, Term]], was: str, key: str) -> str:
    if name in choices:
        return _choice(name, choices[name], was, key)
    if name == "kennzahl":
        return _indicator(was, key)
    limit = _MOST if name in ("anmerkung", "wirkung_berichtet") else 300
    return (st.text_input(_label(name), was, key=f"feld-{name}-{key}", max_chars=limit) or "").strip()


def _fields_of(kinds: Sequence[str]) -> list[str]:
    """Return the columns that a view edits, in the order of the form."""
    common = {
        "bezeichnung",
        "art",
        "kategorie",
        "zielgruppe",
        "beginn",
        "ende",
        "anmerkung",
        "umsetzung",
        "zustaendig",
    }
    more = (
        {"kennzahl", "wirkung_geplant", "wirkung_berichtet"}
        if kinds[0] in STEERING
        else {"eintritt", "auswirkung"}
        if kinds[0] in OUTLOOK
        else {"turnus"}
    )
    return [name for name in _WORDS if name in common | more]


def _label(name: str) -> str:
    hints = {
        "beginn": " (2026-03 oder 15.03.2026)",
        "ende": " (2026-12 oder 31.12.2026)",
        "wirkung_geplant": " (Zahl, etwa 25 oder 1,5)",
    }
    return _WORDS[name] + hints.get(name, "")


def _choice(name: str, terms: Mapping[str, Term], was: str, key: str) -> str:
    nothing = {"turnus": "einmalig", "kategorie": "bitte wählen"}.get(name, _NOTHING)
    empty = {} if name == "art" or (name == "kategorie" and was) else {"": nothing}
    names = {**empty, **{id_: term.name for id_, term in terms.items()}}
    index = list(names).index(was) if was in names else 0
    hints = " · ".join(f"{term.name}: {term.definition}" for term in terms.values() if term.definition)
    chosen = st.selectbox(
        _WORDS[name],
        list(names),
        index=index,
        format_func=lambda id_: names[id_],
        key=f"feld-{name}-{key}",
        help=hints or None,
    )
    return str(chosen)


def _indicator(was: str, key: str) -> str:
    names = {"": _NOTHING, **{id_: entry.label for id_, entry in catalog().indicators.items()}}
    index = list(names).index(was) if was in names else 0
    label = "Kennzahl, die sich ändern soll"
    return str(
        st.selectbox(
            label, list(names), index=index, format_func=lambda id_: names[id_], key=f"feld-kennzahl-{key}"
        )
    )


def _note(cells: dict[str, str], before: Row | None) -> None:
    """Note a change for the review, where it is one and the road would take it."""
    if before and not _changed(cells, before):
        st.info("An diesem Eintrag ist nichts geändert.")
        return
    whole = cells if before else {**cells, "kennung": f"e-{uuid4().hex[:16]}", "quelle": _SOURCE}
    made = understand(entered("handlungsfelder", [whole], who="", at=datetime.now()), catalog(), date.today())
    wrong = [found for found in made.problems if found.severity == ERROR]
    for found in wrong:
        st.error(html.plain(f"{_WORDS.get(found.column, found.column)}: {found.text}"))
    if not wrong:
        noted: Noted = st.session_state.setdefault(_NOTED, {})
        noted[whole["kennung"]] = (whole, before)


def _review() -> None:
    """Show what would change, ask for name and reason, and hand it in or forget it."""
    noted: Noted = st.session_state.get(_NOTED, {})
    if not noted:
        return
    body = [line for cells, before in noted.values() for line in _lines(cells, before)]
    number = f"{len(noted)} {'Eintrag' if len(noted) == 1 else 'Einträge'}"
    head = ("Eintrag", "Was", "Angabe", "Bisher", "Künftig")
    st.html(html.table(head, body, caption=f"Zur Prüfung: {number}; geschrieben ist noch nichts").text)
    who = choose.name("Ihr Name", key="wer")
    reason = (
        st.text_input("Grund", key="felder-grund", max_chars=300, placeholder="z. B. Maßnahmenrunde März")
        or ""
    ).strip()
    with st.container(horizontal=True):
        take = st.button("Änderungen übernehmen", key="felder-uebernehmen", type="primary")
        forget = st.button("Vorgemerktes verwerfen", key="felder-verwerfen")
    if forget:
        del st.session_state[_NOTED]
        st.rerun()
    if take:
        _take(noted, number, who, reason)


def _take(noted: Noted, number: str, who: str, reason: str) -> None:
    if not reason:
        st.error("Bitte nennen Sie einen Grund: Er steht im Protokoll.")
        return
    rows = [cells for cells, _ in noted.values()]
    if why := hand_in(
        "handlungsfelder", rows, who=who, reason=reason, still_fits=lambda: _changed_meanwhile(noted)
    ):
        st.error(html.plain(why))
        return
    del st.session_state[_NOTED]
    say_saved(
        f"{number} gespeichert; im Protokoll steht es mit Namen und Grund und lässt sich unter »Daten laden« zurücknehmen."
    )


def _changed_meanwhile(noted: Noted) -> str:
    """Return a sentence where somebody has stated something else of a noted entry since the form was opened."""
    snapshot = current_snapshot(warehouse_folder())
    now = ask(snapshot, "known_fields") if snapshot else question("known_fields")
    current = {row["entry"]: row for row in now.iter_rows(named=True)}
    for entry, (_, before) in noted.items():
        seen = current.get(entry)
        if before and (seen is None or seen["load_no"] != before["load_no"]):
            by = f" von {seen['who']}" if seen else ""
            return f"»{before['title']}« wurde inzwischen{by} geändert. Verwerfen Sie das Vorgemerkte und beginnen Sie neu."
    return ""


def _changed(cells: Mapping[str, str], before: Row) -> list[tuple[str, str, str]]:
    """Return column, old and new text of everything that differs; the date of the statement alone is no change."""
    was = cells_of(before)
    return [(name, was[name], cells[name]) for name in _WORDS if cells.get(name, was[name]) != was[name]]


def _lines(cells: Mapping[str, str], before: Row | None) -> list[list[html.Html]]:
    title = html.stacked(html.text(cells["bezeichnung"]), html.muted(catalog().area_name(cells["jobcenter"])))
    if before is None:
        given = [
            (name, "", cells.get(name, "")) for name in _WORDS if name != "bezeichnung" and cells.get(name)
        ]
        changes, what = given, "neu"
    else:
        changes = _changed(cells, before)
        what = "entfällt" if cells["umsetzung"] == "gestrichen" else "geändert"
    return [
        [title, html.text(what), html.text(_WORDS[name]), *(_said(name, text) for text in (old, new))]
        for name, old, new in changes
    ]


def _said(name: str, text: str) -> html.Html:
    known = catalog()
    terms: dict[str, Mapping[str, Term]] = {
        "art": known.field_kinds, "kategorie": known.field_categories, "umsetzung": known.field_states,
        "turnus": known.field_rhythms, "eintritt": known.field_levels, "auswirkung": known.field_levels,
    }  # fmt: skip
    if not text:
        return html.NOTHING
    if name == "kennzahl":
        return html.text(known.indicator(text).name)
    return html.text(terms[name][text].name if name in terms and text in terms[name] else text)

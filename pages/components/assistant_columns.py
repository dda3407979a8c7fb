"""Step 2 of the assistant: what each column is."""

from __future__ import annotations

import streamlit as st

from etl.assigned import DIMENSIONS
from etl.assignment import Chosen, gaps, table_heads
from etl.heads import Head
from etl.lexicon import Lexicon
from etl.places import letters
from etl.proposal import UNREAD, VALUE, Extent, Guess, learned, propose_columns
from etl.read import Sheet
from etl.saved import saved_formats
from pages.components import html
from pages.components.assistant_form import Form
from warehouse.snapshots import warehouse_folder

_MEANINGS = {UNREAD: "nicht lesen", VALUE: "Wert", **DIMENSIONS}
_SAMPLES, _MOST_COLUMNS = 3, 60


def ask_columns(
    form: Form, sheet: Sheet, extent: Extent, lexicon: Lexicon, prefix: str
) -> tuple[dict[str, Guess], frozenset[str]]:
    """Ask what each column is; return that by heading, and the columns whose empty cells repeat the one above."""
    st.markdown("#### 2. Was steht in welcher Spalte?")
    if prefix not in form.guesses:  # looking for what is alike takes time
        before = learned(saved_formats(warehouse_folder()).formats)
        form.guesses[prefix] = propose_columns(sheet, extent, lexicon, before)
    proposed = form.guesses[prefix]
    alike: dict[str, list[Head]] = {}
    for head in table_heads(sheet, extent):
        alike.setdefault(head.name, []).append(head)
    chosen = {
        name: _ask_column(form, sheet, extent, same, proposed.get(name, Guess()), prefix)
        for name, same in list(alike.items())[:_MOST_COLUMNS]
    }
    if len(alike) > _MOST_COLUMNS:
        st.info(
            f"Gezeigt sind die ersten {_MOST_COLUMNS} von {len(alike)} verschiedenen Spalten; die übrigen werden nicht gelesen. "
            "Prüfen Sie, ob die Kopfzeilen stimmen."
        )
    repeated = [
        name
        for name in gaps(sheet, Chosen("", extent, chosen))
        if form.switch(
            f"»{alike[name][0].label}«: Eine leere Zelle wiederholt den Eintrag darüber",
            f"{prefix}-leer-{alike[name][0].index}",
            proposed=True,
        )
    ]
    return chosen, frozenset(repeated)


def _ask_column(
    form: Form, sheet: Sheet, extent: Extent, same: list[Head], guess: Guess, prefix: str
) -> Guess:
    first, key = same[0], f"{prefix}-spalte-{same[0].index}"
    place = (
        letters(first.index) if len(same) == 1 else f"{letters(first.index)} bis {letters(same[-1].index)}"
    )
    named = (
        first.label
        if len(same) == 1
        else " | ".join(filter(None, (first.shown, f"{first.told} bis {same[-1].told}")))
    )
    meaning_at, kennzahl_at, merkmal_at = st.columns(3, vertical_alignment="bottom")
    with meaning_at:
        label, samples = f"{place} · {named}", html.muted(_samples(sheet, extent, first))
        read_as = form.select(
            label,
            list(_MEANINGS),
            key,
            proposed=guess.read_as,
            shown=_MEANINGS.__getitem__,
            above=html.stacked(html.strong(label), samples),
        )
    if read_as != VALUE:
        return Guess(read_as)
    with kennzahl_at:
        kennzahl = form.quantity(
            f"Kennzahl in {place}",
            f"{key}-kennzahl",
            proposed=guess.kennzahl,
            nothing="wie in der Zeile oder für alle",
        )
    with merkmal_at:
        merkmal = form.breakdown(f"Merkmal in {place}", f"{key}-merkmal", proposed=guess.merkmal)
    return Guess(VALUE, kennzahl, merkmal)


def _samples(sheet: Sheet, extent: Extent, head: Head) -> str:
    cells = (
        row[head.index] for row in sheet.rows[extent.first_row - 1 : extent.last_row] if head.index < len(row)
    )
    found = list(dict.fromkeys(" ".join(cell.split())[:40] for cell in cells if cell))[:_SAMPLES]
    return f"z. B. {' · '.join(found)}" if found else "leer"

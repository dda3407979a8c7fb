"""Steps 2 and 4 of the assistant: what each column is, and what the file calls things."""

from __future__ import annotations

import streamlit as st

from etl.assigned import DIMENSIONS, Word
from etl.assignment import Chosen, gaps, table_heads, unknown_words
from etl.heads import Head
from etl.lexicon import Lexicon
from etl.places import letters
from etl.proposal import UNREAD, VALUE, Extent, Guess, alike, learned, propose_columns, quantity
from etl.read import Sheet
from etl.saved import saved_formats
from pages.components import html
from pages.components.assistant_form import LEFT_OUT, NOTHING, Form
from pages.components.warehouse import catalog
from warehouse.snapshots import warehouse_folder
from warehouse.spelling import fold

_MEANINGS = {UNREAD: "nicht lesen", VALUE: "Wert", **DIMENSIONS}
_SAMPLES, _MOST_WORDS, _MOST_COLUMNS = 3, 40, 60
_MANY_AREAS = 10
_COLUMN_OF = {"jobcenter": "Jobcenter", "kennzahl": "Kennzahl", "merkmal": "Merkmal"}


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


def ask_words(
    form: Form, sheet: Sheet, chosen: Chosen, lexicon: Lexicon, prefix: str
) -> tuple[tuple[Word, ...], bool]:
    """Ask for the meaning of what the file calls something and the catalog does not know.

    Returns the answers, and whether rows of Jobcenter that are not known are left out.
    """
    unknown = list(unknown_words(sheet, chosen, lexicon))
    if not unknown:
        return (), False
    st.markdown("#### 4. Wie die Datei etwas nennt")
    st.markdown("Diese Bezeichnungen sind nicht bekannt. Was offen bleibt, steht unten als Fehler.")
    elsewhere = sum(column == "jobcenter" for column, _ in unknown)
    known_only = elsewhere > 0 and form.switch(
        f"Zeilen anderer Jobcenter und Gebiete nicht lesen ({elsewhere} Bezeichnungen)",
        f"{prefix}-andere",
        proposed=elsewhere > _MANY_AREAS,
    )
    if known_only:
        unknown = [each for each in unknown if each[0] != "jobcenter"]
    words = [
        _ask_word(form, column, text, lexicon, f"{prefix}-wort-{column}-{fold(text)}")
        for column, text in unknown[:_MOST_WORDS]
    ]
    if len(unknown) > _MOST_WORDS:
        st.info(
            f"{len(unknown) - _MOST_WORDS} weitere Bezeichnungen sind nicht bekannt. "
            "Prüfen Sie, ob die richtige Spalte gewählt ist."
        )
    return tuple(word for word in words if word), known_only


def _ask_word(form: Form, column: str, text: str, lexicon: Lexicon, key: str) -> Word | None:
    label, known = f"{_COLUMN_OF[column]} »{text}«", catalog()
    one, other = st.columns(2, vertical_alignment="bottom")
    if column == "kennzahl":
        proposed, breakdown = ("", "") if key in form.chosen else quantity(text, lexicon)
        with one:
            means = form.quantity(
                label,
                key,
                proposed=proposed,
                nothing="noch offen",
                options=(LEFT_OUT,),
                above=html.text(label),
            )
        with other:
            merkmal = form.breakdown("Merkmal dazu", f"{key}-merkmal", proposed=breakdown) if means else ""
    else:
        spellings = lexicon.areas if column == "jobcenter" else lexicon.breakdowns
        name_of = known.area_name if column == "jobcenter" else known.breakdown_name
        like = NOTHING if key in form.chosen else alike(text, spellings)
        names = {NOTHING: "noch offen", LEFT_OUT: "Zeilen nicht lesen"}
        ids = sorted({id_ for id_ in spellings.values() if id_}, key=name_of)
        with one:
            means = form.select(
                label,
                [*names, *ids],
                key,
                proposed=like,
                shown=lambda id_: names.get(id_) or name_of(id_),
                above=html.text(label),
            )
        merkmal = ""
    if not means:
        return None
    return Word(column, text) if means == LEFT_OUT else Word(column, text, means, merkmal)

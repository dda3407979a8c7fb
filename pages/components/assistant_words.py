"""Step 4 of the assistant: what the file calls things, and which of its rows nobody has assigned yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from etl.assigned import Word
from etl.assignment import Chosen, Unknown, unknown_words, without_meaning
from etl.lexicon import Lexicon
from etl.proposal import alike, quantity
from etl.read import Sheet
from pages.components import html, peers
from pages.components.assistant_form import LEFT_OUT, NOTHING, Form
from pages.components.warehouse import catalog
from warehouse.areas import JOBCENTER, names_of, of_level
from warehouse.formatting import format_number
from warehouse.spelling import fold

_MOST_WORDS, _MANY_AREAS, _FEW_NAMES, _FEW_ROWS = 40, 10, 12, 6
_COLUMN_OF = {"jobcenter": "Jobcenter", "kennzahl": "Kennzahl", "merkmal": "Merkmal"}
_ASK = "Diese Bezeichnungen sind nicht bekannt. Sagen Sie, was gemeint ist; was offen bleibt, lässt sich nicht laden."


def ask_words(
    form: Form, sheet: Sheet, chosen: Chosen, lexicon: Lexicon, prefix: str
) -> tuple[tuple[Word, ...], bool]:
    """Ask for the meaning of what the file calls something and the catalog does not know; say what is left open.

    Returns the answers, and whether rows of Jobcenter that are not known are left out.
    """
    unknown = unknown_words(sheet, chosen, lexicon)
    if not unknown:
        return (), False
    st.markdown("#### 4. Wie die Datei etwas nennt")
    beyond = names_of(of_level(peers.areas(), JOBCENTER))
    by_name = _words_by_name(unknown, beyond)
    if by_name:
        many = (
            f"{format_number(len(by_name))} Bezeichnungen sind" if len(by_name) > 1 else "1 Bezeichnung ist"
        )
        st.markdown(f"{many} genau so aus geladenen Lieferungen bekannt und zugeordnet.")
    if not (asked := without_meaning(unknown, by_name)):
        return tuple(by_name), False
    st.markdown(_ASK)
    elsewhere = [each for each in asked if each.column == "jobcenter"]
    known_only = bool(elsewhere) and form.switch(
        f"Zeilen anderer Jobcenter und Gebiete nicht lesen ({len(elsewhere)} Bezeichnungen, {_rows(elsewhere)})",
        f"{prefix}-andere",
        proposed=len(elsewhere) > _MANY_AREAS,
    )
    asked = [each for each in asked if not (known_only and each.column == "jobcenter")]
    words = [_ask_word(form, each, lexicon, beyond, prefix) for each in asked[:_MOST_WORDS]]
    said = (*by_name, *(word for word in words if word))
    _say_what_is_open(without_meaning(asked, said), elsewhere if known_only else [])
    return said, known_only


def _words_by_name(unknown: Sequence[Unknown], names: Mapping[str, str]) -> list[Word]:
    """Return the words for Jobcenter that are called exactly as deliveries call one, and only one."""
    found: dict[str, list[str]] = {}
    for id_, name in names.items():
        found.setdefault(fold(name), []).append(id_)
    ids = {each.text: found.get(fold(each.text), []) for each in unknown if each.column == "jobcenter"}
    return [
        Word("jobcenter", text, same[0], name=names[same[0]]) for text, same in ids.items() if len(same) == 1
    ]


def _say_what_is_open(open_: Sequence[Unknown], left_out: Sequence[Unknown]) -> None:
    """Say how many rows nobody has assigned, and which; and which are left out."""
    if open_:
        names = f"{len(open_)} Bezeichnung{'en' if len(open_) > 1 else ''}"
        st.warning(html.plain(f"Noch ohne Zuordnung: {_rows(open_)} mit {names}: {_named(open_)}."))
    if left_out:
        listed = html.listed(*(html.text(_where(each)) for each in left_out))
        st.html(
            html.folded(
                f"Nicht gelesen werden {_rows(left_out)} mit {len(left_out)} Bezeichnungen", listed
            ).text
        )


def _rows(unknown: Sequence[Unknown]) -> str:
    number = len({row for each in unknown for row in each.rows})
    return "1 Zeile" if number == 1 else f"{format_number(number)} Zeilen"


def _named(unknown: Sequence[Unknown]) -> str:
    more = f" und {format_number(len(unknown) - _FEW_NAMES)} weitere" if len(unknown) > _FEW_NAMES else ""
    return ", ".join(_where(each) for each in unknown[:_FEW_NAMES]) + more


def _where(each: Unknown) -> str:
    shown = ", ".join(map(str, each.rows[:_FEW_ROWS])) + (" …" if len(each.rows) > _FEW_ROWS else "")
    return f"»{each.text}« (Zeile{'n' if len(each.rows) > 1 else ''} {shown})"


def _ask_word(
    form: Form, unknown: Unknown, lexicon: Lexicon, beyond: Mapping[str, str], prefix: str
) -> Word | None:
    column, text = unknown.column, unknown.text
    key = f"{prefix}-wort-{column}-{fold(text)}"
    label, known = f"{_COLUMN_OF[column]} »{text}«", catalog()
    above = html.stacked(html.text(label), html.muted(_rows([unknown])))
    one, other = st.columns(2, vertical_alignment="bottom")
    if column == "kennzahl":
        proposed, breakdown = ("", "") if key in form.chosen else quantity(text, lexicon)
        with one:
            means = form.quantity(
                label, key, proposed=proposed, nothing="noch offen", options=(LEFT_OUT,), above=above
            )
        with other:
            merkmal = form.breakdown("Merkmal dazu", f"{key}-merkmal", proposed=breakdown) if means else ""
        return _word(unknown, means, merkmal)
    spellings = lexicon.breakdowns
    names = {id_: known.breakdown_name(id_) for id_ in spellings.values() if id_}
    if column == "jobcenter":
        names = {**beyond, **{id_: known.area_name(id_) for id_ in lexicon.areas.values()}}
        spellings = {**{fold(name): id_ for id_, name in beyond.items()}, **lexicon.areas}
    like = NOTHING if key in form.chosen else alike(text, spellings)
    others = {NOTHING: "noch offen", LEFT_OUT: "Zeilen nicht lesen"}
    with one:
        means = form.select(
            label,
            [*others, *sorted(names, key=names.__getitem__)],
            key,
            proposed=like,
            shown=lambda id_: others.get(id_) or names[id_],
            above=above,
        )
    is_beyond = column == "jobcenter" and means in beyond and means not in known.jobcenters
    return _word(unknown, means, name=beyond[means] if is_beyond else "")


def _word(unknown: Unknown, means: str, merkmal: str = "", name: str = "") -> Word | None:
    if not means:
        return None
    if means == LEFT_OUT:
        return Word(unknown.column, unknown.text)
    return Word(unknown.column, unknown.text, means, merkmal, name)

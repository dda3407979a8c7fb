"""A Mappe as what the reports are made of: its pinned views with their texts, definitions and links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from pages.components.recompute import Retold
from pages.components.warehouse import STATE, catalog, every_act, question_at
from pages.reports.sentences import said
from pages.reports.view import Deck, View
from pages.reports.withheld import MEANING, SIGN
from warehouse.comments import COMMENT, comments_beside
from warehouse.mappen import Mappe, Pin


def deck_of(mappe: Mappe, views: Sequence[View]) -> Deck:
    """Return views of a Mappe as a deck."""
    day = date.fromisoformat(mappe.day) if mappe.day else None
    own = (
        {SIGN.split()[0]: MEANING} if any(MEANING in view.notes.get("Zeichen", "") for view in views) else {}
    )
    return Deck(mappe.name, tuple(views), mappe.occasion, day, mappe.author, mappe.contact, own | signs())


def view_of(each: Retold) -> View | None:
    """Return a pinned view with its own title, texts and comment; None where it cannot be shown."""
    shown, pin = each.shown, each.pin
    if shown is None or each.told is None:
        return None
    pin = replace(pin, told=each.told)
    chart = shown.chart
    if chart is not None:
        chart = replace(chart, alt=said(pin, "alternativtext"))
    notes = {name: text for name, text in shown.notes.items() if not name.startswith(COMMENT)}
    return View(
        said(pin, "titel"), shown.table, notes, chart, message=said(pin, pin.shown) if pin.shown else "", comment=pin.comment,
        paragraph=said(pin, "absatz"), remarks=comments_beside(catalog(), question_at(pin.act)("known_comments"), shown.table),
        jobcenters=_about(pin, shown.table), link=link(pin), as_of=as_of_note(pin.act),
        definition=_definition(each), reading=shown.reading, contradictions=each.contradictions,
    )  # fmt: skip


def link(pin: Pin) -> str:
    """Return the address of exactly this view, in exactly this state."""
    return f"{root()}/{pin.page}?{urlencode({**pin.parameters, STATE: str(pin.act)}, doseq=True)}"


def root() -> str:
    """Return the address of the app."""
    return (st.context.url or "").split("?")[0].rstrip("/").removesuffix("/beirat")


def newest_act() -> int:
    """Return the number of the newest act."""
    return int(every_act()["load_no"].max())  # type: ignore[arg-type]


def as_of_note(act: int) -> str:
    """Return which state a view shows, where it is not the newest."""
    return "" if act >= newest_act() else f"nach Vorgang {act}; spätere Vorgänge sind nicht enthalten"


def signs() -> dict[str, str]:
    """Return the signs of figures and what they mean."""
    known = catalog()
    told = {entry.mark.strip(): entry.name for entry in known.precisions.values() if entry.mark.strip()}
    return told | {entry.sign: entry.name for entry in known.statuses.values() if entry.sign}


def _definition(each: Retold) -> str:
    """Return the definitions of the indicators a view names, one a line, at most three."""
    assert each.shown is not None
    table = each.shown.table
    names = table["Kennzahl"].unique(maintain_order=True).to_list() if "Kennzahl" in table.columns else []
    found = {entry.name: entry.definition for entry in catalog().indicators.values() if entry.name in names}
    told = [f"{name}: {found[name]}" for name in names if name in found][:3]
    return "\n".join(told)


def _about(pin: Pin, table: pl.DataFrame) -> tuple[str, ...]:
    """Return the Jobcenter a view is about: those it was pinned for, else those of the catalog; never all of its group."""
    named = table["Jobcenter"].unique(maintain_order=True).to_list() if "Jobcenter" in table.columns else []
    chosen = pin.parameters.get("jobcenter", ()) or [
        entry.short_name for entry in catalog().jobcenters.values()
    ]
    return tuple(str(name) for name in named if name in chosen)

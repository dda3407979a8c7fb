"""The answer of the Datenlage page in one or two sentences, built from what is shown."""

from __future__ import annotations

from collections.abc import Sequence

from pages.charts.reference_tables import STATES
from pages.components.warehouse import catalog
from warehouse.gaps import Summary


def situation_answer(found: Summary, chosen: Sequence[str], units: str, topic: str, state: str) -> str:
    """Say how much of what is shown there is, and how much of it is shared.

    `units`: what is counted, "Reihen" or "Kennzahlen"; `topic` and `state`: ids, "" = all.
    """
    theme = f" zum Thema »{catalog().topics[topic].name}«" if topic else ""
    if not found.counted:
        return f"Keine {units}{theme} mit diesem Stand."
    if len(chosen) == 1:
        standing = f" mit dem Stand »{STATES[state][1]}«" if state else ""
        missing = f"{found.by_none} fehlen" if found.by_none else "keine davon fehlt"
        area = catalog().area_name(chosen[0])
        return f"{area} berichtet {found.reported} von {found.counted} {units}{theme}{standing}; {missing}."
    standing = f", bei denen mindestens ein Jobcenter den Stand »{STATES[state][1]}« hat," if state else ""
    return f"Von {found.counted} {units}{theme}{standing} {_sharing(found, chosen)}"


def _sharing(found: Summary, chosen: Sequence[str]) -> str:
    whole = len(chosen) == len(catalog().jobcenters)
    every = "allen fünf" if whole else f"allen {len(chosen)} gewählten"
    period = (
        f"nur bei {found.sharing_period} nennen mindestens zwei denselben Zeitraum"
        if found.sharing_period
        else "bei keiner nennen zwei denselben Zeitraum"
    )
    nobody = f" {found.by_none} davon berichtet {'niemand' if whole else 'keines der gewählten'}."
    return (
        f"stammen {found.by_one or 'keine'} aus einem einzigen Jobcenter, {found.by_all or 'keine'} aus {every}; {period}."
        f"{nobody if found.by_none else ''}"
    )

"""The data a page rests on: one snapshot per page run, and the only caching."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

from etl.seed import SeedError, seed
from warehouse import memberships
from warehouse.catalog import Catalog, CatalogError, Membership, load_catalog
from warehouse.formulas import computed, inputs_of
from warehouse.questions import ask
from warehouse.schema import KEY
from warehouse.snapshots import current_snapshot, warehouse_folder

STATE = "vorgang"
"""Name of the state in the URL: the number of the act after which it was the state; without it the newest is shown."""
ALL_KINDS = ("ist", "soll", "prognose", "plan", "vorjahr")


@st.cache_resource(show_spinner="Bestand wird angelegt …")
def _seeded(folder: Path) -> bool:
    seed(folder)
    return True


def ensure_warehouse() -> str:
    """Build the warehouse on the first start and pin the snapshot of this page run; return the date of its newest load.

    A page is computed from one snapshot; the next run sees what has been published since. Where catalog or documents
    are faulty the page says so in German and stops: no numbers are better than wrong ones.
    """
    folder = warehouse_folder()
    try:
        _seeded(folder)
    except (CatalogError, SeedError, OSError) as error:
        st.error(f"Der Bestand konnte nicht angelegt werden. {error}")
        st.stop()
    st.session_state["_snapshot"] = current_snapshot(folder)
    newest = every_act().row(0, named=True)
    return f"{newest['acted_at']:%d.%m.%Y, %H:%M} Uhr (UTC)"


def pin_state(act: int | None) -> None:
    """Let all questions of this page run be answered as of an act (its number), of the newest one for None."""
    st.session_state["_as_of"] = act


def as_of() -> int | None:
    """Return the number of the act whose state this page run shows; None for the newest."""
    act: int | None = st.session_state.get("_as_of")
    return act


def state_address() -> dict[str, str]:
    """Return what every link within the app carries, so that it leads to the state shown here."""
    return {STATE: str(as_of())} if as_of() else {}


def snapshot() -> Path:
    """Return the snapshot of this page run."""
    pinned: Path | None = st.session_state.get("_snapshot") or current_snapshot(warehouse_folder())
    if pinned is None:
        st.error("Es ist noch kein Bestand veröffentlicht. Starten Sie die Anwendung neu.")
        st.stop()
    return pinned


def catalog() -> Catalog:
    """Return the declared facts."""
    return load_catalog()


@st.cache_resource(
    max_entries=500, show_spinner=False
)  # frames are never changed in place: no copy is needed
def _answer(path: str, act: int | None, name: str, parameters: tuple[tuple[str, Any], ...]) -> pl.DataFrame:
    return ask(
        Path(path),
        name,
        as_of=act,
        **{key: list(value) if isinstance(value, tuple) else value for key, value in parameters},
    )


def question(name: str, **parameters: Any) -> pl.DataFrame:
    """Answer `sql/<name>.sql` from the snapshot and the state of this page run; cached by these and the parameters."""
    return _answer(str(snapshot()), as_of(), name, tuple(sorted(parameters.items())))


def every_act() -> pl.DataFrame:
    """Return all published acts of the load log (LOAD columns), newest first, whichever state is shown."""
    return _answer(str(snapshot()), None, "loads", ())


def known_series() -> pl.DataFrame:
    """Return which series exist for the Jobcenter and regions of the catalog (answer of `known_indicators`)."""
    return question("known_indicators", areas=(*catalog().jobcenters, *catalog().regions))


def newest_of(areas: Sequence[str], indicators: Sequence[str] = ()) -> pl.DataFrame:
    """Return the current values of some areas without the earlier months of monthly series (CURRENT columns).

    Of some indicators, of all where none is named.
    """
    return question("newest_of_areas", areas=tuple(areas), indicators=tuple(indicators))


def current_of(areas: Sequence[str]) -> pl.DataFrame:
    """Return every current value of some areas (CURRENT columns)."""
    return question("current_of_areas", areas=tuple(areas))


def observations(
    indicators: tuple[str, ...], *, areas: tuple[str, ...] = (), kinds: tuple[str, ...] = ALL_KINDS
) -> pl.DataFrame:
    """Return the current values of some indicators (CURRENT columns); without `areas` those of all Jobcenter.

    What no source prints is added where its official formula can be applied to monthly values.
    """
    areas = areas or tuple(catalog().jobcenters)
    rows = question("observations_of", indicators=indicators, areas=areas, kinds=kinds)
    formulas = tuple(id_ for id_ in indicators if catalog().indicator(id_).formula)
    if not formulas or "ist" not in kinds:
        return rows
    own = _computed(str(snapshot()), as_of(), formulas, areas)
    return pl.concat([rows, own.join(rows, on=list(KEY), how="anti", nulls_equal=True)])


@st.cache_resource(max_entries=100, show_spinner=False)
def _computed(
    path: str, act: int | None, indicators: tuple[str, ...], areas: tuple[str, ...]
) -> pl.DataFrame:
    inputs = (("areas", areas), ("indicators", inputs_of(catalog(), indicators)), ("kinds", ("ist",)))
    return computed(catalog(), _answer(path, act, "observations_of", inputs), indicators)


def family_observations(family: str, *, kinds: tuple[str, ...] = ("ist",)) -> pl.DataFrame:
    """Return the current values of all Jobcenter that belong to a family (CURRENT columns), printed changes included."""
    known = catalog()
    member_ids = {member.partition("/")[0] for member in known.families[family].members}
    indicators = tuple(sorted(id_ for id_ in known.indicator_ids if id_.partition(".")[0] in member_ids))
    rows = observations(indicators, kinds=kinds)
    belongs = [
        known.family_of(indicator, breakdown) == family
        for indicator, breakdown in rows.select("indicator", "breakdown").iter_rows()
    ]
    return rows.filter(pl.Series(belongs, dtype=pl.Boolean))


def vergleichstyp(jobcenter: str) -> tuple[Membership, ...]:
    """Return the Vergleichstyp that is valid today, documented or loaded; several where sources contradict each other."""
    return memberships.vergleichstyp(catalog(), question("known_memberships"), jobcenter, date.today())


@st.cache_resource(show_spinner=False)
def spare_collection() -> bool:
    """Exempt what lives as long as the process from garbage collection, once, after the first page has been drawn.

    Streamlit collects garbage after every run of a page; walking over the imported libraries takes longer than the page.
    """
    gc.collect()
    gc.freeze()
    return True

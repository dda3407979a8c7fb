"""The data a page rests on: one snapshot per page run, and the only caching."""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

from etl.failure import FAILURES, german_failure
from etl.seed import RESTORED
from pages.components.answers import Answers, own_copy
from pages.components.markdown import plain
from pages.components.starting import wait_for_start
from warehouse import memberships
from warehouse.areas import FIRST_DAY, Ask
from warehouse.catalog import Catalog, Event, Membership, load_catalog
from warehouse.events import all_events
from warehouse.formulas import computed, inputs_of, parts_of
from warehouse.guests import with_guests
from warehouse.questions import ask
from warehouse.schema import KEY
from warehouse.snapshots import current_snapshot, warehouse_folder

STATE = "vorgang"
"""Name of the state in the URL: the number of the act after which it was the state; without it the newest is shown."""
ALL_KINDS = ("ist", "soll", "prognose", "plan", "vorjahr")


def ensure_warehouse() -> str:
    """Build the warehouse on the first start and pin the snapshot of this page run; return the date of its newest load.

    A page is computed from one snapshot; the next run sees what has been published since. Where catalog or documents
    are faulty, or the data damaged beyond repair, the page says so in German and stops: no numbers are better than wrong ones.
    """
    folder = warehouse_folder()
    st.session_state["_catalog"] = None  # there, for a session takes long to say what it does not know
    try:
        if wait_for_start(folder):
            st.sidebar.caption(f"Beim Start der Anwendung: {RESTORED}")
        st.session_state["_snapshot"] = current_snapshot(folder)
        newest = every_act().row(0, named=True)
    except FAILURES as error:
        st.error(plain(f"Es werden keine Zahlen gezeigt. {german_failure(error, folder)}"))
        st.stop()
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
    """Return the declared facts, and in this page run also the areas that were invited."""
    known: Catalog | None = st.session_state.get("_catalog")
    return known or load_catalog()


def invite(names: Mapping[str, str], guests: Sequence[str]) -> None:
    """Let this page run know some areas beyond the catalog (ids, `names` by id) as if they were its own Jobcenter."""
    st.session_state["_catalog"] = (
        _with_guests(tuple((id_, names[id_]) for id_ in guests)) if guests else None
    )


@st.cache_resource(max_entries=30, show_spinner=False)
def _with_guests(guests: tuple[tuple[str, str], ...]) -> Catalog:
    return with_guests(load_catalog(), dict(guests), [id_ for id_, _ in guests])


_ANSWERS = Answers()


def _answer(path: str, act: int | None, name: str, parameters: tuple[tuple[str, Any], ...]) -> pl.DataFrame:
    parameters = tuple((key, tuple(value) if isinstance(value, list) else value) for key, value in parameters)
    return _ANSWERS.get((path, act, name, parameters), lambda: _asked(path, act, name, parameters))


def _asked(path: str, act: int | None, name: str, parameters: tuple[tuple[str, Any], ...]) -> pl.DataFrame:
    given = {key: list(value) if isinstance(value, tuple) else value for key, value in parameters}
    return ask(Path(path), name, as_of=act, **given)


def question(name: str, **parameters: Any) -> pl.DataFrame:
    """Answer `sql/<name>.sql` from the snapshot and the state of this page run; cached by these and the parameters."""
    return _answer(str(snapshot()), as_of(), name, tuple(sorted(parameters.items())))


def question_once(name: str, **parameters: Any) -> pl.DataFrame:
    """Answer `sql/<name>.sql` as `question` does, without keeping the answer: for what is large and kept in a smaller form."""
    return _asked(str(snapshot()), as_of(), name, tuple(parameters.items()))


def kept(name: str, *asked: Hashable, answer: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """Return what `answer` derives from snapshot and state of this page run; kept as answers are, by `name` and `asked`."""
    return _ANSWERS.get((str(snapshot()), as_of(), name, *asked), lambda: own_copy(answer()))


def question_at(act: int | None, *, keep: bool = True) -> Ask:
    """Return what answers questions as of an act, of the newest state for None, whichever state the page shows; answers that
    are large and kept in a smaller form are not to be kept themselves."""
    path, answer = str(snapshot()), _answer if keep else _asked

    def ask_then(name: str, /, **parameters: Any) -> pl.DataFrame:
        return answer(path, act, name, tuple(sorted(parameters.items())))

    return ask_then


def every_act() -> pl.DataFrame:
    """Return all published acts of the load log (LOAD columns), newest first, whichever state is shown."""
    return _answer(str(snapshot()), None, "loads", ())


def known_series() -> pl.DataFrame:
    """Return which series exist for the Jobcenter and regions of the catalog (answer of `known_indicators`)."""
    return question("known_indicators", areas=(*catalog().jobcenters, *catalog().regions))


@lru_cache(maxsize=4)
def _revised(path: str, act: int | None, areas: tuple[str, ...]) -> frozenset[tuple[Any, ...]]:
    known: dict[Any, Any] = {}  # the same few words and days in thousands of rows, each kept once
    rows = _asked(path, act, "revised_of", (("areas", areas),)).iter_rows()
    return frozenset(tuple(known.setdefault(each, each) for each in row) for row in rows)


def is_revised(row: Mapping[str, Any]) -> bool:
    """Tell whether an older vintage of the same source says something else than this value (CURRENT columns)."""
    known = _revised(str(snapshot()), as_of(), (*catalog().jobcenters, *catalog().regions))
    return tuple(row.get(name) for name in (*KEY, "source")) in known


def newest_of(areas: Sequence[str], indicators: Sequence[str] = ()) -> pl.DataFrame:
    """Return the current values of some areas without the earlier months of monthly series (CURRENT columns).

    Of some indicators, of all where none is named.
    """
    return question("newest_of_areas", areas=tuple(areas), indicators=tuple(indicators))


def observations(
    indicators: tuple[str, ...],
    *,
    areas: tuple[str, ...] = (),
    kinds: tuple[str, ...] = ALL_KINDS,
    keep: bool = True,
) -> pl.DataFrame:
    """Return the current values of some indicators (CURRENT columns); without `areas` those of all Jobcenter.

    What no source prints is added where its official formula can be applied to monthly values. Without `keep` the answer is
    not kept: it is large, and what is made of it is kept instead.
    """
    areas = areas or tuple(catalog().jobcenters)
    asked = question if keep else question_once
    rows = asked("observations_of", indicators=indicators, areas=areas, kinds=kinds)
    return with_computed(rows, indicators, areas) if "ist" in kinds else rows


def with_computed(rows: pl.DataFrame, indicators: tuple[str, ...], areas: tuple[str, ...]) -> pl.DataFrame:
    """Return values (CURRENT columns) of some indicators and areas, and what follows from monthly values by official formulas."""
    formulas = tuple(id_ for id_ in indicators if catalog().indicator(id_).formula)
    if not formulas:
        return rows
    own = _computed(str(snapshot()), as_of(), formulas, areas)
    return pl.concat([rows, own.join(rows, on=list(KEY), how="anti", nulls_equal=True)])


def every_event() -> tuple[Event, ...]:
    """Return all events: those of the catalog and those that were loaded."""
    return all_events(catalog(), question)


def _computed(
    path: str, act: int | None, indicators: tuple[str, ...], areas: tuple[str, ...]
) -> pl.DataFrame:
    def compute() -> pl.DataFrame:
        inputs = inputs_of(load_catalog(), indicators)
        asked = {"areas": areas, "indicators": inputs, "breakdowns": parts_of(load_catalog(), indicators)}
        rows = _asked(path, act, "courses_of_areas", (*asked.items(), ("first", FIRST_DAY)))
        return computed(load_catalog(), rows.filter(pl.col("kind") == "ist"), indicators, every_event())

    return _ANSWERS.get((path, act, "computed", indicators, areas), compute)


def family_observations(
    family: str, *, jobcenters: tuple[str, ...], kinds: tuple[str, ...] = ("ist",)
) -> pl.DataFrame:
    """Return the current values of some Jobcenter that belong to a family (CURRENT columns), printed changes included; they
    are not kept."""
    known = catalog()
    member_ids = {member.partition("/")[0] for member in known.families[family].members}
    indicators = tuple(sorted(id_ for id_ in known.indicator_ids if id_.partition(".")[0] in member_ids))
    rows = observations(indicators, areas=jobcenters, kinds=kinds, keep=False)
    quantities = rows.select("indicator", "breakdown").unique()
    belongs = [known.family_of(*quantity) == family for quantity in quantities.iter_rows()]
    own = quantities.filter(pl.Series(belongs, dtype=pl.Boolean))
    return rows.join(own, on=["indicator", "breakdown"], how="semi", maintain_order="left")


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

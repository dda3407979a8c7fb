"""With whom a course is held together: the chosen Vergleichsgruppe and its bands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl
import streamlit as st

from pages.components import choose
from pages.components.html import plain
from pages.components.peers import areas, saved_groups
from pages.components.warehouse import (
    as_of,
    catalog,
    every_event,
    kept,
    question,
    question_once,
    snapshot,
)
from warehouse.areas import JOBCENTER, KREIS, ids
from warehouse.catalog import load_catalog
from warehouse.comparators import Group, Known, comparators, group_of
from warehouse.likeness import structure
from warehouse.own_groups import OwnGroup
from warehouse.peer_bands import bands, peer_courses
from warehouse.quantiles import least

NO_GROUP = "keine"


def comparator() -> str:
    """Let the reader choose a Vergleichsgruppe; return its id, "" for none."""
    return choose.one_of(
        "Vergleichsgruppe", {NO_GROUP: "", **comparators(load_catalog(), _saved())}, key="vergleichsgruppe"
    )


def _saved() -> tuple[OwnGroup, ...]:
    groups, broken = saved_groups()
    if broken:
        st.warning(plain(broken))
    return groups


@dataclass(frozen=True)
class Peers:
    """The groups of some areas under one comparator, and the courses of everybody in them."""

    groups: Mapping[str, Group]
    courses: pl.DataFrame

    def bands(self, change: Callable[[pl.DataFrame], pl.DataFrame] | None = None) -> dict[str, pl.DataFrame]:
        """Return the bands of each area's group, of the courses or of what `change` makes of them."""
        made = change(self.courses) if change else self.courses
        spread = {
            members: bands(made, members, least=least(load_catalog()))
            for members in {group.members for group in self.groups.values() if group.members}
        }
        return {area: spread[group.members] for area, group in self.groups.items() if group.members in spread}

    @property
    def told(self) -> str:
        """Return the footnote: each group with its size, once where it is the same for all."""
        named = {
            area: f"{group.name} ({group.size})" + (", eigene Berechnung" if group.own_calculation else "")
            for area, group in self.groups.items()
            if group.members
        }
        if len(set(named.values())) == 1:
            return next(iter(named.values()))
        return "; ".join(f"{catalog().area_name(area)}: {text}" for area, text in named.items())

    @property
    def missing(self) -> dict[str, str]:
        """Return why areas have no group, and what would give them one: reason with remedy → their names."""
        found: dict[str, list[str]] = {}
        for area, group in self.groups.items():
            if not group.members:
                found.setdefault(f"{group.reason} {group.remedy}".strip(), []).append(
                    catalog().area_name(area)
                )
        return {reason: ", ".join(names) for reason, names in found.items()}


def peers(chosen: str, points: pl.DataFrame, concept: str) -> Peers:
    """Return the groups of all areas among `points` (TREND columns of one quantity) with the courses of their members."""
    indicator, breakdown = points.select("indicator", "breakdown").row(0)
    courses = _courses(indicator, breakdown, concept)
    inside = courses.filter(pl.col("time_concept") == points["time_concept"][0])
    kreise = inside.filter(pl.col("jobcenter").str.starts_with("kr-"))["jobcenter"].n_unique()
    jobcenter = inside.filter(pl.col("jobcenter").str.starts_with("jc-"))["jobcenter"].n_unique()
    level = KREIS if kreise > jobcenter else JOBCENTER
    on = points["period_end"].max()
    assert isinstance(on, date)
    declared = load_catalog().comparators.get(chosen)
    alike = declared is not None and declared.rule == "alike"
    known = replace(_known(str(snapshot()), as_of(), on, level, alike=alike), saved=_saved())
    own = points["jobcenter"].unique(maintain_order=True).to_list()
    groups = {area: group_of(load_catalog(), known, chosen, area, on, level=level) for area in own}
    return Peers(groups, inside)


def _courses(indicator: str, breakdown: str, concept: str) -> pl.DataFrame:
    def answer() -> pl.DataFrame:
        every = ids(areas())
        return peer_courses(
            load_catalog(), question_once, indicator, breakdown, every, concept, every_event()
        )

    return kept("peer courses", indicator, breakdown, concept, answer=answer)


@st.cache_resource(max_entries=20, show_spinner=False)
def _known(path: str, act: int | None, on: date, level: str, *, alike: bool) -> Known:
    every, listed = areas(), question("known_memberships")
    if not alike:
        return Known(every, listed)
    return Known(every, listed, structure(load_catalog(), question, every, on, level))

"""What may be compared within a topic: derived once for all readers, for whole histories need not be read for every click."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.components.answers import own_copy
from pages.components.warehouse import as_of, family_observations, snapshot
from warehouse.catalog import load_catalog
from warehouse.comparison import Comparison, compare_family


def compared(family: str, kinds: tuple[str, ...], jobcenters: tuple[str, ...]) -> list[Comparison]:
    """Return the comparisons of a topic between some Jobcenter of the catalog, best level first; months of monthly series
    that do not stand beside the others are counted in them."""
    return _compared(str(snapshot()), as_of(), family, kinds, jobcenters) if jobcenters else []


@st.cache_resource(max_entries=30, show_spinner=False)
def _compared(
    path: str, act: int | None, family: str, kinds: tuple[str, ...], jobcenters: tuple[str, ...]
) -> list[Comparison]:
    rows = family_observations(family, jobcenters=jobcenters, kinds=kinds)
    every = (found.without_courses() for found in compare_family(load_catalog(), rows))
    return [replace(found, rows=own_copy(found.rows), others=own_copy(found.others)) for found in every]

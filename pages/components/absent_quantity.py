"""Says why the quantity that a link names is not on offer: before another one is shown instead."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from pages.components import show
from pages.components.peers import areas
from pages.components.warehouse import catalog, question
from warehouse.absence import absence
from warehouse.areas import ids

KEY = "kennzahl"


def say_why_absent(options: Collection[str]) -> None:
    """Say what is missing of the quantity asked for, since when, and which delivery brings it; nothing where it is on offer."""
    asked, known = st.query_params.get(KEY), catalog()
    if asked is None or asked in options or KEY in st.session_state:
        return
    id_ = next(
        (each for each in known.indicators if known.quantity_name(each, "", coded=True) == asked), None
    )
    if id_ is None:
        return
    rows = question("observations_of", indicators=(id_,), areas=ids(areas()), kinds=("ist",))
    show.missing(
        absence(known, id_, rows), f"Die Lieferung »{known.delivery_for(id_).name}« füllt die Lücke."
    )

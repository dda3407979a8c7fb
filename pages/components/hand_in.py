"""What a person enters on a page goes the road of every delivery: checked, logged with name and reason, published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from etl import log
from etl.failure import FAILURES, german_failure
from etl.load import BusyError, load_extract, loading_within
from etl.problem import ERROR
from etl.stated import entered, unreadable
from pages.components import html
from pages.components.inbox import PATIENCE
from pages.components.warehouse import as_of
from warehouse.snapshots import warehouse_folder

NO_NAME = "Bitte nennen Sie Ihren Namen: Er steht im Protokoll."
_SAVED = "_eingabe-gespeichert"


def hand_in(
    format_id: str,
    rows: list[dict[str, str]],
    *,
    who: str,
    reason: str = "",
    still_fits: Callable[[], str] = lambda: "",
) -> str:
    """Load what was entered as a small delivery; return why nothing was written, "" where it counts now.

    `still_fits` is asked when nobody else can load: it returns a sentence where somebody has changed the same meanwhile.
    """
    if not who:
        return NO_NAME
    if hidden := unreadable(who + reason + "".join(text for row in rows for text in row.values())):
        return f"Der Text enthält ein unsichtbares Zeichen ({hidden}). Tippen Sie ihn neu oder fügen Sie ihn unformatiert ein."
    folder, extract = warehouse_folder(), entered(format_id, rows, who=who, at=datetime.now(UTC))
    try:
        with loading_within(folder, PATIENCE):
            if hindrance := still_fits():
                return hindrance
            report = load_extract(folder, extract, who=who, reason=reason, seen=())
    except BusyError as error:
        return str(error)
    except FAILURES as error:
        return german_failure(error, folder)
    if report.outcome in (log.LOADED, log.UNCHANGED):
        return ""
    return " ".join(
        f"{found.column}: {found.text}" if found.column else found.text
        for found in report.problems
        if found.severity == ERROR or found.must_confirm
    )


def can_enter() -> bool:
    """Tell whether something can be entered; of an older state say that it cannot."""
    if as_of() is None:
        return True
    st.info("Gezeigt wird ein früherer Stand; eingeben lässt sich etwas nur im neuesten.")
    return False


def say_saved(message: str) -> None:
    """Begin the next run with a message: the page shows what was saved."""
    st.session_state[_SAVED] = message
    st.rerun()


def show_saved() -> None:
    """Show once what was saved in the run before."""
    if message := st.session_state.pop(_SAVED, ""):
        st.success(html.plain(message))

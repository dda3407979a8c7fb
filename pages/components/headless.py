"""Runs pages without a reader, in a process of its own.

Streamlit's AppTest replaces the runtime of its process for all sessions, so it must never run inside the server.
The process reads requests from its standard input and writes answers to its standard output, both pickled.
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.components.pinning import ANSWER, COLLECTED, HERE, Shown

PAGES = Path(__file__).parents[1]
_NO_VIEWS = {"server", "laden", "beirat"}
"""What stands beside the pages but shows no figures; a Mappe from elsewhere may name anything."""
TIMEOUT = 20
"""Seconds a page may take."""


@dataclass(frozen=True)
class Request:
    """A page with its choices, the state it shows (`act`) and the warehouse it asks."""

    folder: str
    page: str
    parameters: tuple[tuple[str, tuple[str, ...]], ...]
    act: int


@dataclass(frozen=True)
class Run:
    """What a page showed: charts and tables, the sentence that answers its question, its contradictions; or why it did not."""

    shown: tuple[Shown, ...] = ()
    answer: str = ""
    contradictions: tuple[str, ...] = ()
    problem: str = ""
    lost: tuple[str, ...] = field(default=())  # choices that are not on offer any more


def run(request: Request) -> Run:
    """Run one page and return what it gave to be shown; a page that fails says so in `problem`."""
    path = PAGES / f"{request.page}.py"
    if request.page in _NO_VIEWS or not path.exists():
        return Run(problem=f"Die Seite »{request.page}« gibt es nicht mehr.")
    os.environ["JOBCENTER_WAREHOUSE"] = request.folder
    test = AppTest.from_file(str(path), default_timeout=TIMEOUT)
    for name, values in request.parameters:
        test.query_params[name] = list(values) if len(values) != 1 else values[0]
    test.session_state[COLLECTED] = []
    test.session_state["_as_of"] = request.act
    try:
        test.run()
    except RuntimeError:
        return Run(problem=f"Die Seite hat nach {TIMEOUT} Sekunden nicht geantwortet.")
    if test.exception:
        logging.getLogger(__name__).error("%s: %s", request.page, test.exception[0].value)
        return Run(problem="Die Seite konnte nicht aufgebaut werden; Einzelheiten stehen im Protokoll.")
    state = test.session_state
    spelled: dict[str, tuple[str, ...]] = state[HERE][1] if HERE in state else {}
    lost = tuple(
        value
        for name, values in request.parameters
        for value in values
        if name in spelled and value not in spelled[name]
    )
    said = tuple(state["_contradictions"]) if "_contradictions" in state else ()
    answer = state[ANSWER] if ANSWER in state else ""  # noqa: SIM401 – this state has no `get`
    return Run(tuple(state[COLLECTED]), answer, said, "", lost)


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    while True:
        try:
            request: Any = pickle.load(requests)
        except EOFError:
            return
        pickle.dump(run(request), answers, protocol=5)
        answers.flush()


def main() -> None:
    """Answer requests until the server ends."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    st.page_link = _no_link  # there is one page here, hence none to link to
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a page prints must not stand between the answers
    sys.stdout = sys.stderr
    _serve(sys.stdin.buffer, own)


def _no_link(*_: Any, **__: Any) -> None:
    """Show no link to another page."""

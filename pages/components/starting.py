"""Brings the warehouse in order when the app starts: once for all who look, and everybody sees how far it is."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event, Thread

import streamlit as st

from etl.progress import Step, listening
from etl.seed import RESTORED, seed
from pages.components.markdown import plain
from warehouse.snapshots import has_snapshots

UNSEEN, LOOK_AGAIN = 0.7, 0.3
"""Seconds without a word (nearly every start takes no longer), and between two looks at a longer one."""
_NEW = "Der Grundbestand wird angelegt. Das geschieht einmal und dauert etwa eine Minute."
_AGAIN = (
    "Der veröffentlichte Stand wird geprüft. Stammt er aus einer früheren Fassung der Anwendung oder ist er beschädigt, "
    "wird er aus den aufbewahrten Lieferungen neu gebaut; bei vielen Lieferungen dauert das einige Minuten. Die bisherigen "
    "Zahlen und alle Lieferungen bleiben dabei unverändert aufbewahrt."
)
_THEN = (
    "Diese Seite zeigt die Zahlen von selbst, sobald alles bereit ist. Sie können das Fenster auch schließen; die Arbeit "
    "geht weiter."
)


class Start:
    """One start over one warehouse, in a thread of its own: pages of all sessions wait for the same."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.is_new = folder, not (folder.is_dir() and has_snapshots(folder))
        self.step: Step | None = None
        self.was_restored = False
        self.failure: Exception | None = None
        self.done = Event()
        Thread(target=self._bring_in_order, daemon=True).start()

    def _bring_in_order(self) -> None:
        said: list[str] = []
        try:
            with listening(self._hear):
                seed(self.folder, say=said.append)
        except Exception as error:  # told on every page that waits
            self.failure = error
        finally:
            self.was_restored = RESTORED in said
            self.done.set()

    def _hear(self, step: Step) -> None:
        self.step = step


@st.cache_resource(show_spinner=False)
def _start(folder: Path) -> Start:
    return Start(folder)


def wait_for_start(folder: Path) -> bool:
    """Wait until the warehouse is in order, showing how far it is; tell whether its figures had to be restored.

    Raises what stands against it; the next run of a page tries again.
    """
    start = _start(folder)
    if not start.done.wait(UNSEEN):
        _show(start)
    if start.failure is not None:
        _start.clear(folder)
        raise start.failure
    return start.was_restored


def _show(start: Start) -> None:
    place = st.empty()
    with place.container():
        st.title("Die Zahlen werden vorbereitet")
        st.markdown(_NEW if start.is_new else _AGAIN)
        st.markdown(_THEN)
        bar = st.progress(0.0)
    begun = time.monotonic()
    while not start.done.wait(LOOK_AGAIN):
        step, seconds = start.step, int(time.monotonic() - begun)
        words = plain(f"{step.words[:1].upper()}{step.words[1:]}") if step else "Bestand wird geprüft"
        bar.progress(step.share if step else 0.0, f"{words} · seit {seconds} s")
    place.empty()

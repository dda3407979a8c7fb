"""Computes pinned views anew by running their pages in a process beside the server; one that fails is named, the rest works."""

from __future__ import annotations

import atexit
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

import streamlit as st

from pages.components.headless import TIMEOUT, Request, Run
from pages.components.pinning import Shown, told
from warehouse.mappen import Pin, Told
from warehouse.own_groups import FILE as GROUPS

ROOT = Path(__file__).parents[2]
WORKERS = 2
COMMAND = (sys.executable, "-c", "from pages.components.headless import main; main()")
_STARTING = 3  # so many times longer may the first answer of a process take

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Retold:
    """A pinned view as it is now: what is shown with what it says, or the problem that keeps it from being shown."""

    pin: Pin
    shown: Shown | None = None
    told: Told | None = None
    contradictions: tuple[str, ...] = ()
    problem: str = ""


class Worker:
    """One process that runs pages, started when it is first needed and again after it got stuck."""

    def __init__(self, command: Sequence[str] = COMMAND, patience: float = TIMEOUT + 5) -> None:
        """`patience`: the seconds an answer may take; the first one of a process may take longer."""
        self._command, self._patience = list(command), patience
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.stop)

    def ask(self, request: Request) -> Run:
        """Return what a page shows; a process that dies or does not answer is ended and named."""
        fresh = self._process is None or self._process.poll() is not None
        process = self._start() if fresh else self._process
        assert process is not None
        answer: Queue[Any] = Queue()
        Thread(target=_exchange, args=(process, request, answer), daemon=True).start()
        try:
            found = answer.get(timeout=self._patience * (_STARTING if fresh else 1))
        except Empty:
            found = None
        if isinstance(found, Run):
            if "Sekunden nicht geantwortet" in found.problem:  # its thread goes on working: begin anew
                self.stop()
            return found
        self.stop()
        return Run(problem="Die Seite hat nicht geantwortet; die Berechnung wurde abgebrochen.")

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        return self._process


def _exchange(process: subprocess.Popen[bytes], request: Request, answer: Queue[Any]) -> None:
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(pickle.dumps(request, protocol=5))
        process.stdin.flush()
        answer.put(pickle.load(process.stdout))
    except Exception as error:
        answer.put(error)  # the process has ended


class Workers:
    """The warm processes of this server and what they computed last."""

    def __init__(self) -> None:
        self._free: Queue[Worker] = Queue()
        self._known: dict[tuple[str, Request], Run] = {}
        for _ in range(WORKERS):
            self._free.put(Worker())

    def run(self, version: str, request: Request) -> Run:
        """Return what a page shows of a version of the data, computed once."""
        known = self._known.get((version, request))
        if known is not None:
            return known
        worker = self._free.get()
        try:
            found = worker.ask(request)
        finally:
            self._free.put(worker)
        if not found.problem:
            while len(self._known) > 200:
                self._known.pop(next(iter(self._known)), None)
            self._known[version, request] = found
        return found


@st.cache_resource(show_spinner=False)
def workers() -> Workers:
    """Return the processes of this server."""
    return Workers()


def recompute(
    pins: Sequence[Pin],
    *,
    folder: Path,
    snapshot: Path,
    act: int | None = None,
    progress: Progress | None = None,
) -> list[Retold]:
    """Return pinned views as they are now, each in its own state, or all as of `act`; pages are run once for all their views."""
    requests = {pin.id: _request(pin, folder, act) for pin in pins}
    runs: dict[Request, Run] = {}
    pool = workers()
    distinct = list(dict.fromkeys(requests.values()))
    with ThreadPoolExecutor(WORKERS) as threads:
        version = _version(folder, snapshot)
        found = threads.map(lambda request: pool.run(version, request), distinct)
        for number, (request, run) in enumerate(zip(distinct, found, strict=True), 1):
            runs[request] = run
            if progress:
                progress(number, len(distinct), request.page)
    return [_retold(replace(pin, act=act or pin.act), runs[requests[pin.id]]) for pin in pins]


def _version(folder: Path, snapshot: Path) -> str:
    """Return what a page depends on beside its choices: the snapshot, the own groups of areas, the day."""
    groups = folder / GROUPS
    return f"{snapshot} {groups.stat().st_mtime_ns if groups.exists() else ''} {date.today()}"


def _request(pin: Pin, folder: Path, act: int | None) -> Request:
    parameters = tuple(sorted((name, tuple(values)) for name, values in pin.parameters.items()))
    return Request(str(folder.resolve()), pin.page, parameters, act or pin.act)


def _retold(pin: Pin, run: Run) -> Retold:
    if run.problem:
        return Retold(pin, problem=run.problem)
    if run.lost:
        gone = "«, »".join(run.lost)
        return Retold(
            pin,
            problem=f"»{gone}« steht auf der Seite nicht zur Wahl: Kennzahl, Jobcenter oder Daten gibt es in diesem Stand nicht.",
        )
    shown = next((each for each in run.shown if each.key == pin.key), None)
    if shown is None:
        return Retold(
            pin,
            problem="Die Seite zeigt dieses Diagramm in diesem Stand nicht: Die Daten dazu fehlen oder wurden zurückgenommen.",
        )
    return Retold(pin, shown, told(shown, run.answer), run.contradictions)

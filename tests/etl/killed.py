"""A loader to be killed: goes on with the next act of a warehouse for ever, over every kind of container, taking back at times.

Started as a module it is a nursery: for each folder named on its input it forks such a loader (what is imported once costs
nothing again) and answers with its process number. Every finished act is acknowledged by a byte in the file `acknowledged`.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from etl.extract import Extract
from etl.load import load_together, retract
from etl.log import LOADED, RETRACTED, Entry, active, read_log
from etl.verdict import Offer
from tests.etl.deliveries import delivery, workbook
from tests.etl.ods import ods
from tests.etl.regional import genesis
from tests.etl.xls import xls

MONTHS = [f"{year}-{month:02}" for year in (2018, 2019) for month in range(1, 13)]
_SET_CHILD_SUBREAPER = 36
RETRACTED_EVERY = 5
"""Every so many acts the newest load is taken back."""
TOGETHER = 2
"""So many files are published at once before that."""


def _csv(value: int, name: str) -> Extract:
    return delivery(*(f"halle;ELB;{month};{value}" for month in MONTHS), name=name)


def _written(write: Callable[..., Extract], indicator: str) -> Callable[[int, str], Extract]:
    return lambda value, name: write(*(["halle", indicator, month, value] for month in MONTHS), name=name)


def _genesis(value: int, name: str) -> Extract:
    cells = [str(part) for part in (2 * value, value, value)]
    rows = [["15002", "Halle (Saale), Kreisfreie Stadt", *cells, *cells]]
    return Extract(genesis("12411-01-01-4", rows=rows).content, name)


KINDS: dict[str, tuple[str, str, Callable[[int, str], Extract]]] = {
    "csv": ("elb", "", _csv),
    "xlsx": ("lzb", "", _written(workbook, "LZB")),
    "genesis": ("einwohner", "frauen", _genesis),
    "ods": ("bg", "", _written(ods, "BG")),
    "xls": ("k2", "", _written(xls, "K2")),
}
"""Kind of file → the series that only such files deliver (indicator, breakdown), and what writes one with a value."""


def shown_by(acts: list[Entry]) -> dict[str, float]:
    """Return what a warehouse shows after some acts: kind of file → the value of its newest load that counts."""
    names = [entry.file_name.partition(".")[0].split("-") for entry in active(acts)]
    return {kind: float(value) for kind, value in names}


def next_acts(folder: Path) -> int:
    """Do what follows the acts of the log, several files at once at times; return how many acts it was."""
    acts = [entry for entry in read_log(folder) if entry.act in (LOADED, RETRACTED)]
    number = len(acts)
    if number % RETRACTED_EVERY == RETRACTED_EVERY - 1:
        assert retract(folder, active(acts)[-1].extract, who="Test", reason="Probe") is None
        return 1
    at_once = TOGETHER if number % RETRACTED_EVERY == RETRACTED_EVERY - 1 - TOGETHER else 1
    offers = [Offer(_extract(each), "Probe") for each in range(number, number + at_once)]
    reports = load_together(folder, offers, who="Test")
    assert [each.outcome for each in reports] == [LOADED] * at_once, reports
    return at_once


def _extract(number: int) -> Extract:
    kind = list(KINDS)[(number + number // RETRACTED_EVERY) % len(KINDS)]
    value = number % 90 + 10
    return KINDS[kind][2](value, f"{kind}-{value}.{number}")


def _for_ever(folder: Path) -> None:
    os.setsid()  # what it starts can be told from everything else
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    acknowledged = os.open(folder.with_suffix(".acknowledged"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    while True:
        os.write(acknowledged, b"." * next_acts(folder))


def _nursery() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the killed
    if (
        sys.platform == "linux"
    ):  # nor for what they leave behind, which comes here and not to an init that may not care
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1)
    for line in sys.stdin:
        number = os.fork()
        if not number:
            try:
                _for_ever(Path(line.strip()))
            finally:
                os._exit(1)
        print(number, flush=True)


if __name__ == "__main__":
    from warehouse.catalog import load_catalog

    load_catalog()
    _nursery()

"""Loads files in a process of its own and prints what each cost: python -m benchmarks.loaded WAREHOUSE FILE…

One JSON line per file: seconds, processor seconds (child processes included), and the most memory so far in MB, that of
children added. All files are published together; that is counted with the last of them.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

from etl.extract import Extract
from etl.load import load_together
from etl.verdict import Offer, check_extract

_HEAD = 100_000
"""Bytes of the first file that are checked before the clock runs: a server has read its formats and catalog long ago."""


def main(folder: Path, files: list[Path]) -> None:
    """Load the files in one go; what is not loaded ends the run."""
    first = Extract.from_file(files[0])
    if files[0].suffix == ".csv":
        check_extract(folder, Extract(first.content[: first.content.rfind(b"\n", 0, _HEAD)], first.file_name))
    del first
    marks: list[tuple[float, float, float]] = []
    memory = Memory()

    def offers() -> Iterator[Offer]:
        for path in files:
            marks.append((time.perf_counter(), processor_seconds(), memory.most))
            yield Offer(Extract.from_file(path), "Messung")

    reports = load_together(folder, offers(), who="Messung")
    marks.append((time.perf_counter(), processor_seconds(), memory.most))
    for path, report, began, ended in zip(files, reports, marks, marks[1:], strict=False):
        if report.outcome != "loaded":
            raise SystemExit(
                f"{path.name}: {report.outcome} {[each.message for each in report.problems[:3]]}"
            )
        cost = {
            "file": path.name,
            "rows": sum(report.counts[name] for name in ("new", "revised", "unchanged")),
            "seconds": ended[0] - began[0],
            "processor": ended[1] - began[1],
            "peak": ended[2],
        }
        print(json.dumps(cost), flush=True)


def processor_seconds() -> float:
    """Return the processor time of this process and its children: on a busy machine the clock says nothing."""
    return sum(os.times()[:4])


class Memory(Thread):
    """Looks at the memory of this process and its children again and again; `most`: the most at one time, in MB.

    (What the system keeps as the peak of a child is no less than that of its parent, whose memory it shares until it begins.)
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self.start()

    def run(self) -> None:
        while True:
            self.most = max(self.most, sum(map(_resident, (*_children(), "self"))))
            time.sleep(0.02)


def _children() -> list[str]:
    """Return the processes that have begun: before that they show the command line and the memory of this one."""
    found: list[str] = []
    own = Path("/proc/self/cmdline").read_bytes()
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            children = (task / "children").read_text().split()
            found += [each for each in children if Path(f"/proc/{each}/cmdline").read_bytes() != own]
    return found


def _resident(process: str) -> float:
    with suppress(OSError):
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000
    return 0.0


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])

"""Loads files in a process of its own and prints what each cost: python -m benchmarks.loaded WAREHOUSE FILE…

One JSON line per file: seconds, processor seconds (child processes included), and the most memory so far in MB, that of the
largest child added.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

from etl.extract import Extract
from etl.load import load_extract
from etl.verdict import check_extract

_HEAD = 100_000
"""Bytes of the first file that are checked before the clock runs: a server has read its formats and catalog long ago."""


def main(folder: Path, files: list[Path]) -> None:
    """Load the files one after the other; what is not loaded ends the run."""
    first = Extract.from_file(files[0])
    if files[0].suffix == ".csv":
        check_extract(folder, Extract(first.content[: first.content.rfind(b"\n", 0, _HEAD)], first.file_name))
    del first
    for path in files:
        began, processor = time.perf_counter(), processor_seconds()
        report = load_extract(folder, Extract.from_file(path), who="Messung", accept_warnings="Messung")
        if report.outcome != "loaded":
            raise SystemExit(
                f"{path.name}: {report.outcome} {[each.message for each in report.problems[:3]]}"
            )
        cost = {
            "file": path.name,
            "rows": sum(report.counts[name] for name in ("new", "revised", "unchanged")),
            "seconds": time.perf_counter() - began,
            "processor": processor_seconds() - processor,
            "peak": _peak(),
        }
        print(json.dumps(cost), flush=True)


def processor_seconds() -> float:
    """Return the processor time of this process and its children: on a busy machine the clock says nothing."""
    return sum(os.times()[:4])


def _peak() -> float:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(who).ru_maxrss for who in whose) * 1024 / 1_000_000


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])

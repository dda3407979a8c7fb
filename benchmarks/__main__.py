"""Measures what a person waits for: python -m benchmarks (`make bench`). Prints medians, p95, and the goals.

python -m benchmarks national: the same over a national warehouse of invented figures, beside other engines.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from etl.seed import seed

APP = Path(__file__).parent.parent / "app.py"
RUNS = 15
RERUN_MEDIAN, RERUN_P95 = 150.0, 300.0  # milliseconds, server side


def measure(action: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Return the milliseconds of `runs` repetitions, after one that warms up."""
    action()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        times.append((time.perf_counter() - began) * 1000)
    return times


def p95(times: list[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


def row(name: str, times: list[float], goal_median: float, goal_p95: float) -> bool:
    """Print one line of the report; return whether the goals are met."""
    middle, high = statistics.median(times), p95(times)
    met = middle <= goal_median and high <= goal_p95
    print(
        f"{name:<34}{middle:>9.0f}{high:>9.0f}   {'ja' if met else 'NEIN'}  (Ziel {goal_median:.0f} / {goal_p95:.0f})",
        flush=True,
    )
    return met


def reruns() -> list[bool]:
    """Measure the server-side rerun of every page, warm, in this process."""
    import app

    met = []
    for page, title in app.PAGES.items():
        test = AppTest.from_file(str(APP), default_timeout=60)
        test.run()
        if page != app.START:
            test.switch_page(f"pages/{page}.py")
        met.append(row(title, measure(test.run), RERUN_MEDIAN, RERUN_P95))
        if test.exception:
            raise SystemExit(f"{title}: {test.exception[0].value}")
    return met


def main() -> int:
    """Run all measurements on a fresh warehouse of the bundled documents; return 1 where a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["JOBCENTER_WAREHOUSE"] = folder
        seed(Path(folder))
        print(f"{'Millisekunden':<34}{'Median':>9}{'p95':>9}   Ziel erreicht")
        from benchmarks.browser import in_the_browser
        from benchmarks.loading import loading
        from benchmarks.reports import reports

        if "--only-reports" in sys.argv:
            return 0 if all(reports(row, Path(folder))) else 1
        met = [*reruns(), *reports(row, Path(folder)), *loading(), *in_the_browser(row)]
    return 0 if all(met) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["national"]:
        from benchmarks.national import national

        raise SystemExit(national(sys.argv[2:]))
    raise SystemExit(main())

"""What a page costs the server over a national warehouse: the rerun of every page, warm, in one process."""

from __future__ import annotations

import gc
import resource
import statistics
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = Path(__file__).parent.parent / "app.py"
RUNS, RERUN, MEMORY = 9, 120.0, 500.0  # milliseconds, megabytes


def page_reruns(size: str) -> list[bool]:
    """Print the median rerun of every page and the memory of the process; return which goals are met."""
    import app

    print(f"\n{size}: Seitenaufbau auf dem Server, warm {'Median':>12}{'höchster':>10}{'erster':>10}")
    met = []
    for page, title in app.PAGES.items():
        test = AppTest.from_file(str(APP), default_timeout=300)
        test.run()
        if page != app.START:
            test.switch_page(f"pages/{page}.py")
        times = []
        for _ in range(RUNS + 1):
            began = time.perf_counter()
            test.run()
            times.append((time.perf_counter() - began) * 1000)
        if test.exception:
            raise SystemExit(f"{title}: {test.exception[0].value}")
        middle = statistics.median(times[1:])
        met.append(middle <= RERUN)
        print(
            f"{title:<46}{middle:>8.0f}{max(times[1:]):>10.0f}{times[0]:>10.0f}  {'ja' if met[-1] else 'NEIN'}",
            flush=True,
        )
        del test
    gc.collect()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    met.append(memory <= MEMORY)
    print(f"{'Speicher, höchster (MB)':<46}{memory:>8.0f}{'':>20}  {'ja' if met[-1] else 'NEIN'}")
    return met

"""Freed memory goes back to the system, in a process of its own: what it changes cannot be taken back."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

MEASURE = """
import sys
from pages.memory import give_back

def resident():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("RssAnon")) // 1024

if sys.argv[1] == "told":
    assert give_back()
before = resident()
pieces = [bytes(100_000) + bytes([number % 256]) for number in range(2_000)]  # below what glibc gives back by itself
full = resident()
kept = pieces[::200]  # ten of two thousand, all over the memory taken
del pieces
print(full - before, resident() - before)
"""


@pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="Nur die C-Bibliothek glibc (Linux) lässt sich das sagen."
)
def test_freed_memory_goes_back_where_the_library_is_told_so() -> None:
    _, told = measured("told")
    taken, untold = measured("untold")
    assert taken > 150
    assert told < 20
    assert untold > 5 * told


def measured(how: str) -> tuple[int, int]:
    """Return the megabytes a process took, and still has after nearly all of them were freed."""
    root = Path(__file__).parents[1]
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, how], cwd=root, capture_output=True, text=True, check=True
    )
    taken, left = map(int, ran.stdout.split())
    return taken, left

"""Shows on the command line what long work is doing: one line that renews itself, or plain lines where nobody watches."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from typing import TextIO

from etl.problem import printable
from etl.progress import Step, listening

EVERY = 1.0
"""Seconds between two looks at the work: what is done sooner needs no line."""


class ProgressLine:
    """The line of one command on `stream`; nothing of it ever goes to standard output."""

    def __init__(self, stream: TextIO) -> None:
        self.stream, self.renews = stream, stream.isatty()
        self.step: Step | None = None
        self._shown, self._since = "", time.monotonic()
        self._lock, self._done = Lock(), Event()

    def hear(self, step: Step) -> None:
        """Remember what begins now; it is shown when it is still going on at the next look."""
        self.step, self._since = step, time.monotonic()

    def watch(self) -> None:
        """Look at the work again and again until it is done."""
        while not self._done.wait(EVERY):
            self.show()

    def show(self) -> None:
        """Show the step that goes on now; in a plain file each only once."""
        if self.step is None:
            return
        words = printable(self.step.words, 300)
        with self._lock, suppress(OSError, ValueError):  # a closed console is no reason to stop the work
            if self.renews:
                seconds = int(time.monotonic() - self._since)
                text = f"{words} … {seconds} s" if seconds > 1 else f"{words} …"
                self.stream.write(f"\r{_fitting(text, shutil.get_terminal_size().columns - 1)}\x1b[K")
            elif words != self._shown:
                self.stream.write(f"{words} …\n")
            self._shown = words
            self.stream.flush()

    def clear(self) -> None:
        """Take a renewed line away, so that something else can be printed in its place."""
        with self._lock, suppress(OSError, ValueError):
            if self.renews and self._shown:
                self.stream.write("\r\x1b[K")
                self.stream.flush()
                self._shown = ""

    def end(self) -> None:
        """Look no more."""
        self._done.set()
        self.clear()


def _fitting(text: str, width: int) -> str:
    """Return a text that is not wider: which file and which step stand at its ends."""
    before, after = width // 2, width - width // 2 - 1
    return text if len(text) <= width else f"{text[:before]}…{text[len(text) - after :]}"


@contextmanager
def progress_line(stream: TextIO | None = None) -> Iterator[ProgressLine]:
    """Show what the work inside tells, on standard error; nothing where it is done within a second."""
    line = ProgressLine(stream or sys.stderr)
    watcher = Thread(target=line.watch, daemon=True)
    watcher.start()
    try:
        with listening(line.hear):
            yield line
    finally:
        line.end()
        watcher.join()

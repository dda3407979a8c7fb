"""The app as its users start it: `streamlit run app.py`, on a free port, over a warehouse of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
SECONDS_TO_START = 60


@dataclass(frozen=True)
class Server:
    """A running app: its address and the file that keeps its output."""

    url: str
    output: Path
    process_id: int = 0

    def last_output(self, lines: int = 40) -> str:
        """Return the end of what the app has printed, for the message of a failed test."""
        return "\n".join(self.output.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


@contextmanager
def running_app(folder: Path, *, keep_warehouse: bool = False) -> Iterator[Server]:
    """Start the app with its warehouse and output in `folder`, wait until it answers, stop it afterwards.

    `keep_warehouse`: over the warehouse that JOBCENTER_WAREHOUSE names.
    """
    port = _free_port()
    server = Server(f"http://127.0.0.1:{port}", folder / "server.txt")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = dict(os.environ)
    if not keep_warehouse:
        environment["JOBCENTER_WAREHOUSE"] = str(folder / "warehouse")
    with server.output.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=REPOSITORY, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            _wait_until_healthy(server, process)
            yield replace(server, process_id=process.pid)
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(server: Server, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/healthz", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"Die Anwendung antwortet nicht:\n{server.last_output()}")

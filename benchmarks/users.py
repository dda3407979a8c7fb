"""Ten readers at once, as raw websocket clients of the served app: each opens pages in turn, with and without a pause."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.server import Server, running_app

READERS, PAUSE, ROUNDS, SLOWER = 10, 5.0, 6, 2.0
"""Readers, seconds between their clicks, clicks of each; the p95 of ten may be so many times that of one."""
FAILED = "Unerwarteter Fehler"
"""With these words a page says that it could not be drawn (pages/server.py): such a page counts for nothing."""


def users(size: str) -> list[bool]:
    """Print p95 and median page time of one and of ten readers, pages per second without pause, and the memory of the app."""
    import app

    pages = [page for page in app.PAGES if page != "laden"]
    with tempfile.TemporaryDirectory() as output, running_app(Path(output), keep_warehouse=True) as server:
        asyncio.run(_reader(server, pages, len(pages), 0.0, 0))  # warms every page up
        one = asyncio.run(_readers(server, pages, 1, PAUSE))
        ten = asyncio.run(_readers(server, pages, READERS, PAUSE))
        began = time.perf_counter()
        busy = asyncio.run(_readers(server, pages, READERS, 0.0))
        seconds = time.perf_counter() - began
        memory = _memory(server.process_id)
    met = _p95(ten) <= SLOWER * _p95(one)
    print(f"\n{size}: Seiten über Websocket (ms) {'Median':>20}{'p95':>10}")
    print(f"{'ein Leser, 5 s zwischen den Klicks':<46}{statistics.median(one):>8.0f}{_p95(one):>10.0f}")
    verdict = "ja" if met else "NEIN"
    print(
        f"{'zehn Leser, 5 s zwischen den Klicks':<46}{statistics.median(ten):>8.0f}{_p95(ten):>10.0f}  {verdict}"
    )
    print(f"{'zehn Leser ohne Pause':<46}{statistics.median(busy):>8.0f}{_p95(busy):>10.0f}")
    print(f"{'  Seiten je Sekunde':<46}{len(busy) / seconds:>8.1f}")
    print(f"{'Speicher der Anwendung, höchster (MB)':<46}{memory:>8.0f}  {'ja' if memory <= 500 else 'NEIN'}")
    return [met, memory <= 500]


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _memory(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


async def _readers(server: Server, pages: list[str], count: int, pause: float) -> list[float]:
    rounds = ROUNDS if pause else 2 * ROUNDS
    rounds = rounds * READERS if count == 1 else rounds
    gap = (
        pause / 5 if count == 1 else pause
    )  # one reader needs as many clicks; alone the pause only lengthens the run
    found = await asyncio.gather(*(_reader(server, pages, rounds, gap, number) for number in range(count)))
    return [each for times in found for each in times]


async def _reader(server: Server, pages: list[str], rounds: int, pause: float, number: int) -> list[float]:
    """Return the milliseconds of each page of one reader, from asking to the end of its script."""
    address = server.url.replace("http", "ws") + "/_stcore/stream"
    times = []
    await asyncio.sleep(pause * number / READERS)
    async with websockets.connect(address, max_size=None, subprotocols=["streamlit"]) as socket:  # type: ignore[list-item]
        await _page(socket, pages[0])
        for turn in range(rounds):
            await asyncio.sleep(pause)
            began = time.perf_counter()
            await _page(socket, pages[(number + turn) % len(pages)])
            times.append((time.perf_counter() - began) * 1000)
    return times


async def _page(socket: websockets.ClientConnection, page: str) -> None:
    """Ask for a page and wait until its script has finished and everything it drew has arrived (SystemExit where it failed)."""
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = ""
    await socket.send(message.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await socket.recv())  # type: ignore[arg-type]
        if FAILED in answer.delta.new_element.alert.body or answer.delta.new_element.HasField("exception"):
            raise SystemExit(f"{page}: {answer.delta.new_element}")
        if answer.WhichOneof("type") == "script_finished":
            if answer.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                continue
            return

"""Ask an ASGI app one question without a server; Starlette's own test client needs another HTTP library."""

import asyncio
import gzip
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Answer:
    """Status, headers and the uncompressed content of an answer."""

    status: int
    headers: Headers
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


def ask(app: ASGIApp, address: str, method: str = "GET", **headers: str) -> Answer:
    """Send one request to `app` and return its whole answer."""
    path, _, query = address.partition("?")
    messages: list[Message] = []

    async def receive() -> Message:
        if messages:  # the answer has begun; we stay and listen until it is complete
            await asyncio.Event().wait()
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        messages.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }
    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    start, *parts = messages
    answer_headers = Headers(raw=start["headers"])
    content = b"".join(part.get("body", b"") for part in parts)
    if answer_headers.get("content-encoding") == "gzip":
        content = gzip.decompress(content)
    return Answer(start["status"], answer_headers, content)

"""A lean HTTP client, so that what is measured is the server."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

HEADERS = "Content-Type: application/json\r\nAccept: application/json\r\n"


class Client:
    """One kept-alive connection, opened again where the server closed it for idleness."""

    def __init__(self, address: str) -> None:
        self._where = urlsplit(address)
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def open(self) -> None:
        """Connect."""
        self.close()
        self._reader, self._writer = await asyncio.open_connection(
            self._where.hostname, self._where.port, limit=1 << 24
        )

    async def post(self, path: str, body: bytes) -> bytes:
        """The body of the answer.

        Raises:
            RuntimeError: the status is not 200.
        """
        head = f"POST {path} HTTP/1.1\r\nHost: {self._where.netloc}\r\n{HEADERS}Content-Length: {len(body)}\r\n\r\n"
        request = head.encode() + body
        try:
            answer = await self._exchange(request)
        except (asyncio.IncompleteReadError, ConnectionError):
            await self.open()
            answer = await self._exchange(request)
        status, content = answer
        if status != 200:
            raise RuntimeError(f"{path}: {status} {content[:500]!r}")
        return content

    async def _exchange(self, request: bytes) -> tuple[int, bytes]:
        if self._reader is None or self._writer is None:
            raise ConnectionError
        self._writer.write(request)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(answer.partition("\r\ncontent-length:")[2].partition("\r\n")[0])
        return int(answer.split(" ", 2)[1]), await self._reader.readexactly(length)

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

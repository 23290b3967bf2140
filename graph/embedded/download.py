"""Downloads the jars of a release: many at once, each checked against its hash before it gets its name."""

from __future__ import annotations

import hashlib
import os
import ssl
import threading
from collections.abc import Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from pathlib import Path

import httpx
import truststore

from ..errors import DownloadError, ServerError
from ..progress import Progress
from .jar import Jar

_THREADS = 16
_ATTEMPTS = 4
_BACKOFF_S = 1.0
_TIMEOUT = httpx.Timeout(30, connect=15)
_CHUNK = 1 << 16
_RETRYABLE_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})
# An archive of loaded classes holds for jars of this very time stamp; a repaired jar must not differ.
_TIME_STAMP = 1_600_000_000
_HINT = (
    "Check the network and the proxy, set ECOGRAPH_MAVEN to a Maven mirror that you can reach, "
    "or set NEO4J_URI to use a Neo4j server of your own."
)


class _Attempt(Exception):
    """An attempt failed in a way that another may not."""


class Downloader:
    """Fetches jars from one repository into one directory."""

    def __init__(self, base: str, directory: Path, progress: Progress) -> None:
        self._base = base.rstrip("/")
        self._directory = directory
        self._progress = progress
        self._progress_lock = threading.Lock()
        self._is_cancelled = threading.Event()

    def fetch(self, jars: Sequence[Jar]) -> None:
        """Downloads all jars.

        Raises:
            DownloadError: one cannot be had, or not with the right content.
            ServerError: it cannot be written.
        """
        # The system's certificates, since companies have authorities of their own; httpx reads the proxies.
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        limits = httpx.Limits(max_connections=_THREADS, max_keepalive_connections=_THREADS)
        with (
            httpx.Client(verify=context, limits=limits, timeout=_TIMEOUT, follow_redirects=True) as client,
            ThreadPoolExecutor(_THREADS) as pool,
        ):
            # The largest first, so that none of them is left over at the end.
            ordered = sorted(jars, key=lambda jar: -jar.size)
            futures = [pool.submit(self._fetch, client, jar) for jar in ordered]
            try:
                done, _ = wait(futures, return_when=FIRST_EXCEPTION)
                for future in done:
                    future.result()
            except BaseException:
                self._is_cancelled.set()
                pool.shutdown(cancel_futures=True)
                raise

    def _fetch(self, client: httpx.Client, jar: Jar) -> None:
        target = self._directory / jar.local
        part = target.with_name(f"{target.name}.part")
        counted = _Counted(self, jar.size)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                self._attempt(client, jar, part, counted)
                os.utime(part, (_TIME_STAMP, _TIME_STAMP))
                part.replace(target)
                return
            except (_Attempt, httpx.TransportError) as error:
                if attempt == _ATTEMPTS:
                    problem = str(error) or type(error).__name__
                    raise DownloadError(
                        f"{self._base}/{jar.remote} cannot be downloaded: {problem}.", hint=_HINT
                    ) from error
                self._is_cancelled.wait(_BACKOFF_S * 2 ** (attempt - 1))
            except OSError as error:
                raise ServerError(
                    f"{target} cannot be written: {error.strerror or error}.",
                    hint="Free some space, or set ECOGRAPH_CACHE to another directory.",
                ) from error
            finally:
                part.unlink(missing_ok=True)

    def _attempt(self, client: httpx.Client, jar: Jar, part: Path, counted: _Counted) -> None:
        digest, size = hashlib.sha256(), 0
        with client.stream("GET", f"{self._base}/{jar.remote}") as response, part.open("wb") as file:
            if response.status_code in _RETRYABLE_STATUS:
                raise _Attempt(f"the repository answers {response.status_code}")
            if response.status_code != httpx.codes.OK:
                raise DownloadError(
                    f"{self._base}/{jar.remote}: the repository answers {response.status_code}.", hint=_HINT
                )
            for chunk in response.iter_bytes(_CHUNK):
                if self._is_cancelled.is_set():
                    raise DownloadError("The download was given up.")
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                counted.reach(size)
        if digest.hexdigest() != jar.sha256:
            raise _Attempt(f"the file has {size} of {jar.size} bytes, or other content than it must have")

    def advance(self, n: int) -> None:
        """Counts bytes, from any thread."""
        with self._progress_lock:
            self._progress.advance(n)


class _Counted:
    """Counts the bytes of one jar once, however often it is begun anew."""

    def __init__(self, downloader: Downloader, size: int) -> None:
        self._downloader = downloader
        self._size = size
        self._reached = 0

    def reach(self, size: int) -> None:
        """So many bytes of this attempt are there."""
        new = min(size, self._size) - self._reached
        if new > 0:
            self._reached += new
            self._downloader.advance(new)

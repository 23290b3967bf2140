"""`ecograph` as it is typed, run in this process: what a process of its own would load again, every time, is loaded."""

from __future__ import annotations

import io
import sys
from concurrent.futures import ThreadPoolExecutor
from subprocess import CompletedProcess
from unittest import mock

from ecograph.api.cli import main
from ecograph.graph.settings import Settings


def run(settings: Settings, *arguments: str, typed: str = "") -> CompletedProcess[str]:
    """Run a command on a home; what it reads, writes and exits with is its own. `typed` is standard input."""
    words = ["ecograph", "--home", str(settings.home), *arguments]
    given, out, err = (io.TextIOWrapper(io.BytesIO(text), "utf-8", newline="") for text in (typed.encode(), b"", b""))

    def command() -> int:
        # rich and the commands look these up whenever they write.
        with mock.patch.multiple(sys, argv=words, stdin=given, stdout=out, stderr=err):
            try:
                main()
            except SystemExit as end:
                return end.code if isinstance(end.code, int) else int(end.code is not None)
        return 0

    with ThreadPoolExecutor(1) as elsewhere:  # where no event loop runs yet, as in a process of its own
        code = elsewhere.submit(command).result(timeout=240)
    return CompletedProcess(words, code, *(_written(stream) for stream in (out, err)))


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()

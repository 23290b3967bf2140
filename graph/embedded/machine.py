"""Command lines for the Java machine."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from .memory import Memory
from .places import Places
from .runtime import Runtime
from .state import write_private

ADMIN = "org.neo4j.cli.AdminTool"

# The archive of loaded classes depends on these; the sizes of memory may change from start to start.
FLAGS = (
    "-XX:+UseSerialGC",
    "-Dfile.encoding=UTF-8",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
)
# A dump is written to the standard output, where the Java machine would put its warnings.
_QUIET = ("-XX:+DisplayVMOutputToStderr", "-Xlog:disable", "-Xlog:all=warning:stderr")
_OPTIONS_FROM_ENVIRONMENT = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH")


def flags(runtime: Runtime) -> list[str]:
    """What every start is given."""
    if runtime.major >= 24:
        return [*FLAGS, "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", *runtime.options]
    return [*FLAGS, *runtime.options]


def home_option(places: Places) -> str:
    """The argument by which a server is known to be the one of this home."""
    return f"--home-dir={places.root}"


def server_command(places: Places, runtime: Runtime, memory: Memory, extra: Sequence[str]) -> list[str]:
    """Command that runs the server in the foreground."""
    # Room enough at the start: else it stops a dozen times to clean what is hardly there.
    heap = ["-Xms512m", f"-Xmx{memory.heap_mb}m", "-XX:MetaspaceSize=256m"]
    options = _options_file(places, "server", [*flags(runtime), *heap, *extra])
    return [
        str(runtime.java),
        f"@{options}",
        places.release.main,
        home_option(places),
        f"--config-dir={places.conf}",
    ]


def admin_command(places: Places, runtime: Runtime, memory: Memory, arguments: Sequence[str]) -> list[str]:
    """Command that runs one of Neo4j's offline tools."""
    heap = [*_QUIET, "-XX:TieredStopAtLevel=1", f"-Xmx{memory.heap_mb}m"]
    # All in the file: an argument may be the password, and everybody on the machine sees command lines.
    options = _options_file(places, "admin", [*flags(runtime), *heap], [ADMIN, *arguments])
    return [str(runtime.java), f"@{options}"]


def environment(places: Places) -> dict[str, str]:
    """Environment for both: nothing of the user's Java or Neo4j settings, and file names in UTF-8."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("NEO4J_") and name not in _OPTIONS_FROM_ENVIRONMENT
    }
    return kept | {"NEO4J_HOME": str(places.root), "NEO4J_CONF": str(places.conf), "LC_ALL": "C.UTF-8"}


def _options_file(places: Places, name: str, options: Sequence[str], rest: Sequence[str] = ()) -> Path:
    # The class path is some 40 kB: in a file, process lists stay readable.
    class_path = os.pathsep.join(map(str, places.class_path))
    places.conf.mkdir(parents=True, exist_ok=True)
    file = places.conf / f"{name}.options"
    write_private(file, "".join(f"{_quoted(line)}\n" for line in (*options, "-cp", class_path, *rest)))
    return file


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'

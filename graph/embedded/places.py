"""Where everything of the embedded server lies: state in the home, what can be fetched again in the cache."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..settings import Settings
from .release import RELEASES, Release


@dataclass(frozen=True)
class Places:
    """Files and directories of one home with one release."""

    root: Path
    cache: Path
    release: Release
    data: Path

    @classmethod
    def of(cls, settings: Settings) -> Places:
        """The places that the settings name."""
        # The server's command line names the root; that is how it is found again, so one spelling only.
        root = settings.home.resolve() / "server"
        release = RELEASES[settings.neo4j_release]
        return cls(root, settings.cache.resolve(), release, root / "data" / release.store)

    @property
    def conf(self) -> Path:
        return self.root / "conf"

    @property
    def stores(self) -> Path:
        """One data directory per release that wrote here; `data` is one of them."""
        return self.root / "data"

    @property
    def dumps(self) -> Path:
        """Dumps made before an upgrade."""
        return self.root / "dumps"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def log(self) -> Path:
        """Start, stop and warnings."""
        return self.logs / "neo4j.log"

    @property
    def output(self) -> Path:
        """The standard output: why the server would not start."""
        return self.logs / "server.out"

    @property
    def debug_log(self) -> Path:
        return self.logs / "debug.log"

    @property
    def admin_log(self) -> Path:
        return self.logs / "admin.log"

    @property
    def password(self) -> Path:
        return self.root / "password"

    @property
    def state(self) -> Path:
        return self.root / "state.json"

    @property
    def start_lock(self) -> Path:
        """Held by whoever starts or stops the server."""
        return self.root / "start.lock"

    @property
    def lease(self) -> Path:
        """Shared by all who use the server."""
        return self.root / "lease"

    @property
    def watcher_lock(self) -> Path:
        return self.root / "watcher.lock"

    @property
    def jars(self) -> Path:
        """`lib/` and `plugins/` of the release; one download serves all homes."""
        return self.cache / "jars" / self.release.version

    @property
    def archives(self) -> Path:
        """Archives of loaded classes, which make the Java machine start quicker."""
        return self.cache / "aot"

    @property
    def class_path(self) -> list[Path]:
        return [self.jars / jar.local for jar in self.release.jars]

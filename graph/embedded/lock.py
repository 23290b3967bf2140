"""Maintenance: `python -m ecograph.graph.embedded.lock current|lts` writes the list of a release's jars anew."""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from pathlib import Path

from .jar import Jar
from .release import RELEASES, Release


def resolve(release: Release, repository: Path) -> list[Jar]:
    """All jars that a release needs, as Maven would choose them, downloaded into a repository directory."""
    from jgo.maven import MavenContext

    context = MavenContext(repo_cache=repository, timeout=60)
    # The trailing `!` asks for Maven's own choice of versions; without it jgo merges the roots' BOMs.
    roots = [context.create_dependency(f"{root}!") for root in release.roots]
    inputs, transitive = context.resolver.resolve(roots)
    jars = []
    for found in (*inputs, *transitive):
        content = found.artifact.resolve().read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        coordinates = found.groupId, found.artifactId, found.version, found.classifier or ""
        jars.append(Jar(*coordinates, digest, len(content)))
    return sorted(jars, key=lambda jar: (jar.group, jar.artifact, jar.classifier))


def main() -> None:
    """Writes the lock file of the release named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m ecograph.graph.embedded.lock", description=__doc__)
    parser.add_argument("release", choices=sorted(RELEASES))
    parser.add_argument("--repository", type=Path, help="a local Maven repository to use and fill")
    options = parser.parse_args()
    release = RELEASES[options.release]
    with tempfile.TemporaryDirectory() as scratch:
        jars = resolve(release, options.repository or Path(scratch))
    release.lock.write_text("".join(f"{jar}\n" for jar in jars), "ascii")


if __name__ == "__main__":
    main()

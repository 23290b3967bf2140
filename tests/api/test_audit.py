"""graphql-http's audits of the running server."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from node import environment, install, program

FOLDER = Path(__file__).with_name("audit")
AUDITS = 61


def test_every_audit_of_graphql_over_http_is_passed(served: str) -> None:
    install(FOLDER)
    command = [program("node"), "run.mjs", f"{served}/graphql"]
    done = subprocess.run(command, cwd=FOLDER, env=environment(), capture_output=True, text=True, check=True)
    results = json.loads(done.stdout)
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == AUDITS

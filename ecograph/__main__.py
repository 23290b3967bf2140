"""`python -m ecograph`."""

from __future__ import annotations

from ecograph.api.cli import main

main()

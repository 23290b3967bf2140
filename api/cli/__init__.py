"""The command line."""

from __future__ import annotations

import sys

from ...graph.errors import EcographError


def main() -> None:
    """Run the command line; exits with the error's own code and says what to do."""
    from .commands import app
    from .output import say_error

    try:
        app(standalone_mode=True)
    except EcographError as error:
        say_error(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)

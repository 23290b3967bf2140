"""The server's password: random, readable by the owner only."""

from __future__ import annotations

import secrets

from ..errors import ServerError
from .admin import Admin
from .places import Places
from .state import write_private

USERNAME = "neo4j"


def read_password(places: Places) -> str:
    """The password of a home whose server has been started before.

    Raises:
        ServerError: the file is gone.
    """
    try:
        return places.password.read_text("utf-8").strip()
    except OSError as error:
        raise ServerError(
            f"The server's password cannot be read from {places.password}.",
            hint="Put the file back, or start over with another ECOGRAPH_HOME.",
        ) from error


def ensure_password(places: Places, admin: Admin) -> str:
    """Chooses a password unless the home has one, and sets it on a data directory that no server has opened."""
    # The system database holds the users. A dump that was just loaded comes without it.
    has_users = (places.data / "databases" / "system").exists()
    if places.password.exists() or has_users:
        password = read_password(places)
    else:
        password = secrets.token_hex(24)
        write_private(places.password, password + "\n")
    # The mark comes last: if this process dies before, the next one sets the same password again.
    mark = places.data / "password-is-set"
    if not mark.exists():
        if not has_users:
            admin.run("dbms", "set-initial-password", password)
        places.data.mkdir(parents=True, exist_ok=True)
        mark.touch()
    return password

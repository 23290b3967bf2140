"""Signed values that we hand out and take back: sessions, a login under way, and tokens for embedding."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

from ...graph.errors import SettingsError
from ...graph.settings import Settings
from ...schema.viewer import Scope, Viewer

EMBED_PREFIX = "emb_"
EMBED_S = 300
_SHORTEST = 32


class Signer:
    """Signs with one secret; each purpose has its own key, so that no value can stand for another."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def sign(self, purpose: str, value: Mapping[str, Any]) -> str:
        return self._serializer(purpose).dumps(dict(value))

    def read(self, purpose: str, text: str, max_age_s: float) -> dict[str, Any] | None:
        """What was signed for this purpose, or None where it was not by us, was changed, or is too old."""
        try:
            found: dict[str, Any] = self._serializer(purpose).loads(text, max_age=int(max_age_s))
        except BadData:
            return None
        return found

    def _serializer(self, purpose: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._secret, salt=f"ecograph.{purpose}")


def signer_of(settings: Settings) -> Signer:
    """The signer of this installation: by the setting that replicas share, else by a random secret in the home.

    Raises:
        SettingsError: the secret is shorter than 32 characters.
    """
    if settings.session_secret is not None:
        secret = settings.session_secret.get_secret_value()
        if len(secret) < _SHORTEST:
            raise SettingsError(
                f"ECOGRAPH_SESSION_SECRET is shorter than {_SHORTEST} characters.",
                hint="Make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'",
            )
        return Signer(secret)
    return Signer(_kept(settings.home / "session.key"))


def _kept(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret := secrets.token_urlsafe(32))
    return secret


def to_dict(viewer: Viewer) -> dict[str, Any]:
    """A viewer as JSON has it."""
    owners = None if viewer.owners is None else list(viewer.owners)
    return {"name": viewer.name, "scopes": sorted(viewer.scopes), "partner": viewer.partner, "owners": owners}


def from_dict(values: Mapping[str, Any]) -> Viewer:
    """The viewer that `to_dict` gave."""
    owners = values["owners"]
    return Viewer(
        values["name"], frozenset(map(Scope, values["scopes"])), values["partner"],
        None if owners is None else tuple(owners),
    )  # fmt: skip

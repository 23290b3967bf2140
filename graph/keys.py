"""API keys: `ApiKey` nodes, which hold a salted hash of each key and never the key itself.

A key is 256 random bits, so one fast HMAC is as good as a slow password hash: there is nothing to guess. It is written
`eco_<id>_<secret>`; the id finds the node by its unique index, the hash proves the secret.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from .connection import Database
from .errors import UnknownId

PREFIX = "eco_"
_FORM = re.compile(r"eco_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_NO_ONE = ("00" * 16, "00" * 32)


@dataclass(frozen=True)
class ApiKey:
    """A key as it is kept. `partner` is a partner's id, `owners` owner keys; times are UTC."""

    id: str
    name: str
    scopes: tuple[str, ...]
    partner: str | None
    owners: tuple[str, ...] | None
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None

    def is_valid(self, now: datetime) -> bool:
        """Neither revoked nor expired."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


async def create_key(
    database: Database, name: str, scopes: tuple[str, ...], *, partner: str | None = None,
    owners: tuple[str, ...] | None = None, days: int | None = None,
) -> str:  # fmt: skip
    """Make a key and return it; it cannot be had again.

    Raises:
        UnknownId: there is no such partner.
    """
    if partner is not None and not await database.rows("MATCH (p:Partner {id: $id}) RETURN p.id", {"id": partner}):
        raise UnknownId(f"There is no partner {partner!r}.", hint="Look it up by name with `search`.")
    identity, secret, salt = secrets.token_hex(6), secrets.token_urlsafe(32), secrets.token_hex(16)
    now = datetime.now(UTC)
    values = {
        "id": identity, "name": name, "scopes": list(scopes), "partner": partner,
        "owners": None if owners is None else list(owners), "salt": salt, "hash": _hash(salt, secret),
        "createdAt": now, "expiresAt": None if days is None else now + timedelta(days=days),
    }  # fmt: skip
    await database.write([("MERGE (k:ApiKey {id: $id}) SET k = $values", {"id": identity, "values": values})])
    return f"{PREFIX}{identity}_{secret}"


async def list_keys(database: Database) -> list[ApiKey]:
    """All keys, the newest first; revoked ones too."""
    rows = await database.rows("MATCH (k:ApiKey) RETURN properties(k) ORDER BY k.createdAt DESC, k.id")
    return [_read(values) for (values,) in rows]


async def revoke_key(database: Database, identity: str) -> ApiKey:
    """Refuse a key from now on; revoking it again changes nothing.

    Raises:
        UnknownId: there is no such key.
    """
    ((rows),) = await database.write(
        [
            (
                "MATCH (k:ApiKey {id: $id}) SET k.revokedAt = coalesce(k.revokedAt, $now) RETURN properties(k)",
                {"id": identity, "now": datetime.now(UTC)},
            )
        ]
    )
    if not rows:
        raise UnknownId(f"There is no key {identity!r}.", hint="`ecograph key list` lists their ids.")
    return _read(rows[0][0])


async def find_key(database: Database, key: str) -> ApiKey | None:
    """The key that this text is, or None when it is none, is revoked or has expired.

    The graph is asked each time, so that a revoked key is refused at once by every process.
    """
    form = _FORM.fullmatch(key)
    if form is None:
        return None
    rows = await database.rows("MATCH (k:ApiKey {id: $id}) RETURN properties(k)", {"id": form[1]})
    values: Mapping[str, Any] = rows[0][0] if rows else {}
    salt, known = (values["salt"], values["hash"]) if values else _NO_ONE
    if not hmac.compare_digest(_hash(salt, form[2]), known) or not values:
        return None
    found = _read(values)
    return found if found.is_valid(datetime.now(UTC)) else None


async def note_use(database: Database, used: Mapping[str, datetime]) -> None:
    """Write when keys were last used: id → time."""
    rows = [{"id": identity, "at": at} for identity, at in used.items()]
    await database.write(
        [
            (
                "UNWIND $rows AS row MATCH (k:ApiKey {id: row.id}) "
                "WHERE k.lastUsedAt IS NULL OR k.lastUsedAt < row.at SET k.lastUsedAt = row.at",
                {"rows": rows},
            )
        ]
    )


def _hash(salt: str, secret: str) -> str:
    return hmac.new(bytes.fromhex(salt), secret.encode(), sha256).hexdigest()


def _read(values: Mapping[str, Any]) -> ApiKey:
    def at(name: str) -> datetime | None:
        found = values.get(name)
        return None if found is None else found.to_native()

    created = at("createdAt")
    assert created is not None
    owners = values.get("owners")
    return ApiKey(
        values["id"], values["name"], tuple(values["scopes"]), values.get("partner"),
        None if owners is None else tuple(owners), created, at("expiresAt"), at("lastUsedAt"), at("revokedAt"),
    )  # fmt: skip

"""JSON Web Tokens: signature, algorithm, issuer, audience and times, all of which must be right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import extract_compact
from joserfc.jwt import JWTClaimsRegistry

from .credentials import refused
from .jwks import KeySource

LEEWAY_S = 30
ASYMMETRIC = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
)
"""What may be allowed; a token signed with a shared secret, or with none, never is."""


class TokenCheck:
    """Checks tokens of one issuer for one audience."""

    def __init__(self, source: KeySource, algorithms: tuple[str, ...], issuer: str, audience: str) -> None:
        self._source = source
        self._algorithms = algorithms
        self._registry = JWTClaimsRegistry(
            leeway=LEEWAY_S,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )

    async def claims(self, token: str) -> Mapping[str, Any]:
        """The claims of a token.

        Raises:
            Unauthenticated: anything about it is wrong.
            KeysUnavailable: the keys cannot be read.
        """
        try:
            header = _header(token)
            keys = await self._source.keys(header.get("kid"))
            # Without a key id, joserfc would take any key of the set; one of the right kind must be the only one.
            if header.get("kid") is None and len(keys.keys) != 1:
                raise refused()
            found = jwt.decode(token, keys, algorithms=list(self._algorithms))
            self._registry.validate(found.claims)
        except (JoseError, ValueError, TypeError, KeyError) as failure:
            raise refused() from failure
        return dict(found.claims)


def _header(token: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = extract_compact(token.encode()).protected
    key_id = found.get("kid")
    if key_id is not None and not isinstance(key_id, str):
        raise ValueError("the key id is no string")
    return found

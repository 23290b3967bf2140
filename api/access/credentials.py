"""The login that a request carries in its headers."""

from __future__ import annotations

from starlette.datastructures import Headers

from ...graph.errors import EcographError

SCHEME = "bearer"
MAX_LENGTH = 8_192


class Unauthenticated(EcographError):
    """A login is needed, or the one that was sent is not valid. Which part of it is wrong is told to nobody."""

    code = "UNAUTHENTICATED"
    exit_code = 2


def refused() -> Unauthenticated:
    """The one answer to every login that is not valid."""
    return Unauthenticated(
        "This login is not valid.", hint="It may be mistyped, expired or revoked; ask an administrator for another."
    )


def credential(headers: Headers) -> str | None:
    """The key or token in `Authorization: Bearer` or `X-API-Key`, or None where neither is sent.

    Raises:
        Unauthenticated: several logins are sent, which two programs on the way could read differently, or one that
            is no bearer token.
    """
    sent = headers.getlist("authorization")
    keys = headers.getlist("x-api-key")
    if len(sent) + len(keys) > 1:
        raise Unauthenticated("Several logins were sent.", hint="Send one, in Authorization or in X-API-Key.")
    if keys:
        return _checked(keys[0])
    if not sent:
        return None
    scheme, _, value = sent[0].strip().partition(" ")
    if scheme.lower() != SCHEME:
        raise Unauthenticated("Only bearer tokens are taken.", hint="Send `Authorization: Bearer <key or token>`.")
    return _checked(value)


def _checked(value: str) -> str:
    value = value.strip(" \t")
    if not value or len(value) > MAX_LENGTH or not value.isascii() or any(not 33 <= ord(c) <= 126 for c in value):
        raise refused()
    return value


class KeysUnavailable(EcographError):
    """The keys that tokens are checked with cannot be read."""

    code = "LOGIN_UNAVAILABLE"

    def is_retryable(self) -> bool:
        return True

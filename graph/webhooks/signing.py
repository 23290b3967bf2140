"""Signatures as Standard Webhooks has them: an HMAC over the message's id, the time of the attempt and the body."""

from __future__ import annotations

import base64
import hmac
import secrets

PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """A secret of 256 random bits, as `whsec_` and base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signature(secret: str, identity: str, timestamp: int, body: bytes) -> str:
    """The `webhook-signature` of a message: `v1,` and base64. `timestamp` is in seconds since 1970."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{identity}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()

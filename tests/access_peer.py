"""A small OpenID provider on loopback: real HTTP, real signatures, the code flow with PKCE."""

from __future__ import annotations

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

CLIENT, SECRET = "ecograph", "a client secret"


@dataclass
class Provider:
    """What it knows; tests change it."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "ann", "scope": "read"})
    keys: list[RSAKey | ECKey] = field(default_factory=lambda: [new_key("first")])
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key_reads: int = 0

    def token(self, key: RSAKey | ECKey | None = None, *, alg: str = "RS256", **changed: Any) -> str:
        """A token of this issuer; a claim of None is left out."""
        signer = key or self.keys[0]
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": "ecograph-api", "iat": now, "exp": now + 60, **self.claims, **changed}
        header = {"alg": alg, "kid": signer.kid}
        return jwt.encode(header, {k: v for k, v in claims.items() if v is not None}, signer, algorithms=[alg])

    def answer(self, path: str, query: dict[str, str]) -> tuple[int, Any, str | None]:
        """Status, JSON and where to go on."""
        if path == "/.well-known/openid-configuration":
            endpoints = {n: f"{self.issuer}/{n}" for n in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
            return 200, {"issuer": self.issuer, **endpoints}, None
        if path == "/jwks_uri":
            self.key_reads += 1
            return 200, KeySet(list(self.keys)).as_dict(private=False), None
        if path == "/authorization_endpoint":
            code = secrets.token_urlsafe(8)
            self.codes[code] = query
            back = urlencode({"code": code, "state": query["state"], "iss": self.issuer})
            return 303, {}, f"{query['redirect_uri']}?{back}"
        return 404, {}, None

    def exchange(self, form: dict[str, str], authorization: str) -> tuple[int, Any]:
        asked = self.codes.pop(form.get("code", ""), None)
        known = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".replace(" ", "%20").encode()).decode()
        plain = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or authorization not in (known, plain) or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        digest = sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        token = self.token(aud=asked["client_id"], nonce=self.claims.get("nonce", asked["nonce"]))
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}


def new_key(name: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers on a free port."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self._send(*provider.answer(parts.path, query))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._send(*provider.exchange(form, self.headers.get("authorization", "")), None)

        def _send(self, status: int, value: Any, location: str | None) -> None:
            body = json.dumps(value).encode()
            self.send_response(status)
            if location is not None:
                self.send_header("location", location)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""A small OpenID provider on this machine: it signs real tokens over real HTTP, and errs where a test says so."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

CLIENT, SECRET = "new-course", "a secret of the client"


@dataclass
class LocalProvider:
    """What the provider knows: whom it signs in, its key, the codes it gave, and how it errs."""

    issuer: str = ""
    subject: str = "subject-4711"
    key: ECKey = field(
        default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one", "use": "sig", "alg": "ES256"})
    )
    signs_with: Any = None
    header: dict[str, str] = field(default_factory=lambda: {"alg": "ES256", "kid": "one"})
    claims: dict[str, Any] = field(default_factory=dict)
    described: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    silent: bool = False

    def consent(self, address: str, **changed: str) -> dict[str, str]:
        """Do what a browser does that is sent here by somebody who agrees; return the query it is sent back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["scope"] == "openid"
        code = hashlib.sha256(address.encode()).hexdigest()
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": self.issuer, **changed}

    def token(self, given: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Return what a code is worth, once, to the client who has the key that proves it asked."""
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self.codes.pop(given.get("code", ""), None)
        verifier = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        if asked is None or authorization != f"Basic {basic}" or proof != asked["code_challenge"]:
            return None
        if given.get("redirect_uri") != asked["redirect_uri"]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": self.subject, "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], **self.claims,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        signed = jwt.encode(self.header, claims, self.signs_with or self.key, algorithms=[self.header["alg"]])
        return {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def document(self, path: str) -> dict[str, Any] | None:
        """Return what stands at an address."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                **self.described,
            }
        return dict(KeySet([self.key]).as_dict(private=False)) if path == "/keys" else None


@contextmanager
def running() -> Iterator[LocalProvider]:
    """Run a provider on a free port."""
    provider = LocalProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                back = parse_qs(parts.query)["redirect_uri"][0]
                self.send_response(302)
                query = urlencode(provider.consent(provider.issuer + self.path))
                self.send_header("Location", f"{back}?{query}")
                self.end_headers()
                return
            self._give(None if provider.silent else provider.document(parts.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = {name: values[0] for name, values in parse_qs(body).items()}
            found = provider.token(given, self.headers.get("Authorization", ""))
            self._give(found or {"error": "invalid_grant"}, 200 if found else 400)

        def _give(self, content: dict[str, Any] | None, status: int = 200) -> None:
            self.send_response(status if content is not None else 500)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content or {}).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""Signing in through an OpenID provider: the authorisation code flow of OpenID Connect Core 1.0, section 3.1.

With state, nonce and a proof key (RFC 7636, S256). Only the subject is taken from the provider: neither name nor
address is asked for, and the provider's tokens are forgotten at once.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from newcourse.errors import BadInput, Fault, NewCourseError
from newcourse.people.secret import Chance, refusal

SECONDS: Final = 10
LEEWAY: Final = 60
ALGORITHMS: Final = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")
"""How tokens may be signed: only by a key pair, never by the shared secret, never not at all."""


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID provider whom the federation trusts to tell people apart.

    Parameters
    ----------
    name
        What the button says.
    issuer
        Its address; ``https`` unless it runs on this machine.
    client, secret
        By what it knows these pages.

    Raises
    ------
    BadInput
        If any of these is missing, or the address is not private.
    """

    name: str
    issuer: str
    client: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.issuer)
        private = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1"))
        if not (self.name and self.client and self.secret and private):
            expected = "name, issuer (an https address), client and secret"
            raise refusal("provider-wrong", "OpenID provider", ascii(self.name), expected, "correct the settings")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a provider means."""

    issuer: str
    subject: str


def read_providers(file: Path) -> tuple[Provider, ...]:
    """Read providers from a JSON file: a list of objects with ``name``, ``issuer``, ``client`` and ``secret``.

    Raises
    ------
    BadInput
        If the file cannot be read so.
    """
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return tuple(Provider(**{key: str(value) for key, value in row.items()}) for row in rows)
    except (OSError, ValueError, TypeError, AttributeError):
        expected = "a list of objects with name, issuer, client and secret"
        raise refusal("providers-unreadable", str(file), "something else", expected, "correct the file") from None


class Flow:
    """The way to a provider and back.

    Parameters
    ----------
    provider
        The provider.
    back
        Address to which it sends people back.
    """

    def __init__(self, provider: Provider, back: str) -> None:
        self._provider = provider
        self._back = back

    def begin(self, chance: Chance) -> tuple[str, dict[str, str]]:
        """Return where to send somebody, and what must be kept until they come back.

        Raises
        ------
        NewCourseError
            If the provider does not answer.
        """
        kept = {name: _random(chance) for name in ("state", "nonce", "verifier")}
        with self._session() as session:
            address, _ = session.create_authorization_url(
                self._described(session)["authorization_endpoint"],
                state=kept["state"],
                nonce=kept["nonce"],
                code_verifier=kept["verifier"],
            )
        return str(address), {**kept, "issuer": self._provider.issuer}

    def end(self, kept: Mapping[str, str], answer: Mapping[str, str], at: datetime) -> Subject:
        """Return whom the provider means, from what was kept and the query somebody came back with.

        Raises
        ------
        BadInput
            If the answer is not one to this question, or its token is not signed by the provider for these pages.
        NewCourseError
            If the provider does not answer.
        """
        if answer.get("state") != kept["state"] or kept["issuer"] != self._provider.issuer:
            raise _refused("an answer to another question")
        if answer.get("iss", self._provider.issuer) != self._provider.issuer:  # RFC 9207
            raise _refused("an answer of another provider")
        if "code" not in answer:
            raise _refused("no consent")
        with self._session() as session:
            described = self._described(session)
            try:
                token = session.fetch_token(
                    described["token_endpoint"], code=answer["code"], code_verifier=kept["verifier"]
                )
            except (OAuthError, requests.RequestException):
                raise _refused("a code that the provider does not take") from None
            keys = self._get(session, described["jwks_uri"])
        return Subject(self._provider.issuer, self._subject(token, keys, kept["nonce"], at))

    def _subject(self, token: Mapping[str, Any], keys: Mapping[str, Any], nonce: str, at: datetime) -> str:
        """Return the subject of an ID token (OpenID Connect Core 1.0, section 3.1.3.7)."""
        try:
            read = jwt.decode(
                str(token.get("id_token", "")),
                KeySet.import_key_set({"keys": list(keys["keys"])}),
                algorithms=list(ALGORITHMS),
            )
            claims = CodeIDToken(
                read.claims,
                read.header,
                options={
                    "iss": {"essential": True, "value": self._provider.issuer},
                    "aud": {"essential": True, "value": self._provider.client},
                    "nonce": {"essential": True, "value": nonce},
                },
                params={"client_id": self._provider.client, "nonce": nonce, "access_token": token.get("access_token")},
            )
            claims.validate(now=int(at.timestamp()), leeway=LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError):
            raise _refused("a token that is not the provider's answer to this question") from None
        subject = claims["sub"]
        if not (isinstance(subject, str) and 0 < len(subject) <= 255):
            raise _refused("a token without a subject")
        return subject

    def _session(self) -> OAuth2Session:
        return OAuth2Session(
            self._provider.client,
            self._provider.secret,
            scope="openid",
            redirect_uri=self._back,
            code_challenge_method="S256",
            default_timeout=SECONDS,
        )

    def _described(self, session: OAuth2Session) -> dict[str, Any]:
        """Return the provider's description of itself (OpenID Connect Discovery 1.0, section 4)."""
        described = self._get(session, self._provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
        needed = {"authorization_endpoint", "token_endpoint", "jwks_uri"}
        if described.get("issuer") != self._provider.issuer or not needed <= described.keys():
            raise self._silent("a description of another provider")
        return described

    def _get(self, session: OAuth2Session, address: str) -> dict[str, Any]:
        try:
            answer = session.get(address, withhold_token=True, timeout=SECONDS)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError):
            raise self._silent("no answer") from None
        if not isinstance(found, dict):
            raise self._silent("an answer that is none")
        return found

    def _silent(self, found: str) -> NewCourseError:
        where, expected = f"provider {self._provider.name}", "a provider that answers"
        return NewCourseError(Fault("provider-silent", where, found, expected, "try later, or sign in by a passkey"))


def _random(chance: Chance) -> str:
    return base64.urlsafe_b64encode(chance(32)).decode().rstrip("=")


def _refused(found: str) -> BadInput:
    expected = "the provider's answer to the question just asked"
    return refusal("provider-refused", "sign-in", found, expected, "begin again at /sign-in")

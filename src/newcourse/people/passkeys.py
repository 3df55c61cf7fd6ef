"""Passkeys: the ceremonies of Web Authentication Level 3, sections 7.1 (registration) and 7.2 (authentication).

A challenge is kept on the server, answered once, and bound to the browser it was given to. The authenticator must
have verified its owner, by a finger or a number, and its counter must have moved where it has one.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, options_to_json_dict
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from newcourse.errors import BadInput
from newcourse.people.accounts import Account
from newcourse.people.database import reading, writing
from newcourse.people.keeping import Keeping
from newcourse.people.schema import PASSKEYS, moment, seconds
from newcourse.people.secret import refusal

CHALLENGE_BYTES: Final = 32
LONGEST_LABEL: Final = 80


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey of somebody: its public half, and what they call it."""

    credential: str
    member: str
    public_key: bytes
    counter: int
    label: str
    made: datetime
    used: datetime | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """The pages for which passkeys are made.

    Parameters
    ----------
    origin
        Their origin, such as ``https://town.example``; passkeys made there are good nowhere else.
    name
        What authenticators call them.
    """

    origin: str
    name: str

    @property
    def party(self) -> str:
        """The relying party's identifier: the host name."""
        return urlsplit(self.origin).hostname or ""


class Passkeys(Keeping):
    """All passkeys."""

    def challenge(self) -> str:
        """Return a new challenge of 256 bits in base64url."""
        return bytes_to_base64url(self._chance(CHALLENGE_BYTES))

    def making(self, site: Site, account: Account, challenge: str) -> dict[str, Any]:
        """Return what a browser is asked so that it makes a passkey for an account."""
        made = generate_registration_options(
            rp_id=site.party,
            rp_name=site.name,
            user_name=account.about.name or account.member,
            user_display_name=account.about.name or account.member,
            user_id=account.handle,
            challenge=base64url_to_bytes(challenge),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=_descriptors(key.credential for key in self.all(account.member)),
        )
        return dict(options_to_json_dict(made))

    def made(self, site: Site, member: str, challenge: str, answer: object, at: datetime, label: str = "") -> Passkey:
        """Return the passkey that a browser has made; nothing is stored yet.

        Raises
        ------
        BadInput
            If the answer is not one to this challenge, at this site, by an owner the authenticator has verified.
        """
        try:
            found = verify_registration_response(
                credential=_plain(answer),
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=site.party,
                expected_origin=site.origin,
                require_user_verification=True,
            )
        except _ANSWER_ERRORS as error:
            raise _unproved(error) from None
        credential = bytes_to_base64url(found.credential_id)
        shown = "".join(letter for letter in label if letter.isprintable()).strip()[:LONGEST_LABEL] or "Passkey"
        return Passkey(credential, member, found.credential_public_key, found.sign_count, shown, at)

    def keep(self, passkey: Passkey) -> None:
        """Store a passkey.

        Raises
        ------
        BadInput
            If it is stored already.
        """
        with writing(self._engine) as connection:
            add_passkey(connection, passkey)

    def asking(self, site: Site, challenge: str) -> dict[str, Any]:
        """Return what a browser is asked so that somebody proves who they are; names nobody."""
        made = generate_authentication_options(
            rp_id=site.party,
            challenge=base64url_to_bytes(challenge),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return dict(options_to_json_dict(made))

    def proved(self, site: Site, challenge: str, answer: object, at: datetime) -> str:
        """Return the member who has proved who they are, and note the counter of their passkey.

        Raises
        ------
        BadInput
            If the passkey is unknown, or the answer is not one to this challenge, at this site, signed by this
            passkey, after its owner was verified, with a counter that has moved. All are said alike.
        """
        given = _plain(answer)
        with writing(self._engine) as connection:
            known = select(PASSKEYS).where(PASSKEYS.c.credential == str(given.get("id", ""))).with_for_update()
            row = connection.execute(known).one_or_none()
            if row is None:
                raise _unproved(None)
            try:
                found = verify_authentication_response(
                    credential=given,
                    expected_challenge=base64url_to_bytes(challenge),
                    expected_rp_id=site.party,
                    expected_origin=site.origin,
                    credential_public_key=bytes(row.public_key),
                    credential_current_sign_count=row.counter,
                    require_user_verification=True,
                )
            except _ANSWER_ERRORS as error:
                raise _unproved(error) from None
            now_used = update(PASSKEYS).where(PASSKEYS.c.credential == row.credential)
            connection.execute(now_used.values(counter=found.new_sign_count, used=seconds(at)))
        return str(row.member)

    def all(self, member: str) -> tuple[Passkey, ...]:
        """Return the passkeys of a member, the oldest first."""
        theirs = select(PASSKEYS).where(PASSKEYS.c.member == member).order_by(PASSKEYS.c.made, PASSKEYS.c.credential)
        with reading(self._engine) as connection:
            return tuple(_passkey(row) for row in connection.execute(theirs))

    def remove(self, member: str, credential: str) -> bool:
        """Take a passkey away; say whether there was one."""
        theirs = delete(PASSKEYS).where(PASSKEYS.c.member == member, PASSKEYS.c.credential == credential)
        with writing(self._engine) as connection:
            return connection.execute(theirs).rowcount > 0


def add_passkey(connection: Connection, passkey: Passkey) -> None:
    """Write a passkey inside a transaction.

    Raises
    ------
    BadInput
        If it is stored already.
    """
    row = {
        "credential": passkey.credential,
        "member": passkey.member,
        "public_key": passkey.public_key,
        "counter": passkey.counter,
        "label": passkey.label,
        "made": seconds(passkey.made),
        "used": None,
    }
    try:
        connection.execute(insert(PASSKEYS).values(**row))
    except IntegrityError:
        found = "a passkey that is stored already"
        raise refusal("passkey-there", "passkey", found, "a new one", "sign in with it") from None


_ANSWER_ERRORS: Final = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What the library raises on answers that are none; some reach its parsers as plain Python errors."""


def _plain(answer: object) -> dict[str, Any]:
    """Return an answer as the mapping that a browser's ``toJSON`` gives."""
    try:
        given = json.loads(answer) if isinstance(answer, str) else answer
    except ValueError as error:
        raise _unproved(error) from None
    if not isinstance(given, dict):
        raise _unproved(None)
    return given


def _unproved(error: Exception | None) -> BadInput:
    found = "an answer that proves nothing"
    if isinstance(error, WebAuthnException) and "origin" in str(error):
        found += ": it was made for pages at another address"
    expected = "the answer of a passkey of these pages to the question just asked"
    return refusal("passkey-refused", "passkey", found, expected, "try again, at the address of these pages")


def _descriptors(credentials: Iterable[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(credential)) for credential in credentials]


def _passkey(row: Row[Any]) -> Passkey:
    used = None if row.used is None else moment(row.used)
    return Passkey(row.credential, row.member, bytes(row.public_key), row.counter, row.label, moment(row.made), used)

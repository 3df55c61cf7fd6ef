"""What a secret ballot leaves on record until it is published, and how the two are compared (design §8.3)."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final
from unicodedata import is_normalized

from newcourse.record.canonical import canonical_json, digest
from newcourse.record.entry import is_name

TOKEN_HOLDER: Final = "token holder"  # noqa: S105  # a role in words, no password
"""Who casts a secret ballot: all that the record says of them."""


def may_name(person: object) -> bool:
    """Return whether a text can name a person: any name but the one that stands for nobody.

    It must be in the Unicode normal form NFKC, so that no two members have names of the same letters.

    >>> may_name("Åsa"), may_name("A\N{COMBINING RING ABOVE}sa"), may_name("Token Holder")
    (True, False, False)
    """
    return isinstance(person, str) and is_name(person) and _told_apart(person)


def _told_apart(name: str) -> bool:
    return is_normalized("NFKC", name) and name.casefold() != TOKEN_HOLDER


def token_hash(prepared: bytes) -> str:
    """Return the name of a token on record: the SHA-256 of the prepared message that was signed."""
    return hashlib.sha256(prepared).hexdigest()


def commitment_of(ballot: Mapping[str, Any], salt: str) -> str:
    """Return what binds a voter to a ballot without showing it: SHA-256 of both as canonical JSON.

    Parameters
    ----------
    ballot
        The ballot as plain data.
    salt
        Hexadecimal digits of at least 16 random bytes, so that nobody can try all ballots.
    """
    return digest(canonical_json({"ballot": ballot, "salt": salt}))

"""Secrets that are shown once: whoever reads the database finds only their hashes.

Secrets have at least 128 random bits, so a plain hash of them cannot be searched through; slow hashes are for
passwords, and there are none here.
"""

import base64
import hashlib
from collections.abc import Callable
from typing import Final

from newcourse.errors import BadInput, Fault

Chance = Callable[[int], bytes]
"""Gives that many random bytes that nobody can foresee, such as :func:`secrets.token_bytes`."""

MEMBER_PREFIX: Final = "m-"
SESSION_BYTES: Final = 32


def letters(chance: Chance, count: int) -> str:
    """Return so many random letters of ``a-z2-7``, five random bits each.

    >>> letters(lambda count: bytes(count), 10)
    'aaaaaaaaaa'
    """
    return base64.b32encode(chance((count * 5 + 7) // 8)).decode().lower()[:count]


def member_code(chance: Chance) -> str:
    """Return the code of a new member; it says nothing about the person.

    >>> member_code(lambda count: bytes(range(count)))
    'm-aaaqeayeau'
    """
    return MEMBER_PREFIX + letters(chance, 10)


def spoken_code(chance: Chance) -> str:
    """Return a code that can be read aloud and typed: 26 letters, 130 random bits."""
    return letters(chance, 26)


def long_secret(chance: Chance) -> str:
    """Return 256 random bits for a cookie or a header."""
    return base64.urlsafe_b64encode(chance(SESSION_BYTES)).decode().rstrip("=")


def hashed(secret: str) -> str:
    """Return what is stored instead of a secret: its SHA-256 in hexadecimal digits."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()


def refusal(code: str, where: str, found: str, expected: str, remedy: str) -> BadInput:
    """Return the refusal of something that was given; never holds a secret."""
    return BadInput(Fault(code, where, found, expected, remedy))

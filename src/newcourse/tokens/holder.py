"""What the voter's device does: prepare a message, blind it, and make the token of the blind signature (RFC 9474 §4).

In the browser ``web/static/blind.js`` does the same; this is for programs and tests.

>>> from newcourse.tokens.keys import new_key, public_key
>>> from newcourse.tokens.signer import blind_sign
>>> from newcourse.tokens.verifying import verify
>>> private = new_key()
>>> public = public_key(private)
>>> prepared = prepare(b"message", bytes(32))
>>> blinded = blind(public, prepared, bytes(range(64)) * 5)
>>> verify(public, prepared, finalize(public, prepared, blind_sign(private, blinded.message), blinded))
True
"""

import math
from dataclasses import dataclass

from newcourse.errors import BadInput, Fault
from newcourse.tokens.encoding import encode_pss
from newcourse.tokens.keys import read_public, size
from newcourse.tokens.variants import RANDOMIZED, Variant
from newcourse.tokens.verifying import verify

_SPARE = 16
"""Bytes drawn beyond the length of the modulus, so that the remainder is as good as uniform."""


@dataclass(frozen=True, slots=True)
class Blinded:
    """A blinded message, and what takes the blinding off again.

    Parameters
    ----------
    message
        The blinded message, for the signer.
    inverse
        The inverse of the blinding factor, as long as the modulus. Secret: who knows it can tell which token a blinded
        message became.
    """

    message: bytes
    inverse: bytes


def prepare(message: bytes, prefix: bytes, variant: Variant = RANDOMIZED) -> bytes:
    """Return the prepared message: the prefix, then the message (RFC 9474 §4.1).

    Parameters
    ----------
    message
        The message.
    prefix
        Random bytes, 32 for the randomized variants, none for the others.
    variant
        The variant of the scheme.

    Raises
    ------
    BadInput
        If the prefix is of another length.
    """
    if len(prefix) != variant.prefix:
        raise BadInput(_length("prefix-length", "prefix of the message", prefix, variant.prefix))
    return prefix + message


def randomness_size(public: bytes, variant: Variant = RANDOMIZED) -> int:
    """Return how many random bytes :func:`blind` takes: 320 for a key of 2048 bits and a salt of 48 bytes."""
    return variant.salt + size(read_public(public)) + _SPARE


def blind(public: bytes, prepared: bytes, randomness: bytes, variant: Variant = RANDOMIZED) -> Blinded:
    """Blind a prepared message (RFC 9474 §4.2).

    Parameters
    ----------
    public
        The public key as SubjectPublicKeyInfo.
    prepared
        The prepared message.
    randomness
        Fresh random bytes, :func:`randomness_size` of them: first the salt, then those the blinding factor is made of.
    variant
        The variant of the scheme.

    Raises
    ------
    BadInput
        If the key is none, the randomness is of another length, or the blinding factor has no inverse.
    """
    wanted = randomness_size(public, variant)
    if len(randomness) != wanted:
        raise BadInput(_length("randomness-length", "randomness for blinding", randomness, wanted))
    modulus = read_public(public).public_numbers().n
    factor = 1 + int.from_bytes(randomness[variant.salt :], "big") % (modulus - 1)
    return blind_with(public, prepared, randomness[: variant.salt], factor)


def blind_with(public: bytes, prepared: bytes, salt: bytes, factor: int) -> Blinded:
    """Blind a prepared message with a given salt and blinding factor, as the RFC's test vectors do.

    Raises
    ------
    BadInput
        If the key is none, or factor or message share a divisor with the modulus.
    """
    key = read_public(public)
    numbers, length = key.public_numbers(), size(key)
    encoded = int.from_bytes(encode_pss(prepared, salt, key.key_size - 1), "big")
    if not 1 <= factor < numbers.n or math.gcd(factor, numbers.n) != 1 or math.gcd(encoded, numbers.n) != 1:
        raise BadInput(
            Fault(
                "blinding-impossible",
                "blinding factor and message",
                "a number out of range, or one that shares a divisor with the modulus",
                "numbers that have an inverse",
                "draw new random bytes; should it happen again, the key is wrong",
            )
        )
    message = encoded * pow(factor, numbers.e, numbers.n) % numbers.n
    return Blinded(message.to_bytes(length, "big"), pow(factor, -1, numbers.n).to_bytes(length, "big"))


def finalize(
    public: bytes, prepared: bytes, blind_signature: bytes, blinded: Blinded, variant: Variant = RANDOMIZED
) -> bytes:
    """Take the blinding off a blind signature, and verify what comes out (RFC 9474 §4.4).

    Returns
    -------
    bytes
        The signature over the prepared message, as long as the modulus.

    Raises
    ------
    BadInput
        If the key is none, the blind signature is of another length, or it does not make a right signature.
    """
    key = read_public(public)
    length, modulus = size(key), key.public_numbers().n
    if len(blind_signature) != length:
        raise BadInput(_length("blind-signature-length", "blind signature", blind_signature, length))
    product = int.from_bytes(blind_signature, "big") * int.from_bytes(blinded.inverse, "big")
    signature = (product % modulus).to_bytes(length, "big")
    if not verify(public, prepared, signature, variant):
        raise BadInput(
            Fault(
                "blind-signature-wrong",
                "blind signature",
                "one that gives no right signature under the key of the vote",
                "the signer's answer to this blinded message",
                "ask for it again with the same blinded message; if it stays wrong, contest the vote",
            )
        )
    return signature


def _length(code: str, where: str, found: bytes, expected: int) -> Fault:
    return Fault(code, where, f"{len(found)} bytes", f"{expected} bytes", "pass bytes of that length")

"""What the signer does: sign a message that it cannot see (RFC 9474 §4.3, BlindSign).

The library has no bare private operation, so it is done here on Python's integers, whose time depends on their values.
So that who sends messages and measures learns nothing of the key from it, each operation is done on a message
multiplied by a random number the sender does not know, with exponents lengthened by a random multiple of their order
(Kocher 1996; RFC 9474 §7.1). This hides the key; it is not a proof of constant time.
"""

import secrets
from typing import Final

from cryptography.hazmat.primitives.asymmetric import rsa

from newcourse.errors import BadInput, Fault, NotCertified
from newcourse.tokens.keys import read_private

_EXTRA_BITS: Final = 64


def blind_sign(private: bytes, blinded: bytes) -> bytes:
    """Return the blind signature of a blinded message: the same one each time.

    Parameters
    ----------
    private
        The private key as PKCS #8.
    blinded
        The blinded message, as long as the modulus.

    Returns
    -------
    bytes
        The blind signature, as long as the modulus. It is checked with the public key before it is returned: a wrong
        result of a calculation with the Chinese remainder theorem would give away the key (Boneh, DeMillo and
        Lipton 1997).

    Raises
    ------
    BadInput
        If the key is none, or the blinded message is of another length or not below the modulus.
    NotCertified
        If the result does not check: the key's parts do not belong together, or the machine has erred.
    """
    numbers = read_private(private).private_numbers()
    public = numbers.public_numbers
    length = (public.n.bit_length() + 7) // 8
    message = _read(blinded, length, public.n)
    mask = secrets.randbelow(public.n - 2) + 2  # does not change the result, only how long each step takes
    masked = message * pow(mask, public.e, public.n) % public.n
    signed = _private_power(masked, numbers) * _inverse(mask, public.n) % public.n
    if pow(signed, public.e, public.n) != message:
        raise NotCertified(_failed())
    return signed.to_bytes(length, "big")


def _read(blinded: bytes, length: int, modulus: int) -> int:
    where, remedy = "blinded message", "blind again with the public key of this vote"
    if len(blinded) != length:
        raise BadInput(Fault("blinded-length", where, f"{len(blinded)} bytes", f"{length} bytes", remedy))
    message = int.from_bytes(blinded, "big")
    if message >= modulus:
        raise BadInput(Fault("blinded-range", where, "a number not below the modulus", "one below it", remedy))
    return message


def _private_power(message: int, numbers: rsa.RSAPrivateNumbers) -> int:
    """Return ``message ** d mod n`` by the Chinese remainder theorem (RFC 8017 §5.1.2)."""
    p, q = numbers.p, numbers.q
    try:
        first = pow(message, numbers.dmp1 + secrets.randbits(_EXTRA_BITS) * (p - 1), p)
        second = pow(message, numbers.dmq1 + secrets.randbits(_EXTRA_BITS) * (q - 1), q)
    except (ValueError, ZeroDivisionError) as error:
        raise NotCertified(_failed()) from error
    return second + q * ((first - second) * numbers.iqmp % p)


def _inverse(number: int, modulus: int) -> int:
    try:
        return pow(number, -1, modulus)
    except ValueError as error:  # a number that shares a factor with the modulus: never, for a modulus of two primes
        raise NotCertified(_failed()) from error


def _failed() -> Fault:
    return Fault(
        "blind-signature-failed",
        "blind signing",
        "a result that the public key does not confirm",
        "a signature of the blinded message",
        "nothing was given out; restore the private key of the vote from a copy, and try again",
    )

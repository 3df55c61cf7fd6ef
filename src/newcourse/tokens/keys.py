"""Key pairs: RSA with exponent 65537, as DER bytes, checked each time they are read.

A public key is a SubjectPublicKeyInfo (RFC 5280 §4.1), a private key a PKCS #8 PrivateKeyInfo (RFC 5208 §5), both
with the algorithm rsaEncryption (RFC 8017, appendix A.1).
"""

from functools import lru_cache
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

from newcourse.errors import BadInput, Fault

EXPONENT: Final = 65537
NEW_BITS: Final = 2048
ALLOWED_BITS: Final = (2048, 3072, 4096)
"""Lengths of the modulus that are accepted, in bits: shorter ones can be factored too soon (NIST SP 800-57, part 1)."""


def new_key() -> bytes:
    """Return a new private key of 2048 bits as PKCS #8; its primes are drawn by the library from the system.

    Examples
    --------
    >>> len(public_key(new_key()))
    294
    """
    key = rsa.generate_private_key(EXPONENT, NEW_BITS)
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def public_key(private: bytes) -> bytes:
    """Return the public key of a private key as SubjectPublicKeyInfo.

    Raises
    ------
    BadInput
        If the private key is none that :func:`new_key` could have made.
    """
    return read_private(private).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@lru_cache(maxsize=64)
def read_public(public: bytes) -> rsa.RSAPublicKey:
    """Read a public key.

    Raises
    ------
    BadInput
        If the bytes are no RSA key, or the modulus is even or of another length than 2048, 3072 or 4096 bits, or the
        exponent is not 65537.
    """
    where = "public key of the tokens"
    try:
        key = load_der_public_key(public)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadInput(_unreadable(where, "SubjectPublicKeyInfo")) from error
    if not isinstance(key, rsa.RSAPublicKey):
        raise BadInput(_unreadable(where, "SubjectPublicKeyInfo"))
    _check(where, key.public_numbers())
    return key


def read_private(private: bytes) -> rsa.RSAPrivateKey:
    """Read a private key; whether its parts belong together is not asked here but of each signature it makes.

    Raises
    ------
    BadInput
        If the bytes are no RSA key, or its public part is not as :func:`read_public` asks.
    """
    where = "private key of the tokens"
    try:
        key = load_der_private_key(private, None, unsafe_skip_rsa_key_validation=True)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadInput(_unreadable(where, "PKCS #8")) from error
    if not isinstance(key, rsa.RSAPrivateKey):
        raise BadInput(_unreadable(where, "PKCS #8"))
    _check(where, key.private_numbers().public_numbers)
    return key


def size(key: rsa.RSAPublicKey) -> int:
    """Return the length of the modulus in bytes: that of every blinded message and every signature."""
    return key.key_size // 8


def _check(where: str, numbers: rsa.RSAPublicNumbers) -> None:
    faults: list[Fault] = []
    remedy = "take the key from the frozen facts of the vote in the record; trust no other"
    bits = numbers.n.bit_length()
    if bits not in ALLOWED_BITS:
        expected = f"{', '.join(map(str, ALLOWED_BITS[:-1]))} or {ALLOWED_BITS[-1]} bits"
        faults.append(Fault("token-key-length", where, f"{bits} bits", expected, remedy))
    if numbers.n % 2 == 0:
        faults.append(Fault("token-key-even", where, "an even modulus", "a product of two odd primes", remedy))
    if numbers.e != EXPONENT:
        faults.append(Fault("token-key-exponent", where, f"exponent {numbers.e}", str(EXPONENT), remedy))
    if faults:
        raise BadInput(faults)


def _unreadable(where: str, form: str) -> Fault:
    return Fault(
        "token-key-unreadable", where, "other bytes", f"an RSA key as DER {form}", "pass the key as it was made"
    )

"""EMSA-PSS: the encoding of a message that is then signed (RFC 8017 §9.1.1), with SHA-384 and MGF1 with SHA-384.

The library encodes only what it signs itself and draws the salt itself. A blind signature needs the encoding before
there is a signature, and a given salt, so it is written out here. Decoding is left to the library.
"""

import hashlib
from typing import Final

DIGEST_SIZE: Final = 48
_TRAILER: Final = b"\xbc"


def encode_pss(message: bytes, salt: bytes, bits: int) -> bytes:
    """Return the encoding of a message.

    Parameters
    ----------
    message
        The message, of any length.
    salt
        The salt; its length is part of the scheme.
    bits
        Length of the encoding in bits, at most: one less than that of the modulus.

    Raises
    ------
    ValueError
        If so many bits cannot hold digest and salt; no modulus that is accepted here is that short.

    Examples
    --------
    >>> encoded = encode_pss(b"message", bytes(48), 2047)
    >>> len(encoded), encoded[0] < 128, encoded[-1]
    (256, True, 188)
    """
    length = (bits + 7) // 8
    zeros = length - len(salt) - DIGEST_SIZE - 2
    if zeros < 0:
        raise ValueError(f"{bits} bits are too few for a salt of {len(salt)} bytes")
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(zeros) + b"\x01" + salt
    mask = mgf1(digest, len(block))
    masked = bytearray(left ^ right for left, right in zip(block, mask, strict=True))
    masked[0] &= 0xFF >> (8 * length - bits)
    return bytes(masked) + digest + _TRAILER


def mgf1(seed: bytes, length: int) -> bytes:
    """Return ``length`` bytes that look random, made from a seed (RFC 8017, appendix B.2.1)."""
    blocks = range(-(-length // DIGEST_SIZE))
    return b"".join(hashlib.sha384(seed + count.to_bytes(4, "big")).digest() for count in blocks)[:length]

"""Hashes, tree and signatures for bundles made in tests, written as the RFCs define them."""

import base64
import hashlib
from functools import cache

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from newcourse.record.canonical import canonical_json


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def hashed(value: object) -> str:
    return digest(canonical_json(value))


def subtree(leaves: list[bytes]) -> bytes:
    """Return the Merkle root as RFC 9162, section 2.1.1 defines it: by recursion."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + subtree(leaves[:k]) + subtree(leaves[k:])).digest()


def path_to(index: int, leaves: list[bytes]) -> list[bytes]:
    """Return the inclusion proof as RFC 9162, section 2.1.3.1 defines it."""
    if len(leaves) == 1:
        return []
    k = 1 << (len(leaves) - 1).bit_length() - 1
    if index < k:
        return [*path_to(index, leaves[:k]), subtree(leaves[k:])]
    return [*path_to(index - k, leaves[k:]), subtree(leaves[:k])]


def line_of(name: str, key: Ed25519PrivateKey, text: str) -> str:
    raw = key.public_key().public_bytes_raw()
    hint = hashlib.sha256(name.encode() + b"\n\x01" + raw).digest()[:4]
    return f"— {name} {base64.b64encode(hint + key.sign(text.encode())).decode()}\n"


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)

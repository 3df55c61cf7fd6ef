"""The test vectors of RFC 9474, appendix A, and their key in the form this project uses."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from newcourse.tokens.variants import VARIANTS, Variant


@cache
def data() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(Path(__file__).with_name("rfc9474.json").read_text(encoding="utf-8"))
    return read


@cache
def private_key() -> bytes:
    """The RFC's key of 4096 bits as PKCS #8."""
    p, q, n, e, d = (int(data()["key"][name], 16) for name in "pqned")
    public = rsa.RSAPublicNumbers(e, n)
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), public
    )
    return numbers.private_key().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


@cache
def public_key() -> bytes:
    """The RFC's key of 4096 bits as SubjectPublicKeyInfo."""
    numbers = rsa.RSAPublicNumbers(int(data()["key"]["e"], 16), int(data()["key"]["n"], 16))
    return numbers.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@dataclass(frozen=True)
class Vector:
    """One of the four, in bytes."""

    variant: Variant
    message: bytes
    prefix: bytes
    salt: bytes
    encoded: bytes | None
    inverse: bytes
    blinded: bytes
    blind_signature: bytes
    signature: bytes

    @property
    def factor(self) -> int:
        """The blinding factor, of which the RFC prints the inverse."""
        return pow(int.from_bytes(self.inverse, "big"), -1, int(data()["key"]["n"], 16))


def vectors() -> tuple[Vector, ...]:
    found = {raw["name"]: raw for raw in data()["vectors"]}
    assert set(found) == {variant.name for variant in VARIANTS}
    return tuple(_vector(variant, found[variant.name]) for variant in VARIANTS)


def _vector(variant: Variant, raw: dict[str, str]) -> Vector:
    def part(name: str) -> bytes:
        return bytes.fromhex(raw[name])

    encoded = part("encoded_msg") if "encoded_msg" in raw else None
    return Vector(
        variant,
        part("msg"),
        part("msg_prefix"),
        part("salt"),
        encoded,
        part("inv"),
        part("blinded_msg"),
        part("blind_sig"),
        part("sig"),
    )

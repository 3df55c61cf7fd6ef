"""Whatever is malformed is refused with its fault, and a key or a result that is wrong never leaves."""

from collections.abc import Callable
from functools import partial

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from hypothesis import given
from hypothesis import strategies as st

from newcourse.errors import BadInput, NotCertified
from newcourse.tokens import signer
from newcourse.tokens.holder import Blinded, blind, blind_with, finalize, prepare, randomness_size
from newcourse.tokens.keys import new_key, public_key, read_public
from newcourse.tokens.signer import blind_sign
from newcourse.tokens.variants import DETERMINISTIC, ZERO_RANDOMIZED
from newcourse.tokens.verifying import verify

PRIVATE = new_key()
PUBLIC = public_key(PRIVATE)
MODULUS = read_public(PUBLIC).public_numbers().n


def codes(run: Callable[[], object]) -> list[str]:
    with pytest.raises(BadInput) as caught:
        run()
    assert all(fault.remedy and fault.expected for fault in caught.value.faults)
    return [fault.code for fault in caught.value.faults]


def spki(exponent: int, modulus: int) -> bytes:
    """A public key as DER, written out by hand, as the library refuses to write wrong ones."""

    def piece(tag: int, content: bytes) -> bytes:
        size = len(content)
        digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
        return bytes([tag]) + (bytes([size]) if size < 128 else bytes([128 + len(digits)]) + digits) + content

    def number(value: int) -> bytes:
        return piece(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))

    algorithm = piece(0x30, bytes.fromhex("06092a864886f70d0101010500"))
    return piece(0x30, algorithm + piece(3, b"\0" + piece(0x30, number(modulus) + number(exponent))))


def other_key(private: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> tuple[bytes, bytes]:
    secret = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return secret, private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def test_a_key_written_by_hand_is_the_same_key() -> None:
    assert spki(65537, MODULUS) == PUBLIC


@given(junk=st.binary(max_size=400))
def test_other_bytes_are_no_key(junk: bytes) -> None:
    assert codes(lambda: read_public(junk)) == ["token-key-unreadable"]
    assert codes(lambda: blind_sign(junk, bytes(256))) == ["token-key-unreadable"]


@pytest.mark.parametrize("made", [ec.generate_private_key(ec.SECP256R1()), ed25519.Ed25519PrivateKey.generate()])
def test_keys_of_other_kinds_are_refused(made: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> None:
    private, public = other_key(made)
    assert codes(lambda: verify(public, b"", bytes(256))) == ["token-key-unreadable"]
    assert codes(lambda: public_key(private)) == ["token-key-unreadable"]


@pytest.mark.parametrize(
    ("public", "expected"),
    [
        (spki(3, MODULUS), ["token-key-exponent"]),
        (spki(65537, MODULUS >> 1 | 1), ["token-key-length"]),
        (spki(65537, MODULUS << 1 | 1), ["token-key-length"]),
        (spki(65539, MODULUS >> 512 | 1), ["token-key-length", "token-key-exponent"]),
        (spki(65537, 2**8191 | 1), ["token-key-length"]),
    ],
)
def test_unsafe_keys_are_refused_with_everything_that_is_wrong(public: bytes, expected: list[str]) -> None:
    assert codes(lambda: read_public(public)) == expected


def test_an_even_modulus_is_refused() -> None:
    assert codes(lambda: read_public(spki(65537, MODULUS + 1))) in (["token-key-even"], ["token-key-unreadable"])


@pytest.mark.parametrize("size", [0, 1, 255, 257, 512])
def test_lengths_are_exact(size: int) -> None:
    blinded = Blinded(bytes(256), b"\1".rjust(256, b"\0"))
    assert codes(lambda: blind_sign(PRIVATE, bytes(size))) == ["blinded-length"]
    assert codes(lambda: finalize(PUBLIC, b"", bytes(size), blinded)) == ["blind-signature-length"]
    assert codes(lambda: blind(PUBLIC, b"", bytes(size))) == ["randomness-length"]
    assert codes(lambda: prepare(b"", bytes(size))) == ["prefix-length"]
    if size:
        assert codes(lambda: prepare(b"", bytes(size), DETERMINISTIC)) == ["prefix-length"]


def test_randomness_is_salt_factor_and_sixteen_bytes() -> None:
    assert randomness_size(PUBLIC) == 48 + 256 + 16
    assert randomness_size(PUBLIC, ZERO_RANDOMIZED) == 256 + 16


def test_numbers_from_the_modulus_on_are_refused() -> None:
    for number in (MODULUS, MODULUS + 1, 2**2048 - 1):
        assert codes(partial(blind_sign, PRIVATE, number.to_bytes(256, "big"))) == ["blinded-range"]


def test_factors_without_an_inverse_are_refused() -> None:
    private = load_der_private_key(PRIVATE, None)
    assert isinstance(private, rsa.RSAPrivateKey)
    for factor in (0, MODULUS, MODULUS + 1, private.private_numbers().p):
        assert codes(partial(blind_with, PUBLIC, b"", bytes(48), factor)) == ["blinding-impossible"]


def test_a_wrong_result_does_not_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in one half of the calculation would give away a prime (Boneh, DeMillo, Lipton 1997)."""
    right = signer._private_power

    def faulty(message: int, numbers: rsa.RSAPrivateNumbers) -> int:
        return (right(message, numbers) + numbers.q) % numbers.public_numbers.n

    monkeypatch.setattr(signer, "_private_power", faulty)
    with pytest.raises(NotCertified, match="blind-signature-failed"):
        blind_sign(PRIVATE, bytes(255) + b"\7")


def test_a_key_whose_parts_do_not_belong_together_signs_nothing() -> None:
    private = load_der_private_key(PRIVATE, None)
    assert isinstance(private, rsa.RSAPrivateKey)
    numbers = private.private_numbers()
    half = numbers.dmp1.to_bytes(128, "big")
    assert PRIVATE.count(half) == 1
    spoilt = PRIVATE.replace(half, (numbers.dmp1 ^ 2).to_bytes(128, "big"))
    with pytest.raises(NotCertified, match="blind-signature-failed"):
        blind_sign(spoilt, bytes(255) + b"\7")

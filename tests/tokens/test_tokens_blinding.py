"""What goes through holder and signer verifies, and nothing else does."""

from functools import cache

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.tokens.encoding import encode_pss, mgf1
from newcourse.tokens.holder import blind, finalize, prepare, randomness_size
from newcourse.tokens.keys import new_key, public_key, read_public
from newcourse.tokens.signer import blind_sign
from newcourse.tokens.variants import RANDOMIZED, VARIANTS, Variant
from newcourse.tokens.verifying import verify

PRIVATE = new_key()
PUBLIC = public_key(PRIVATE)
MODULUS = read_public(PUBLIC).public_numbers().n
OTHER = public_key(new_key())

few = settings(max_examples=15)
messages = st.binary(max_size=80)


def randomness(variant: Variant) -> st.SearchStrategy[bytes]:
    wanted = randomness_size(PUBLIC, variant)
    return st.binary(min_size=wanted, max_size=wanted)


def prefixes(variant: Variant) -> st.SearchStrategy[bytes]:
    return st.binary(min_size=variant.prefix, max_size=variant.prefix)


@cache
def token() -> tuple[bytes, bytes]:
    prepared = prepare(b"message", bytes(32))
    blinded = blind(PUBLIC, prepared, bytes(range(64)) * 5)
    return prepared, finalize(PUBLIC, prepared, blind_sign(PRIVATE, blinded.message), blinded)


@few
@given(data=st.data(), variant=st.sampled_from(VARIANTS), message=messages)
def test_a_blind_signature_verifies(data: st.DataObject, variant: Variant, message: bytes) -> None:
    prepared = prepare(message, data.draw(prefixes(variant)), variant)
    blinded = blind(PUBLIC, prepared, data.draw(randomness(variant)), variant)
    signature = finalize(PUBLIC, prepared, blind_sign(PRIVATE, blinded.message), blinded, variant)
    assert verify(PUBLIC, prepared, signature, variant)
    assert not verify(OTHER, prepared, signature, variant)


@few
@given(data=st.data())
def test_blinding_hides_the_message_and_changes_with_the_randomness(data: st.DataObject) -> None:
    one, two = data.draw(st.lists(randomness(RANDOMIZED), min_size=2, max_size=2, unique=True))
    prepared = prepare(b"the same message", bytes(32))
    first, second = blind(PUBLIC, prepared, one), blind(PUBLIC, prepared, two)
    assert first.message != second.message
    encoded = int.from_bytes(encode_pss(prepared, one[:48], 2047), "big")
    factor = pow(int.from_bytes(first.inverse, "big"), -1, MODULUS)
    assert int.from_bytes(first.message, "big") == encoded * pow(factor, 65537, MODULUS) % MODULUS


@few
@given(blinded=st.integers(0, MODULUS - 1))
def test_any_number_below_the_modulus_is_signed_and_the_same_each_time(blinded: int) -> None:
    message = blinded.to_bytes(256, "big")
    signed = blind_sign(PRIVATE, message)
    assert pow(int.from_bytes(signed, "big"), 65537, MODULUS) == blinded
    assert blind_sign(PRIVATE, message) == signed


@given(place=st.integers(0, 255), flip=st.integers(1, 255))
def test_a_changed_signature_or_message_does_not_verify(place: int, flip: int) -> None:
    prepared, signature = token()
    changed = bytearray(signature)
    changed[place] ^= flip
    assert not verify(PUBLIC, prepared, bytes(changed))
    other = bytearray(prepared)
    other[place % len(other)] ^= flip
    assert not verify(PUBLIC, bytes(other), signature)


@given(wrong=st.binary(max_size=300))
def test_other_bytes_are_no_signature(wrong: bytes) -> None:
    assert not verify(PUBLIC, b"message", wrong)


def test_a_signature_and_the_modulus_more_is_no_second_signature() -> None:
    prepared, signature = token()
    twin = int.from_bytes(signature, "big") + MODULUS
    assert twin >= 2**2048 or not verify(PUBLIC, prepared, twin.to_bytes(256, "big"))
    assert not verify(PUBLIC, prepared, b"\0" + signature)


def test_a_spoilt_blind_signature_makes_no_token() -> None:
    prepared = prepare(b"message", bytes(32))
    blinded = blind(PUBLIC, prepared, bytes(range(64)) * 5)
    answer = bytearray(blind_sign(PRIVATE, blinded.message))
    answer[7] ^= 1
    with pytest.raises(BadInput, match="blind-signature-wrong"):
        finalize(PUBLIC, prepared, bytes(answer), blinded)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_signatures_are_those_of_any_other_program_for_rsa_pss(variant: Variant) -> None:
    """The library encodes and signs by itself; what it makes verifies here, and what is made here there."""
    private = load_der_private_key(PRIVATE, None)
    assert isinstance(private, rsa.RSAPrivateKey)
    scheme = padding.PSS(padding.MGF1(hashes.SHA384()), variant.salt)
    assert verify(PUBLIC, b"message", private.sign(b"message", scheme, hashes.SHA384()), variant)
    if not variant.salt:
        encoded = encode_pss(b"message", b"", 2047)
        assert blind_sign(PRIVATE, encoded) == private.sign(b"message", scheme, hashes.SHA384())


@given(seed=st.binary(max_size=60), length=st.integers(0, 200))
def test_a_shorter_mask_begins_a_longer_one(seed: bytes, length: int) -> None:
    assert mgf1(seed, length) == mgf1(seed, length + 60)[:length]


def test_an_encoding_needs_room() -> None:
    assert len(encode_pss(b"", bytes(48), 8 * 98)) == 98
    with pytest.raises(ValueError, match="too few"):
        encode_pss(b"", bytes(48), 8 * 97)

"""RFC 9474, appendix A, bit for bit."""

import math

import pytest

from newcourse.tokens.encoding import encode_pss
from newcourse.tokens.holder import blind_with, finalize, prepare
from newcourse.tokens.keys import public_key
from newcourse.tokens.signer import blind_sign
from newcourse.tokens.variants import VARIANTS
from newcourse.tokens.verifying import verify
from tests.tokens import rfc9474
from tests.tokens.rfc9474 import Vector, data, vectors

every_vector = pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector.variant.name)


def test_the_numbers_of_the_key_belong_together() -> None:
    p, q, n, e, d = (int(data()["key"][name], 16) for name in "pqned")
    assert p * q == n
    assert d * e % math.lcm(p - 1, q - 1) == 1


def test_the_public_key_is_that_of_the_private_one() -> None:
    assert public_key(rfc9474.private_key()) == rfc9474.public_key()


@every_vector
def test_the_encoding(vector: Vector) -> None:
    prepared = prepare(vector.message, vector.prefix, vector.variant)
    assert prepared == vector.prefix + vector.message
    encoded = encode_pss(prepared, vector.salt, 4095)
    assert vector.encoded in (encoded, None)  # the copy we have leaves one encoding out; its blinding is checked below


@every_vector
def test_the_blinding(vector: Vector) -> None:
    blinded = blind_with(rfc9474.public_key(), vector.prefix + vector.message, vector.salt, vector.factor)
    assert blinded.message == vector.blinded
    assert blinded.inverse == vector.inverse


@every_vector
def test_the_blind_signature(vector: Vector) -> None:
    assert blind_sign(rfc9474.private_key(), vector.blinded) == vector.blind_signature


@every_vector
def test_the_signature(vector: Vector) -> None:
    prepared, public = vector.prefix + vector.message, rfc9474.public_key()
    blinded = blind_with(public, prepared, vector.salt, vector.factor)
    assert finalize(public, prepared, vector.blind_signature, blinded, vector.variant) == vector.signature


@every_vector
def test_a_signature_is_right_for_the_salt_of_its_own_variant_only(vector: Vector) -> None:
    prepared, public = vector.prefix + vector.message, rfc9474.public_key()
    right = {variant.name for variant in VARIANTS if verify(public, prepared, vector.signature, variant)}
    assert right == {variant.name for variant in VARIANTS if variant.salt == vector.variant.salt}

"""The parts written a second time agree with the first: canonical JSON, tree, notes; and with the RFC's own vectors."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.record import merkle
from newcourse.record.canonical import canonical_json, read_json
from newcourse.record.checkpoint import Checkpoint, Note, new_secret, public_key_of, sign
from newcourse.verifier.canonical import NotCanonical, canonical, read
from newcourse.verifier.merkle import Growing, included, leaf_hash, root_of
from newcourse.verifier.note import BadNote, read_note
from tests.verifier.signing import path_to, subtree

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(values)
@settings(max_examples=200, deadline=None)
def test_canonical_json_is_that_of_the_record(value: Any) -> None:
    try:
        first = canonical_json(value)
    except BadInput:
        with pytest.raises(NotCanonical):
            canonical(value)
        return
    assert canonical(value) == first
    assert canonical(read(first)) == first
    assert json.dumps(read(first)) == json.dumps(read_json(first.decode()))


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=300, deadline=None)
def test_every_double_is_written_alike(number: float) -> None:
    assert canonical(number) == canonical_json(number)


def test_numbers_of_rfc_8785_appendix_b() -> None:
    bits = {
        "0000000000000000": "0",
        "8000000000000000": "0",
        "0000000000000001": "5e-324",
        "7fefffffffffffff": "1.7976931348623157e+308",
        "44b52d02c7e14af5": "9.999999999999997e+22",
        "44b52d02c7e14af6": "1e+23",
        "444b1ae4d6e2ef4e": "999999999999999700000",
        "444b1ae4d6e2ef50": "1e+21",
        "3eb0c6f7a0b5ed8d": "0.000001",
        "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
        "41b3de4355555553": "333333333.3333332",
        "becbf647612f3696": "-0.0000033333333333333333",
    }
    import struct

    for digits, text in bits.items():
        assert canonical(struct.unpack(">d", bytes.fromhex(digits))[0]).decode() == text


@pytest.mark.parametrize("text", ['{"a":1,"a":2}', "[NaN]", "[1", '"\\ud800"', "[" * 20000 + "]" * 20000])
def test_what_is_no_json_of_ours_is_refused(text: str) -> None:
    with pytest.raises(NotCanonical):
        canonical(read(text))


def test_the_tree_is_that_of_rfc_9162() -> None:
    leaves = [bytes([k]) * k for k in range(20)]
    growing = Growing()
    assert growing.root() == subtree([])
    for size in range(1, 20):
        growing.add(leaf_hash(leaves[size - 1]))
        assert growing.root() == subtree(leaves[:size]) == root_of(leaves[:size])
        hashes = [merkle.leaf_hash(leaf) for leaf in leaves[:size]]
        assert merkle.root(size, merkle.growing(hashes)) == growing.root()
        for index in range(size):
            proof = path_to(index, leaves[:size])
            assert included(leaf_hash(leaves[index]), index, size, proof, growing.root())
            assert not included(leaf_hash(leaves[index]), index, size, [*proof, bytes(32)], growing.root())
            assert not included(leaf_hash(leaves[index]), index + size, size, proof, growing.root())
            assert not included(leaf_hash(b"other"), index, size, proof, growing.root())
            for missing in range(len(proof)):
                shorter = proof[:missing] + proof[missing + 1 :]
                assert not included(leaf_hash(leaves[index]), index, size, shorter, growing.root())


def test_notes_are_those_of_the_record() -> None:
    secret, witness = new_secret(), new_secret()
    text = Checkpoint("newcourse/abc", 7, bytes(32)).text
    signatures = (sign("newcourse/abc", secret, text), sign("tendency-T1", witness, text))
    note = read_note(str(Note(text, signatures)))
    assert (note.origin, note.size, note.root, note.text.decode()) == ("newcourse/abc", 7, bytes(32), text)
    assert note.signed_by("newcourse/abc", public_key_of(secret)) is True
    assert note.signed_by("tendency-T1", public_key_of(witness)) is True
    assert note.signed_by("newcourse/abc", public_key_of(witness)) is False
    assert note.signed_by("nobody", public_key_of(witness)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\nAAAA\n\n— a AAAA\n",
        "a\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— a AAAA\n",
        "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n",
        "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n- a AAAA\n",
        "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— a A?AA\n",
    ],
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        read_note(text)

"""One form for each value: the examples of RFC 8785, and what has no form."""

import json
import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.record.canonical import DEEPEST, SAFE_INTEGER, _write, canonical_json, digest, read_json

# RFC 8785, appendix B: the bits of a double, and how it is written.
NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-SAFE_INTEGER, SAFE_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(("bits", "written"), NUMBERS.items())
def test_numbers_are_written_as_the_rfc_says(bits: str, written: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical_json(number).decode() == written


def test_keys_are_sorted_by_utf16_units_as_the_rfc_says() -> None:
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = canonical_json(dict.fromkeys(keys))
    assert list(json.loads(written)) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_text_is_escaped_as_little_as_the_rfc_allows() -> None:
    assert canonical_json("€$\u000f\nA'\u0042\u0022\u005c\\\"\u007f").decode() == (
        '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"\u007f"'
    )


@given(plain)
def test_a_value_comes_back_and_is_written_the_same_again(value: object) -> None:
    written = canonical_json(value)
    again = read_json(written.decode())
    assert again == value
    assert canonical_json(again) == written


@given(plain)
@example({"\ufb33": 1, "\U0001f600": 2})
@example([True, 1.0, -0.0, 1e16, 123456.5, 2**53 - 1, "\ud7ff", "\ue000", {"": {}}])
def test_the_fast_way_of_writing_is_the_exact_one(value: object) -> None:
    assert canonical_json(value).decode() == _write(value, (), [])


@given(st.dictionaries(st.text(), plain), st.randoms())
def test_the_order_in_which_a_mapping_was_made_does_not_matter(value: dict[str, object], chance: object) -> None:
    pairs = list(value.items())
    chance.shuffle(pairs)
    assert digest(canonical_json(dict(pairs))) == digest(canonical_json(value))


def test_all_parts_without_a_form_are_named_at_once() -> None:
    value = {"a": float("nan"), "b": [1, {2, 3}, 2**53], "c": {4: "x"}, "d": "\ud800", "e": {"f": float("-inf")}}
    with pytest.raises(BadInput) as caught:
        canonical_json(value)
    assert {(fault.code, fault.where) for fault in caught.value.faults} == {
        ("not-finite", "$.a"),
        ("no-json-form", "$.b[1]"),
        ("integer-too-big", "$.b[2]"),
        ("key-not-text", "$.c"),
        ("not-unicode", "$.d"),
        ("not-finite", "$.e.f"),
    }
    assert str(caught.value).encode()


def test_a_value_that_holds_itself_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(BadInput, match="too-deep"):
        canonical_json(endless)


def test_the_deepest_value_allowed_is_written() -> None:
    value: object = 1
    for _ in range(DEEPEST):
        value = [value]
    assert read_json(canonical_json(value).decode()) == value
    with pytest.raises(BadInput, match="too-deep"):
        canonical_json([value])


@pytest.mark.parametrize("text", ['{"a":1,"a":1}', "NaN", "[Infinity]", "{", "1 2", "[" * 100_000])
def test_what_is_no_single_json_value_is_not_read(text: str) -> None:
    with pytest.raises(BadInput, match="not-json"):
        read_json(text)


def test_whole_numbers_too_big_to_be_exact_are_read_as_the_floats_they_are() -> None:
    assert canonical_json(read_json("295147905179352830000")) == b"295147905179352830000"
    assert isinstance(read_json(str(2**53)), float)
    assert isinstance(read_json(str(2**53 - 1)), int)

"""Every fault of a chain is found, under its own name and at its own entry."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.errors import Tampered
from newcourse.record.entry import GENESIS, Claim, seal
from newcourse.record.verify import Head, verify
from tests.record.facts import NOON, chain, codes

ENTRIES = chain(6)
CLAIMS = [entry.claim for entry in ENTRIES]
END = Head(6, CLAIMS[-1].hash)


def named(claims: list[Claim], **known: object) -> list[tuple[str, str]]:
    return [(fault.code, fault.where) for fault in verify(claims, **known).faults]


def test_a_sound_chain_has_no_fault() -> None:
    found = verify(
        ENTRIES, expected_head=END.hash, expected_count=6, witnesses=[Head(3, CLAIMS[2].hash), Head(0, GENESIS)]
    )
    assert found.ok
    assert (found.count, found.head) == (6, END.hash)
    assert str(found) == f"6 entries, unbroken; the last has the hash {END.hash}"
    found.require()


def test_an_empty_record_is_sound() -> None:
    found = verify([], expected_head=GENESIS, expected_count=0)
    assert (found.ok, found.count, found.head) == (True, 0, GENESIS)


def test_a_changed_entry_is_named() -> None:
    changed = [*CLAIMS[:2], replace(CLAIMS[2], actor="other"), *CLAIMS[3:]]
    assert named(changed) == [("entry-changed", "entry 3")]


def test_a_changed_entry_with_a_fresh_hash_breaks_the_link_to_the_next() -> None:
    forged = seal(3, NOON, "other", "need-filed", {"number": 3}, CLAIMS[1].hash)
    assert named([*ENTRIES[:2], forged, *ENTRIES[3:]]) == [("link-broken", "entry 4, previous")]


def test_removed_entries_are_named_by_their_numbers() -> None:
    assert named([CLAIMS[0], *CLAIMS[3:]]) == [("entry-removed", "entries 2 to 3")]
    assert named(CLAIMS[1:]) == [("entry-removed", "entry 1")]


def test_reordered_entries_are_named() -> None:
    swapped = [*CLAIMS[:2], CLAIMS[3], CLAIMS[2], *CLAIMS[4:]]
    assert named(swapped) == [("entry-reordered", "entry 3")]


def test_doubled_entries_are_named() -> None:
    assert named([*CLAIMS[:3], CLAIMS[2], *CLAIMS[3:]]) == [("entry-duplicate", "entry 3")]
    forged = seal(3, NOON, "other", "need-filed", {}, CLAIMS[1].hash).claim
    found = verify([*CLAIMS[:3], forged, *CLAIMS[3:]])
    assert codes(found) == {"entry-duplicate"}
    assert "something else" in found.faults[0].found


def test_all_faults_are_named_at_once() -> None:
    claims = [replace(CLAIMS[0], act="other"), CLAIMS[2], CLAIMS[2], CLAIMS[5], CLAIMS[4]]
    assert named(claims, witnesses=[Head(4, CLAIMS[3].hash)]) == [
        ("entry-changed", "entry 1"),
        ("entry-duplicate", "entry 3"),
        ("entry-reordered", "entry 5"),
        ("entry-removed", "entry 2"),
        ("entry-removed", "entry 4"),
        ("witness-contradicted", "entry 4"),
    ]


def test_a_cut_off_end_is_found_only_with_a_known_end() -> None:
    short = CLAIMS[:4]
    assert named(short) == []
    assert named(short, expected_count=6) == [("end-removed", "entries 5 to 6")]
    assert named(short, expected_head=END.hash) == [("head-differs", "the last entry")]
    assert named(short, witnesses=[END]) == [("witness-contradicted", "entry 6")]


def test_an_end_that_was_added_to_is_found_with_a_known_end() -> None:
    assert named(CLAIMS, expected_count=4) == [("end-added", "entries 5 to 6")]


def test_a_record_written_anew_is_found_only_by_a_witness() -> None:
    anew = [seal(1, NOON, "other", "need-filed", {}, GENESIS)]
    anew.append(seal(2, NOON, "other", "need-filed", {}, anew[0].hash))
    assert verify(anew, expected_head=anew[1].hash, expected_count=2).ok
    assert named(anew, witnesses=[Head(2, CLAIMS[1].hash)]) == [("witness-contradicted", "entry 2")]


@pytest.mark.parametrize("sequence", [None, "3", 0, -1, True, 2.0])
def test_a_number_that_is_none_is_named_and_does_not_stop_the_verification(sequence: object) -> None:
    found = verify([*CLAIMS[:2], replace(CLAIMS[2], sequence=sequence), *CLAIMS[3:]])
    assert codes(found) == {"entry-malformed", "entry-removed"}


@pytest.mark.parametrize("field", ["at", "actor", "act", "body", "previous", "hash"])
@pytest.mark.parametrize("value", [None, b"\xff", "\udcff", 3])
def test_any_content_of_a_field_is_named_and_printable(field: str, value: object) -> None:
    found = verify([*CLAIMS[:2], replace(CLAIMS[2], **{field: value}), *CLAIMS[3:]])
    assert "entry-malformed" in codes(found)
    assert str(found).encode()


@given(st.lists(st.integers(0, 5), max_size=8))
def test_no_other_selection_of_the_entries_verifies(chosen: list[int]) -> None:
    found = verify([CLAIMS[i] for i in chosen], expected_count=END.count, expected_head=END.hash)
    assert found.ok == (chosen == list(range(6)))


def test_require_raises_with_all_faults() -> None:
    with pytest.raises(Tampered) as caught:
        verify(CLAIMS[1:3], expected_count=6).require()
    assert codes(caught.value) == {"entry-removed", "end-removed"}
    assert caught.value.exit_code == 6

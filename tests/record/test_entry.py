"""An entry that is not what was sealed cannot exist."""

import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.errors import BadInput, Tampered
from newcourse.record.canonical import canonical_json, digest
from newcourse.record.entry import GENESIS, Entry, seal
from tests.record.facts import NOON, chain, codes

# A day within what a datetime can hold, so that every zone can show it.
EARLIEST, LATEST = datetime.min + timedelta(days=1), datetime.max - timedelta(days=1)  # noqa: DTZ901 (zones follow)
ENTRY = seal(1, NOON, "anna", "need-filed", {"need": "bread", "tiers": [1, 2.5]}, GENESIS)


def test_the_hash_is_that_of_the_canonical_json_of_the_other_fields() -> None:
    data = ENTRY.to_data()
    assert digest(canonical_json({key: value for key, value in data.items() if key != "hash"})) == data["hash"]


@pytest.mark.parametrize(
    "change",
    [
        {"sequence": 2},
        {"at": NOON + timedelta(microseconds=1)},
        {"actor": "bert"},
        {"act": "need-withdrawn"},
        {"content": '{"need":"cake","tiers":[1,2.5]}'},
        {"previous": "1" * 64},
        {"hash": "1" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_no_field_can_be_another(change: dict[str, object]) -> None:
    with pytest.raises(Tampered, match="entry-changed at entry"):
        replace(ENTRY, **change)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"sequence": 0}, "sequence"),
        ({"sequence": True}, "sequence"),
        ({"at": NOON.replace(tzinfo=None)}, "at"),
        ({"at": NOON.astimezone(timezone(timedelta(hours=2)))}, "at"),
        ({"actor": ""}, "actor"),
        ({"act": " filed"}, "act"),
        ({"content": '{"need": "bread"}'}, "body"),
        ({"content": "[]"}, "body"),
        ({"content": "{"}, "body"),
        ({"previous": "0"}, "previous"),
        ({"hash": GENESIS.replace("0", "A")}, "hash"),
    ],
)
def test_a_field_that_no_entry_has_is_named(change: dict[str, object], where: str) -> None:
    with pytest.raises(Tampered) as caught:
        replace(ENTRY, **change)
    assert [fault.code for fault in caught.value.faults] == ["entry-malformed"]
    assert caught.value.faults[0].where.endswith(f", {where}")


def test_the_body_is_given_anew_so_that_no_reader_changes_anothers() -> None:
    ENTRY.body["tiers"].append(3)
    assert ENTRY.body == {"need": "bread", "tiers": [1, 2.5]}


def test_data_and_pickles_come_back() -> None:
    assert Entry.from_data(ENTRY.to_data()) == ENTRY
    assert pickle.loads(pickle.dumps(ENTRY)) == ENTRY
    with pytest.raises(Tampered, match="entry-changed"):
        Entry.from_data(ENTRY.to_data() | {"actor": "bert"})
    with pytest.raises(Tampered, match="entry-malformed"):
        Entry.from_data({"sequence": 1})
    with pytest.raises(Tampered, match="entry-malformed"):
        Entry.from_data(ENTRY.to_data() | {"at": "2026-02-30T00:00:00.000000Z"})


@given(
    at=st.datetimes(EARLIEST, LATEST, timezones=st.timezones()),
    body=st.dictionaries(st.text(), st.text() | st.integers(-9, 9) | st.floats(allow_nan=False, allow_infinity=False)),
)
def test_any_time_and_body_are_sealed_and_read_back(at: datetime, body: dict[str, object]) -> None:
    entry = seal(7, at, "anna", "said", body, "a" * 64)
    assert entry.at == at.astimezone(UTC)
    assert entry.body == body
    assert Entry.from_claim(entry.claim) == entry


@pytest.mark.parametrize(
    ("actor", "act", "body", "at", "code"),
    [
        ("", "filed", {}, NOON, "entry-malformed"),
        ("anna\n", "filed", {}, NOON, "entry-malformed"),
        ("anna", "x" * 201, {}, NOON, "entry-malformed"),
        ("anna", "filed", [], NOON, "entry-malformed"),
        ("anna", "filed", {"price": float("nan")}, NOON, "not-finite"),
        ("anna", "filed", {}, NOON.replace(tzinfo=None), "time-without-zone"),
    ],
)
def test_what_cannot_be_written_is_refused(actor: str, act: str, body: object, at: datetime, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        seal(1, at, actor, act, body, GENESIS)
    assert codes(caught.value) == {code}


def test_equal_times_in_other_zones_give_the_same_entry() -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=-7)))
    assert seal(1, elsewhere, "anna", "need-filed", ENTRY.body, GENESIS) == ENTRY


def test_each_entry_holds_the_hash_of_the_one_before() -> None:
    entries = chain(4)
    assert [entry.previous for entry in entries] == [GENESIS, *(entry.hash for entry in entries[:-1])]

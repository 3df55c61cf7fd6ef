"""The vocabulary of parameters: complete, and read the same from texts and from JSON."""

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.acts.act import Act, Deed
from newcourse.acts.parameters import PARAMETERS, Kind
from newcourse.acts.reading import read_json_values, read_typed
from newcourse.acts.registry import ACTS
from newcourse.errors import BadInput
from newcourse.record.canonical import canonical_json


def nothing(*_given: object) -> Any:
    return Deed({})


def act_of(*needs: str, takes: tuple[str, ...] = ()) -> Act:
    return Act("anything", nothing, nothing, needs=needs, takes=takes)


def test_no_act_has_a_parameter_outside_the_vocabulary() -> None:
    taken = {name for act in ACTS.values() for name in (*act.needs, *act.takes)}
    assert taken <= set(PARAMETERS)


def test_every_parameter_is_said_in_words() -> None:
    for name, parameter in PARAMETERS.items():
        assert parameter.name == name
        assert parameter.kind in get_args(Kind)
        assert parameter.words[0].isupper()


@pytest.mark.parametrize(
    ("name", "typed", "sent"),
    [
        ("title", "  Bread ", "Bread"),
        ("reasons", "One.\r\nTwo.", "One.\nTwo."),
        ("minimum", "2,5", 2.5),
        ("minimum", "20", 20),
        ("days", "7", 7),
        ("upheld", "on", True),
        ("groups", "workers\n\n women ", ["workers", "women"]),
        ("members", "ada = N\nben = S", {"ada": "N", "ben": "S"}),
        ("members", '{"ada": "N"}', {"ada": "N"}),
        ("limits", "periods = 3\nactivity_rate = none", {"periods": 3, "activity_rate": None}),
        ("ballot", '{"form": "choice", "choice": "yes"}', {"form": "choice", "choice": "yes"}),
        ("ballots", '{"a": 1}\n{"a": 2}', [{"a": 1}, {"a": 2}]),
        ("changes", '[{"kind": "cap"}]', [{"kind": "cap"}]),
    ],
)
def test_typed_and_sent_come_to_the_same(name: str, typed: str, sent: Any) -> None:
    assert read_typed(act_of(name), {name: typed}) == {name: sent}
    assert read_json_values(act_of(name), {name: sent}) == {name: sent}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("title", "two\nlines"),
        ("minimum", "many"),
        ("minimum", "nan"),
        ("minimum", "1e999"),
        ("days", "0"),
        ("days", "1.5"),
        ("upheld", "perhaps"),
        ("members", "ada at N"),
        ("ballot", "yes"),
        ("ballot", "[1]"),
        ("ballots", "[1]"),
        ("changes", "{"),
        ("economy", "atlantis"),
        ("economy", '{"about": {}}'),
    ],
)
def test_what_is_no_value_of_its_kind_is_refused_at_its_name(name: str, typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_typed(act_of(name), {name: typed})
    assert {fault.where for fault in caught.value.faults} == {name}


def test_all_faults_come_at_once() -> None:
    with pytest.raises(BadInput) as caught:
        read_typed(ACTS["file_need"], {"minimum": "few", "colour": "red", "need": ""})
    found = {(fault.code, fault.where) for fault in caught.value.faults}
    assert found == {
        ("parameter-missing", "place"),
        ("parameter-missing", "need"),
        ("parameter-missing", "target"),
        ("parameter-wrong", "minimum"),
        ("parameter-unknown", "colour"),
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.sampled_from(sorted(PARAMETERS)), JSON)
def test_whatever_is_sent_is_read_or_refused_and_what_is_read_can_be_written(name: str, value: Any) -> None:
    try:
        read = read_json_values(act_of(takes=(name,)), {name: value})
    except BadInput:
        return
    if PARAMETERS[name].kind != "economy":
        canonical_json(read)
        assert read == ({} if value is None else {name: value})


@given(st.sampled_from(sorted(PARAMETERS)), st.text())
def test_whatever_is_typed_is_read_or_refused(name: str, text: str) -> None:
    try:
        read = read_typed(act_of(takes=(name,)), {name: text})
    except BadInput:
        return
    if PARAMETERS[name].kind != "economy":
        assert json.loads(canonical_json(read)) is not None

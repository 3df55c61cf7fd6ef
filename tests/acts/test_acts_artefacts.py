"""Economies as bytes and back: the same figures, the same bytes, the same address (design §5.2)."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.acts.artefacts import Archive, economy_artefact, economy_from, json_artefact
from newcourse.acts.ask import as_plain
from newcourse.economy.schema import SCHEMA
from newcourse.errors import Tampered
from newcourse.plan.goal import Goal
from tests.acts.commune import two_products
from tests.economy.small import economy

BASE = two_products()
INPUTS = {"process": ["bake", "build"], "place": ["S", "N"], "product": ["bus", "bread"]}


def test_an_economy_is_the_same_when_it_is_read_again() -> None:
    before = two_products()
    kept = economy_artefact(before)
    after = economy_from(kept)
    assert after.fingerprint == before.fingerprint
    assert economy_artefact(after).address == kept.address
    assert json.loads(kept.content)["tables"]["needs"]["target"] == [80, 40]


def test_infinite_quotas_are_null_and_come_back() -> None:
    before = economy({"make": {"makes": {"bread": 1.0}}}, trade=[{"product": "bread", "imports": 2.5}])
    kept = economy_artefact(before)
    assert json.loads(kept.content)["tables"]["trade"]["import_quota"] == [None]
    assert economy_from(kept)["trade"]["import_quota"].tolist() == [np.inf]


@settings(max_examples=15)
@given(st.lists(st.floats(min_value=0.0, allow_infinity=False, allow_nan=False), min_size=2, max_size=2))
def test_numbers_keep_every_digit(quantities: list[float]) -> None:
    before = BASE.replace(inputs=pd.DataFrame(INPUTS).assign(quantity=quantities))
    after = economy_from(economy_artefact(before))
    assert after["inputs"]["quantity"].tolist() == quantities
    assert after.fingerprint == before.fingerprint


def test_every_table_has_its_columns_in_the_artefact() -> None:
    data = json.loads(economy_artefact(two_products()).content)
    for schema in SCHEMA:
        if schema.name in data["tables"]:
            assert set(data["tables"][schema.name]) == set(schema.columns)


def test_an_artefact_of_another_kind_is_not_taken_for_an_economy() -> None:
    artefact = json_artefact("plan", {})
    with pytest.raises(Tampered, match="artefact-kind"):
        Archive(lambda _address: artefact).economy("sha256:" + "0" * 64)


def test_parameters_are_hashed_as_plain_data() -> None:
    goal = Goal({"food": 1.0})
    plain = as_plain({"goal": goal, "who": {"b", "a"}, "economy": two_products()})
    assert plain == {"goal": goal.to_data(), "who": ["a", "b"], "economy": two_products().fingerprint}

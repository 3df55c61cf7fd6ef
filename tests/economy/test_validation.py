"""Every fault of an economy's tables is found, all at once, each with its place and what was found (§5.2)."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from newcourse.economy.economy import Economy
from newcourse.economy.schema import SCHEMA
from newcourse.errors import BadInput
from tests.economy.small import about, economy

Tables = dict[str, pd.DataFrame]


def sound() -> Tables:
    """Return tables without a fault: bread from flour, two places, one need."""
    e = economy(
        {
            "bake": {"makes": {"bread": 1.0}, "takes": {"flour": 0.5}, "factors": {"hours": 2.0}, "base": 10.0},
            "mill": {"place": "Q", "makes": {"flour": 1.0}, "factors": {"hours": 1.0}},
        },
        {"bread": {"minimum": 4.0, "target": 8.0}},
        places={"P": "", "Q": "P"},
        supply={"hours": 30.0},
        routes=[{"product": "flour", "origin": "Q", "destination": "P"}],
    )
    return {schema.name: e[schema.name] for schema in SCHEMA}


def put(table: str, column: str, row: int, value: object) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        frame = tables[table].astype({column: object})
        frame.loc[row, column] = value
        tables[table] = frame

    return change


def twice(table: str) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        tables[table] = pd.concat([tables[table], tables[table].tail(1)], ignore_index=True)

    return change


def without_column(table: str, column: str) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        tables[table] = tables[table].drop(columns=column)

    return change


def with_column(table: str, column: str) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        tables[table] = tables[table].assign(**{column: 1})

    return change


def strange_table(tables: Tables) -> None:
    tables["weather"] = pd.DataFrame({"sun": [1]})


def no_rows(tables: Tables) -> None:
    tables["outputs"] = tables["outputs"].iloc[:0]


FAULTS: dict[str, tuple[Callable[[Tables], None], str, str]] = {
    "negative use": (put("inputs", "quantity", 0, -0.5), "value-out-of-range", "inputs.csv, row 2 (bake, P, flour)"),
    "NaN": (put("factor_use", "quantity", 1, np.nan), "missing-value", "factor_use.csv, row 3 (mill, hours)"),
    "infinite": (put("outputs", "quantity", 0, np.inf), "value-out-of-range", "outputs.csv, row 2 (bake, P, bread)"),
    "text for a number": (
        put("needs", "target", 0, "much"),
        "missing-value",
        "needs.csv, row 2 (bread), column target",
    ),
    "half a period": (put("processes", "lead", 0, 0.5), "missing-value", "processes.csv, row 2 (bake), column lead"),
    "no unit": (put("products", "unit", 0, ""), "unit-missing", "products.csv, row 2 (bread), column unit"),
    "strange unit": (put("products", "unit", 1, "bushelz"), "unit-unknown", "products.csv, row 3 (flour), column unit"),
    "unclear truth": (put("products", "storable", 0, "maybe"), "missing-value", "products.csv, row 2 (bread)"),
    "unknown word": (put("processes", "sector", 0, "public"), "word-unknown", "processes.csv, row 2 (bake)"),
    "unit of another kind": (put("needs", "unit", 0, "GWh"), "unit-mismatch", "needs.csv, row 2 (bread), column unit"),
    "label twice": (twice("processes"), "label-duplicate", "processes.csv, row 4"),
    "unknown label": (put("inputs", "product", 0, "flower"), "label-unknown", "inputs.csv, row 2, column product"),
    "no column": (without_column("factors", "name"), "column-missing", "factors.csv, column name"),
    "strange column": (with_column("places", "mayor"), "column-unknown", "places.csv, column mayor"),
    "strange table": (strange_table, "table-unknown", "weather"),
    "no rows": (no_rows, "table-empty", "outputs.csv"),
    "two roots": (put("places", "parent", 1, ""), "tree-roots", "places.csv, column parent"),
    "above itself": (put("places", "parent", 1, "Q"), "tree-cycle", "places.csv (Q)"),
    "minimum above target": (put("needs", "minimum", 0, 9.0), "need-tiers", "needs.csv (bread)"),
}
TOGETHER = set(FAULTS) - {
    "no rows",
    "infinite",
    "above itself",
    "minimum above target",
    "unit of another kind",
}  # they would hide each other


def test_sound_tables_make_an_economy() -> None:
    assert Economy(about(), sound()).process_index.tolist() == ["bake", "mill"]


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_in_its_place(name: str) -> None:
    change, code, where = FAULTS[name]
    tables = sound()
    change(tables)
    with pytest.raises(BadInput) as caught:
        Economy(about(), tables)
    found = [fault for fault in caught.value.faults if fault.code == code and fault.where.startswith(where)]
    assert found, caught.value
    assert all(fault.found and fault.expected and fault.remedy for fault in caught.value.faults)


def test_all_faults_are_found_at_once() -> None:
    tables = sound()
    for name in TOGETHER:
        FAULTS[name][0](tables)
    with pytest.raises(BadInput) as caught:
        Economy(about(), tables)
    assert {FAULTS[name][1] for name in TOGETHER} <= {fault.code for fault in caught.value.faults}
    assert len(caught.value.faults) >= len(TOGETHER)


def test_a_bad_replacement_is_found_and_the_old_economy_stays_as_it_was() -> None:
    e = Economy(about(), sound())
    before = e.fingerprint
    with pytest.raises(BadInput, match="value-out-of-range"):
        e.replace(inputs=e["inputs"].assign(quantity=-1.0))
    with pytest.raises(BadInput, match="label-unknown"):
        e.replace(products=e["products"].iloc[:1])
    assert e.fingerprint == Economy(about(), sound()).fingerprint == before


def test_tables_handed_out_do_not_change_the_economy() -> None:
    e = Economy(about(), sound())
    handed = e["inputs"]
    handed.loc[0, "quantity"] = 99.0
    assert e["inputs"]["quantity"].tolist() == [0.5]
    assert e.inputs.max() == 0.5


def test_defaults_are_filled_and_columns_put_in_order() -> None:
    tables = sound()
    tables["products"] = tables["products"][["unit", "name", "product"]]
    e = Economy(about(), tables)
    assert e["products"].columns.tolist() == ["product", "name", "unit", "branch", "group", "price", "storable"]
    assert e["products"]["price"].tolist() == [1.0, 1.0]
    assert e["products"]["storable"].tolist() == [False, False]


def test_a_unit_repeated_in_a_table_says_what_to_multiply_by() -> None:
    tables = sound()
    put("needs", "unit", 0, "kt")(tables)
    with pytest.raises(BadInput) as caught:
        Economy(about(), tables)
    (fault,) = caught.value.faults
    assert (fault.code, fault.found) == ("unit-mismatch", "kt")
    assert "multiply the quantity by 1000 and write t" in fault.remedy
    put("needs", "unit", 0, "t")(tables)
    Economy(about(), tables)


def test_vintages_have_whole_lives_and_projects_yield_something() -> None:
    tables = sound()
    tables["stocks"] = pd.DataFrame(
        [{"stock": "ovens", "name": "ovens", "place": "P", "product": "bread", "quantity": 1.0, "life": 2.5,
          "ageing": "vintage"}]
    )  # fmt: skip
    tables["projects"] = pd.DataFrame([{"project": "dam", "name": "dam", "place": "P"}])
    with pytest.raises(BadInput) as caught:
        Economy(about(), tables)
    assert {fault.code for fault in caught.value.faults} == {"vintage-life", "project-without-yield"}

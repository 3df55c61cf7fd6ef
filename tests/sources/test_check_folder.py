"""Every kind of fault of a folder, in the words a person reads; all of them at once (§5.2)."""

import json
from pathlib import Path

import pandas as pd
import pytest

from newcourse.economy.identities import balance_faults, net_supply
from newcourse.errors import BadInput, Fault
from newcourse.sources.check import check_folder
from newcourse.sources.examples import example_folder, example_names, read_example
from newcourse.sources.folder import read_folder, write_folder
from tests.sources.village import spoil, village, village_folder

CASES = {
    "missing unit": (
        ("products.csv", "bread,bread,t,", "bread,bread,,"),
        (
            "unit-missing at products.csv, row 3 (bread), column unit\n"
            "  found:    nothing (an empty cell or NaN)\n"
            "  expected: a text: Unit all its quantities are in, such as MSEK, t, GWh.\n"
            "  to do:    correct the value"
        ),
    ),
    "unknown unit": (
        ("products.csv", "bread,bread,t,", "bread,bread,loafs,"),
        "unit-unknown at products.csv, row 3 (bread), column unit",
    ),
    "negative use": (
        ("inputs.csv", "bakery,P,grain,0.5", "bakery,P,grain,-0.5"),
        (
            "value-out-of-range at inputs.csv, row 3 (bakery, P, grain), column quantity\n"
            "  found:    -0.5\n"
            "  expected: a finite number of at least 0: Units of product per unit of activity.\n"
            "  to do:    correct the value"
        ),
    ),
    "NaN": (
        ("outputs.csv", "farm,P,grain,1", "farm,P,grain,NaN"),
        (
            "missing-value at outputs.csv, row 2 (farm, P, grain), column quantity\n"
            "  found:    nothing (an empty cell or NaN)\n"
            "  expected: a finite number of at least 0: Units of product per unit of activity.\n"
        ),
    ),
    "no number": (
        ("outputs.csv", "farm,P,grain,1", "farm,P,grain,much"),
        "missing-value at outputs.csv, row 2 (farm, P, grain), column quantity\n  found:    much\n",
    ),
    "infinite": (
        ("factor_use.csv", "farm,labour,2", "farm,labour,INF"),
        "value-out-of-range at factor_use.csv, row 2 (farm, labour), column quantity\n  found:    inf\n",
    ),
    "duplicate label": (
        ("factor_use.csv", "bakery,labour,1", "farm,labour,1"),
        (
            "label-duplicate at factor_use.csv, row 3\n"
            "  found:    farm, labour a second time\n"
            "  expected: each process and factor once\n"
            "  to do:    merge or remove the row"
        ),
    ),
    "row of the wrong length": (
        ("trade.csv", "P,tool,1,1,0,0,5,0,INF,INF", "P,tool,1,1,0,0,5,0"),
        (
            "row-length at trade.csv, line 2 (P, tool, 1)\n"
            "  found:    8 cells\n"
            "  expected: 10 cells, one for each of place, product, import_price, export_price, import_price_growth, "
            "export_price_growth, imports, exports, import_quota, export_quota\n"
            "  to do:    add or remove cells, or quote a text that contains a comma"
        ),
    ),
    "unknown label": (
        ("inputs.csv", "bakery,P,grain,0.5", "bakery,P,gravel,0.5"),
        "label-unknown at inputs.csv, row 3, column product",
    ),
    "missing column": (
        ("inputs.csv", "process,place,product,quantity", "process,place,product,amount"),
        "column-missing at inputs.csv, column quantity",
    ),
    "unknown column": (
        ("inputs.csv", "process,place,product,quantity", "process,place,product,amount"),
        "column-unknown at inputs.csv, column amount",
    ),
    "column twice": (
        ("inputs.csv", "process,place,product,quantity", "process,place,product,product"),
        "column-duplicate at inputs.csv, line 1",
    ),
    "target below zero": (
        ("needs.csv", "grain,need grain,P,grain,,0,40", "grain,need grain,P,grain,,0,-40"),
        "value-out-of-range at needs.csv, row 3 (grain), column target",
    ),
    "minimum above target": (
        ("needs.csv", "grain,need grain,P,grain,,0,40", "grain,need grain,P,grain,,50,40"),
        "need-tiers at needs.csv (grain)",
    ),
    "half a period of lead": (
        ("processes.csv", "farm,farm,P,planned,t,100,0,", "farm,farm,P,planned,t,100,0.5,"),
        "missing-value at processes.csv, row 2 (farm), column lead\n  found:    0.5\n  expected: a whole number",
    ),
    "neither true nor false": (
        ("products.csv", "bread,bread,t,,,1,false", "bread,bread,t,,,1,maybe"),
        "missing-value at products.csv, row 3 (bread), column storable\n  found:    maybe\n  expected: true or false",
    ),
    "open balance": (
        ("final_uses.csv", "final,P,bread,100", "final,P,bread,93"),
        (
            "balance-open at place P, product bread\n"
            "  found:    supply minus use is 7 t\n"
            "  expected: supply equal to use (within 1e-06 of 100)\n"
            "  to do:    correct outputs, inputs, trade or final uses of this product"
        ),
    ),
    "process that eats what it makes": (
        ("inputs.csv", "farm,P,grain,0.1", "farm,P,grain,1.5"),
        (
            "process-unproductive at process farm\n"
            "  found:    1.5 of grain at P used to make 1\n"
            "  expected: less used of at least one product than is made of it\n"
            "  to do:    correct the process's inputs or outputs"
        ),
    ),
    "unknown currency": (
        ("datapackage.json", '"currency": "MEUR"', '"currency": "Mdoubloon"'),
        "unit-unknown at datapackage.json, newcourse.currency\n  found:    'Mdoubloon'",
    ),
    "no year": (
        ("datapackage.json", '"year": 2000', '"year": "2000"'),
        "descriptor-wrong at datapackage.json, newcourse.year\n  found:    '2000'\n  expected: a whole number",
    ),
    "a later format": (
        ("datapackage.json", '"format": 1,', '"format": 2,'),
        "descriptor-wrong at datapackage.json, newcourse.format\n  found:    2\n  expected: format 1",
    ),
    "no JSON": (
        ("datapackage.json", '"resources": [', '"resources": '),
        "file-unreadable at datapackage.json",
    ),
    "quotes that do not close": (
        ("places.csv", "place P", '"place P'),
        "file-unreadable at places.csv\n  found:    unexpected end of data",
    ),
}


def words(faults: list[Fault]) -> str:
    return "\n".join(map(str, faults))


@pytest.mark.parametrize("case", CASES)
def test_fault_is_named(tmp_path: Path, case: str) -> None:
    (file, old, new), expected = CASES[case]
    folder = village_folder(tmp_path)
    spoil(folder, file, old, new)
    assert expected in words(check_folder(folder))


ONLY_CHECKED = {"open balance", "process that eats what it makes", "unknown currency"}


@pytest.mark.parametrize("case", [case for case in CASES if case not in ONLY_CHECKED])
def test_what_the_tables_cannot_hold_is_not_read(tmp_path: Path, case: str) -> None:
    (file, old, new), _ = CASES[case]
    folder = village_folder(tmp_path)
    spoil(folder, file, old, new)
    with pytest.raises(BadInput):
        read_folder(folder)


@pytest.mark.parametrize("name", example_names())
def test_examples_have_no_fault(name: str) -> None:
    assert check_folder(example_folder(name)) == []


def test_every_fault_at_once(tmp_path: Path) -> None:
    folder = village_folder(tmp_path)
    spoil(folder, "products.csv", "tool,tool,t,", "tool,tool,,")
    spoil(folder, "inputs.csv", "bakery,P,grain,0.5", "bakery,P,grain,-0.5")
    spoil(folder, "factor_use.csv", "bakery,labour,1", "farm,labour,1")
    spoil(folder, "needs.csv", "P,bread,,90,110", "P,bread,,NaN,110")
    spoil(folder, "final_uses.csv", "final,P,tool,5", "final,P,tool,6")
    spoil(folder, "accounts.csv", "P,0,5", "P,0")
    (folder / "emission_caps.csv").unlink()
    found = {(fault.code, fault.where.split(",")[0].split(" (")[0]) for fault in check_folder(folder)}
    assert found == {
        ("unit-missing", "products.csv"),
        ("value-out-of-range", "inputs.csv"),
        ("label-duplicate", "factor_use.csv"),
        ("balance-open", "place P"),
        ("row-length", "accounts.csv"),
        ("file-missing", "emission_caps.csv"),
    }
    balances = [fault.where for fault in check_folder(folder) if fault.code == "balance-open"]
    assert balances == ["place P, product grain", "place P, product tool"]


def test_an_unreadable_table_does_not_make_faults_of_the_others(tmp_path: Path) -> None:
    folder = village_folder(tmp_path)
    (folder / "processes.csv").write_bytes(b"process,name\n\xff\xfe\n")
    assert [(fault.code, fault.where) for fault in check_folder(folder)] == [("file-unreadable", "processes.csv")]


def test_missing_folder_and_descriptor(tmp_path: Path) -> None:
    assert [fault.code for fault in check_folder(tmp_path / "nowhere")] == ["folder-missing"]
    (fault,) = check_folder(tmp_path)
    assert fault.code == "descriptor-missing"
    assert fault.remedy == "write the folder with newcourse import, or copy the descriptor of an example"


def test_a_table_that_is_not_listed_is_not_passed_over(tmp_path: Path) -> None:
    folder = village_folder(tmp_path)
    (folder / "routes.csv").write_text("product,origin,destination\n")
    (fault,) = check_folder(folder)
    assert (fault.code, fault.where) == ("file-unlisted", "routes.csv")


@pytest.mark.parametrize("path", ["../outside.csv", "/etc/passwd", "needs.txt", 7])
def test_resources_stay_in_the_folder(tmp_path: Path, path: object) -> None:
    folder = village_folder(tmp_path)
    content = json.loads((folder / "datapackage.json").read_text())
    next(r for r in content["resources"] if r["name"] == "stores" or r["name"] == "needs")["path"] = path
    (folder / "datapackage.json").write_text(json.dumps(content))
    assert "path-wrong" in {fault.code for fault in check_folder(folder)}


def test_techniques_that_need_each_other_too_much(tmp_path: Path) -> None:
    economy = village()
    inputs = pd.concat(
        [
            economy["inputs"],
            pd.DataFrame({"process": ["farm"], "place": ["P"], "product": ["bread"], "quantity": [1.9]}),
        ]
    )
    found = check_folder(write_folder(economy.replace(inputs=inputs), tmp_path / "v"))
    (fault,) = [fault for fault in found if fault.code == "techniques-unproductive"]
    assert fault.where == "products bread at P, grain at P"
    assert fault.found.startswith("making one unit of each uses 1.02")
    assert fault.expected == "less than 1"


@pytest.mark.parametrize("name", example_names())
def test_the_tolerant_balance_is_the_balance(tmp_path: Path, name: str) -> None:
    economy = read_example(name)
    uses = economy["final_uses"]
    uses = uses.assign(quantity=uses["quantity"].where(uses.index % 7 != 0, uses["quantity"] * 1.5))
    folder = write_folder(economy.replace(final_uses=uses), tmp_path / name)
    assert (net_supply(read_folder(folder)).abs() > 1).any()
    exact = {fault.where for fault in balance_faults(read_folder(folder), 1e-6)}
    spoil(folder, "assumptions.csv", "assumption,kind", "assumption,sort")
    tolerant = {fault.where for fault in check_folder(folder) if fault.code == "balance-open"}
    assert tolerant == exact

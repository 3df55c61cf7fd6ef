"""Concordances: every code goes somewhere, no code is invented (§5.3)."""

from pathlib import Path

import pytest

from newcourse.errors import BadInput
from newcourse.sources.concordance import Concordance, Target, read_concordance

ROOT = Path(__file__).parents[2]


def write(path: Path, text: str) -> Path:
    (path / "c.csv").write_text(text, encoding="utf-8")
    return path / "c.csv"


def test_codes_names_and_order(tmp_path: Path) -> None:
    concordance = read_concordance(
        write(
            tmp_path,
            "axis,from,to,name,group,storable\n"
            "product,steel,metals,Metals,Things,true\n"
            'product,bread,food,"Food, and drink",Food,\n'
            "product,iron,metals,,,\n"
            "place,SE,north,The North,,\n",
        )
    )
    assert concordance.product(["iron", "bread", "steel"]).tolist() == ["metals", "food", "metals"]
    assert concordance.place(["SE", "NO"]).tolist() == ["north", "NO"]
    assert concordance.target("metals") == Target("Metals", group="Things", storable=True)
    assert concordance.target("food").name == "Food, and drink"
    assert concordance.target("unknown", "Own name") == Target("Own name")
    assert concordance.ordered(["food", "other", "metals", "food"]) == ["metals", "food", "other"]


def test_faults_against_a_source() -> None:
    concordance = Concordance({"a": "x", "b": "x"}, {"P": "Q"})
    faults = concordance.faults(["a", "c"], ["P", "R"])
    assert [(f.code, f.where) for f in faults] == [
        ("concordance-missing", "product c"),
        ("concordance-unknown", "product b"),
        ("concordance-missing", "place R"),
    ]
    assert Concordance().faults(["a"], ["P"]) == []


def test_faults_of_the_file_at_once(tmp_path: Path) -> None:
    text = "axis,from,to\nproduct,a,x\nproduct,a,y\ncontinent,b,z\nplace,,\n"
    with pytest.raises(BadInput) as caught:
        read_concordance(write(tmp_path, text))
    assert [(f.code, f.where) for f in caught.value.faults] == [
        ("label-duplicate", "c.csv, row 3 (product a)"),
        ("axis-unknown", "c.csv, row 4 (continent b)"),
        ("code-missing", "c.csv, row 5 (place )"),
    ]


def test_columns_and_rows_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"column-missing at c\.csv, column to"):
        read_concordance(write(tmp_path, "axis,from\nproduct,a\n"))
    with pytest.raises(BadInput, match=r"row-length at c\.csv, line 2"):
        read_concordance(write(tmp_path, "axis,from,to\nproduct,a\n"))
    with pytest.raises(BadInput, match="file-unreadable"):
        read_concordance(tmp_path / "nowhere.csv")


def test_a_code_may_not_be_both_a_place_and_a_product(tmp_path: Path) -> None:
    text = "axis,from,to\nproduct,a,x\nplace,P,x\n"
    with pytest.raises(BadInput, match="code-ambiguous"):
        read_concordance(write(tmp_path, text))


@pytest.mark.parametrize(("name", "products", "places"), [("sweden", 30, 0), ("world", 12, 9)])
def test_the_concordances_of_the_examples(name: str, products: int, places: int) -> None:
    concordance = read_concordance(ROOT / "scripts" / f"concordance_{name}.csv")
    assert len(set(concordance.products.values())) == products
    assert len(set(concordance.places.values())) == places
    assert all(target.name != code for code, target in concordance.targets.items())

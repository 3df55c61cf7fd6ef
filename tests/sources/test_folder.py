"""Folders in the open format: what is written is read back to the last digit, whole or not at all (§5.2)."""

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from frictionless import Package
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.economy.economy import About, Economy
from newcourse.economy.schema import SCHEMA
from newcourse.errors import BadInput
from newcourse.sources import folder as folder_module
from newcourse.sources.examples import example_folder, example_names, read_example
from newcourse.sources.folder import read_folder, write_folder
from tests.sources.village import village, village_folder

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
AMOUNT = st.floats(0, allow_nan=False, allow_infinity=False)
LIMIT = st.floats(0, allow_nan=False, allow_infinity=True)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def same_tables(one: Economy, other: Economy) -> None:
    for schema in SCHEMA:
        pd.testing.assert_frame_equal(one[schema.name], other[schema.name], check_exact=True)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_round_trip(tmp_path: Path, form: str) -> None:
    economy = village()
    back = read_folder(write_folder(economy, tmp_path / "village", form=form))
    assert back.about == economy.about
    assert back.fingerprint == economy.fingerprint
    same_tables(economy, back)


@pytest.mark.slow
@settings(max_examples=25)
@given(
    place=TEXT,
    codes=st.lists(TEXT, min_size=2, max_size=4, unique=True),
    amounts=st.lists(st.tuples(AMOUNT, LIMIT), min_size=4, max_size=4),
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=2, max_size=2),
    lead=st.integers(0, 2**40),
    storable=st.booleans(),
    form=st.sampled_from(["csv", "parquet"]),
)
def test_round_trip_of_any_text_and_number(
    tmp_path_factory: pytest.TempPathFactory,
    place: str,
    codes: list[str],
    amounts: list[tuple[float, float]],
    texts: list[str],
    lead: int,
    storable: bool,
    form: str,
) -> None:
    rows = list(zip(codes, amounts, strict=False))
    economy = Economy(
        About("n", texts[0] or "t", "MSEK", 2000, description=texts[1]),
        {
            "places": pd.DataFrame({"place": [place], "name": [place], "level": ["region"]}),
            "products": pd.DataFrame({"product": codes, "name": codes, "unit": "t", "storable": storable}),
            "processes": pd.DataFrame(
                {
                    "process": codes[:1],
                    "name": codes[1],
                    "place": place,
                    "unit": "t",
                    "base": amounts[0][0],
                    "lead": lead,
                }
            ),
            "outputs": pd.DataFrame(
                {"process": codes[0], "place": place, "product": codes, "quantity": [a for _, (a, _) in rows]}
            ),
            "trade": pd.DataFrame({"place": place, "product": codes, "import_quota": [q for _, (_, q) in rows]}),
        },
    )
    folder = tmp_path_factory.mktemp("any") / "economy"
    back = read_folder(write_folder(economy, folder, form=form))
    assert back.about == economy.about
    same_tables(economy, back)
    shutil.rmtree(folder.parent)


def test_the_same_economy_is_the_same_bytes(tmp_path: Path) -> None:
    assert files_of(write_folder(village(), tmp_path / "a")) == files_of(write_folder(village(), tmp_path / "b"))


@pytest.mark.parametrize("name", example_names())
def test_examples_are_written_as_this_version_writes(tmp_path: Path, name: str) -> None:
    written = files_of(write_folder(read_example(name), tmp_path / name))
    assert {file: text for file, text in files_of(example_folder(name)).items() if file != "README.md"} == written


@pytest.mark.parametrize("name", example_names())
def test_frictionless_accepts_the_examples(name: str) -> None:
    report = Package(example_folder(name) / "datapackage.json").validate()
    assert report.flatten(["type", "message"]) == []


def test_frictionless_accepts_infinity_and_quotes(tmp_path: Path) -> None:
    economy = village()
    products = economy["products"].assign(name='a, "b"\nc')
    folder = write_folder(economy.replace(products=products), tmp_path / "v")
    assert Package(folder / "datapackage.json").validate().flatten(["type", "message"]) == []


def test_frictionless_sees_a_broken_reference(tmp_path: Path) -> None:
    folder = village_folder(tmp_path)
    text = (folder / "inputs.csv").read_text()
    (folder / "inputs.csv").write_text(text.replace("bakery,P,grain", "bakery,P,gravel"))
    kinds = {row[0] for row in Package(folder / "datapackage.json").validate().flatten(["type"])}
    assert kinds == {"foreign-key"}


def test_numbers_are_the_shortest_that_read_back(tmp_path: Path) -> None:
    economy = village()
    economy = economy.replace(emission_caps=economy["emission_caps"].assign(quantity=0.1 + 0.2))
    folder = write_folder(economy, tmp_path / "v")
    assert (
        folder / "emission_caps.csv"
    ).read_text() == "place,emission,quantity,growth,unit\nP,smoke,0.30000000000000004,0,\n"
    assert (folder / "trade.csv").read_text().endswith("P,tool,1,1,0,0,5,0,INF,INF\n")


def test_a_spreadsheet_may_add_a_byte_order_mark_and_leave_cells_empty(tmp_path: Path) -> None:
    folder = village_folder(tmp_path)
    needs = folder / "needs.csv"
    text = needs.read_text().replace("grain,need grain,P,grain,,0,40", "grain,need grain,P,grain,,,40")
    needs.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read_folder(folder).fingerprint == village().fingerprint


def test_a_failed_write_leaves_the_old_folder_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = village_folder(tmp_path)
    before = files_of(folder)

    def fail(file: Path, content: bytes) -> None:
        if file.name == "outputs.csv":
            raise OSError("disk full")
        file.write_bytes(content)

    monkeypatch.setattr(folder_module, "_write", fail)
    with pytest.raises(OSError, match="disk full"):
        write_folder(village(), folder, overwrite=True)
    assert files_of(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["village"]


def test_overwriting_replaces_the_whole_folder(tmp_path: Path) -> None:
    folder = village_folder(tmp_path)
    smaller = village().replace(needs=pd.DataFrame(), emission_caps=pd.DataFrame())
    write_folder(smaller, folder, overwrite=True, extra={"README.md": "as it is\n"})
    assert read_folder(folder).fingerprint == smaller.fingerprint
    assert not (folder / "needs.csv").exists()
    assert (folder / "README.md").read_text() == "as it is\n"
    assert [path.name for path in tmp_path.iterdir()] == ["village"]


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    folder = village_folder(tmp_path)
    with pytest.raises(BadInput, match="path-taken") as caught:
        write_folder(village(), folder)
    assert caught.value.faults[0].remedy == "give another path, or allow overwriting"


def test_what_is_no_economy_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter1.txt").write_text("years of work")
    with pytest.raises(BadInput, match="path-taken"):
        write_folder(village(), tmp_path / "thesis", overwrite=True)
    assert (tmp_path / "thesis" / "chapter1.txt").read_text() == "years of work"


def test_text_that_is_no_text_is_refused_and_nothing_written(tmp_path: Path) -> None:
    economy = Economy(About("n", "lone \ud800", "MSEK", 2000), village().tables)
    with pytest.raises(BadInput, match="text-unwritable") as caught:
        write_folder(economy, tmp_path / "v")
    assert caught.value.faults[0].found == r"the characters '\ud800'"
    assert list(tmp_path.iterdir()) == []


def test_descriptor_says_what_the_schema_says(tmp_path: Path) -> None:
    content = json.loads((village_folder(tmp_path) / "datapackage.json").read_text())
    assert content["newcourse"]["currency"] == "MEUR"
    assert [r["name"] for r in content["resources"]] == [s.name for s in SCHEMA if len(village()[s.name])]
    inputs = next(r for r in content["resources"] if r["name"] == "inputs")
    assert inputs["schema"]["primaryKey"] == ["process", "place", "product"]
    assert {k["reference"]["resource"] for k in inputs["schema"]["foreignKeys"]} == {"processes", "places", "products"}
    assert inputs["schema"]["fields"][-1]["constraints"] == {"required": True, "minimum": 0.0}


def test_whole_numbers_beyond_floats_precision_stay_as_they_were(tmp_path: Path) -> None:
    economy = village()
    economy = economy.replace(factor_supply=economy["factor_supply"].assign(quantity=np.nextafter(2.0**60, np.inf)))
    assert read_folder(write_folder(economy, tmp_path / "v")).fingerprint == economy.fingerprint

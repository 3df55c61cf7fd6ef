"""Tables in Parquet hold plain columns only, and are read like CSV (§5.2)."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from newcourse.sources.check import check_folder
from newcourse.sources.folder import read_folder, write_folder
from tests.sources.village import village

COLUMNS = {
    "lists": pa.array([["a"], ["b"]]),
    "times": pa.array([1, 2], pa.timestamp("s")),
    "bytes": pa.array([b"a", b"b"]),
    "records": pa.array([{"a": 1}, {"a": 2}]),
    "decimals": pa.array([1, 2], pa.decimal128(5, 2)),
}


def write_inputs(folder: Path, quantity: pa.Array) -> None:
    table = pq.read_table(folder / "inputs.parquet")
    pq.write_table(table.set_column(3, "quantity", quantity), folder / "inputs.parquet")


@pytest.mark.parametrize("kind", COLUMNS)
def test_columns_that_are_not_plain(tmp_path: Path, kind: str) -> None:
    folder = write_folder(village(), tmp_path / "v", form="parquet")
    write_inputs(folder, COLUMNS[kind])
    (fault,) = check_folder(folder)
    assert (fault.code, fault.where) == ("column-kind", "inputs.parquet, column quantity")
    assert fault.expected == "texts, numbers or booleans"


def test_nothing_and_text_where_numbers_belong(tmp_path: Path) -> None:
    folder = write_folder(village(), tmp_path / "v", form="parquet")
    write_inputs(folder, pa.array([0.1, None]))
    assert [fault.code for fault in check_folder(folder)] == ["missing-value"]
    write_inputs(folder, pa.array(["0.1", "many"]))
    assert [(fault.code, fault.found) for fault in check_folder(folder)] == [("missing-value", "many")]
    write_inputs(folder, pa.array([0.1, 0.5], pa.float64()))
    assert check_folder(folder) == []


def test_whole_numbers_and_mixed_forms(tmp_path: Path) -> None:
    folder = write_folder(village(), tmp_path / "v", form="parquet")
    csv = write_folder(village(), tmp_path / "csv")
    (folder / "needs.parquet").unlink()
    (folder / "needs.csv").write_bytes((csv / "needs.csv").read_bytes())
    text = (folder / "datapackage.json").read_text()
    (folder / "datapackage.json").write_text(text.replace('"needs.parquet"', '"needs.csv"'))
    assert read_folder(folder).fingerprint == village().fingerprint

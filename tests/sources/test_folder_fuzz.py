"""Whatever bytes lie in a folder, reading ends in an economy or in named faults, never in a crash."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.sources.check import check_folder
from newcourse.sources.folder import read_folder
from tests.sources.village import village_folder

CELLS = st.sampled_from(
    [
        b",",
        b"\n",
        b'"',
        b"\r",
        b"1e999",
        b"-1",
        b"nan",
        b"INF",
        b"\x00",
        b"\xff",
        b"farm",
        b"grain",
        b"P",
        b"\xef\xbb\xbf",
    ]
)
BYTES = st.one_of(st.binary(max_size=60), st.lists(CELLS, max_size=20).map(b"".join))
FILES = [
    "places.csv",
    "products.csv",
    "processes.csv",
    "outputs.csv",
    "inputs.csv",
    "stocks.csv",
    "needs.csv",
    "trade.csv",
]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return village_folder(tmp_path_factory.mktemp("fuzz"))


def read_or_refuse(folder: Path) -> None:
    faults = check_folder(folder)
    assert all(part.strip() for fault in faults for part in fault.as_dict().values())
    try:
        read_folder(folder)
    except BadInput:
        assert faults


@pytest.mark.slow
@settings(max_examples=30)
@given(file=st.sampled_from(FILES), junk=BYTES, data=st.data())
def test_junk_in_a_table(original: Path, file: str, junk: bytes, data: st.DataObject) -> None:
    folder = original.parent / "spoilt"
    shutil.copytree(original, folder)
    try:
        content = (original / file).read_bytes()
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 40))
        (folder / file).write_bytes(content[:start] + junk + content[start + length :])
        read_or_refuse(folder)
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("file", FILES)
def test_a_table_without_rows(original: Path, file: str, tmp_path: Path) -> None:
    folder = tmp_path / "spoilt"
    shutil.copytree(original, folder)
    (folder / file).write_bytes((original / file).read_bytes().splitlines(keepends=True)[0])
    read_or_refuse(folder)


@pytest.mark.slow
@settings(max_examples=15)
@given(junk=BYTES, data=st.data())
def test_junk_in_the_descriptor(original: Path, junk: bytes, data: st.DataObject) -> None:
    folder = original.parent / "spoilt"
    shutil.copytree(original, folder)
    try:
        content = (original / "datapackage.json").read_bytes()
        start = data.draw(st.integers(0, len(content)))
        (folder / "datapackage.json").write_bytes(content[:start] + junk + content[start + len(junk) :])
        read_or_refuse(folder)
    finally:
        shutil.rmtree(folder)


@pytest.mark.slow
@settings(max_examples=10)
@given(junk=st.binary(max_size=200))
def test_junk_that_is_called_parquet(original: Path, junk: bytes) -> None:
    folder = original.parent / "spoilt"
    shutil.copytree(original, folder)
    try:
        text = (folder / "datapackage.json").read_text()
        (folder / "datapackage.json").write_text(text.replace('"needs.csv"', '"needs.parquet"'))
        (folder / "needs.csv").rename(folder / "needs.parquet")
        (folder / "needs.parquet").write_bytes(junk)
        read_or_refuse(folder)
    finally:
        shutil.rmtree(folder)

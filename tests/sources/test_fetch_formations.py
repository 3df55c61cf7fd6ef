"""Fetching the data on formations: what is right is kept, what differs is told, nothing is fetched twice."""

import gzip
import hashlib
import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fetch_formations", ROOT / "scripts" / "fetch_formations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_list_names_what_the_readers_read(script: ModuleType) -> None:
    tables = script.wanted()
    assert len(tables) == 13
    readers = "\n".join(path.read_text() for path in (ROOT / "src/newcourse/sources/formations").glob("*.py"))
    assert [table.name for table in tables if table.name not in readers] == []
    address = next(table.address for table in tables if table.name == "democracyData__vaporeg")
    assert address == "https://github.com/xmarquez/democracyData/raw/29ea0a2/data/vaporeg.rda"


@pytest.mark.shared_data
def test_the_list_has_the_hashes_of_the_tests_data(script: ModuleType, shared_data: Path) -> None:
    folder = shared_data / "formations"
    for table in script.wanted():
        text = gzip.decompress((folder / f"{table.name}.csv.gz").read_bytes()).decode()
        assert (sha(text), text.count("\n") - 1) == (table.sha256, table.rows)


def test_right_different_and_missing_tables(script: ModuleType, tmp_path: Path) -> None:
    texts = {"right": "a\n1\n", "different": "a\n1\n2\n"}
    one = replace(script.wanted()[0], name="right", path="right", rows=1, sha256=sha("a\n1\n"))
    tables = [one, replace(one, name="different", path="different"), replace(one, name="gone", path="gone")]
    asked = []

    def download(address: str) -> bytes:
        asked.append(address.rpartition("/")[2])
        if asked[-1] == "gone":
            raise OSError("404")
        return texts[asked[-1]].encode()

    problems = script.fetch(tmp_path, tables, download, bytes.decode)
    assert [problem.partition(":")[0] for problem in problems] == ["different", "gone"]
    assert "2 rows, not the 1 rows" in problems[0]
    assert [path.name for path in tmp_path.iterdir()] == ["right.csv.gz"]
    asked.clear()
    script.fetch(tmp_path, tables[:2], download, bytes.decode, keep_different=True)
    assert asked == ["different"], "the right one is there already"
    assert gzip.decompress((tmp_path / "different.csv.gz").read_bytes()).decode() == texts["different"]


def test_a_damaged_file_is_fetched_again(script: ModuleType, tmp_path: Path) -> None:
    one = replace(script.wanted()[0], name="x", rows=1, sha256=sha("a\n1\n"))
    (tmp_path / "x.csv.gz").write_bytes(b"damaged")
    assert script.fetch(tmp_path, [one], lambda _: b"a\n1\n", bytes.decode) == []
    assert gzip.decompress((tmp_path / "x.csv.gz").read_bytes()) == b"a\n1\n"

"""Fetch the data on formations from where they are published, and turn them into tables in CSV.

    pip install pyreadr
    python scripts/fetch_formations.py FOLDER

The files lie in public repositories on GitHub as packages of the language R (``fetch_formations.csv`` says where, at
which commit, and under which terms as far as these were seen). They are not part of this project: most terms are not
known, so everyone fetches their own copy and sees for themselves whether they may use it. Only pyreadr, which reads R's
files and is not needed otherwise, has to be there.

Each table is compared by its SHA-256 with the one the tests were passed with. One that differs is not kept, unless
``--keep-different`` is given; the tables that are right are kept in any case.
"""

import argparse
import csv
import gzip
import hashlib
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_suffix(".csv")
ADDRESS = "https://github.com/{repository}/raw/{commit}/{path}"
SECONDS = 120

Download = Callable[[str], bytes]
Convert = Callable[[bytes], str]


@dataclass(frozen=True)
class Wanted:
    """One table: what it is called here, where it is from, how many rows it has and what its text must hash to."""

    name: str
    repository: str
    commit: str
    path: str
    rows: int
    sha256: str
    terms: str

    @property
    def address(self) -> str:
        """Where the file is."""
        return ADDRESS.format(repository=self.repository, commit=self.commit, path=self.path)


def wanted() -> list[Wanted]:
    """Return all tables that a panel is made of."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Wanted(**{**row, "rows": int(row["rows"])}) for row in csv.DictReader(file)]


def fetch(
    folder: Path, tables: Iterable[Wanted], download: Download, convert: Convert, *, keep_different: bool = False
) -> list[str]:
    """Put the tables into a folder and return what went wrong, one sentence a table.

    Parameters
    ----------
    folder
        Made if it is not there. A table that is there already and right is not fetched again.
    tables
        Which.
    download
        From an address to the bytes there.
    convert
        From the bytes of a file of R to the text of a table in CSV.
    keep_different
        Whether to keep a table whose text is not the one expected.
    """
    folder.mkdir(parents=True, exist_ok=True)
    problems = []
    for table in tables:
        place = folder / f"{table.name}.csv.gz"
        if place.is_file() and _hash(_unpacked(place)) == table.sha256:
            continue
        try:
            text = convert(download(table.address))
        except (OSError, ValueError) as error:
            problems.append(f"{table.name}: not fetched from {table.address}: {error}")
            continue
        if _hash(text) != table.sha256:
            kept = "kept all the same" if keep_different else "not kept"
            rows = text.count("\n") - 1
            problems.append(f"{table.name}: {rows} rows, not the {table.rows} rows the tests were passed with; {kept}")
        if _hash(text) == table.sha256 or keep_different:
            place.write_bytes(gzip.compress(text.encode(), mtime=0))
    return problems


def _unpacked(place: Path) -> str:
    try:
        return gzip.decompress(place.read_bytes()).decode()
    except (OSError, EOFError, ValueError):
        return ""


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def downloaded(address: str) -> bytes:
    """Return what is at an address."""
    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as answer:
            return answer.read()
    except urllib.error.URLError as error:
        raise OSError(str(error)) from None


def converted(packed: bytes) -> str:
    """Return the one table in a file of R as CSV."""
    try:
        import pyreadr
    except ImportError:
        raise ValueError("pyreadr is not installed: pip install pyreadr") from None
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "table.rda"
        place.write_bytes(packed)
        try:
            tables = pyreadr.read_r(str(place))
        except (pyreadr.custom_errors.PyreadrError, pyreadr.custom_errors.LibrdataError) as error:
            raise ValueError(str(error)) from None
    if len(tables) != 1:
        raise ValueError(f"{len(tables)} tables in the file, not one")
    return next(iter(tables.values())).to_csv(index=False, lineterminator="\n")


def main() -> int:
    """Fetch what the command line asks for; 0 when all is as expected."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the tables are put")
    parser.add_argument("--keep-different", action="store_true", help="keep tables that are not those of the tests")
    given = parser.parse_args()
    tables = wanted()
    for table in tables:
        print(f"{table.name}  from {table.repository} @ {table.commit}; terms: {table.terms}")
    problems = fetch(given.folder, tables, downloaded, converted, keep_different=given.keep_different)
    print(*problems, sep="\n", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

"""A concordance: which codes of a source become which codes of the economy, and what they are called.

On disk a CSV file with the columns ``axis`` (``product`` or ``place``), ``from``, ``to`` and, where wanted, ``name``,
``branch``, ``group`` and ``storable`` of the target (given on any one of its rows).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from newcourse.economy.table_schema import Field, TableSchema
from newcourse.errors import BadInput, Fault
from newcourse.sources.cells import read_csv

_AXES = ("product", "place")
_COLUMNS = TableSchema(
    "concordance",
    "Which code of a source becomes which code of the economy.",
    2,
    tuple(Field(name, "") for name in ("axis", "from", "to", "name", "branch", "group", "storable")),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A code of the economy: name in words, branch, group of needs, whether it can be stored."""

    name: str
    branch: str = ""
    group: str = ""
    storable: bool = False


@dataclass(frozen=True, slots=True)
class Concordance:
    """Where every code of a source goes.

    Parameters
    ----------
    products, places
        Target code by source code; an empty mapping leaves an axis as it is.
    targets
        What is known of the target codes, in the order in which they shall stand.
    """

    products: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)

    def product(self, codes: Iterable[str]) -> np.ndarray:
        """Return the target of each product code."""
        return np.array([self.products.get(code, code) for code in codes], dtype=object)

    def place(self, codes: Iterable[str]) -> np.ndarray:
        """Return the target of each place code."""
        return np.array([self.places.get(code, code) for code in codes], dtype=object)

    def target(self, code: str, name: str = "") -> Target:
        """Return what is known of a target code; ``name`` where nothing is."""
        return self.targets.get(code, Target(name or code))

    def ordered(self, codes: Iterable[str]) -> list[str]:
        """Return the distinct codes, those with a known target first and in its order."""
        distinct = dict.fromkeys(codes)
        return [code for code in self.targets if code in distinct] + [c for c in distinct if c not in self.targets]

    def faults(self, products: Iterable[str], places: Iterable[str] = ()) -> list[Fault]:
        """Return a fault for every source code without a target and every code the source does not have."""
        found = []
        for axis, mapping, codes in (("product", self.products, products), ("place", self.places, places)):
            if mapping:
                known = list(codes)
                found += [_missing(axis, code) for code in known if code not in mapping]
                found += [_unknown(axis, code) for code in mapping if code not in set(known)]
        return found


def read_concordance(path: str | Path) -> Concordance:
    """Return the concordance in a CSV file.

    Raises
    ------
    BadInput
        With every fault of the file: missing columns, unknown axes, a code with two targets, empty codes.
    """
    file = Path(path)
    frame, faults = read_csv(file, _COLUMNS)
    faults += [
        Fault("column-missing", f"{file.name}, column {name}", "no such column", f"the column {name}", "add it")
        for name in ("axis", "from", "to")
        if name not in frame.columns
    ]
    if not faults:
        faults = _row_faults(file.name, frame)
    if faults:
        raise BadInput(faults)
    axes = {axis: frame[frame["axis"] == axis] for axis in _AXES}
    mappings = {axis: dict(zip(axes[axis]["from"], axes[axis]["to"], strict=True)) for axis in _AXES}
    return Concordance(mappings["product"], mappings["place"], _targets(frame))


def _row_faults(name: str, frame: pd.DataFrame) -> list[Fault]:
    faults = []
    twice = frame.duplicated(["axis", "from"])
    for row, (axis, source, target) in enumerate(zip(frame["axis"], frame["from"], frame["to"], strict=True)):
        where = f"{name}, row {row + 2} ({axis} {source})"
        if axis not in _AXES:
            faults.append(Fault("axis-unknown", where, repr(axis), "product or place", "correct the axis"))
        if not source or not target:
            faults.append(Fault("code-missing", where, "an empty code", "a code under from and to", "fill it in"))
        if twice.iloc[row]:
            faults.append(Fault("label-duplicate", where, f"{source} a second time", "each code once", "remove it"))
    both = set.intersection(*(set(frame.loc[frame["axis"] == axis, "to"]) for axis in _AXES))
    expected = "different codes for products and places"
    return faults + [
        Fault("code-ambiguous", f"{name}, {code}", "a product and a place of this code", expected, "rename one of them")
        for code in sorted(both - {""})
    ]


def _targets(frame: pd.DataFrame) -> dict[str, Target]:
    known: dict[str, dict[str, str]] = {}
    for row in frame.to_dict("records"):
        given = {key: str(value) for key, value in row.items() if key in {"name", "branch", "group", "storable"}}
        entry = known.setdefault(str(row["to"]), {})
        entry |= {key: value for key, value in given.items() if value}
    return {
        code: Target(e.get("name", code), e.get("branch", ""), e.get("group", ""), e.get("storable", "") == "true")
        for code, e in known.items()
    }


def _missing(axis: str, code: str) -> Fault:
    return Fault("concordance-missing", f"{axis} {code}", "no row", "a row saying what it becomes", "add the row")


def _unknown(axis: str, code: str) -> Fault:
    return Fault("concordance-unknown", f"{axis} {code}", "not a code of the source", "a code of it", "remove it")

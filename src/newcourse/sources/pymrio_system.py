"""From an input-output system as pymrio parses it to an interregional table.

pymrio (Stadler 2021, Journal of Open Research Software 9, 8) knows the file layouts of the large databases; what it
has read is checked here like anything else.
"""

import json
import re
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from newcourse.economy.economy import About
from newcourse.errors import BadInput, Fault
from newcourse.sources.interregional import Interregional

_TROUBLE = (
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    zipfile.BadZipFile,
    json.JSONDecodeError,
)


@dataclass(frozen=True, slots=True)
class Account:
    """Rows of a satellite account that are added up to one factor or emission.

    Parameters
    ----------
    code, name, unit
        Of the factor or emission.
    rows
        Regular expression that the names of the rows match from their beginning.
    found_unit
        Unit that the rows must be in.
    scale
        What one of it is in ``unit``.
    """

    code: str
    name: str
    unit: str
    rows: str
    found_unit: str
    scale: float = 1.0

    @property
    def key(self) -> tuple[str, str, str]:
        """Code, name and unit."""
        return self.code, self.name, self.unit


def parsed(parser: str, path: str | Path, **options: Any) -> Any:
    """Return what one of pymrio's parsers, given by name, reads at ``path``.

    pymrio is loaded here, not before: it takes longer than everything else together, and own folders do without.

    Raises
    ------
    BadInput
        If it cannot read it, in its own words.
    """
    if not Path(path).exists():
        raise BadInput(Fault("file-missing", str(path), "nothing there", "a file or folder", "give its path"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pymrio
        from pymrio.core.fileio import ReadError
        from pymrio.tools.ioparser import ParserError

        try:
            return getattr(pymrio, parser)(path, **options)
        except (*_TROUBLE, ReadError, ParserError) as error:
            words = f"{type(error).__name__}: {error}".strip()
            expected = "the files as their publisher distributes them"
            raise BadInput(Fault("file-unreadable", str(path), words, expected, "fetch them again")) from None


def interregional(
    system: Any,
    about: About,
    factors: tuple[Account, ...] = (),
    emissions: tuple[Account, ...] = (),
) -> Interregional:
    """Return a parsed system as an interregional table, in the unit of money it is in.

    Final use that belongs to no place of the table (a statistical discrepancy) is put where the product was made.

    Raises
    ------
    BadInput
        If flows or final use are missing, or the system is not in one unit of money.
    """
    lost = [name for name in ("Z", "Y") if getattr(system, name, None) is None]
    if "Z" in lost and getattr(system, "A", None) is not None and "Y" not in lost:
        system = system.calc_system()
        lost = []
    if lost:
        raise BadInput(Fault("table-missing", about.name, f"no {', '.join(lost)}", "flows Z and final use Y", "add it"))
    labels = _labels(system.Z.index)
    output = (
        None if system.x is None else pd.Series(system.x.to_numpy(dtype=float)[:, 0], index=_labels(system.x.index))
    )
    return Interregional(
        about=replace(about, currency=money_unit(system.unit)),
        Z=pd.DataFrame(system.Z.to_numpy(dtype=float), index=labels, columns=_labels(system.Z.columns)),
        Y=_placed(system.Y, labels),
        output=output,
        factors=_accounts(system, factors, labels),
        emissions=_accounts(system, emissions, labels),
    )


def money_unit(unit: pd.DataFrame) -> str:
    """Return the unit of money of a system in the project's words, such as ``MEUR``.

    Raises
    ------
    BadInput
        If there is more than one unit, or it is not a known one of money.
    """
    found = sorted(set(unit.iloc[:, 0].astype(str)))
    text = found[0].lower() if len(found) == 1 else ""
    currency = "EUR" if "eur" in text else "USD" if re.search(r"usd|us\$|us dollar", text) else ""
    if currency and re.search(r"mill|^m[. ]|^m(eur|usd|us\$)", text):
        return f"M{currency}"
    raise BadInput(
        Fault(
            "unit-unknown",
            "unit of the flows",
            ", ".join(found[:5]),
            "one unit, millions of EUR or USD",
            "use the monetary table, not a hybrid one",
        )
    )


def _labels(index: pd.Index) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([index.get_level_values(level).astype(str) for level in (0, 1)])


def _placed(Y: pd.DataFrame, labels: pd.MultiIndex) -> pd.DataFrame:
    values = Y.to_numpy(dtype=float)
    own = _labels(Y.index)
    places = own.get_level_values(0)
    known = set(labels.get_level_values(0))
    columns: dict[tuple[str, str], np.ndarray] = {}
    for column, (place, category) in enumerate(_labels(Y.columns)):
        for target in [place] if place in known else dict.fromkeys(places):
            part = values[:, column] if place in known else np.where(places == target, values[:, column], 0.0)
            columns[target, category] = columns.get((target, category), np.zeros(len(own))) + part
    return pd.DataFrame(columns, index=own)


def _accounts(
    system: Any, accounts: tuple[Account, ...], labels: pd.MultiIndex
) -> Mapping[tuple[str, str, str], pd.Series]:
    made: dict[tuple[str, str, str], pd.Series] = {}
    for account in accounts:
        for name in system.get_extensions():
            extension = getattr(system, name)
            rows = np.array([" ".join(map(str, np.atleast_1d(row))) for row in extension.F.index], dtype=object)
            chosen = np.array([re.match(account.rows, row) is not None for row in rows])
            if not chosen.any():
                continue
            _require_unit(account, extension.unit.iloc[:, 0].reindex(extension.F.index)[chosen], name)
            total = extension.F.to_numpy(dtype=float)[chosen].sum(axis=0) * account.scale
            made[account.key] = _aligned(pd.Series(total, index=_labels(extension.F.columns)), labels, name)
            break
    return made


def _aligned(values: pd.Series, labels: pd.MultiIndex, extension: str) -> pd.Series:
    if values.index.has_duplicates or not labels.isin(values.index).all():
        expected = "one column for each industry of the table"
        found = f"{len(values)} columns for {len(labels)} industries"
        raise BadInput(Fault("labels-disagree", f"account {extension}", found, expected, "fetch the files again"))
    return values.reindex(labels)


def _require_unit(account: Account, units: pd.Series, extension: str) -> None:
    other = sorted(set(units.astype(str)) - {account.found_unit})
    if other:
        raise BadInput(
            Fault(
                "unit-mismatch",
                f"account {extension}, rows for {account.name}",
                ", ".join(other),
                account.found_unit,
                "use the release this reader is written for",
            )
        )

"""What can be wrong with the tables of a plan, all at once (design §3, §10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.sparse as sp

from newcourse.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from newcourse.solver.structured.supply import SupplyTables

_NUMBER = "give numbers"


def faults(tables: SupplyTables) -> list[Fault]:
    """Return everything that is wrong; shapes first, because nothing else can be looked at without them."""
    found = list(_shapes(tables))
    return found or [*_numbers(tables), *_techniques(tables), *_tiers(tables)]


def _vectors(tables: SupplyTables) -> Iterator[tuple[str, Any, int, float, bool]]:
    """Yield name, values, length, least value, and whether they must be finite."""
    n, k, m = len(tables.products), len(tables.resources), np.size(tables.techniques.owner)
    techniques, needs, trade = tables.techniques, tables.needs, tables.trade
    yield "capacity", techniques.capacity, m, 0.0, False
    yield "cost", techniques.cost, m, -np.inf, True
    yield "available", tables.available, k, -np.inf, False
    yield "overtime", tables.overtime, k, 0.0, False
    yield "overtime_cost", tables.overtime_cost, k, -np.inf, True
    yield "demand", needs.demand, n, -np.inf, True
    if needs.bundle is not None:
        yield "bundle", needs.bundle, n, 0.0, True
    if trade is not None:
        yield "import_price", trade.import_price, n, 0.0, True
        yield "import_quota", trade.import_quota, n, 0.0, False
        yield "export_price", trade.export_price, n, 0.0, True
        yield "export_limit", trade.export_limit, n, 0.0, False
        yield "reserve", trade.reserve, 1, -np.inf, True


def _shapes(tables: SupplyTables) -> Iterator[Fault]:
    n, k, m = len(tables.products), len(tables.resources), np.size(tables.techniques.owner)
    techniques, needs = tables.techniques, tables.needs
    expected: dict[str, tuple[Any, tuple[tuple[int, ...], ...]]] = {
        name: (values, ((length,),) if name in ("bundle", "available") else ((), (length,)))
        for name, values, length, _, _ in _vectors(tables)
    }
    expected |= {
        "owner": (techniques.owner, ((m,),)),
        "inputs": (techniques.inputs, ((n, m),)),
        "use": (techniques.use, ((k, m),)),
    }
    if techniques.outputs is not None:
        expected["outputs"] = techniques.outputs, ((n, m),)
    if needs.most is not None or needs.worth is not None:
        most: Any = np.asarray(needs.most)
        tiers = most.shape[1] if most.ndim == 2 else 1
        expected |= {"most": (needs.most, ((n, tiers),)), "worth": (needs.worth, ((n, tiers),))}
    if tables.labels is not None:
        expected["labels"] = tables.labels, ((m,),)
    for name, (values, shapes) in expected.items():
        shape = getattr(values, "shape", None) or np.shape(values)
        if shape not in shapes:
            wanted = " or ".join("one number" if not s else f"shape {s}" for s in shapes)
            yield Fault("shape", f"{tables.name}, {name}", f"shape {shape}", wanted, "give one value for each")


def _numbers(tables: SupplyTables) -> Iterator[Fault]:
    techniques, needs = tables.techniques, tables.needs
    listed = list(_vectors(tables))
    listed += [("inputs", techniques.inputs.data, 0, 0.0, True), ("use", techniques.use.data, 0, -np.inf, True)]
    if techniques.outputs is not None:
        listed.append(("outputs", techniques.outputs.data, 0, 0.0, True))
    if needs.most is not None:
        listed += [("most", needs.most, 0, 0.0, True), ("worth", needs.worth, 0, -np.inf, True)]
    listed.append(("bundle_worth", needs.bundle_worth, 1, -np.inf, True))
    for name, values, _, least, finite in listed:
        array = np.asarray(values, float)
        if not array.size:
            continue
        low, high = float(array.min()), float(array.max())  # NaN where there is one
        if not (low >= least and low > -np.inf and (high < np.inf or not finite)):
            wanted = ("finite " if finite else "") + ("numbers" if least < 0 else "numbers not below 0")
            yield Fault("number", f"{tables.name}, {name}", f"from {low:g} to {high:g}", wanted, _NUMBER)


def _techniques(tables: SupplyTables) -> Iterator[Fault]:
    techniques, n = tables.techniques, len(tables.products)
    owner = np.asarray(techniques.owner)
    if owner.size and not (owner.dtype.kind in "iu" and 0 <= owner.min() <= owner.max() < n):
        found = f"{owner.min()} to {owner.max()}, {owner.dtype}"
        yield Fault("owner", f"{tables.name}, owner", found, f"whole numbers from 0 to {n - 1}", "number the products")
        return
    made = np.ones(owner.size) if techniques.outputs is None else own_entries(techniques.outputs, owner)
    left = made - own_entries(techniques.inputs, owner)
    for j in np.flatnonzero(~(left > 0))[:20].tolist():
        label = j if tables.labels is None else tables.labels[j]
        where = f"{tables.name}, technique {label} of {tables.products[int(owner[j])]}"
        remedy = "correct inputs and outputs, or leave the technique out"
        yield Fault("technique", where, f"{left[j]:g} of its own product left", "more than it uses itself", remedy)


def _tiers(tables: SupplyTables) -> Iterator[Fault]:
    if tables.needs.worth is None:
        return
    worth, most = np.asarray(tables.needs.worth, float), np.asarray(tables.needs.most, float)
    worth = np.where(most > 0, worth, np.nan)
    best = np.fmin.accumulate(worth, axis=1)
    rising = np.flatnonzero((worth > best).any(axis=1))
    for i in rising[:20].tolist():
        where = f"{tables.name}, needs for {tables.products[i]}"
        yield Fault(
            "tiers", where, "a tier worth more than one before it", "worth that does not rise", "sort the tiers"
        )


def own_entries(matrix: Any, owner: npt.NDArray[np.integer]) -> npt.NDArray[np.float64]:
    """Return for each column its entry in its owner's row, nil where there is none."""
    return np.asarray(sp.csc_array(matrix)[owner, np.arange(owner.size)], float)

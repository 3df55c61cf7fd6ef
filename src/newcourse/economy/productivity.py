"""Whether the techniques can reproduce what they use up (Hawkins & Simon 1949; Miller & Blair 2009, §2.6).

A set of techniques is productive when every good can be made with something left over. For a square system with
coefficients ``A`` this holds exactly when the spectral radius of ``A`` is below 1.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from newcourse.economy.economy import Economy
from newcourse.errors import Fault

_STEPS = 20_000
_NAMED = 5


def self_consuming_faults(economy: Economy) -> list[Fault]:
    """Return a fault for every process that leaves nothing over of anything it makes."""
    outputs, inputs = economy.outputs, economy.inputs
    net = (outputs - inputs.multiply(outputs > 0)).tocsc()
    gains = np.asarray((net > 0).sum(axis=0)).ravel()
    makes = np.asarray((outputs > 0).sum(axis=0)).ravel()
    return [_self_consuming(economy, int(column)) for column in np.flatnonzero((makes > 0) & (gains == 0))]


def unproductive_faults(economy: Economy) -> list[Fault]:
    """Return a fault for every group of goods that need each other more than they can be made.

    Taken are the processes and shipments of the base year (all of them where none ran), the inputs of joint production
    by value of the outputs (industry technology). A good that may be imported from outside needs no other source.
    """
    A = base_coefficients(economy)
    trade = economy["trade"]
    outside = economy.good_rows(trade[trade["import_quota"] > 0])
    inside = np.setdiff1d(np.arange(len(economy.goods)), outside)
    A = A[inside][:, inside].tocsr()
    count, group = connected_components(A, directed=True, connection="strong")
    members = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[members], np.arange(count + 1))
    faults = []
    for number in range(count):
        block = members[starts[number] : starts[number + 1]]
        radius, weights = perron(A[block][:, block])
        if radius >= 1.0:
            faults.append(_unproductive(economy, inside[block], radius, weights))
    return faults


def base_coefficients(economy: Economy) -> sp.csr_array:
    """Return inputs per unit of each good as supplied in the base year, goods × goods, shipments among them."""
    x = economy.base_activity
    x = x if x.any() else np.ones_like(x)
    goods = economy.goods
    routes = economy["routes"]
    routes = routes[routes["base"] > 0]
    price = economy.prices.reindex(goods.get_level_values(1)).to_numpy(dtype=float)
    made = (economy.outputs @ sp.diags_array(x)).tocsr()
    valued = sp.diags_array(np.where(price > 0, price, 1.0)) @ made
    total = np.asarray(valued.sum(axis=0)).ravel()
    shares = (valued @ sp.diags_array(_inverse(total))).T
    used = economy.inputs @ sp.diags_array(x) @ shares
    supply = np.asarray(made.sum(axis=1)).ravel()
    shipped = _shipments(economy, routes, len(goods))
    supply = supply + np.asarray(shipped.sum(axis=0)).ravel()
    return sp.csr_array((used + shipped) @ sp.diags_array(_inverse(supply)))


def perron(A: sp.csr_array) -> tuple[float, np.ndarray]:
    """Return the spectral radius of an irreducible non-negative matrix and its eigenvector, which adds up to 1.

    Power iteration on ``A + I`` with the bounds of Collatz and Wielandt; it stops as soon as they are on one side of 1
    and within a thousandth of each other, so that the answer to "below 1?" is certain unless the radius is 1 itself.
    """
    weights = np.full(A.shape[0], 1.0 / A.shape[0])
    radius = 0.0
    for _ in range(_STEPS):
        after = A @ weights
        low, high = (after / weights).min(), (after / weights).max()
        radius = float((low + high) / 2)
        if high - low <= 1e-3 * max(high, 1e-300) and not low < 1.0 <= high:
            break
        if high - low <= 1e-12:
            break
        weights = after + weights
        weights = np.maximum(weights / weights.sum(), 1e-300)
    return radius, weights


def _inverse(values: np.ndarray) -> np.ndarray:
    return np.asarray(np.divide(1.0, values, out=np.zeros_like(values), where=values > 0))


def _shipments(economy: Economy, routes: pd.DataFrame, size: int) -> sp.csr_array:
    rows, columns = economy.good_rows(routes, "origin"), economy.good_rows(routes, "destination")
    return sp.csr_array((routes["base"].to_numpy(dtype=float), (rows, columns)), shape=(size, size))


def _goods(economy: Economy, rows: np.ndarray) -> Iterator[str]:
    for place, product in economy.goods[rows]:
        yield f"{product} at {place}"


def _self_consuming(economy: Economy, column: int) -> Fault:
    process = economy.process_index[column]
    rows = np.flatnonzero(economy.outputs[:, [column]].toarray().ravel())
    made, used = (m[rows][:, [column]].toarray().ravel() for m in (economy.outputs, economy.inputs))
    parts = [
        f"{u:.6g} of {good} used to make {m:.6g}" for good, m, u in zip(_goods(economy, rows), made, used, strict=True)
    ]
    return Fault(
        "process-unproductive",
        f"process {process}",
        "; ".join(parts),
        "less used of at least one product than is made of it",
        "correct the process's inputs or outputs",
    )


def _unproductive(economy: Economy, rows: np.ndarray, radius: float, weights: np.ndarray) -> Fault:
    heaviest = rows[np.argsort(-weights, kind="stable")[:_NAMED]]
    more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    return Fault(
        "techniques-unproductive",
        f"products {', '.join(_goods(economy, heaviest))}{more}",
        f"making one unit of each uses {radius:.6g} units of them, directly and indirectly (spectral radius)",
        "less than 1",
        "correct the inputs of the processes that make these products, or allow imports",
    )

"""The planning problem of the benchmark cases stated in linopy, from the economy's matrices and tables.

It has the same columns and rows as ours, under the same names, so that one checker certifies both answers. The cases
have no trade outside, stocks, caps or accounts; what they do not have is not stated.
"""

import linopy
import numpy as np
import pandas as pd
import scipy.sparse as sp
import xarray as xr

from newcourse.economy.economy import Economy
from newcourse.economy.identities import gross_supply
from newcourse.plan.constraints.rates import first_activity
from newcourse.plan.goal import SATISFACTION, TIERS, Goal, unit_worth
from newcourse.plan.layout import tier_sizes
from newcourse.plan.limits import Limits
from newcourse.solver.problem import LinearProblem, Vector


class Peer:
    """The problem in linopy, and its answer in the order of our columns and rows."""

    def __init__(self, economy: Economy, limits: Limits) -> None:
        self.economy, self.limits, self.model = economy, limits, linopy.Model()
        self.periods = pd.RangeIndex(limits.periods, name="period")
        self.goods = pd.RangeIndex(len(economy.goods), name="good")
        self._columns()
        self._balance()
        self._factors()
        self._rates()
        self._routes()
        self._minima()

    def _columns(self) -> None:
        e = self.economy
        self.process = pd.Index(e.process_index.astype(object), name="process")
        self.need = pd.Index(e["needs"]["need"].astype(object), name="need")
        self.route = pd.RangeIndex(len(e["routes"]), name="route")
        self.tier = pd.Index(TIERS, name="tier")
        self.place = pd.Index(e["needs"]["place"].drop_duplicates().astype(object), name="place")
        storable = set(e["products"].loc[e["products"]["storable"], "product"])
        self.stored = pd.Index(np.flatnonzero(e.goods.get_level_values("product").isin(storable)), name="good")
        sizes = xr.DataArray(tier_sizes(e), coords=[self.need, self.tier])
        add = self.model.add_variables
        self.x = add(lower=0, coords=[self.periods, self.process], name="activity")
        full = sizes.expand_dims(period=self.periods)
        self.delivery = add(lower=0, upper=full, coords=[self.periods, self.need, self.tier], name="delivery")
        self.shipments = add(lower=0, coords=[self.periods, self.route], name="shipments") if len(self.route) else None
        self.carried = add(lower=0, coords=[self.periods, self.stored], name="carried") if len(self.stored) else None
        self.secured = add(lower=0, upper=1, coords=[self.place], name="secured")
        self.worst = add(lower=0, upper=1, name="worst off")
        worth = xr.DataArray(unit_worth(e, Goal()), coords=[self.need]) * xr.DataArray(
            list(SATISFACTION), coords=[self.tier]
        )
        self.model.add_objective((self.delivery * worth).sum(), sense="max")

    def _matrix(self, matrix: sp.csr_array, rows: pd.Index) -> xr.DataArray:
        return xr.DataArray(matrix.toarray(), coords=[rows, self.process])

    def _by_good(
        self, expression: linopy.LinearExpression, index: pd.Index, rows: np.ndarray
    ) -> linopy.LinearExpression:
        goods = xr.DataArray(rows, coords=[index], name="good")
        return expression.groupby(goods).sum().reindex(good=self.goods)

    def _balance(self) -> None:
        e = self.economy
        net = (self._matrix(sp.csr_array(e.outputs - e.inputs), self.goods) * self.x).sum("process")
        net = net - self._by_good(self.delivery.sum("tier"), self.need, e.good_rows(e["needs"]))
        if self.shipments is not None:
            routes = e["routes"]
            net = net + self._by_good(1 * self.shipments, self.route, e.good_rows(routes, "destination"))
            net = net - self._by_good(1 * self.shipments, self.route, e.good_rows(routes, "origin"))
        if self.carried is not None:
            kept = (1 * self.carried.shift(period=1)) - 1 * self.carried
            net = net + kept.reindex(good=self.goods)
        stores = np.zeros((len(self.periods), len(self.goods)))
        np.subtract.at(stores[0], e.good_rows(e["stores"]), e["stores"]["quantity"].to_numpy())
        self.model.add_constraints(net >= xr.DataArray(stores, coords=[self.periods, self.goods]), name="balance")

    def _factors(self) -> None:
        e = self.economy
        supply = e["factor_supply"]
        at = e["processes"]["place"].to_numpy()
        row = pd.Index(e["factors"]["factor"]).get_indexer(pd.Index(supply["factor"]))
        use = e.factor_use.toarray()[row] * (supply["place"].to_numpy()[:, None] == at[None, :])
        rows = pd.RangeIndex(len(supply), name="supply")
        used = (xr.DataArray(use, coords=[rows, self.process]) * self.x).sum("process")
        self.model.add_constraints(used <= xr.DataArray(supply["quantity"].to_numpy(), coords=[rows]), name="factors")

    def _rates(self) -> None:
        rate = self.limits.activity_rate
        if rate is None:
            return
        base = self.economy.base_activity
        upper = np.tile(first_activity(self.economy, self.limits.uptake), (len(self.periods), 1))
        upper[0] += (1 + rate) * base
        lower = np.zeros_like(upper)
        lower[0] = (1 - rate) * base
        coords = [self.periods, self.process]
        before = 1 * self.x.shift(period=1)
        self.model.add_constraints(self.x - (1 + rate) * before <= xr.DataArray(upper, coords=coords), name="growth")
        self.model.add_constraints(self.x - (1 - rate) * before >= xr.DataArray(lower, coords=coords), name="decline")

    def _routes(self) -> None:
        rate = self.limits.route_share_rate
        if rate is None or self.shipments is None:
            return
        e = self.economy
        good = e.good_rows(e["routes"], "destination")
        supply = (self._matrix(e.outputs, self.goods) * self.x).sum("process")
        supply = supply + self._by_good(1 * self.shipments, self.route, good)
        there = supply.sel(good=xr.DataArray(good, coords=[self.route]))
        share = e["routes"]["base"].to_numpy() / gross_supply(e).to_numpy()[good]
        moved = rate * (1 + np.arange(len(self.periods)))[:, None]
        for way, part in (("up", share + moved), ("down", share - moved)):
            bound = xr.DataArray(part.clip(0.0, 1.0), coords=[self.periods, self.route])
            row = self.shipments - bound * there
            self.model.add_constraints(row <= 0 if way == "up" else row >= 0, name=f"route share {way}")

    def _minima(self) -> None:
        needs = self.economy["needs"]
        asked = needs["minimum"].to_numpy() > 0
        index = self.need[asked]
        minimum = xr.DataArray(needs["minimum"].to_numpy()[asked], coords=[index])
        of_place = xr.DataArray(needs["place"].to_numpy(object)[asked], coords=[index])
        first = self.delivery.sel(tier=TIERS[0]).sel(need=index)
        secured = minimum * self.secured.sel(place=of_place)
        self.model.add_constraints(first - secured >= 0, name="minima")
        self.model.add_constraints(self.secured - self.worst >= 0, name="worst off")

    def solve(self, **options: object) -> str:
        """Let HiGHS answer, through memory; return its status."""
        return self.model.solve(solver_name="highs", io_api="direct", progress=False, **options)[1]

    def answer(self, problem: LinearProblem) -> tuple[Vector, Vector]:
        """Return its point and duals in the order of our columns and rows."""
        primal = [_values(self.model.variables, block.name, len(block), "solution") for block in problem.columns]
        dual = [_values(self.model.constraints, block.name, len(block), "dual") for block in problem.rows]
        return np.concatenate(primal), np.concatenate(dual)


def _values(container: linopy.variables.Variables, name: str, length: int, what: str) -> Vector:
    """Return the values of one named block, period first; nil where linopy has no such block because it is empty."""
    if name not in container:
        return np.zeros(length)
    values = getattr(container[name], what)
    order = ["period", *(d for d in values.dims if d != "period")] if "period" in values.dims else values.dims
    found = values.transpose(*order).to_numpy().ravel()
    if found.size != length:
        raise ValueError(f"{name}: {found.size} values where ours has {length}")
    return np.nan_to_num(found)

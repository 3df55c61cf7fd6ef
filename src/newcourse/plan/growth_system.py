"""Techniques as a system that can grow: what a unit of each process makes, takes and holds (design §6.4)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault

Balance = Callable[[float], tuple[np.ndarray, np.ndarray]]
"""What is on one side and on the other, at a rate of growth."""


@dataclass(frozen=True, eq=False)
class Holding:
    """Stocks of one kind of renewal: what a unit of activity holds, and how it has to be renewed.

    Parameters
    ----------
    held
        Goods held per unit of activity, goods × processes.
    life, gestation
        Of the stocks, in periods.
    vintage
        Whether a stock serves its life and is gone, instead of decaying by one part in ``life`` a period.
    """

    held: sp.csr_array
    life: float
    gestation: int
    vintage: bool

    def renewal(self, rate: float) -> float:
        """Return what must be added to a stock of 1 now, so that it is renewed and grows by ``rate`` a period."""
        ahead = (1.0 + rate) ** (self.gestation - 1)
        if not self.vintage or not np.isfinite(self.life):
            return max(0.0, ahead * (rate + 1.0 / self.life))
        if abs(rate) < 1e-12:
            return ahead / self.life
        return float(ahead * rate / -np.expm1(-self.life * np.log1p(rate)))


@dataclass(frozen=True, eq=False)
class GrowthSystem:
    """Techniques that are to grow together.

    Parameters
    ----------
    goods, processes
        Labels of rows and columns.
    outputs
        What a unit of activity makes, goods × processes.
    inputs
        What it takes, goods × processes, by the periods before its output in which it takes it.
    holdings
        What it holds.
    scale
        A usual size of each activity; only for numbers of like size in the calculation, and for the scale of answers.
    """

    goods: pd.Index
    processes: pd.Index
    outputs: sp.csr_array
    inputs: dict[int, sp.csr_array]
    holdings: tuple[Holding, ...]
    scale: np.ndarray

    def __post_init__(self) -> None:
        shape = (len(self.goods), len(self.processes))
        parts = [self.outputs, *self.inputs.values(), *(holding.held for holding in self.holdings)]
        if any(part.shape != shape for part in parts) or self.scale.shape != shape[1:] or not (self.scale > 0).all():
            found = ", ".join(str(part.shape) for part in parts)
            raise BadInput(Fault("shape", "growth system", found, f"{shape} and positive scales", "give such matrices"))

    @property
    def weight(self) -> np.ndarray:
        """A usual quantity of each good: what is made of it at the usual scale."""
        made = self.outputs @ self.scale
        return np.asarray(np.where(made > 0, made, 1.0))

    @property
    def uses(self) -> tuple[tuple[Callable[[float], float], sp.csr_array], ...]:
        """What a unit of activity takes, in parts: a function of the rate, and the goods × processes it multiplies."""
        inputs = [(partial(_grown, lead), matrix) for lead, matrix in self.inputs.items()]
        return (*inputs, *((holding.renewal, holding.held) for holding in self.holdings))

    def used(self, rate: float) -> sp.csr_array:
        """Return what a unit of activity takes in a period in which everything grows by ``rate``, goods × processes."""
        empty = sp.csr_array(self.outputs.shape)
        return sp.csr_array(sum((matrix * times(rate) for times, matrix in self.uses), empty))

    def net(self, rate: float) -> sp.csr_array:
        """Return outputs less what is used at a rate, in the usual scale of processes and goods."""
        return sp.csr_array(self._scaled(self.outputs - self.used(rate)))

    def made_and_used(self, x: np.ndarray) -> Balance:
        """Return, as a function of the rate, what activities (in usual scale) make and use of each good."""
        activity = x * self.scale
        return _balance(self.outputs @ activity, [(times, matrix @ activity) for times, matrix in self.uses])

    def gain_and_cost(self, p: np.ndarray) -> Balance:
        """Return, as a function of the rate, what each process brings and costs at prices (in usual scale)."""
        prices = p / self.weight
        return _balance(self.outputs.T @ prices, [(times, matrix.T @ prices) for times, matrix in self.uses])

    def reproducible(self) -> "GrowthSystem":
        """Return the system without processes that take what nobody makes, and without goods that nobody takes.

        What nobody makes cannot be had again and again, so what needs it cannot grow. What nobody takes binds nobody.
        """
        system = self
        while True:
            made = np.asarray((system.outputs > 0).sum(axis=1)).ravel() > 0
            takes = abs(system.used(0.0)) > 0
            barren = np.asarray((takes[~made]).sum(axis=0)).ravel() > 0
            barren |= np.asarray((system.outputs > 0).sum(axis=0)).ravel() == 0
            if not barren.any():
                break
            system = system._only(np.ones(len(system.goods), dtype=bool), ~barren)
        wanted = np.asarray((abs(system.used(1.0)) > 0).sum(axis=1)).ravel() > 0
        return system._only(wanted & made, np.ones(len(system.processes), dtype=bool))

    def _only(self, goods: np.ndarray, processes: np.ndarray) -> "GrowthSystem":
        def part(matrix: sp.csr_array) -> sp.csr_array:
            return sp.csr_array(matrix[goods][:, processes])

        return GrowthSystem(
            self.goods[goods],
            self.processes[processes],
            part(self.outputs),
            {lead: part(matrix) for lead, matrix in self.inputs.items()},
            tuple(replace(holding, held=part(holding.held)) for holding in self.holdings),
            self.scale[processes],
        )

    def _scaled(self, matrix: sp.csr_array) -> sp.csr_array:
        return sp.csr_array(sp.diags_array(1.0 / self.weight) @ matrix @ sp.diags_array(self.scale))


def _grown(periods: int, rate: float) -> float:
    return (1.0 + rate) ** periods


def _balance(first: np.ndarray, parts: list[tuple[Callable[[float], float], np.ndarray]]) -> Balance:
    def at(rate: float) -> tuple[np.ndarray, np.ndarray]:
        return first, np.sum([times(rate) * part for times, part in parts], axis=0)

    return at


def growth_system(economy: Economy) -> GrowthSystem:
    """Return all techniques of an economy as a system that can grow: nothing consumed, nothing traded, work for free.

    Shipments between its places are free; factors and caps set no limit.
    """
    base = economy.base_activity
    mean = base[base > 0].mean() if (base > 0).any() else 1.0
    routes = economy["routes"]
    n, m = len(economy.goods), len(economy.process_index) + len(routes)
    shipped = [f"{p}: {o} to {d}" for p, o, d in routes[["product", "origin", "destination"]].itertuples(index=False)]
    columns = np.arange(len(economy.process_index), m)
    arriving, leaving = (
        sp.csr_array((np.ones(len(routes)), (economy.good_rows(routes, end), columns)), shape=(n, m))
        for end in ("destination", "origin")
    )
    inputs = {lead: _wide(matrix, m) for lead, matrix in inputs_by_lead(economy).items()}
    inputs[0] = sp.csr_array(inputs.get(0, sp.csr_array((n, m))) + leaving)
    return GrowthSystem(
        pd.Index(["/".join(good) for good in economy.goods], name="good"),
        pd.Index([*economy.process_index, *shipped], name="process"),
        sp.csr_array(_wide(economy.outputs, m) + arriving),
        inputs,
        tuple(replace(holding, held=_wide(holding.held, m)) for holding in holdings_of(economy)),
        np.concatenate([np.where(base > 0, base, mean), np.full(len(routes), mean)]),
    )


def inputs_by_lead(economy: Economy) -> dict[int, sp.csr_array]:
    """Return what a unit of activity takes, goods × processes, by the lead of the processes."""
    leads = economy["processes"]["lead"].to_numpy(dtype=int)
    return {
        int(lead): sp.csr_array(economy.inputs @ sp.diags_array((leads == lead).astype(float)))
        for lead in np.unique(leads)
    }


def holdings_of(economy: Economy) -> tuple[Holding, ...]:
    """Return what a unit of activity holds as stocks, by kind of renewal."""
    stocks = economy["stocks"]
    kept = stocks["ageing"] == "vintage" if "ageing" in stocks else pd.Series(False, index=stocks.index)
    rows = economy.good_rows(stocks)
    found = []
    kinds = list(zip(stocks["life"], stocks["gestation"], kept, strict=True))
    for life, gestation, vintage in dict.fromkeys(kinds):
        here = np.array([number for number, kind in enumerate(kinds) if kind == (life, gestation, vintage)])
        to_good = sp.csr_array((np.ones(len(here)), (rows[here], here)), shape=(len(economy.goods), len(stocks)))
        held = sp.csr_array(to_good @ economy.stock_use)
        found.append(Holding(held, float(life), int(gestation), bool(vintage)))
    return tuple(found)


def _wide(matrix: sp.csr_array, width: int) -> sp.csr_array:
    """Return the matrix with empty columns added at the right."""
    return sp.csr_array(sp.hstack([matrix, sp.csr_array((matrix.shape[0], width - matrix.shape[1]))]))

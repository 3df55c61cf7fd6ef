"""The parts of a cost: labour by factor, emissions, capital, means of payment, and what is left (design §6.3)."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.plan.names import Names
from newcourse.plan.sentences import quantity
from newcourse.plan.trade.content import Traced
from newcourse.plan.trade.ways import PACE, Column, Valued

EXCHANGE: Final = ("payments", "reserves")
"""Blocks of rows that count means of payment."""

CAPITAL: Final = ("capacity", "begun", "projects", "pace", "terminal", "steady")
"""Blocks of rows that count capital in place."""

KINDS: Final = {
    "factor": "",
    "emission": "",
    "capital": "capital in place",
    "exchange": "means of payment for imports",
    "pace": "paces of change",
    "needs": "needs served less",
    "other": "other limits",
    "inputs": "inputs, not traced further",
}
"""Kinds of parts and what they are called; factors and emissions go by their own names."""

NOTICED: Final = 1e-9
"""A part below this part of the whole is left out."""


@dataclass(frozen=True)
class Part:
    """One part of the cost of one more unit of a good.

    Parameters
    ----------
    kind
        One of :data:`KINDS`.
    what
        In words.
    worth
        In currency, at the plan's valuations.
    amount, unit
        How much of it, where it can be counted: hours, tonnes, means of payment.
    """

    kind: str
    what: str
    worth: float
    amount: float | None = None
    unit: str = ""

    def words(self) -> str:
        """Say it in a phrase."""
        counted = "" if self.amount is None else f"{quantity(self.amount, self.unit)} of "
        return f"{counted}{self.what}"

    def as_data(self) -> dict[str, Any]:
        """Return the part as plain data."""
        return asdict(self)


@dataclass(frozen=True, eq=False)
class PartsOf:
    """Tells the parts of costs.

    Parameters
    ----------
    valued
        The planning problem and its valuations.
    names
        Names and units of its economy.
    """

    valued: Valued
    names: Names

    def cost(self, column: Column, found: Traced, capital: float = 0.0) -> tuple[Part, ...]:
        """Return the parts of the cost of one more unit got by a column; their worths add up to it.

        Parameters
        ----------
        column
            The way it is got.
        found
            What its inputs take in the end.
        capital
            What is to be added for capital that has to be built, in currency.
        """
        worth = self._worths(found)
        worth["capital"] = worth.get("capital", 0.0) + capital
        amounts = self._amounts(column, found)
        return tuple(self._part(key, worth.get(key, 0.0), amounts.get(key)) for key in _order(worth, amounts))

    def _part(self, key: str, worth: float, amount: float | None) -> Part:
        kind, _, code = key.partition(":")
        if kind == "factor":
            return Part(kind, self.names.factor(code), worth, amount, self.names.unit("factor", code))
        if kind == "emission":
            return Part(kind, self.names.emission(code), worth, amount, self.names.unit("emission", code))
        return Part(kind, KINDS[kind], worth, amount, self.names.currency if amount is not None else "")

    @cached_property
    def _keys(self) -> tuple[pd.Index, np.ndarray]:
        """The kinds of parts there are, and which of them each row belongs to, shape (m,)."""
        keys = [_key(block.name, label) for block in self.valued.model.problem.rows for label in block.labels.to_list()]
        codes, kinds = pd.factorize(np.array(keys, dtype=object))
        return pd.Index(kinds), codes

    def _worths(self, found: Traced) -> dict[str, float]:
        kinds, codes = self._keys
        sums = np.bincount(codes, weights=found.rows * self.valued.dual, minlength=len(kinds))
        worth = {str(kind): float(value) for kind, value in zip(kinds, sums, strict=True) if value}
        delivered = -float(found.columns @ self.valued.cost)
        return worth | {key: more for key, more in (("needs", delivered), ("inputs", found.left)) if more}

    def _amounts(self, column: Column, found: Traced) -> dict[str, float]:
        """Return what can be counted: factors and emissions by all processes that run more, and means of payment."""
        economy = self.valued.model.economy
        whole = found.columns.copy()
        whole[column.position] += 1.0 / column.yields
        if column.source is not None:
            whole[column.source.position] += 1.0 / (column.yields * column.source.yields)
        run = whole[self.valued.model.columns("activity")].reshape(-1, len(economy.process_index)).sum(axis=0)
        amounts = dict(_counted("factor", economy["factors"]["factor"], economy.factor_use @ run))
        amounts |= dict(_counted("emission", economy["emissions"]["emission"], economy.emission_use @ run))
        paid = float(found.rows[self.valued.rows_of(("payments",))].sum())
        return amounts | ({"exchange": paid} if paid else {})


def _order(worth: Mapping[str, float], amounts: Mapping[str, float]) -> list[str]:
    least = NOTICED * sum(map(abs, worth.values()))
    told = [k for k in dict.fromkeys([*worth, *amounts]) if abs(worth.get(k, 0.0)) > least or amounts.get(k)]
    kinds = list(KINDS)
    return sorted(told, key=lambda key: kinds.index(key.partition(":")[0]))


def _key(block: str, label: Any) -> str:
    if block == "factors":
        return f"factor:{label[1]}"
    if block == "emissions":
        return f"emission:{label[1]}"
    for kind, blocks in (("exchange", EXCHANGE), ("capital", CAPITAL), ("pace", PACE)):
        if block in blocks:
            return kind
    return "other"


def _counted(kind: str, codes: Any, amounts: np.ndarray) -> Iterator[tuple[str, float]]:
    least = NOTICED * np.abs(amounts).max(initial=0.0)
    for code, amount in zip(codes, amounts, strict=True):
        if abs(amount) > least:
            yield f"{kind}:{code}", float(amount)

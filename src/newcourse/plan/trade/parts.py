"""The parts of a cost: labour by factor, emissions, capital, means of payment, and what is left (design §6.3)."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from newcourse.plan.names import Names
from newcourse.plan.sentences import quantity
from newcourse.plan.trade.margin import Traced
from newcourse.plan.trade.ways import PACE, Column, Valued

EXCHANGE: Final = ("payments", "reserves", "debt", "saved", "borrowing")
"""Blocks of rows that count means of payment."""

CAPITAL: Final = ("capacity", "begun", "terminal")
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


def parts_of(valued: Valued, names: Names, column: Column, found: Traced, capital: float = 0.0) -> tuple[Part, ...]:
    """Return the parts of the cost of one more unit got by a column; their worths add up to it.

    Parameters
    ----------
    valued
        The planning problem and its valuations.
    names
        Names and units of its economy.
    column
        The way it is got.
    found
        What its inputs take in the end.
    capital
        What is to be added for capital that has to be built, in currency.
    """
    worth = _worths(valued, found)
    worth["capital"] = worth.get("capital", 0.0) + capital
    amounts = _amounts(valued, column, found)
    return tuple(_part(names, key, worth.get(key, 0.0), amounts.get(key)) for key in _order(worth, amounts))


def _part(names: Names, key: str, worth: float, amount: float | None) -> Part:
    kind, _, code = key.partition(":")
    if kind == "factor":
        return Part(kind, names.factor(code), worth, amount, names.unit("factor", code))
    if kind == "emission":
        return Part(kind, names.emission(code), worth, amount, names.unit("emission", code))
    return Part(kind, KINDS[kind], worth, amount, names.currency if amount is not None else "")


def _order(worth: Mapping[str, float], amounts: Mapping[str, float]) -> list[str]:
    least = NOTICED * sum(map(abs, worth.values()))
    told = [k for k in dict.fromkeys([*worth, *amounts]) if abs(worth.get(k, 0.0)) > least or amounts.get(k)]
    kinds = list(KINDS)
    return sorted(told, key=lambda key: kinds.index(key.partition(":")[0]))


def _worths(valued: Valued, found: Traced) -> dict[str, float]:
    worth: dict[str, float] = {}
    for block in valued.model.problem.rows:
        each = found.rows[block.slice] * valued.dual[block.slice]
        for position in np.flatnonzero(each):
            key = _key(block.name, block.labels[int(position)])
            worth[key] = worth.get(key, 0.0) + float(each[position])
    delivered = -float(found.columns @ valued.cost)
    return worth | {key: more for key, more in (("needs", delivered), ("inputs", found.left)) if more}


def _key(block: str, label: Any) -> str:
    if block == "factors":
        return f"factor:{label[1]}"
    if block == "emissions":
        return f"emission:{label[1]}"
    for kind, blocks in (("exchange", EXCHANGE), ("capital", CAPITAL), ("pace", PACE)):
        if block in blocks:
            return kind
    return "other"


def _amounts(valued: Valued, column: Column, found: Traced) -> dict[str, float]:
    """Return what can be counted: factors and emissions by all processes that run more, and means of payment."""
    economy = valued.model.economy
    whole = found.columns.copy()
    whole[column.position] += 1.0 / column.yields
    if column.source is not None:
        whole[column.source.position] += 1.0 / (column.yields * column.source.yields)
    run = whole[valued.model.columns("activity")].reshape(-1, len(economy.process_index)).sum(axis=0)
    amounts = dict(_counted("factor", economy["factors"]["factor"], economy.factor_use @ run))
    amounts |= dict(_counted("emission", economy["emissions"]["emission"], economy.emission_use @ run))
    paid = float(found.rows[valued.rows_of(("payments",))].sum())
    return amounts | ({"exchange": paid} if paid else {})


def _counted(kind: str, codes: Any, amounts: np.ndarray) -> Iterator[tuple[str, float]]:
    least = NOTICED * np.abs(amounts).max(initial=0.0)
    for code, amount in zip(codes, amounts, strict=True):
        if abs(amount) > least:
            yield f"{kind}:{code}", float(amount)

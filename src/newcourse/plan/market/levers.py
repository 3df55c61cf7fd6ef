"""What a plan can steer the market part with: prices, taxes, credit, reserves, trade, pace, costs (design §6.2).

There is no lever that takes anything by force: each changes a price, a tax known beforehand, or what the common
household itself buys, sells, lends or makes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from newcourse.errors import BadInput, Fault

MAPPINGS: Final = ("prices", "taxes", "credit", "reserves", "imports", "exports", "capacity", "costs", "transfers")


@dataclass(frozen=True)
class Tax:
    """A tax by brackets: each part of the income of a member is taxed at the rate of its bracket.

    Parameters
    ----------
    brackets
        Pairs of the income at which a bracket begins and its rate, in order; money of the base year per member. The
        beginnings move with the price level.

    >>> tax = Tax(((0.0, 0.0), (100.0, 0.1), (300.0, 0.4)))
    >>> tax.on(400.0), tax.average(400.0), tax.marginal(400.0)
    (60.0, 0.15, 0.4)
    """

    brackets: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "brackets", tuple((float(start), float(rate)) for start, rate in self.brackets))
        starts = [start for start, _ in self.brackets]
        faults = [
            Fault("tax-rate", f"bracket from {start:g}", f"{rate:g}", "a rate from 0 to below 1", "correct the rate")
            for start, rate in self.brackets
            if not 0 <= rate < 1
        ]
        if starts != sorted(set(starts)) or any(start < 0 for start in starts):
            faults.append(Fault("tax-order", "brackets", f"{starts}", "rising beginnings from 0", "put them in order"))
        if faults:
            raise BadInput(faults)

    @property
    def progressive(self) -> bool:
        """Whether no bracket has a lower rate than the one before."""
        rates = [rate for _, rate in self.brackets]
        return rates == sorted(rates)

    def on(self, income: float, level: float = 1.0) -> float:
        """Return the tax on an income when prices stand at ``level`` times those of the base year."""
        ends = [*(start for start, _ in self.brackets), float("inf")][1:]
        parts = zip(self.brackets, ends, strict=True)
        return sum(rate * max(0.0, min(income, end * level) - start * level) for (start, rate), end in parts)

    def average(self, income: float, level: float = 1.0) -> float:
        """Return the part of an income that is paid."""
        return self.on(income, level) / income if income > 0 else 0.0

    def marginal(self, income: float, level: float = 1.0) -> float:
        """Return the part of one more unit of money that is paid."""
        return next((rate for start, rate in reversed(self.brackets) if income >= start * level), 0.0)


@dataclass(frozen=True)
class Levers:
    """Settings of all levers in one period; nothing set leaves the market part as it was.

    Parameters
    ----------
    prices
        Administered price of a product, in money; the plan buys what is left over and sells what is short, from and
        into its reserves.
    taxes
        Tax on the income of each group.
    credit
        Rate of interest each producer pays the common bank on the inputs it buys; or by sector.
    reserves
        Quantity of a product the plan sells from its reserves (negative: buys).
    imports, exports
        Quantities bought and sold abroad on the common account.
    payment
        Product of which as much is exported, beyond ``exports``, as pays for the imports not paid otherwise.
    capacity
        What the base activity of a producer is multiplied by.
    costs
        What the inputs of a producer with a fixed recipe are multiplied by: 0.9 when a tenth of them is saved.
    pace
        What the plan's own purchases (accumulation) are multiplied by.
    transfers
        Money of the base year paid to each group, such as supplements to wages; it moves with the price level.
    """

    prices: Mapping[str, float] = field(default_factory=dict)
    taxes: Mapping[str, Tax] = field(default_factory=dict)
    credit: Mapping[str, float] = field(default_factory=dict)
    reserves: Mapping[str, float] = field(default_factory=dict)
    imports: Mapping[str, float] = field(default_factory=dict)
    exports: Mapping[str, float] = field(default_factory=dict)
    payment: str = ""
    capacity: Mapping[str, float] = field(default_factory=dict)
    costs: Mapping[str, float] = field(default_factory=dict)
    pace: float = 1.0
    transfers: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in MAPPINGS:
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        faults = [
            Fault("lever-value", f"{name}, {key}", f"{value:g}", "a number of at least 0", "correct it")
            for name in ("credit", "imports", "exports", "capacity", "costs", "transfers")
            for key, value in getattr(self, name).items()
            if not 0 <= value < float("inf")
        ]
        faults += [
            Fault("lever-value", f"prices, {key}", f"{value:g}", "a price above 0", "correct it")
            for key, value in self.prices.items()
            if not 0 < value < float("inf")
        ]
        if not 0 <= self.pace < float("inf"):
            faults.append(Fault("lever-value", "pace", f"{self.pace:g}", "a number of at least 0", "correct it"))
        if faults:
            raise BadInput(faults)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Levers":
        """Make levers of what :meth:`to_data` gave."""
        taxes = {group: Tax(tuple(map(tuple, brackets))) for group, brackets in data.get("taxes", {}).items()}
        known = {*MAPPINGS, "payment", "pace"}
        unknown = sorted(set(data) - known)
        if unknown:
            raise BadInput(
                Fault(
                    "lever-unknown", "levers", ", ".join(unknown), f"some of {', '.join(sorted(known))}", "correct it"
                )
            )
        return cls(**{**data, "taxes": taxes})

    def to_data(self) -> dict[str, Any]:
        """Return the levers that are set as plain data."""
        data: dict[str, Any] = {name: dict(getattr(self, name)) for name in MAPPINGS if getattr(self, name)}
        if self.taxes:
            data["taxes"] = {group: [list(bracket) for bracket in tax.brackets] for group, tax in self.taxes.items()}
        if self.payment:
            data["payment"] = self.payment
        return data if self.pace == 1 else {**data, "pace": self.pace}

"""What is said of one product: its coefficient, the parts of it, and whether to make, buy or catch up (design §6.3)."""

from dataclasses import dataclass
from typing import Any, Final, Literal

from newcourse.plan.sentences import and_list, number, quantity
from newcourse.plan.trade.catching_up import LONG, Investment, investment_words
from newcourse.plan.trade.parts import Part
from newcourse.plan.trade.ways import Kind

Verdict = Literal["make", "buy", "either", "catch up"]

EQUAL: Final = 1e-6
"""Costs within this part of each other are equal."""


@dataclass(frozen=True)
class Way:
    """One way of getting one more unit of a good.

    Parameters
    ----------
    kind, code, name
        ``make`` by a process, ``import``, or ``receive`` from a place; its code and its name in words.
    cost
        Per unit, in currency, at the plan's valuations, without what holds this year only.
    rents
        What paces of change and quotas add (or, below 0, take off) this year, in currency by what they are.
    parts
        Of the cost; their worths add up to it.
    """

    kind: Kind
    code: str
    name: str
    cost: float
    rents: tuple[Part, ...]
    parts: tuple[Part, ...]

    def of(self, kind: str) -> float:
        """Return the worth of the parts of one kind, in currency."""
        return sum(part.worth for part in self.parts if part.kind == kind)

    def as_data(self) -> dict[str, Any]:
        """Return the way as plain data."""
        return {
            "kind": self.kind,
            "code": self.code,
            "name": self.name,
            "cost": self.cost,
            "rents": [part.as_data() for part in self.rents],
            "parts": [part.as_data() for part in self.parts],
        }


@dataclass(frozen=True)
class CatchUp:
    """A known technique that would beat buying once it is built.

    Parameters
    ----------
    way
        The technique; its cost counts capital as it has to be built and leaves the pace of change out.
    borrowed_from
        Name of the process whose technique it takes over; empty if none.
    new
        Whether it is not yet run in the base year.
    replaces
        How much of the good is bought now, per period: what it is to supply instead.
    investment
        What has to be put in place for that, beyond what lies idle.
    periods
        In how many periods the pace of change lets it; ``None``: more than a hundred, or never.
    """

    way: Way
    borrowed_from: str
    new: bool
    replaces: float
    investment: tuple[Investment, ...]
    periods: int | None

    @property
    def investment_value(self) -> float:
        """Value of the investment at base-year prices, in currency."""
        return sum(i.value for i in self.investment)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "way": self.way.as_data(),
            "borrowed_from": self.borrowed_from,
            "new": self.new,
            "replaces": self.replaces,
            "investment": [i.as_data() for i in self.investment],
            "investment_value": self.investment_value,
            "periods": self.periods,
        }


@dataclass(frozen=True)
class Coefficient:
    """The comparative coefficient of one product at one place in one period.

    Parameters
    ----------
    place, place_name, product, name, unit, period
        Which product, in codes and words.
    quality
        For how many units bought one unit made at home serves.
    valuation
        What one more unit is worth to the goal, in currency.
    made
        The cheapest technique in use, if there is one.
    bought
        The cheapest way of getting it elsewhere.
    catch_up
        The technique in which catching up would pay, if there is one.
    earns
        What one unit exported brings in means of payment, valued, in currency; ``None`` where it is not exported.
    quantities
        What the plan makes, buys and sells: ``made``, ``bought``, ``sold`` in ``unit``.
    price, exchange
        World price per unit, and the valuation of means of payment; both ``None`` where it is not imported.
    currency
        Unit of money.

    Notes
    -----
    The verdict: *make* where the coefficient is below 1 and *buy* where it is above, or where no technique in use
    makes it; *either* where they are equal; *catch up* where buying is no dearer today, but a known technique would
    cost less than buying once it is built (see :mod:`newcourse.plan.trade.catching_up`).
    """

    place: str
    place_name: str
    product: str
    name: str
    unit: str
    period: int
    quality: float
    valuation: float
    made: Way | None
    bought: Way
    catch_up: CatchUp | None
    earns: float | None
    quantities: tuple[float, float, float]
    price: float | None
    exchange: float | None
    currency: str

    @property
    def coefficient(self) -> float | None:
        """Domestic cost over cost elsewhere, by quality; ``None`` where no technique in use makes it."""
        return None if self.made is None else _over(self.made.cost, self.quality * self.bought.cost)

    @property
    def built_coefficient(self) -> float | None:
        """The same for the technique in which catching up would pay, once it is built."""
        return None if self.catch_up is None else _over(self.catch_up.way.cost, self.quality * self.bought.cost)

    @property
    def export_coefficient(self) -> float | None:
        """Domestic cost over what exporting a unit brings: below 1 it earns more than it takes."""
        return None if self.made is None or self.earns is None else _over(self.made.cost, self.earns)

    @property
    def domestic_resource_cost(self) -> float | None:
        """Domestic factors taken per unit of means of payment saved (Bruno 1972), in currency per unit of exchange.

        (cost − imported inputs) ÷ (quality × world price − imported inputs in means of payment): making pays exactly
        where it is below the valuation of means of payment. ``None`` where nothing is saved.
        """
        if self.made is None or self.price is None:
            return None
        paid = sum(part.amount or 0.0 for part in self.made.parts if part.kind == "exchange")
        saved = self.quality * self.price - paid
        return (self.made.cost - self.made.of("exchange")) / saved if saved > EQUAL * abs(paid) else None

    @property
    def verdict(self) -> Verdict:
        """Make, buy, either or catch up."""
        found = self.coefficient
        if found is not None and found < 1 - EQUAL:
            return "make"
        if self.catch_up is not None:
            return "catch up"
        return "either" if found is not None and found <= 1 + EQUAL else "buy"

    def words(self) -> str:
        """Say in a sentence or two what is cheaper, why, and what catching up would take."""
        head = f"{self.name}{self._where()} in {self.period}: "
        told = head + (self._made() if self.made else f"no technique in use makes it; {self.bought.name} costs ")
        told += "" if self.made else f"{number(self.bought.cost)} {self.currency} a {self.unit}"
        text = f"{told}. {_VERDICTS[self.verdict]}"
        return f"{text} {self._catching_up(self.catch_up)}" if self.verdict == "catch up" and self.catch_up else text

    def _where(self) -> str:
        return f" ({self.place_name})"

    def _made(self) -> str:
        made = self.made
        if made is None:
            return ""
        coefficient = self.coefficient or 0.0
        main = sorted((p for p in made.parts if p.worth > 0.05 * made.cost), key=lambda p: -p.worth)[:3]
        parts = and_list([f"{p.worth / made.cost:.0%} {p.what}" for p in main]) if made.cost > 0 else ""
        cost = f"one more {self.unit} costs {number(made.cost)} {self.currency}" + (f" ({parts})" if parts else "")
        return f"{cost} at home, {number(coefficient)} of what it costs by {self.bought.name}"

    def _catching_up(self, found: CatchUp) -> str:
        built = number(self.built_coefficient or 0.0)
        told = not found.borrowed_from or found.borrowed_from in found.way.name
        source = "" if told else f" (taken over from {found.borrowed_from})"
        what = found.way.name if found.new else f"more capacity for {found.way.name}"
        text = f"{what}{source} would cost {built} of it once built"
        wanted = quantity(found.replaces, self.unit)
        if found.replaces <= 0:
            return text + "."
        pace = "at once" if found.periods == 1 else f"in {found.periods} periods" if found.periods else _NEVER
        return f"{text}; to supply the {wanted} bought now {investment_words(found.investment, self.currency)}, {pace}."

    def as_row(self) -> tuple[Any, ...]:
        """Return one row of the table of coefficients."""
        made = None if self.made is None else self.made.cost
        head = (self.place, self.product, self.name, self.unit, self.period, self.coefficient, self.verdict)
        costs = (made, self.bought.cost, self.valuation, self.built_coefficient, self.export_coefficient)
        return (*head, *costs, *self.quantities)

    def as_data(self) -> dict[str, Any]:
        """Return everything as plain data."""
        plain = ("place", "place_name", "product", "name", "unit", "period", "coefficient", "verdict", "quality",
                 "valuation", "built_coefficient", "export_coefficient", "domestic_resource_cost", "earns", "price",
                 "exchange")  # fmt: skip
        return {
            **{field: getattr(self, field) for field in plain},
            **dict(zip(("made_quantity", "bought_quantity", "sold_quantity"), self.quantities, strict=True)),
            "made": self.made.as_data() if self.made else None,
            "bought": self.bought.as_data(),
            "catch_up": self.catch_up.as_data() if self.catch_up else None,
            "words": self.words(),
        }


_NEVER: Final = f"which the pace of change does not allow within {LONG} periods"

_VERDICTS: Final = {
    "make": "Make it.",
    "buy": "Buy it.",
    "either": "Making and buying cost the same.",
    "catch up": "Buying is no dearer today, but catching up would pay:",
}


def _over(cost: float, other: float) -> float:
    if other > 0:
        return cost / other
    return 1.0 if cost <= 0 else float("inf")

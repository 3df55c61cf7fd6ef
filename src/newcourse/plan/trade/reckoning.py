"""Reckons the coefficients of goods from the valuations of a plan (design §6.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from newcourse.plan.names import Names
from newcourse.plan.plan import Plan
from newcourse.plan.trade.catching_up import capital_charge, investment_for, periods_needed
from newcourse.plan.trade.coefficient import EQUAL, CatchUp, Coefficient, Way
from newcourse.plan.trade.content import Traced, traced
from newcourse.plan.trade.parts import Part, PartsOf
from newcourse.plan.trade.ways import Column, Good, Valued
from newcourse.plan.wording import row_words

RENT: Final = 1e-9
"""A rent below this part of the cost is rounding."""


@dataclass(frozen=True, eq=False)
class _Choice:
    """The ways chosen for one good: how it is made, how it is bought, and how it could be made once built."""

    good: Good
    made: Column | None
    bought: Column
    built: Column | None

    def used(self) -> tuple[bool, bool, bool]:
        """Return which of the three ways there are."""
        return self.made is not None, True, self.built is not None

    def ways(self) -> list[tuple[Column, bool]]:
        """Return the ways there are, each with whether it is counted as built."""
        ways = ((self.made, False), (self.bought, False), (self.built, True))
        return [(column, built) for column, built in ways if column is not None]


@dataclass(frozen=True, eq=False)
class Reckoning:
    """Reckons coefficients.

    Parameters
    ----------
    plan, valued
        The plan, and its problem with valuations.
    quality
        Weights by product.
    interest
        On capital that has yet to be built.
    """

    plan: Plan
    valued: Valued
    quality: Mapping[str, float]
    interest: float

    @cached_property
    def names(self) -> Names:
        """Names and units."""
        return Names(self.plan.economy)

    @cached_property
    def _parts_of(self) -> PartsOf:
        return PartsOf(self.valued, self.names)

    @cached_property
    def in_use(self) -> Mapping[str, bool]:
        """Which processes run in the base year; all of them where none does."""
        base = self.plan.economy.base_activity
        return dict(zip(self.plan.economy.process_index, base > 0 if base.any() else base >= 0, strict=True))

    def coefficients(self, goods: Sequence[Good]) -> list[Coefficient]:
        """Return the coefficients of goods, in their order; all their costs are traced together."""
        chosen = [self._choice(good) for good in goods]
        wanted = [pair for choice in chosen for pair in choice.ways()]
        found = traced(self.valued, [self.valued.taken(column, built=built) for column, built in wanted])
        made = [self._way(column, what, built=built) for (column, built), what in zip(wanted, found, strict=True)]
        ways = iter(made)
        return [self._coefficient(c, *(next(ways) if use else None for use in c.used())) for c in chosen]

    def _choice(self, good: Good) -> _Choice:
        ways = self.valued.ways(good)
        makers = [w for w in ways if w.kind == "make"]
        made = min((w for w in makers if self.in_use[w.code]), key=self.valued.cost_of, default=None)
        bought = min((w for w in ways if w.kind != "make"), key=self.valued.cost_of)
        built = min(makers, key=self._built_cost, default=None)
        buying = self._quality(good) * self.valued.cost_of(bought) * (1 - EQUAL)
        if made is not None and self.valued.cost_of(made) < buying:
            built = None
        if built is not None and self._built_cost(built) >= buying:
            built = None
        return _Choice(good, made, bought, built)

    def _process(self, column: Column) -> int:
        return self.plan.economy.process_index.tolist().index(column.code)

    def _row(self, good: Good) -> int:
        """Return the row of a good's product and place in the economy's matrices."""
        return (self.valued.row(good) - self.valued.balance.start) % len(self.plan.economy.goods)

    def _quality(self, good: Good) -> float:
        return self.quality.get(good[1], 1.0)

    def _capital(self, column: Column) -> float:
        period = int(self.valued.balance.labels[column.row - self.valued.balance.start][2])
        return capital_charge(self.valued, column, period, self.interest)

    def _built_cost(self, column: Column) -> float:
        return self.valued.cost_of(column, built=True) + self._capital(column)

    def _way(self, column: Column, found: Traced, *, built: bool) -> Way:
        capital = self._capital(column) if built else 0.0
        cost = self.valued.cost_of(column, built=built) + capital
        parts = self._parts_of.cost(column, found, capital)
        return Way(
            column.kind, column.code, self._name(column), cost, () if built else self._rents(column, cost), parts
        )

    def _name(self, column: Column) -> str:
        if column.kind == "make":
            return self.names.process(column.code)
        return "import" if column.kind == "import" else f"delivery from {self.names.place(column.code)}"

    def _rents(self, column: Column, cost: float) -> tuple[Part, ...]:
        problem = self.valued.model.problem
        least = RENT * max(abs(cost), abs(float(self.valued.dual[column.row])))
        rents = [
            Part("pace", row_words(problem, self.names, row).words, worth)
            for row, worth in self.valued.paces_of(column).items()
        ]
        quota = self.valued.reduced(column)
        if np.isfinite(problem.column_upper[column.position]) and quota > 0:
            rents.append(Part("quota", "quota" if column.kind == "import" else "limit of the route", quota))
        return tuple(rent for rent in rents if abs(rent.worth) > least)

    def _coefficient(self, choice: _Choice, made: Way | None, bought: Way | None, built: Way | None) -> Coefficient:
        place, product, period = choice.good
        if bought is None:  # a traded good can be bought
            raise ValueError(f"no way of buying {choice.good}")
        price, exchange = self._price(choice)
        quantities = self._quantities(choice)
        return Coefficient(
            place=place, place_name=self.names.place(place), product=product, name=self.names.product(product),
            unit=self.names.unit("product", product), period=period, quality=self._quality(choice.good),
            valuation=self.valued.valuation(choice.good), made=made, bought=bought,
            catch_up=self._catch_up(choice, built, quantities[1]), earns=self._earns(choice.good),
            quantities=quantities, price=price, exchange=exchange, currency=self.names.currency,
        )  # fmt: skip

    def _catch_up(self, choice: _Choice, way: Way | None, bought: float) -> CatchUp | None:
        column, period = choice.built, choice.good[2]
        if column is None or way is None:
            return None
        position = self._process(column)
        now = float(self._activity[period][position])
        lender = str(self.plan.economy["processes"]["borrowed_from"].tolist()[position])
        return CatchUp(
            way=way,
            borrowed_from=self.names.process(lender) if lender else "",
            new=self.plan.economy.base_activity[position] <= 0,
            replaces=bought,
            investment=investment_for(self.plan, column, period, bought),
            periods=periods_needed(self.plan.economy, self.plan.limits, column, now, now + bought / column.yields),
        )

    def _price(self, choice: _Choice) -> tuple[float | None, float | None]:
        """Return world price and valuation of means of payment, where the good is imported."""
        column = choice.bought
        if column.kind != "import":
            return None, None
        taken = self.valued.taken(column)
        payments = self.valued.rows_of(("payments",))
        price = float(taken[payments].sum())
        return price, float(taken[payments] @ self.valued.dual[payments]) / price if price > 0 else None

    def _earns(self, good: Good) -> float | None:
        """Return what exporting a unit brings in means of payment, valued; nothing where it may not be exported."""
        j = self._exports.get(good)
        if j is None or self.valued.model.problem.column_upper[j] <= 0:
            return None
        rows, values = self.valued.entries(j)
        paid = np.isin(rows, self.valued.rows_of(("payments",)))
        return -float(values[paid] @ self.valued.dual[rows[paid]])

    @cached_property
    def _exports(self) -> dict[Good, int]:
        block = self.valued.model.problem.column_block("exports")
        return {label: block.start + i for i, label in enumerate(block.labels.to_list())}

    def _quantities(self, choice: _Choice) -> tuple[float, float, float]:
        """Return what the plan makes of the good, gets from elsewhere and sends elsewhere."""
        place, product, period = choice.good
        made = float(self._outputs(period)[self._row(choice.good)])

        def traded(table: str, end: str) -> float:
            return self._traded[table, end].get((place, product, period), 0.0)

        bought = traded("imports", "place") + traded("shipments", "destination")
        return made, bought, traded("exports", "place") + traded("shipments", "origin")

    def _outputs(self, period: int) -> np.ndarray:
        return np.asarray(self.plan.economy.outputs @ self._activity[period])

    @cached_property
    def _activity(self) -> Mapping[int, np.ndarray]:
        return {period: self.plan.activity_in(period) for period in self.plan.periods}

    @cached_property
    def _traded(self) -> Mapping[tuple[str, str], Mapping[Good, float]]:
        """Quantities by table and end of the trade, then by place, product and period."""
        ends = (("imports", "place"), ("exports", "place"), ("shipments", "origin"), ("shipments", "destination"))
        found: dict[tuple[str, str], dict[Good, float]] = {}
        for table, end in ends:
            sums: dict[Good, float] = {}
            columns = self.plan[table][[end, "product", "period", "quantity"]]
            for place, product, period, quantity in columns.itertuples(index=False, name=None):
                sums[place, product, period] = sums.get((place, product, period), 0.0) + quantity
            found[table, end] = sums
        return found

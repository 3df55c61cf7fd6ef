"""Shorter hours: time of one's own as a need that competes with the others by its weight (design §6.1)."""

from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar, Final

import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.changes.change import cell, require_fields, row_of
from newcourse.plan.goal import Goal, neutral_weights
from newcourse.plan.names import Names
from newcourse.plan.sentences import number

GROUP: Final = "Free time"
"""Group of needs that free time belongs to."""


@dataclass(frozen=True, slots=True)
class FreeTimeChange:
    """Part of a supply of labour is asked for as free time, and weighed against the other needs.

    A product *free time* is made of the labour alone, hour for hour, and a need for it is filed in tiers. Its base-year
    price is what an hour brings: final use over all labour of the base year. Where a supply is lowered instead (a
    change of kind ``supply``), shorter hours are a limit; here the plan weighs them. Labour in totals and orders is
    then what is disposed of; what is delivered of the need is free.

    Parameters
    ----------
    place, factor
        Which supply of labour.
    part
        Part of it, from 0 to 1, that is asked for in full.
    weight
        Share of free time in the voted weights, the others keeping their proportions; nothing: each unit of money
        counts alike.
    """

    kind: ClassVar[str] = "free-time"
    place: str
    factor: str
    part: float
    weight: float | None = None

    def __post_init__(self) -> None:
        require_fields(self)
        faults = [
            Fault("free-time-value", f"free time, {name}", f"{value}", expected, "correct it")
            for name, value, expected, wrong in (
                ("part", self.part, "a part above 0, at most 1", not 0 < self.part <= 1),
                ("weight", self.weight, "a share from 0 to below 1", self.weight is not None and self.weight >= 1),
            )
            if wrong
        ]
        if faults:
            raise BadInput(faults)

    @property
    def code(self) -> str:
        """Code of the process, and of the need."""
        return f"free-time:{self.place}:{self.factor}"

    def apply(self, economy: Economy, goal: Goal) -> tuple[Economy, Goal]:
        """Return the economy with the need for free time, and the goal with its weight.

        Raises
        ------
        BadInput
            If there is no such supply, or free time of it is asked for already.
        """
        supply = economy["factor_supply"]
        row = row_of(supply, "factor_supply", place=self.place, factor=self.factor)
        asked = self.part * cell(supply, row, "quantity")
        names = Names(economy)
        product, unit = f"free-time:{self.factor}", names.unit("factor", self.factor)
        name = f"free time of {names.factor(self.factor)}"
        new: dict[str, dict[str, Any]] = {
            "processes": {"process": self.code, "name": name, "place": self.place, "unit": unit},
            "outputs": {"process": self.code, "place": self.place, "product": product, "quantity": 1.0},
            "factor_use": {"process": self.code, "factor": self.factor, "quantity": 1.0},
            "needs": {
                "need": self.code, "name": f"{name} in {names.place(self.place)}", "place": self.place,
                "product": product, "group": GROUP, "target": asked, "growth": cell(supply, row, "growth"),
            },
        }  # fmt: skip
        if product not in set(economy["products"]["product"]):
            price = worth_of_an_hour(economy, self.factor)
            new["products"] = {"product": product, "name": name, "unit": unit, "group": GROUP, "price": price}
        changed = economy.replace(**{table: _with_row(economy[table], line) for table, line in new.items()})
        return changed, self._weighed(economy, changed, goal)

    def _weighed(self, before: Economy, after: Economy, goal: Goal) -> Goal:
        """Return the goal in which free time has its share and the other groups keep their proportions."""
        if self.weight is None and not goal.weights:
            return goal
        share = neutral_weights(after)[GROUP] if self.weight is None else self.weight
        others = {g: w for g, w in (dict(goal.weights) or neutral_weights(before)).items() if g != GROUP}
        scale = (1.0 - share) / sum(others.values())
        return replace(goal, weights={**{g: w * scale for g, w in others.items()}, GROUP: share})

    def words(self, economy: Economy) -> str:
        """Say how much free time is asked for, and with which weight."""
        supply = economy["factor_supply"]
        row = row_of(supply, "factor_supply", place=self.place, factor=self.factor)
        names = Names(economy)
        amount = number(self.part * cell(supply, row, "quantity"))
        weight = "" if self.weight is None else f", with a weight of {self.weight:.1%}"
        return (
            f"free time of {names.factor(self.factor)} in {names.place(self.place)}: up to {amount} "
            f"{names.unit('factor', self.factor)} a {economy.about.period} ({self.part:.1%}){weight}"
        )

    def to_data(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {"kind": self.kind, **asdict(self)}


def worth_of_an_hour(economy: Economy, factor: str) -> float:
    """Return what a unit of a factor brings in the base year: the value of final use over the use of the factor.

    Raises
    ------
    BadInput
        If the base year tells no such worth.
    """
    position = int((economy["factors"]["factor"] == factor).to_numpy().argmax())
    used = float((economy.factor_use @ economy.base_activity)[position])
    price = economy.prices
    brought = float((economy.final_use.to_numpy() * price.reindex(economy.goods.get_level_values(1)).to_numpy()).sum())
    if used <= 0 or brought <= 0:
        raise BadInput(
            Fault(
                "free-time-worth",
                f"free time of {factor}",
                f"final use worth {brought:g} made with {used:g} of it in the base year",
                "a base year that says what an hour brings",
                "state final_uses and base activities",
            )
        )
    return brought / used


def _with_row(table: pd.DataFrame, row: dict[str, Any]) -> pd.DataFrame:
    return pd.concat([table, pd.DataFrame([row])], ignore_index=True)

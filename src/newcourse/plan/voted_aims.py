"""Aims that people vote on, each as one number of a plan: needs met, hours of work, emissions, what is invested."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from newcourse.economy.economy import Economy
from newcourse.economy.units import conversion_factor, parse_unit
from newcourse.errors import BadInput, Fault
from newcourse.plan.model import Model
from newcourse.solver.lexicographic import Objective
from newcourse.solver.problem import Sense, Vector


@dataclass(frozen=True)
class VotedAim:
    """One aim.

    Parameters
    ----------
    name
        Code.
    title, best
        What is counted, and what a plan is called that has the best of it.
    sense
        Whether more or less of it is better.
    counted
        Coefficients of a model's columns, shape (n,), and their unit; coefficients are nil where an economy has
        nothing of the kind.
    """

    name: str
    title: str
    best: str
    sense: Sense
    counted: Callable[[Model], tuple[Vector, str]]

    def objective(self, model: Model) -> Objective:
        """Return the aim as an objective of a model."""
        return Objective(self.name, self.counted(model)[0], self.sense)


def _needs(model: Model) -> tuple[Vector, str]:
    """Needs met over the horizon, each at its base-year price and its voted weight, first tiers counting more."""
    return np.asarray(model.problem.cost), model.economy.about.currency


def _hours(model: Model) -> tuple[Vector, str]:
    """Hours of work of all processes over the horizon."""
    factors = model.economy["factors"]
    worked = [unit for unit in factors["unit"] if _is_time(unit)]
    if not worked:
        return np.zeros(model.problem.shape[1]), "hour"
    size = [conversion_factor(unit, worked[0]) if _is_time(unit) else 0.0 for unit in factors["unit"]]
    return _per_activity(model, model.economy.factor_use.T @ np.array(size)), worked[0]


def _emissions(model: Model) -> tuple[Vector, str]:
    """Emissions of all capped kinds over the horizon; if there are several, each as a part of the base year's."""
    emissions, use = model.economy["emissions"], model.economy.emission_use
    capped = emissions["emission"].isin(model.economy["emission_caps"]["emission"]).to_numpy()
    if capped.sum() == 1:
        return _per_activity(model, use.T @ capped.astype(float)), str(emissions["unit"][capped].iloc[0])
    base = use @ model.economy.base_activity
    parts = np.divide(1.0, base, out=np.zeros(len(base)), where=(base > 0) & capped)
    return _per_activity(model, use.T @ parts), "of the base year's"


def _per_activity(model: Model, per_unit: Vector) -> Vector:
    counted = np.zeros(model.problem.shape[1])
    counted[model.columns("activity")] = np.tile(per_unit, model.limits.periods)
    return counted


def _is_time(unit: str) -> bool:
    return bool(parse_unit(unit).dimensionality == parse_unit("hour").dimensionality)


def _invested(model: Model) -> tuple[Vector, str]:
    """Value at base-year prices of what is invested over the horizon."""
    counted = np.zeros(model.problem.shape[1])
    price = model.economy.prices
    per_stock = model.economy["stocks"]["product"].map(price).to_numpy(dtype=float)
    counted[model.columns("investment")] = np.tile(per_stock, model.limits.periods)
    return counted, model.economy.about.currency


VOTED_AIMS: Final = {
    aim.name: aim
    for aim in (
        VotedAim("needs", "needs met, as weighed by the vote", "Most needs met", "max", _needs),
        VotedAim("hours", "hours of work", "Fewest hours", "min", _hours),
        VotedAim("emissions", "emissions", "Fewest emissions", "min", _emissions),
        VotedAim("pace", "value invested", "Most invested", "max", _invested),
    )
}
"""Every aim that can be voted on, by its code."""


def aims_named(names: Sequence[str]) -> tuple[VotedAim, ...]:
    """Return the aims with these codes.

    Raises
    ------
    BadInput
        If a code is unknown or given twice, or there are fewer than two.
    """
    known = ", ".join(VOTED_AIMS)
    faults = [
        Fault("aim-unknown", "aims", name, f"one of {known}", "correct the code")
        for name in names
        if name not in VOTED_AIMS
    ]
    if len(set(names)) < max(2, len(names)):
        faults.append(Fault("aims-few", "aims", ", ".join(names) or "none", "at least two, each once", f"of {known}"))
    if faults:
        raise BadInput(faults)
    return tuple(VOTED_AIMS[name] for name in names)


def default_aims(economy: Economy) -> tuple[str, ...]:
    """Return the codes of the aims that an economy has figures for."""
    worked = any(map(_is_time, economy["factors"]["unit"]))
    has = {"needs": True, "hours": worked and len(economy["factor_supply"]) > 0,
           "emissions": len(economy["emission_caps"]) > 0, "pace": False}  # fmt: skip
    found = tuple(name for name in VOTED_AIMS if has[name])
    return found if len(found) > 1 else ("needs", "pace")

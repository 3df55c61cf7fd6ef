r"""Parameters of a rung, and the scale they are estimated on.

Rates are estimated as logarithms and shares as log-odds, so that a step of the search means the same everywhere and no
search leaves what is possible.

>>> rate = FreeParameter("rate", "q", "per year", 0.02, 1e-6, 3.0, "log")
>>> round(float(rate.inward(0.02)), 3), round(float(rate.outward(rate.inward(0.02))), 3)
(-3.912, 0.02)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault

Scale = Literal["log", "logit", "root", "linear"]
Vector = NDArray[np.float64]

_INWARD: dict[Scale, Callable[[float], float]] = {
    "log": np.log,
    "logit": lambda value: np.log(value) - np.log1p(-value),
    "root": np.sqrt,
    "linear": float,
}
_OUTWARD: dict[Scale, Callable[[float], float]] = {
    "log": np.exp,
    "logit": lambda number: 1 / (1 + np.exp(-number)),
    "root": lambda number: number * number,
    "linear": float,
}


@dataclass(frozen=True)
class FreeParameter:
    """One number that data are asked for.

    Parameters
    ----------
    name, symbol, unit
        Its name in the program, its symbol in formulas, its unit in words.
    start
        Where a search begins.
    low, high
        What is possible.
    scale
        What it is estimated as: ``log``, ``logit`` (both need ``low`` > 0), ``root`` (0 is possible) or ``linear``.
    null
        The value at which it says nothing; nan where there is none.
    meaning
        What it means, in words.
    """

    name: str
    symbol: str
    unit: str
    start: float
    low: float
    high: float
    scale: Scale = "linear"
    null: float = float("nan")
    meaning: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        positive = self.low > 0 or self.scale == "linear" or (self.scale == "root" and self.low == 0)
        proper = self.scale != "logit" or self.high < 1
        if not (self.low <= self.start <= self.high and self.low < self.high and positive and proper):
            found = f"{self.low} ≤ {self.start} ≤ {self.high} as {self.scale}"
            raise BadInput(_fault(self.name, found, "low ≤ start ≤ high; above 0 for log, 0 to 1 for logit"))

    def inward(self, value: float) -> float:
        """Return a value on the scale of estimation."""
        return float(_INWARD[self.scale](value))

    def outward(self, number: float) -> float:
        """Return a number of the scale of estimation as a value."""
        return float(_OUTWARD[self.scale](number))

    def slope(self, number: float) -> float:
        """Return how fast the value changes with the number: what turns a standard error of one into the other's."""
        value = self.outward(number)
        slopes = {"log": value, "logit": value * (1 - value), "root": 2 * number, "linear": 1.0}
        return slopes[self.scale]

    @property
    def bounds(self) -> tuple[float, float]:
        """What is possible, on the scale of estimation."""
        return self.inward(self.low), self.inward(self.high)


def inward(parameters: Sequence[FreeParameter], values: Mapping[str, float]) -> Vector:
    """Return values by name as numbers on the scale of estimation; all that is wrong with them is said at once."""
    names = [p.name for p in parameters]
    faults = [_fault(name, "unknown", "one of " + ", ".join(names)) for name in values if name not in names]
    for p in parameters:
        value = values.get(p.name, p.start)
        rounding = 1e-9 * max(abs(p.low), abs(p.high))  # values on a bound come back from the scale of estimation
        if not p.low - rounding <= value <= p.high + rounding:
            faults.append(_fault(p.name, str(value), f"between {p.low} and {p.high}"))
    if faults:
        raise BadInput(faults)
    clipped = [min(max(values.get(p.name, p.start), p.low), p.high) for p in parameters]
    return np.array([p.inward(value) for p, value in zip(parameters, clipped, strict=True)])


def outward(parameters: Sequence[FreeParameter], vector: Vector) -> dict[str, float]:
    """Return numbers on the scale of estimation as values by name."""
    return {p.name: p.outward(float(x)) for p, x in zip(parameters, vector, strict=True)}


def _fault(name: str, found: str, expected: str) -> Fault:
    return Fault("ladder-parameter", f"parameter {name!r}", found, expected, "correct the value or its name")

"""Private, co-operative and state producers as they answer prices (design §6.2).

Two kinds. A :class:`Supply` has a fixed recipe and moves along a stated elasticity from where it was in the base year;
what is left over its costs goes to its owners. A :class:`Technique` replaces inputs by each other, has constant
returns, and so runs at a level at which nothing is left over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np

from newcourse.errors import BadInput, Fault

SECTORS: Final = ("planned", "co-operative", "private")
"""How a process is owned and steered (design §2)."""

LABELS: Final = ("fitted", "literature", "assumed", "official")
"""Where a number is from."""

STATE: Final = "state"
"""Owner whose income is the common budget."""


@dataclass(frozen=True)
class Stated:
    """A number with its label and source.

    Parameters
    ----------
    value
        The number.
    label
        fitted, literature, assumed or official.
    source
        Where it is from; what is from literature names it.
    """

    value: float
    label: str
    source: str = ""

    def __post_init__(self) -> None:
        faults = []
        if self.label not in LABELS:
            faults.append(Fault("label", "number", repr(self.label), f"one of {', '.join(LABELS)}", "label the number"))
        if self.label in {"literature", "official"} and not self.source:
            faults.append(Fault("source-missing", "number", "no source", "author, title, year", "name the source"))
        if faults:
            raise BadInput(faults)


@dataclass(frozen=True)
class Supply:
    """A fixed recipe, run more when more is left of each unit: ``z = base · (margin/base margin/price level)^ε``.

    Parameters
    ----------
    name
        Code of the producer.
    sector
        planned, co-operative or private.
    base
        Activity in the base year.
    outputs, inputs
        Units of each product made and used up per unit of activity.
    owners
        Part of what is left over that goes to each group of households, or to ``state``; together 1.
    elasticity
        ε: per cent more activity for one per cent more left over, in goods; 0 for what runs at any price.
    interest
        Rate paid in the base year on the inputs bought, which are bought before the output is sold.
    """

    name: str
    sector: str
    base: float
    outputs: Mapping[str, float]
    inputs: Mapping[str, float] = field(default_factory=dict)
    owners: Mapping[str, float] = field(default_factory=lambda: {STATE: 1.0})
    elasticity: Stated = Stated(0.0, "assumed")
    interest: float = 0.0

    def __post_init__(self) -> None:
        for name in ("outputs", "inputs", "owners"):
            object.__setattr__(self, name, MappingProxyType({k: float(v) for k, v in getattr(self, name).items()}))
        faults = _of_producer(self.name, self.sector, self.outputs, self.inputs)
        total = sum(self.owners.values())
        if abs(total - 1) > 1e-9 or min(self.owners.values(), default=0.0) < 0:
            faults.append(
                Fault("owners-sum", f"owners of {self.name}", f"{total:g}", "parts that add up to 1", "correct them")
            )
        if not (self.base >= 0 and self.elasticity.value >= 0 and self.interest >= 0):
            found = f"base {self.base:g}, elasticity {self.elasticity.value:g}, interest {self.interest:g}"
            faults.append(Fault("supply-value", f"producer {self.name}", found, "numbers of at least 0", "correct it"))
        if faults:
            raise BadInput(faults)

    def left_over(self, prices: Mapping[str, float], interest: float | None = None, saving: float = 1.0) -> float:
        """Return what is left of a unit of activity after its inputs and the interest on them, in money.

        Parameters
        ----------
        prices
            Of every product.
        interest
            Rate on the inputs; the base year's if left out.
        saving
            What the inputs are multiplied by: 0.9 when a tenth of them is saved.
        """
        rate = self.interest if interest is None else interest
        earned = sum(prices[product] * amount for product, amount in self.outputs.items())
        spent = sum(prices[product] * amount for product, amount in self.inputs.items())
        return earned - saving * spent * (1 + rate)

    def answer(self, margin: float, base_margin: float, level: float) -> float:
        """Return the part of its base activity that is run when ``margin`` is left over and prices stand at ``level``.

        A producer to whom nothing is left stops, unless its elasticity is 0.
        """
        if self.elasticity.value == 0:
            return 1.0
        if margin <= 0:
            return 0.0
        return float((margin / base_margin / level) ** self.elasticity.value)


@dataclass(frozen=True)
class Technique:
    """Constant returns, inputs that replace each other: ``q = φ (Σ δ x^((σ−1)/σ))^(σ/(σ−1))``; runs at no profit.

    K. Arrow, H. Chenery, B. Minhas and R. Solow, Review of Economics and Statistics 43 (1961).

    Parameters
    ----------
    name
        Code of the producer.
    product
        What it makes.
    weights
        δ of each input, positive.
    substitution
        σ, above 0; 1 is Cobb–Douglas.
    scale
        φ, above 0.
    sector
        planned, co-operative or private.
    """

    name: str
    product: str
    weights: Mapping[str, float]
    substitution: float
    scale: float = 1.0
    sector: str = "private"

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", MappingProxyType({k: float(v) for k, v in self.weights.items()}))
        faults = _of_producer(self.name, self.sector, {self.product: 1.0}, self.weights)
        if not (self.substitution > 0 and self.scale > 0 and min(self.weights.values(), default=0) > 0):
            found = f"substitution {self.substitution:g}, scale {self.scale:g}, weights {dict(self.weights)}"
            faults.append(Fault("technique-value", f"producer {self.name}", found, "numbers above 0", "correct them"))
        total = sum(self.weights.values())
        if abs(self.substitution - 1) <= 1e-9 and abs(total - 1) > 1e-9:
            found = f"weights that add up to {total:g}"
            faults.append(
                Fault("technique-weights", f"producer {self.name}", found, "1 at substitution 1", "scale them")
            )
        if faults:
            raise BadInput(faults)

    @property
    def inputs(self) -> tuple[str, ...]:
        """What it uses."""
        return tuple(self.weights)

    def unit_cost(self, prices: np.ndarray) -> float:
        """Return the least cost of one unit at these prices of the inputs."""
        delta, s = np.array(list(self.weights.values())), self.substitution
        if abs(s - 1) <= 1e-9:
            return float(np.prod((prices / delta) ** delta) / self.scale)
        return float((delta**s @ prices ** (1 - s)) ** (1 / (1 - s)) / self.scale)

    def unit_inputs(self, prices: np.ndarray) -> np.ndarray:
        """Return what one unit takes of each input at these prices (Shephard's lemma)."""
        delta, s = np.array(list(self.weights.values())), self.substitution
        return np.asarray(self.scale ** (s - 1) * (delta * self.unit_cost(prices) / prices) ** s)


Producer = Supply | Technique


def _of_producer(name: str, sector: str, outputs: Mapping[str, float], inputs: Mapping[str, float]) -> list[Fault]:
    faults = []
    if sector not in SECTORS:
        faults.append(
            Fault("sector", f"producer {name}", repr(sector), f"one of {', '.join(SECTORS)}", "correct the sector")
        )
    faults += [
        Fault("recipe", f"producer {name}, {product}", f"{amount:g}", "a quantity of at least 0", "correct it")
        for product, amount in (*outputs.items(), *inputs.items())
        if not 0 <= amount < np.inf
    ]
    if not sum(outputs.values()) > 0:
        faults.append(Fault("recipe", f"producer {name}", "no output", "a product that it makes", "name it"))
    return faults

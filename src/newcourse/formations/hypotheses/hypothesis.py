"""What a hypothesis is: a claim with its null, its sources, its critics, its parameters and what it adds to a law."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import ClassVar

from newcourse.errors import BadInput, Fault
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms
from newcourse.formations.worlds import Setting


@dataclass(frozen=True)
class Parameter:
    """A number a hypothesis depends on.

    Parameters
    ----------
    name
        Code of the hypothesis and a word, such as ``h6.spread``.
    symbol
        As it is written in formulas.
    unit
        Its unit; ``1`` for a plain number.
    default
        Where a search begins and what holds when nobody gives a value: assumed, measured by no one.
    null
        Its value when the hypothesis does not hold.
    low, high
        Between which it may lie.
    meaning
        In words.
    """

    name: str
    symbol: str
    unit: str
    default: float
    null: float
    low: float
    high: float
    meaning: str

    def __post_init__(self) -> None:
        numbers = (self.default, self.null, self.low, self.high)
        if not all(map(isfinite, numbers)) or not all(self.low <= each <= self.high for each in numbers):
            found = f"default {self.default}, null {self.null}, between {self.low} and {self.high}"
            expected = "finite numbers, default and null within the bounds"
            raise BadInput(Fault("formation-parameter", self.name, found, expected, "correct the numbers"))

    def fault(self, value: float) -> Fault | None:
        """Return what is wrong with a value, if anything is."""
        if isfinite(value) and self.low <= value <= self.high:
            return None
        expected = f"a number of {self.low:g} to {self.high:g} ({self.unit}): {self.meaning}"
        return Fault("formation-parameter", self.name, f"{value}", expected, "give a value within the bounds")


@dataclass(frozen=True)
class Indistinct:
    """What data of a kind cannot tell about some parameters.

    Parameters
    ----------
    what
        What cannot be told, in a few words.
    parameters
        Names of the parameters concerned.
    where
        In which data or limit.
    why
        The reason, with the relation between them where there is one.
    """

    what: str
    parameters: tuple[str, ...]
    where: str
    why: str


@dataclass(frozen=True)
class Hypothesis(ABC):
    """A claim about how formations move, which can be switched on and off.

    Attributes
    ----------
    code
        Short code such as ``H6``, unique.
    title
        A few words.
    claim
        What it says, in a sentence.
    null
        What holds when it does not.
    sources
        Who says so, and where.
    counter
        What is held against it, with sources.
    parameters
        The numbers it depends on, all at their null when it does not hold.
    indistinct
        What yearly data cannot tell apart, as far as is known beforehand; inference reports it.
    """

    code: ClassVar[str]
    title: ClassVar[str]
    claim: ClassVar[str]
    null: ClassVar[str]
    sources: ClassVar[tuple[str, ...]]
    counter: ClassVar[tuple[str, ...]]
    parameters: ClassVar[tuple[Parameter, ...]]
    indistinct: ClassVar[tuple[Indistinct, ...]] = ()

    @abstractmethod
    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        """Return what the hypothesis adds to the law of motion.

        Parameters
        ----------
        space
            The formations; moves that it does not have give nothing.
        setting
            The countries in one period.
        values
            All values of the model by name; those of this hypothesis are always there.

        Raises
        ------
        BadInput
            When the setting lacks weights the hypothesis looks at.
        """

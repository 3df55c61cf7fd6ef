"""Numbers that say where they are from: fitted to data, taken from the literature, or assumed (design §11.3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, isfinite, log

from newcourse.errors import BadInput, Fault

LABELS = {
    "fitted": "estimated from data, which the source names",
    "literature": "taken from the literature, which the source names",
    "assumed": "assumed: nobody has measured it",
}
"""Where a number can be from, each in words."""


@dataclass(frozen=True)
class Labelled:
    """A number, the range it may lie in, and where it is from.

    Parameters
    ----------
    value
        The number held to be best.
    low, high
        Range of what is not known; both the value itself where nothing is said.
    label
        One of :data:`LABELS`.
    source
        Which data, paper or reason. What is fitted or from the literature must have one.

    Raises
    ------
    BadInput
        With all that is wrong.

    Examples
    --------
    >>> rate = Labelled(0.05, 0.01, 0.25, "assumed")
    >>> [round(rate.at(part), 3) for part in (0, 0.5, 1)]
    [0.01, 0.05, 0.25]
    """

    value: float
    low: float | None = None
    high: float | None = None
    label: str = "assumed"
    source: str = ""

    def __post_init__(self) -> None:
        for name in ("low", "high"):
            given = getattr(self, name)
            object.__setattr__(self, name, float(self.value if given is None else given))
        object.__setattr__(self, "value", float(self.value))
        faults = [*label_faults("a labelled number", self.label, self.source), *self._faults()]
        if faults:
            raise BadInput(faults)

    def at(self, part: float) -> float:
        """Return the number a part of the way through its range: in ratios where all is positive, else evenly.

        Parameters
        ----------
        part
            0 gives the lowest, 1 the highest. Parts drawn evenly between 0 and 1 make an ensemble.
        """
        low, high = self._bounds
        if low == high:
            return low
        between = exp(log(low) + part * log(high / low)) if low > 0 else low + part * (high - low)
        return min(max(between, low), high)

    @property
    def _bounds(self) -> tuple[float, float]:
        return float(self.low or 0.0), float(self.high or 0.0)

    def _faults(self) -> Iterator[Fault]:
        low, high = self._bounds
        if not all(map(isfinite, (low, self.value, high))) or not low <= self.value <= high:
            found, expected = f"{self.value} in {low} to {high}", "finite numbers, the value within its range"
            yield Fault("formation-label", "a labelled number", found, expected, "correct the numbers")


def label_faults(where: str, label: str, source: str) -> Iterator[Fault]:
    """Yield what is wrong with a label and its source."""
    if label not in LABELS:
        yield Fault("formation-label", where, f"label {label!r}", "one of " + ", ".join(LABELS), "label it")
    elif label != "assumed" and not source.strip():
        expected = "the data or the paper it is from"
        yield Fault("formation-label", where, f"{label}, without a source", expected, "name it, or label it assumed")

r"""Whether a comparison could have found it, and would have found what is not there (design §11.3).

Records are simulated from the richer model as fitted, and from its rival as fitted, on the same panel: the same
countries, years, gaps, covariates and ties. Both models are fitted to each and compared as they were on the data. How
often the richer one is found is the *power* in the first case and the share of *false positives* in the second. No
comparison counts without both.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.formations.inference.fitting import LadderFit
from newcourse.formations.inference.scoring import FLOOR, HeldOut, ScoreDifference, difference, held_out
from newcourse.formations.inference.splits import COUNTRIES, FORWARD, Split, blocks, by_countries, forward, turning_year
from newcourse.formations.ladder.rung import Rung
from newcourse.formations.panel import Panel
from newcourse.formations.spreading import Spreading, here

OnTrial = Callable[[int, int], None]
"""Told how many simulated panels have been compared, and of how many."""


@dataclass(frozen=True)
class Rules:
    """How models are compared: settled before looking.

    Parameters
    ----------
    folds
        Into how many parts countries are dealt.
    share
        Share of moves after which the future begins, where ``year`` is not given.
    year
        Last year that is told when predicting forward in time.
    threshold
        By how many standard errors the richer model must be better on held-out countries: 1.645 would be wrong in 5 of
        100 cases if differences were normal. It must be better forward in time as well.
    starts
        Starts of each fit to data; simulated records are fitted from the values they were made with, and from there
        alone.
    simulations
        How many panels are simulated for power, and again for false positives.
    enough, bearable
        Power below which no answer is given, and the share of false positives above which none is.
    floor
        Weight of equal chances in each prediction (:data:`~newcourse.formations.inference.scoring.FLOOR`).
    seed
        For folds, starts and simulations.
    """

    folds: int = 5
    share: float = 0.6
    year: int | None = None
    threshold: float = 1.645
    starts: int = 4
    simulations: int = 20
    enough: float = 0.5
    bearable: float = 0.1
    floor: float = FLOOR
    seed: int = 0

    def __post_init__(self) -> None:
        proper = {
            "folds of at least 2": self.folds >= 2,
            "at least one start": self.starts >= 1,
            "at least one simulation, for a comparison without power says nothing": self.simulations >= 1,
            "a power of at least one half": 0.5 <= self.enough <= 1,
            "a bearable share of false positives from 0 to one in five": 0 <= self.bearable <= 0.2,
            "a share of moves between 0 and 1": 0 < self.share < 1,
            "a seed of at least 0": self.seed >= 0,
            "a threshold above 0": self.threshold > 0,
            "a floor of at least 0 and below 1": 0 <= self.floor < 1,
        }
        faults = [
            Fault("ladder-rules", "rules of comparison", str(self), expected, "correct the rules")
            for expected, kept in proper.items()
            if not kept
        ]
        if faults:
            raise BadInput(faults)

    def splits(self, panel: Panel) -> dict[str, tuple[Split, ...]]:
        """Return the splits of a panel, by the way records are held out."""
        year = turning_year(panel, self.share) if self.year is None else self.year
        return {COUNTRIES: by_countries(panel, self.folds, self.seed), FORWARD: (forward(panel, year),)}


@dataclass(frozen=True)
class Comparison:
    """How a richer model fares against its rival.

    Parameters
    ----------
    better, rival
        Names of the richer model and its rival.
    countries, forward
        Differences on held-out countries, and forward in time.
    threshold
        By how many standard errors it must be better on held-out countries.
    """

    better: str
    rival: str
    countries: ScoreDifference
    forward: ScoreDifference
    threshold: float

    @property
    def found(self) -> bool:
        """Whether the richer model predicts better both ways."""
        return self.countries.ratio > self.threshold and self.forward.mean > 0


@dataclass(frozen=True)
class Trials:
    """Comparisons on simulated panels.

    Parameters
    ----------
    truth
        Name of the model the panels were simulated from.
    outcomes
        Whether each found the richer model.
    """

    truth: str
    outcomes: tuple[bool, ...] = field(repr=False)

    @property
    def share(self) -> float:
        """Share that found it."""
        return sum(self.outcomes) / len(self.outcomes)

    @property
    def told(self) -> str:
        """The count in words."""
        return f"{sum(self.outcomes)} of {len(self.outcomes)}"


def scores(
    rung: Rung,
    panel: Panel,
    rules: Rules,
    *,
    starts: int | None = None,
    begin: Mapping[str, float] | None = None,
    spread: Spreading = here,
) -> dict[str, HeldOut]:
    """Return what a rung makes of each way of holding out."""
    number = rules.starts if starts is None else starts
    return {
        way: held_out(
            rung, panel, splits, starts=number, seed=rules.seed, begin=begin, floor=rules.floor, spread=spread
        )
        for way, splits in rules.splits(panel).items()
    }


def compared(one: Mapping[str, HeldOut], other: Mapping[str, HeldOut], panel: Panel, rules: Rules) -> Comparison:
    """Return how one rung's scores compare with another's."""
    block = blocks(panel)
    return Comparison(
        one[COUNTRIES].rung.name,
        other[COUNTRIES].rung.name,
        difference(one[COUNTRIES], other[COUNTRIES], block),
        difference(one[FORWARD], other[FORWARD], block),
        rules.threshold,
    )


def trials(
    better: LadderFit,
    rival: LadderFit,
    panel: Panel,
    rules: Rules,
    *,
    truth: LadderFit,
    spread: Spreading = here,
    progress: OnTrial | None = None,
) -> Trials:
    """Return how often the richer model is found in panels simulated from a fit.

    Parameters
    ----------
    better, rival
        The richer model and its rival as fitted to the panel.
    panel, rules
        As for the comparison on the data.
    truth
        What is simulated from: ``better`` for power, ``rival`` for false positives.
    spread
        How the simulated panels are worked out; each gets a seed of its own.
    progress
        Told after each batch.
    """
    seeds = [int(s.generate_state(1)[0]) for s in np.random.SeedSequence(rules.seed).spawn(rules.simulations)]
    task = partial(trial, better, rival, panel, rules, truth)
    outcomes: list[bool] = []
    batch = 1 if spread is here else len(seeds)
    for at in range(0, len(seeds), batch):
        outcomes += spread(task, seeds[at : at + batch])
        if progress is not None:
            progress(len(outcomes), len(seeds))
    return Trials(truth.rung.name, tuple(outcomes))


def trial(better: LadderFit, rival: LadderFit, panel: Panel, rules: Rules, truth: LadderFit, seed: int) -> bool:
    """Return whether the richer model is found in one panel simulated from a fit."""
    made = truth.rung.simulate(panel, truth.values, np.random.default_rng(seed))
    one, other = (scores(each.rung, made, rules, starts=1, begin=each.values) for each in (better, rival))
    return compared(one, other, made, rules).found


def begun(fits: Sequence[LadderFit]) -> dict[str, LadderFit]:
    """Return fits by the names of their rungs; names must differ.

    Raises
    ------
    BadInput
        If two rungs have one name.
    """
    names = [each.rung.name for each in fits]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInput(Fault("ladder-names", "ladder", ", ".join(twice), "each name once", "leave one of them out"))
    return dict(zip(names, fits, strict=True))

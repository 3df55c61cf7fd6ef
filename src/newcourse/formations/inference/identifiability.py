r"""What the data cannot tell apart, found from the likelihood itself (design §11.3).

A parameter or a mixture of parameters that the likelihood does not feel has no estimate, whatever a program prints. Two
signs are looked at: directions in which the observed information is next to nothing, and pairs of estimates that
correlate almost wholly; for single parameters the profile settles it. What is known beforehand of hypotheses
(:class:`~newcourse.formations.hypotheses.hypothesis.Indistinct`) is added: the phase of h,
H4a against H4b, J against β.

Source: A. Raue and others, *Bioinformatics* 25 (2009) 1923 (profiles); T. J. Rothenberg, *Econometrica* 39 (1971) 577
(a regular point is identified just when the information has full rank).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newcourse.formations.hypotheses.h01_superposition import Superposition
from newcourse.formations.hypotheses.hypothesis import Indistinct
from newcourse.formations.inference.errors_of_fit import LikelihoodProfile, information, profile
from newcourse.formations.inference.fitting import LadderFit
from newcourse.formations.ladder.coupled import ModelRung
from newcourse.formations.ladder.gksl import COUPLING, DEPHASING, DETUNING, PHASE, QuantumLike
from newcourse.formations.ladder.rung import Rung
from newcourse.formations.ladder.split import SplitPopulation
from newcourse.formations.panel import Panel

FLAT = 0.04
"""Information below which a direction is not felt: a standard error of 5 on the scale of estimation, e⁵ for a rate."""

ALIKE = 0.98
"""Correlation of two estimates from which they count as not told apart."""

SHARE = 0.3
"""Part of a direction from which a parameter is named."""

OF_THE_RUNG = {"h1.coupling": COUPLING, "h1.detuning": DETUNING, "h1.dephasing": DEPHASING}
"""What the quantum-like rung calls the parameters of H1."""


@dataclass(frozen=True)
class Identifiability:
    """What of a fit the data settle.

    Parameters
    ----------
    rung
        Name of the model.
    unfelt
        Groups of parameters along which the likelihood hardly changes; one name alone is a parameter of which the
        data say nothing.
    confused
        Pairs of parameters whose estimates cannot be told apart, with their correlation.
    bounded
        Parameters whose estimate lies on a bound.
    profiles
        Of the single parameters looked at more closely.
    known
        What cannot be told apart for reasons known beforehand.
    """

    rung: str
    unfelt: tuple[tuple[str, ...], ...]
    confused: tuple[tuple[str, str, float], ...]
    bounded: tuple[str, ...]
    profiles: tuple[LikelihoodProfile, ...]
    known: tuple[Indistinct, ...]

    @property
    def settled(self) -> bool:
        """Whether nothing was found that the data leave open."""
        return not (self.unfelt or self.confused or self.bounded)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What cannot be said, in words."""
        flat = {each.name for each in self.profiles if each.flat}
        found = []
        for names in self.unfelt:
            sure = " at any value looked for" if len(names) == 1 and names[0] in flat else " near the estimate"
            found.append(f"{self.rung}: the data say nothing of {' with '.join(names)}{sure}.")
        found += [
            f"{self.rung}: {one} and {other} cannot be told apart (their estimates correlate by {by:+.2f})."
            for one, other, by in self.confused
        ]
        found += [f"{self.rung}: {name} lies on a bound of what was looked for." for name in self.bounded]
        found += map(told_beforehand, self.known)
        return tuple(found)


def identifiability(fit: LadderFit, panel: Panel, *, profiles: bool = True) -> Identifiability:
    """Return what the panel leaves open of a fit.

    Parameters
    ----------
    fit, panel
        The fit, and what it was made to.
    profiles
        Whether to follow single parameters that seem unfelt over their whole range, which takes longer.
    """
    names, found = information(fit, panel)
    unfelt = _unfelt(names, found)
    lone = [group[0] for group in unfelt if len(group) == 1] if profiles else []
    told = {name for group in unfelt for name in group}
    return Identifiability(
        fit.rung.name,
        unfelt,
        _confused(names, found, told),
        fit.on_bounds,
        tuple(profile(fit, panel, name) for name in lone),
        known_beforehand(fit.rung),
    )


def known_beforehand(rung: Rung) -> tuple[Indistinct, ...]:
    """Return what no panel can tell of a rung's parameters, for reasons known before any fit: the hypotheses'."""
    if isinstance(rung, SplitPopulation):
        return known_beforehand(rung.movers)
    asked = {each.name for each in rung.parameters}
    if isinstance(rung, ModelRung):
        return tuple(each for each in rung.model.indistinct if asked.issuperset(each.parameters))
    if isinstance(rung, QuantumLike) and PHASE not in asked:
        return tuple(each for each in Superposition.indistinct if asked >= {OF_THE_RUNG[n] for n in each.parameters})
    return ()


def told_beforehand(each: Indistinct) -> str:
    """Return it in a sentence."""
    return f"{each.what}, {each.where}: {each.why}."


def _unfelt(names: tuple[str, ...], found: NDArray[np.float64]) -> tuple[tuple[str, ...], ...]:
    if not names:
        return ()
    sizes, directions = np.linalg.eigh(found)
    groups = [
        tuple(name for name, part in zip(names, direction, strict=True) if abs(part) >= SHARE)
        for size, direction in zip(sizes, directions.T, strict=True)
        if size < FLAT
    ]
    return tuple(dict.fromkeys(groups))


def _confused(names: tuple[str, ...], found: NDArray[np.float64], told: set[str]) -> tuple[tuple[str, str, float], ...]:
    """Return pairs that correlate almost wholly among the parameters not already said to be unfelt."""
    kept = [k for k, name in enumerate(names) if name not in told]
    part = found[np.ix_(kept, kept)]
    if len(kept) < 2 or np.linalg.eigvalsh(part).min() <= 0:
        return ()
    cover = np.linalg.inv(part)
    scale = np.sqrt(np.diag(cover))
    alike = cover / np.outer(scale, scale)
    return tuple(
        (names[kept[a]], names[kept[b]], float(alike[a, b]))
        for a in range(len(kept))
        for b in range(a + 1, len(kept))
        if abs(alike[a, b]) > ALIKE
    )

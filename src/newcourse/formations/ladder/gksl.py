r"""Quantum-like, each country by itself: the master equation with a coherent coupling h (design §11.3; H1).

quantum-like: mathematics of open quantum systems applied to social states; no claim that societies are quantum systems.

Between formations a and b acts :math:`h(e^{i\varphi}|a\rangle\langle b| + e^{-i\varphi}|b\rangle\langle a|)
+\Delta|b\rangle\langle b|`; coherence decays at Γ. Records are an instrument
(:mod:`newcourse.formations.ladder.reading`). With h = 0 it is the Markov rung. The phase φ changes no record at all and
is there only so that this can be shown (:mod:`newcourse.formations.inference.identifiability`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from newcourse.formations.hypotheses.coherent import flips, steps
from newcourse.formations.inference.coordinates import Coordinates, tied
from newcourse.formations.ladder.linear import LinearRung
from newcourse.formations.ladder.parameters import FreeParameter
from newcourse.formations.ladder.rung import Array, Kind

COUPLING, PHASE, DETUNING, DEPHASING, OBSERVED = (
    "coherent.coupling",
    "coherent.phase",
    "coherent.detuning",
    "coherent.dephasing",
    "coherent.observed",
)


@dataclass(frozen=True)
class QuantumLike(LinearRung):
    """One density matrix a country.

    Parameters
    ----------
    coherent
        Moves along which formations are coupled.
    asked
        Which of detuning, dephasing, phase and observed are asked for beside the coupling; the others are as in
        ``held``.
    held
        Detuning Δ, dephasing Γ (both per year), phase φ, and the share of coherence that each year's end destroys by
        itself, where they are not asked for.
    """

    coherent: tuple[str, ...] = ("social revolution",)
    asked: tuple[str, ...] = (DEPHASING,)
    held: tuple[tuple[str, float], ...] = ((DETUNING, 0.0), (DEPHASING, 0.5), (PHASE, 0.0), (OBSERVED, 0.0))

    @property
    def name(self) -> str:
        """Short name."""
        return "GKSL"

    @property
    def title(self) -> str:
        """What it says."""
        return "quantum-like: formations of a country interfere with each other"

    @property
    def kind(self) -> Kind:
        """There is a Hamiltonian."""
        return "quantum-like"

    @property
    def coordinates(self) -> Coordinates:
        """Populations and the coherences that the coupling can make."""
        return Coordinates(self.space.size, tied(flips(self.space, self.coherent)))

    @property
    def further(self) -> tuple[FreeParameter, ...]:
        """The coupling, and what is asked for beside it."""
        known = {each.name: each for each in _PARAMETERS}
        return (known[COUPLING], *(known[name] for name in self.asked))

    def fading(self, values: Mapping[str, float]) -> float:
        """Return the share of coherence that each year's end destroys by itself."""
        return self.settled(values)[OBSERVED]

    def settled(self, values: Mapping[str, float]) -> dict[str, float]:
        """Return all five numbers, asked for or held."""
        return {**dict(self.held), **{name: values[name] for name in (COUPLING, *self.asked)}}

    def hamiltonian(self, values: Mapping[str, float]) -> np.ndarray:
        """Return the (d, d) Hamiltonian of a country."""
        given = self.settled(values)
        level = np.diag(steps(self.space, self.coherent)).real
        turns = np.exp(1j * given[PHASE] * (level[None, :] - level[:, None]))
        local = given[COUPLING] * flips(self.space, self.coherent) * turns
        return np.asarray(local + given[DETUNING] * np.diag(level))

    def matrices(self, values: Mapping[str, float], jumps: Array) -> Array:
        """Return the generators of populations and coherences."""
        d = self.space.size
        gamma = np.full(d, self.settled(values)[DEPHASING])
        return self.coordinates.generators(self.coordinates.pack(jumps, gamma, self.hamiltonian(values)))


_PARAMETERS = (
    FreeParameter(COUPLING, "h", "1/year", 0.1, 0.0, 10.0, "root", null=0.0, meaning="coherent coupling"),
    FreeParameter(PHASE, "φ", "rad", 0.0, -np.pi, np.pi, meaning="phase of the coupling: changes no record"),
    FreeParameter(DETUNING, "Δ", "1/year", 0.0, -20.0, 20.0, null=0.0, meaning="how far formations are out of tune"),
    FreeParameter(DEPHASING, "Γ", "1/year", 0.5, 1e-3, 50.0, "log", meaning="decay of coherence"),
    FreeParameter(
        OBSERVED, "o", "share", 0.1, 0.0, 1.0, "root", null=0.0, meaning="coherence each year's end destroys"
    ),
)

r"""H7, world revolution as "entanglement": a coherent coupling between countries.

Between countries i and j acts :math:`J\,\tfrac12(w_{ij}+w_{ji})\,X\otimes X`, where X flips a country along social
revolutions; X is Hermitian, so that the flip leads back as well as forth, which no source claims.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from newcourse.formations.hypotheses.coherent import flips
from newcourse.formations.hypotheses.h06_spread import AGAINST_COUPLING
from newcourse.formations.hypotheses.hypothesis import Hypothesis, Indistinct, Parameter
from newcourse.formations.law import Coupling
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms
from newcourse.formations.worlds import Setting


@dataclass(frozen=True)
class Entanglement(Hypothesis):
    """Countries flip together along social revolutions, coherently.

    Parameters
    ----------
    tie
        Which weights say who is near: ``trade``, ``alliance`` or ``contiguity``; they are made symmetric.
    """

    tie: str = "contiguity"

    code = "H7"
    title = "world revolution as entanglement"
    claim = "Revolutions are one process: the states of countries are tied more closely than by example."
    null = "J = 0, with the spread of H6 free to explain what clusters."
    sources = (
        (
            "L. Trotsky, The Permanent Revolution (1930), thesis 10: the revolution is completed on the world arena "
            "only; that this is like entanglement is the essay's figure"
        ),
    )
    counter = (
        (
            "Correlation of any strength between populations is reached by classical spread or a common cause; "
            "entanglement proper would have to break a bound on correlations, and nothing here measures one"
        ),
        "C. Houle, M. A. Kayser and J. Xiang, International Organization 70 (2016) 687: common shocks",
    )
    parameters = (
        Parameter("h7.coupling", "J", "1/year", 0.1, 0.0, -20.0, 20.0, "coherent coupling between tied countries"),
    )
    indistinct = (
        AGAINST_COUPLING,
        Indistinct(
            "the sign of J",
            ("h7.coupling",),
            "two countries, or a network of them without a circle of odd length, and a start without coherence",
            "the sign is undone by turning the basis of every second country",
        ),
    )

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        """Return the coupling of every two tied countries."""
        weights, flip = setting.weight(self.tie), flips(space, ("social revolution",))
        both = np.kron(flip, flip).astype(np.complex128)
        return Terms(couplings=(Coupling(both, values["h7.coupling"] * 0.5 * (weights + weights.T)),))

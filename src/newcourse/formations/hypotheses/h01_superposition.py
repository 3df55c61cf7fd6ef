r"""H1, formations superposed: combined development as coherence between two formations of one country.

Between the two ends a, b of every bourgeois and every social revolution acts the Hamiltonian
:math:`h(|a\rangle\langle b| + |b\rangle\langle a|) + \Delta|b\rangle\langle b|`, and coherence decays at Γ. While
Γ is large the diagonal moves both ways at the rate :math:`2h^2\Gamma/(\Gamma^2+\Delta^2)`; dephasing *speeds up* the
move while Γ is less than the size of Δ, which is where the picture of "decoherence as loss" fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from newcourse.formations.hypotheses.coherent import flips, steps
from newcourse.formations.hypotheses.hypothesis import Hypothesis, Indistinct, Parameter
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms
from newcourse.formations.worlds import Setting


@dataclass(frozen=True)
class Superposition(Hypothesis):
    """A country can be in two formations at once, not merely in one we do not know.

    Parameters
    ----------
    moves
        Along which moves formations are coupled; they must lead nowhere in a circle.
    """

    moves: tuple[str, ...] = ("bourgeois revolution", "social revolution")

    code = "H1"
    title = "formations superposed"
    claim = "In combined development old and new formations are present at once and interfere with one another."
    null = "A country is in one formation, known or not (h = 0); hidden classical sub-states do as well."
    sources = (
        "L. Trotsky, The History of the Russian Revolution (1930), ch. 1: the law of combined development",
        (
            "J. Rosenberg, Why is there no international historical sociology?, European Journal of International "
            "Relations 12 (2006) 307"
        ),
    )
    counter = (
        (
            "A mixture of old and new is described as well by hidden sub-states without interference; superposition is "
            "a figure of speech unless the data tell the two apart"
        ),
        (
            "S. Ashman, Capitalism, uneven and combined development and the transhistoric, Cambridge Review of "
            "International Affairs 22 (2009) 29: the law holds under capitalism only, if at all"
        ),
    )
    parameters = (
        Parameter("h1.coupling", "h", "1/year", 0.2, 0.0, 0.0, 20.0, "coherent coupling of two formations"),
        Parameter("h1.detuning", "Δ", "1/year", 0.0, 0.0, -50.0, 50.0, "how far the two formations are out of tune"),
        Parameter("h1.dephasing", "Γ", "1/year", 0.5, 0.0, 0.0, 100.0, "decay of coherence between formations"),
    )
    indistinct = (
        Indistinct(
            "the phase of h",
            ("h1.coupling",),
            "all data on formations",
            "a phase of h is undone by turning the basis of each formation, which changes no population: h is taken "
            "as real and not negative",
        ),
        Indistinct(
            "coupling, detuning and dephasing apart",
            ("h1.coupling", "h1.detuning", "h1.dephasing"),
            "yearly data with strong dephasing",
            "populations then depend on the single rate 2h²Γ/(Γ²+Δ²), and a classical rate fits them as well",
        ),
        Indistinct(
            "the sign of Δ",
            ("h1.detuning",),
            "two formations, a start without coherence",
            "populations depend on Δ² only",
        ),
    )

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        """Return the Hamiltonian and the dephasing, the same for every country."""
        h, detuning = values["h1.coupling"], values["h1.detuning"]
        local = h * flips(space, self.moves) + detuning * steps(space, self.moves)
        return Terms(
            hamiltonian=np.broadcast_to(local, (setting.size, space.size, space.size)),
            dephasing=np.full((setting.size, space.size), values["h1.dephasing"]),
        )

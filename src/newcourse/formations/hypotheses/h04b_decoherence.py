r"""H4b, bureaucracy as decoherence: rule from below and from above at once, until the bureaucracy tears them apart.

Between the two ends of degeneration acts a coherent coupling g, and formations under rule from above dephase at γ, so
that the coherence between the two decays at γ/2 more. In the default space, where no other Hamiltonian reaches the
degenerated workers' state, dephasing without the coupling acts on nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from newcourse.formations.hypotheses.coherent import flips
from newcourse.formations.hypotheses.h04a_scarcity import AGAINST_DECOHERENCE
from newcourse.formations.hypotheses.hypothesis import Hypothesis, Indistinct, Parameter
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms
from newcourse.formations.worlds import Setting


@dataclass(frozen=True)
class Decoherence(Hypothesis):
    """A bureaucracy destroys the coherence of the formations it rules over."""

    code = "H4b"
    title = "bureaucracy as decoherence"
    claim = "Bureaucratic rule breaks the cohesion of a workers' state: formations ruled from above dephase faster."
    null = "No formation dephases faster than another, and no coherence joins rule from below and from above."
    sources = (
        (
            "Read out of L. Trotsky, The Revolution Betrayed (1936), ch. 9 and 11: a formation between two, whose "
            "contradiction must be settled one way or the other; that this is like decoherence is the essay's figure"
        ),
    )
    counter = (
        "A plain transition (H4a) fits the same data with fewer numbers",
        (
            "Dephasing speeds up a move while it is smaller than the detuning: more bureaucracy would then bring rule "
            "from below back sooner, which no source claims"
        ),
    )
    parameters = (
        Parameter("h4b.dephasing", "γ", "1/year", 1.0, 0.0, 0.0, 100.0, "dephasing of formations ruled from above"),
        Parameter("h4b.coupling", "g", "1/year", 0.2, 0.0, 0.0, 20.0, "coherent coupling of rule from below and above"),
    )
    indistinct = (
        AGAINST_DECOHERENCE,
        Indistinct(
            "the dephasing of a bureaucracy",
            ("h4b.dephasing",),
            "the default space with g = 0",
            "no coherence reaches the degenerated workers' state, so its dephasing acts on nothing",
        ),
    )

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        """Return the coupling along degeneration and the dephasing of what is ruled from above."""
        dephasing = np.zeros((setting.size, space.size))
        dephasing[:, list(space.members("degenerated"))] = values["h4b.dephasing"]
        local = values["h4b.coupling"] * flips(space, ("degeneration",))
        return Terms(
            hamiltonian=np.broadcast_to(local, (setting.size, space.size, space.size)),
            dephasing=dephasing,
        )

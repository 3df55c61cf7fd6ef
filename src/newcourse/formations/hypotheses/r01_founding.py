"""R1, a rival reading: rule from above from the first day, so that there is nothing to degenerate."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from newcourse.formations.hypotheses.hypothesis import Hypothesis, Indistinct, Parameter
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms, by_move
from newcourse.formations.worlds import Setting


@dataclass(frozen=True)
class FoundedFromAbove(Hypothesis):
    """Collectivised property can be founded under rule from above, without any workers' state before."""

    code = "R1"
    title = "coercive from the start"
    claim = "What was founded was ruled from above from its first day; no workers' state degenerated."
    null = "Every collectivised formation begins under rule from below."
    sources = (
        "R. Pipes, The Russian Revolution (1990)",
        "K. Kautsky, Die Diktatur des Proletariats (1918)",
    )
    counter = (
        "A. Rabinowitch, The Bolsheviks Come to Power (1976): in 1917 a mass party, open and divided",
        "S. A. Smith, Red Petrograd (1983): workers' control from below in the factories",
    )
    parameters = (Parameter("r1.rate", "f", "1/year", 0.005, 0.0, 0.0, 10.0, "rate of founding under rule from above"),)
    indistinct = (
        Indistinct(
            "founding from above and fast degeneration apart",
            ("r1.rate", "h0.degeneration"),
            "yearly data in which workers' states last under a year or are coded as degenerated from the start",
            "a fast degeneration after a social revolution looks like a founding from above",
        ),
    )

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        """Return the direct jumps."""
        rates = {"founding from above": np.full(setting.size, values["r1.rate"])}
        return Terms(jumps=by_move(space, rates, setting.size))

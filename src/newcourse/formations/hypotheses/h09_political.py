"""H9, political revolution: rule from above can pass back to rule from below while property stays collectivised."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from newcourse.formations.hypotheses.hypothesis import Hypothesis, Parameter
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms, by_move
from newcourse.formations.worlds import Setting


@dataclass(frozen=True)
class PoliticalRevolution(Hypothesis):
    """The workers can take power back without giving up collectivised property."""

    code = "H9"
    title = "political revolution"
    claim = "A degenerated workers' state can become a workers' state again by a political revolution."
    null = "There is no such way back."
    sources = (
        "L. Trotsky, The Revolution Betrayed (1936), ch. 11; The Death Agony of Capitalism (1938)",
        "B. Lomax, Hungary 1956 (1976): councils against the party, not against common property",
    )
    counter = (
        (
            "No such revolution has lasted: Hungary 1956, Czechoslovakia 1968 and Poland 1980–81 were put down, so "
            "that data bound the rate from above only"
        ),
        "T. Cliff, State Capitalism in Russia (1974, first 1948): a social revolution would be needed",
    )
    parameters = (Parameter("h9.rate", "q", "1/year", 0.005, 0.0, 0.0, 10.0, "rate of political revolution"),)

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        """Return the jump back."""
        rates = {"political revolution": np.full(setting.size, values["h9.rate"])}
        return Terms(jumps=by_move(space, rates, setting.size))

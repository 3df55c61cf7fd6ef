"""R2, a rival reading: a workers' state's own rulers make it capitalist, with no degenerated stage between."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from newcourse.formations.hypotheses.hypothesis import Hypothesis, Indistinct, Parameter
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms, by_move
from newcourse.formations.worlds import Setting


@dataclass(frozen=True)
class CounterRevolution(Hypothesis):
    """Nothing degenerates: the bureaucracy becomes a class of capitalists, and the state capitalist, at one blow."""

    code = "R2"
    title = "state capitalism"
    claim = "A workers' state is turned into capitalism by its own rulers; nothing stands between the two."
    null = "From a workers' state there is no way to restored capitalism but through a degenerated one."
    sources = (
        "T. Cliff, State Capitalism in Russia (1974, first 1948): with the first five-year plan, 1928",
        "C. L. R. James, R. Dunayevskaya and G. Lee, State Capitalism and World Revolution (1950)",
    )
    counter = (
        "L. Trotsky, The Revolution Betrayed (1936), ch. 9: officials own nothing they could leave to their heirs",
        "E. Mandel, The Inconsistencies of State Capitalism (1969): no market for labour or means of production",
    )
    parameters = (Parameter("r2.rate", "v", "1/year", 0.005, 0.0, 0.0, 10.0, "rate of counter-revolution from within"),)
    indistinct = (
        Indistinct(
            "counter-revolution from within and a short degeneration apart",
            ("r2.rate", "h0.degeneration", "h0.restoration"),
            "yearly data in which degenerated workers' states last under a year",
            "degeneration and restoration within one year look like one step",
        ),
    )

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        """Return the direct jump."""
        rates = {"counter-revolution from within": np.full(setting.size, values["r2.rate"])}
        return Terms(jumps=by_move(space, rates, setting.size))

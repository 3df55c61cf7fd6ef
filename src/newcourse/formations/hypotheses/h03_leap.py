"""H3, permanent revolution: a pre-capitalist country can come to collectivised property without a capitalist stage."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from newcourse.formations.hypotheses.hypothesis import Hypothesis, Parameter
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms, by_move
from newcourse.formations.worlds import Setting


@dataclass(frozen=True)
class SkippedStage(Hypothesis):
    """A stage can be skipped: there is a move straight from pre-capitalist to collectivised."""

    code = "H3"
    title = "permanent revolution"
    claim = "Stages can be skipped: a pre-capitalist country can move straight to a workers' state."
    null = "Stages only: every way to collectivised property leads through capitalism."
    sources = (
        "L. Trotsky, Results and Prospects (1906); The Permanent Revolution (1930)",
        "M. Löwy, The Politics of Combined and Uneven Development (1981)",
    )
    counter = (
        (
            "K. Marx, A Contribution to the Critique of Political Economy (1859), preface: no formation perishes "
            "before the forces it has room for are developed"
        ),
        "G. Plekhanov, Our Differences (1885): a revolution before its time brings back despotism",
        "Which countries were pre-capitalist is itself disputed: the count of leaps depends on the coding",
    )
    parameters = (Parameter("h3.rate", "ℓ", "1/year", 0.005, 0.0, 0.0, 10.0, "rate of leaps over a stage"),)

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        """Return the direct jump."""
        return Terms(jumps=by_move(space, {"leap": np.full(setting.size, values["h3.rate"])}, setting.size))

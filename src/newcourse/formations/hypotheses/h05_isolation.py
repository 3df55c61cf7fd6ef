r"""H5, no socialism in one country: a workers' state degenerates faster the more isolated it is.

The rate is :math:`\kappa\,(1-\sum_j w_{ij}[x_j \in G])`, with G the formations that break isolation. It is made up
exactly of what every country outside G calls forth and of a jump by itself for the part of the row of weights that
names nobody: :math:`1-\sum_j w_{ij}[x_j\in G] = \sum_j w_{ij}[x_j\notin G] + (1-\sum_j w_{ij})`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from newcourse.formations.hypotheses.hypothesis import Hypothesis, Parameter
from newcourse.formations.law import Spread
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms, by_move
from newcourse.formations.worlds import Setting


@dataclass(frozen=True)
class Isolation(Hypothesis):
    """Degeneration grows with isolation.

    Parameters
    ----------
    tie
        Which weights say who is near: ``trade``, ``alliance`` or ``contiguity``.
    group
        Which formations of others break isolation: ``workers`` alone, or ``collectivised`` however ruled.
    """

    tie: str = "contiguity"
    group: str = "workers"

    code = "H5"
    title = "no socialism in one country"
    claim = "A workers' state degenerates faster the fewer of the countries it is tied to are workers' states too."
    null = "Isolation does not matter."
    sources = (
        "L. Trotsky, The Third International after Lenin (1928); The Revolution Betrayed (1936), appendix",
        "R. B. Day, Leon Trotsky and the Politics of Economic Isolation (1973): the term had several meanings",
    )
    counter = (
        "J. Stalin, Concerning Questions of Leninism (1926): socialism can be built in one country",
        (
            "E. van Ree, Socialism in one country: a reassessment, Studies in East European Thought 50 (1998) 77: "
            "others held the same before"
        ),
        "R. C. Allen, Farm to Factory (2003): growth in isolation was fast; isolation did not bind as claimed",
    )
    parameters = (
        Parameter("h5.isolation", "κ", "1/year", 0.1, 0.0, 0.0, 10.0, "rate of degeneration in full isolation"),
    )

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        """Return what those outside the group call forth, and the jump for ties that lead nowhere."""
        weights, kappa = setting.weight(self.tie), values["h5.isolation"]
        members = space.members(self.group)
        others = tuple(number for number in range(space.size) if number not in members)
        alone = kappa * np.clip(1 - weights.sum(axis=1), 0, None)
        return Terms(
            jumps=by_move(space, {"degeneration": alone}, setting.size),
            spread=tuple(Spread(a, b, others, kappa * weights) for a, b in space.arcs("degeneration")),
        )

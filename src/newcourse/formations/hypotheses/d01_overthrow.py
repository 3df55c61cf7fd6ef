r"""D1, defeat: collectivised property is overthrown by force, from outside or in a civil war.

The rate of overthrow is :math:`d\,\exp(w\,\text{war} + c\,\text{civil war})`; with w = c = 0 it is a plain rate. Design
§11.1 has no such hypothesis, and without one a revolution that is put down would have no probability at all: it stands
beside H1 to H10 as a process of its own. It is a rival of theirs too. What the sources feared first for an isolated
revolution was not that it would degenerate but that it would be beaten.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from newcourse.formations.hypotheses.hypothesis import Hypothesis, Indistinct, Parameter
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms, by_move
from newcourse.formations.worlds import Setting


@dataclass(frozen=True)
class Overthrow(Hypothesis):
    """Armies end collectivised property, the more easily while there is war, between states or inside one."""

    code = "D1"
    title = "overthrow"
    claim = "Collectivised property can be ended by force, from outside or in a civil war; the old owners return."
    null = "Nobody overthrows it: it ends by degeneration and restoration only."
    sources = (
        "K. Marx, The Civil War in France (1871): the Commune of Paris put down",
        (
            "L. Trotsky at the second congress of soviets, November 1917, in his History of the Russian Revolution, "
            "vol. 3 (1932): either the revolution spreads to the west, or it will be crushed"
        ),
        "S. M. Walt, Revolution and War (1996): revolutions make war between states more likely",
    )
    counter = (
        (
            "T. Skocpol, Social revolutions and mass military mobilization, World Politics 40 (1988) 147: states made "
            "by revolutions excel at war, so that war from outside need not end them"
        ),
        "R. L. Tőkés, Béla Kun and the Hungarian Soviet Republic (1967): it failed by its own policy as well",
    )
    parameters = (
        Parameter("d1.rate", "d", "1/year", 0.01, 0.0, 0.0, 10.0, "rate of overthrow in peace"),
        Parameter("d1.war", "w", "1", 0.0, 0.0, -5.0, 5.0, "how a war between states counts"),
        Parameter("d1.civil_war", "c", "1", 0.0, 0.0, -5.0, 5.0, "how a war inside the country counts"),
    )
    indistinct = (
        Indistinct(
            "overthrow and errors of recording apart",
            ("d1.rate",),
            "yearly records",
            "most of those overthrown lasted under a year and are in no record; one recorded once, between two records "
            "of capitalism, may be a mistake",
        ),
        Indistinct(
            "war and civil war apart",
            ("d1.war", "d1.civil_war"),
            "the few overthrows there are",
            "nearly all came in a civil war in which other states took part",
        ),
    )

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        """Return the jumps back, and their factor in war."""
        rates = {"overthrow": np.full(setting.size, values["d1.rate"])}
        war, civil = (setting.covariate(name) for name in ("war", "civil_war"))
        factor = values["d1.war"] * war + values["d1.civil_war"] * civil
        return Terms(
            jumps=by_move(space, rates, setting.size),
            log_factors=by_move(space, {"overthrow": factor}, setting.size),
        )

r"""H8, restoration under pressure: the more a degenerated workers' state is pressed, the sooner it turns back.

The rate of restoration is multiplied by :math:`\exp(p_g\,\text{gap} + p_o\,\text{openness} + p_w\,\text{war})`, and
capitalist countries add :math:`p_n\sum_j w_{ij}[x_j\ \text{capitalist}]` to it, which is multiplied likewise. Which of
the pressures counts is the reader's choice: those at 0 count for nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from newcourse.formations.hypotheses.hypothesis import Hypothesis, Indistinct, Parameter
from newcourse.formations.law import Spread
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms, by_move
from newcourse.formations.worlds import Setting


@dataclass(frozen=True)
class Pressure(Hypothesis):
    """Restoration grows with pressure from outside.

    Parameters
    ----------
    tie
        Which weights say who is near: ``trade``, ``alliance`` or ``contiguity``.
    """

    tie: str = "contiguity"

    code = "H8"
    title = "restoration under pressure"
    claim = "Cheap goods, armies and capitalist neighbours press a degenerated workers' state back to capitalism."
    null = "Restoration does not depend on pressure from outside."
    sources = (
        "L. Trotsky, The Revolution Betrayed (1936), ch. 9 and 11",
        (
            "S. G. Brooks and W. C. Wohlforth, Power, globalization, and the end of the Cold War, International "
            "Security 25 (2000/01) 5: pressure, measured"
        ),
    )
    counter = (
        (
            "R. D. English, Power, ideas, and new evidence on the Cold War's end, International Security 26 (2002) 70: "
            "ideas, not pressure"
        ),
        "J. Kornai, The Socialist System (1992): the causes lie inside the system",
        "D. M. Kotz and F. Weir, Revolution from Above (1997): the elite itself chose restoration",
        "S. L. Solnick, Stealing the State (1998): officials made off with the state, pressed or not",
    )
    parameters = (
        Parameter("h8.gap", "p_g", "1 per log unit of gap", 0.5, 0.0, -5.0, 5.0, "pressure of the development gap"),
        Parameter("h8.openness", "p_o", "1 per log unit of openness", 0.0, 0.0, -5.0, 5.0, "pressure of foreign trade"),
        Parameter("h8.war", "p_w", "1", 0.0, 0.0, -5.0, 5.0, "pressure of war"),
        Parameter("h8.neighbours", "p_n", "1/year", 0.05, 0.0, 0.0, 20.0, "restorations called forth by neighbours"),
    )
    indistinct = (
        Indistinct(
            "which pressure it was",
            ("h8.gap", "h8.openness", "h8.war", "h8.neighbours"),
            "the wave of 1989–91 alone",
            "nearly all restorations fall into three years, in which all pressures moved together",
        ),
    )

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        """Return the factor on restoration and what capitalist countries call forth."""
        factor = sum(values[f"h8.{name}"] * setting.covariate(name) for name in ("gap", "openness", "war"))
        rate, members = values["h8.neighbours"], space.members("capitalist")
        weights = rate * setting.weight(self.tie) if rate else None
        return Terms(
            log_factors=by_move(space, {"restoration": factor}, setting.size),
            spread=()
            if weights is None
            else tuple(Spread(a, b, members, weights) for a, b in space.arcs("restoration")),
        )

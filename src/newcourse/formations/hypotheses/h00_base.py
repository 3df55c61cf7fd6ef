"""H0, the ground all other hypotheses stand on: constant rates, the same for every country in every year."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from newcourse.formations.hypotheses.hypothesis import Hypothesis, Parameter
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms, by_move
from newcourse.formations.worlds import Setting

MOVES_OF = {
    "h0.bourgeois": "bourgeois revolution",
    "h0.social": "social revolution",
    "h0.degeneration": "degeneration",
    "h0.restoration": "restoration",
    "h0.second": "second revolution",
}
"""Which move each rate belongs to."""


@dataclass(frozen=True)
class ConstantRates(Hypothesis):
    """Countries move from formation to formation at constant rates (a Markov chain in continuous time)."""

    code = "H0"
    title = "constant rates"
    claim = "Every country moves at constant rates, whatever happens elsewhere and however long it has waited."
    null = "Nothing moves."
    sources = (
        "D. R. Cox and H. D. Miller, The Theory of Stochastic Processes (1965), ch. 4",
        (
            "J. D. Kalbfleisch and J. F. Lawless, The analysis of panel data under a Markov assumption, Journal of the "
            "American Statistical Association 80 (1985) 863"
        ),
    )
    counter = (
        (
            "Rates that are the same everywhere deny every claim of uneven development (H10) and of spread (H6); the "
            "rates of revolution rise and fall in waves: C. J. Beck, The world-cultural origins of revolutionary "
            "waves, Social Science History 35 (2011) 167"
        ),
    )
    parameters = tuple(
        Parameter(name, symbol, "1/year", default, 0.0, 0.0, 10.0, f"constant rate of {MOVES_OF[name]}")
        for name, symbol, default in (
            ("h0.bourgeois", "r_b", 0.02),
            ("h0.social", "r_s", 0.01),
            ("h0.degeneration", "r_d", 0.05),
            ("h0.restoration", "r_r", 0.02),
            ("h0.second", "r_2", 0.001),
        )
    )

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        """Return the constant jumps."""
        rates = {move: np.full(setting.size, values[name]) for name, move in MOVES_OF.items()}
        return Terms(jumps=by_move(space, rates, setting.size))

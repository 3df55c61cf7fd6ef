r"""H10, uneven development: revolutions are more or less likely with the gap, openness, war and crisis.

The rates of social revolution and of leaps, what neighbours call forth included, are multiplied by
:math:`\exp(\sum_k u_k z_k)` over the covariates (Cox, *Journal of the Royal Statistical Society* B 34 (1972) 187).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from newcourse.formations.hypotheses.hypothesis import Hypothesis, Indistinct, Parameter
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms, by_move
from newcourse.formations.worlds import Setting

LOOKED_AT = ("gap", "openness", "war", "crisis")
"""The covariates it looks at."""


@dataclass(frozen=True)
class Unevenness(Hypothesis):
    """Rates of revolution depend log-linearly on how unevenly countries are developed and what happens to them.

    Parameters
    ----------
    moves
        Which moves the covariates speed up or slow down.
    """

    moves: tuple[str, ...] = ("social revolution", "leap")

    code = "H10"
    title = "uneven development"
    claim = "The chain breaks at its weakest link: revolution comes where a country lags, is at war or in crisis."
    null = "Covariates do not matter."
    sources = (
        "L. Trotsky, The History of the Russian Revolution (1930), ch. 1: the whip of external necessity",
        "T. Skocpol, States and Social Revolutions (1979): war and competition between states break old regimes",
    )
    counter = (
        (
            "J. A. Goldstone and others, A global model for forecasting political instability, American Journal of "
            "Political Science 54 (2010) 190: the kind of regime tells more than economic conditions do"
        ),
        "J. A. Goldstone, Revolution and Rebellion in the Early Modern World (1991): numbers of people, not the gap",
    )
    parameters = (
        Parameter("h10.gap", "u_g", "1 per log unit of gap", 0.5, 0.0, -5.0, 5.0, "how the development gap counts"),
        Parameter("h10.openness", "u_o", "1 per log unit of openness", 0.0, 0.0, -5.0, 5.0, "how foreign trade counts"),
        Parameter("h10.war", "u_w", "1", 1.0, 0.0, -5.0, 5.0, "how war counts"),
        Parameter("h10.crisis", "u_c", "1", 0.5, 0.0, -5.0, 5.0, "how crisis counts"),
    )
    indistinct = (
        Indistinct(
            "war and crisis apart",
            ("h10.war", "h10.crisis"),
            "1914–1920 and 1939–1949",
            "war and crisis nearly always come together there",
        ),
    )

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        """Return the factor on revolutions."""
        factor = sum(values[f"h10.{name}"] * setting.covariate(name) for name in LOOKED_AT)
        return Terms(log_factors=by_move(space, dict.fromkeys(self.moves, factor), setting.size))

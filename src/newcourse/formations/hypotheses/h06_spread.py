r"""H6, spread: revolutions call forth revolutions in the countries they are tied to.

The rate of social revolution grows by :math:`\beta\sum_j w_{ij}[x_j\in G]`, and the rate ℓ of leaps (H3) becomes
:math:`\ell\,(1+b\sum_j w_{ij}[x_j\in G])`: where stages cannot be skipped, neighbours do not change that.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from newcourse.formations.hypotheses.hypothesis import Hypothesis, Indistinct, Parameter
from newcourse.formations.law import Spread
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms
from newcourse.formations.worlds import Setting

AGAINST_COUPLING = Indistinct(
    "J of H7 and β of H6 apart",
    ("h7.coupling", "h6.spread"),
    "yearly data, above all with strong dephasing",
    "the flip of two countries whose common coherence decays at Γ is the classical rate 2J²Γ/(Γ²+Δ²) of a joint move, "
    "which clusters revolutions as spread does; order and size of waves of many countries would be needed to tell",
)
"""Why J of H7 and β of H6 cannot be told apart."""


@dataclass(frozen=True)
class Diffusion(Hypothesis):
    """Social revolutions and leaps grow with the share of neighbours that had one.

    Parameters
    ----------
    tie
        Which weights say who is near: ``trade``, ``alliance`` or ``contiguity``.
    group
        Which formations of others call a revolution forth: ``collectivised``, or ``workers`` alone.
    """

    tie: str = "contiguity"
    group: str = "collectivised"

    code = "H6"
    title = "spread of revolution"
    claim = "A revolution makes revolutions in the countries tied to it more likely."
    null = "What neighbours are does not matter."
    sources = (
        "L. Trotsky, The Permanent Revolution (1930), theses 10 and 11",
        (
            "M. R. Beissinger, Structure and example in modular political phenomena, Perspectives on Politics 5 (2007) "
            "259: of other revolutions than social ones"
        ),
        (
            "K. S. Gleditsch and M. D. Ward, Diffusion and the international context of democratization, International "
            "Organization 60 (2006) 911: the same claim for another transition, with data"
        ),
    )
    counter = (
        (
            "C. Houle, M. A. Kayser and J. Xiang, Diffusion or confusion? Clustered shocks and the conditional "
            "diffusion of democracy, International Organization 70 (2016) 687: common shocks pass for diffusion"
        ),
        (
            "K. Weyland, The diffusion of revolution: '1848' in Europe and Latin America, International Organization "
            "63 (2009) 391: what spreads are rash conclusions from one success elsewhere"
        ),
        "Collectivised property often came with an army: occupation is not example",
    )
    parameters = (
        Parameter("h6.spread", "β", "1/year", 0.05, 0.0, 0.0, 20.0, "social revolutions called forth by neighbours"),
        Parameter("h6.leap", "b", "1", 5.0, 0.0, 0.0, 1000.0, "by how many times neighbours multiply leaps, less 1"),
    )
    indistinct = (AGAINST_COUPLING,)

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        """Return what those of the group call forth."""
        weights, members = setting.weight(self.tie), space.members(self.group)
        leap = values["h6.leap"] * values.get("h3.rate", 0.0)
        rates = (("social revolution", values["h6.spread"]), ("leap", leap))
        return Terms(
            spread=tuple(Spread(a, b, members, rate * weights) for move, rate in rates for a, b in space.arcs(move))
        )

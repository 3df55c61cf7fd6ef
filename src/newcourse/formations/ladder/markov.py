"""The hypothesised Markov chain: only moves that somebody claims, at rates that covariates may change (design §11.3).

As panel data it is that of J. D. Kalbfleisch and J. F. Lawless, *Journal of the American Statistical Association* 80
(1985) 863: several moves may happen between two records, so a year's probabilities are those of the matrix exponential.
"""

from dataclasses import dataclass

from newcourse.formations.ladder.linear import LinearRung


@dataclass(frozen=True)
class Markov(LinearRung):
    """Moves at rates that do not depend on how long a country has waited."""

    @property
    def name(self) -> str:
        """Short name, with the covariates it looks at."""
        names = sorted({effect.covariate for effect in self.hazards.effects})
        return "hypothesised Markov" + (f" ({', '.join(names)})" if names else "")

    @property
    def title(self) -> str:
        """What it says."""
        return "only the moves hypothesised happen, at rates that do not remember"

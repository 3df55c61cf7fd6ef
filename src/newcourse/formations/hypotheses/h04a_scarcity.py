"""H4a, bureaucratisation as a transition that want drives: the rate of degeneration grows with the development gap."""

from collections.abc import Mapping
from dataclasses import dataclass

from newcourse.formations.hypotheses.hypothesis import Hypothesis, Indistinct, Parameter
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms, by_move
from newcourse.formations.worlds import Setting

AGAINST_DECOHERENCE = Indistinct(
    "H4a and H4b apart",
    ("h4a.scarcity", "h4b.dephasing", "h4b.coupling"),
    "yearly data on formations alone, with strong dephasing",
    "a transition from workers' to degenerated at the rate r and a coupling g that loses coherence at Γ, which moves "
    "it at 2g²Γ/(Γ²+Δ²), give the same populations; only short stays seen more often, or moves back, could tell",
)
"""Why H4a and H4b cannot be told apart."""


@dataclass(frozen=True)
class Scarcity(Hypothesis):
    """Want drives bureaucratisation: the hazard of degeneration is multiplied by exp(s·gap − a·aid)."""

    code = "H4a"
    title = "bureaucratisation out of scarcity"
    claim = "Where goods are short a bureaucracy grows that rations them: degeneration is faster the wider the gap."
    null = "The hazard of degeneration is constant."
    sources = (
        (
            "L. Trotsky, The Revolution Betrayed (1936), ch. 5: when goods are short there is a queue, and with "
            "the queue someone who keeps order in it"
        ),
    )
    counter = (
        (
            "C. Rakovsky, The 'professional dangers' of power (1928): ruling itself sets officials apart from their "
            "class, a cause beside want"
        ),
        "R. Michels, Zur Soziologie des Parteiwesens (1911): organisation itself makes oligarchy, rich or poor",
        "T. Cliff, State Capitalism in Russia (1974, first 1948): what came was no workers' state that degenerated",
        "S. Farber, Before Stalinism (1990): decisions of the first years, not want alone, closed the soviets",
    )
    parameters = (
        Parameter("h4a.scarcity", "s", "1 per log unit of gap", 0.5, 0.0, -5.0, 5.0, "how want speeds degeneration"),
        Parameter("h4a.relief", "a", "1 per unit of aid", 0.0, 0.0, -5.0, 5.0, "how aid from outside slows it"),
    )
    indistinct = (AGAINST_DECOHERENCE,)

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        """Return the factor on degeneration."""
        factor = values["h4a.scarcity"] * setting.covariate("gap") - values["h4a.relief"] * setting.covariate("aid")
        return Terms(log_factors=by_move(space, {"degeneration": factor}, setting.size))

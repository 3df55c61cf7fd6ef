"""H2, change by leaps: formations jump, and looking at them once a year is itself part of the law.

The jumps are in every law; what this hypothesis adds is the yearly look, an instrument that leaves each country in the
formation it is found in and destroys its coherence in part or whole. Smooth drift, folds and thresholds, which say
that leaps only look like leaps, are models of their own and stand beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from newcourse.formations.hypotheses.hypothesis import Hypothesis, Indistinct, Parameter
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms
from newcourse.formations.worlds import Setting


@dataclass(frozen=True)
class Leaps(Hypothesis):
    """Formations change by jumps, and being observed each year acts back on a country that is in two at once."""

    code = "H2"
    title = "change by leaps"
    claim = "Formations change by jumps; a country called to account each year is found in one formation."
    null = "Looking changes nothing; change is a smooth drift, a fold passed, or a threshold crossed."
    sources = (
        "F. Engels, Dialectics of Nature (1873-83, published 1925): quantity into quality",
        "L. Trotsky, The ABC of materialist dialectics, in A petty-bourgeois opposition (1939)",
        (
            "B. Misra and E. C. G. Sudarshan, The Zeno's paradox in quantum theory, Journal of Mathematical Physics 18 "
            "(1977) 756: looking often slows what is coherent"
        ),
    )
    counter = (
        "E. Bernstein, Die Voraussetzungen des Sozialismus (1899): change is gradual",
        (
            "M. Granovetter, Threshold models of collective behavior, American Journal of Sociology 83 (1978) 1420: "
            "small differences give leaps without any law of leaps"
        ),
        (
            "R. S. Zahler and H. J. Sussmann, Claims and accomplishments of applied catastrophe theory, Nature 269 "
            "(1977) 759: against reading folds into society"
        ),
    )
    parameters = (
        Parameter("h2.observed", "o", "1", 1.0, 0.0, 0.0, 1.0, "share of coherence that a yearly look destroys"),
    )
    indistinct = (
        Indistinct(
            "the look and dephasing apart",
            ("h2.observed", "h1.dephasing"),
            "data observed once a year",
            "both shrink coherence; between two looks dephasing leaves exp(−Γ) of it, a look 1 − o",
        ),
        Indistinct(
            "the look",
            ("h2.observed",),
            "models without a Hamiltonian",
            "without coherence there is nothing to destroy",
        ),
    )

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:  # noqa: ARG002 (the same for all)
        """Return the yearly look."""
        return Terms(observed=values["h2.observed"])

"""All hypotheses by their codes."""

from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType

from newcourse.errors import BadInput, Fault
from newcourse.formations.hypotheses.d01_overthrow import Overthrow
from newcourse.formations.hypotheses.h00_base import ConstantRates
from newcourse.formations.hypotheses.h01_superposition import Superposition
from newcourse.formations.hypotheses.h02_leaps import Leaps
from newcourse.formations.hypotheses.h03_leap import SkippedStage
from newcourse.formations.hypotheses.h04a_scarcity import Scarcity
from newcourse.formations.hypotheses.h04b_decoherence import Decoherence
from newcourse.formations.hypotheses.h05_isolation import Isolation
from newcourse.formations.hypotheses.h06_spread import Diffusion
from newcourse.formations.hypotheses.h07_entanglement import Entanglement
from newcourse.formations.hypotheses.h08_restoration import Pressure
from newcourse.formations.hypotheses.h09_political import PoliticalRevolution
from newcourse.formations.hypotheses.h10_uneven import Unevenness
from newcourse.formations.hypotheses.hypothesis import Hypothesis
from newcourse.formations.hypotheses.r01_founding import FoundedFromAbove
from newcourse.formations.hypotheses.r02_state_capitalism import CounterRevolution

HYPOTHESES: Mapping[str, type[Hypothesis]] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            ConstantRates, Superposition, Leaps, SkippedStage, Scarcity, Decoherence, Isolation, Diffusion,
            Entanglement, Pressure, PoliticalRevolution, Unevenness, Overthrow, FoundedFromAbove, CounterRevolution,
        )
    }
)  # fmt: skip
"""Every hypothesis by its code, in the order of design §11.1.

D1 is defeat, which the design does not name; R1 and R2 are rival readings of the critics.
"""


def hypothesis(code: str, **choices: str | tuple[str, ...]) -> Hypothesis:
    """Return a hypothesis by its code, with choices such as the tie it looks at.

    Raises
    ------
    BadInput
        If there is no such hypothesis or choice.

    Examples
    --------
    >>> hypothesis("H6", tie="trade").title
    'spread of revolution'
    """
    if code not in HYPOTHESES:
        found, known = f"hypothesis {code!r}", ", ".join(HYPOTHESES)
        raise BadInput(Fault("formation-hypothesis", "code", found, f"one of {known}", "correct the code"))
    kind = HYPOTHESES[code]
    possible = sorted(field.name for field in fields(kind))
    if set(choices) - set(possible):
        found, expected = ", ".join(sorted(set(choices) - set(possible))), ", ".join(possible) or "no choice"
        raise BadInput(Fault("formation-hypothesis", code, found, expected, "remove or correct the choice"))
    return kind(**choices)

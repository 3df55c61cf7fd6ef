"""Which hypotheses and scenarios are quantum-like, so that texts on them carry the banner (design §11.3)."""

import numpy as np

from newcourse.formations.hypotheses.hypothesis import Hypothesis
from newcourse.formations.hypotheses.registry import hypothesis
from newcourse.formations.models import Model
from newcourse.formations.scenario import FormationScenario
from newcourse.formations.spaces import DEFAULT
from newcourse.formations.worlds import WEIGHTS, Setting


def quantum_like(one: Hypothesis) -> bool:
    """Return whether a hypothesis brings Hamiltonians or dephasing, on two neighbours with the usual values.

    >>> [code for code in ("H0", "H1", "H4a", "H4b", "H7") if quantum_like(hypothesis(code))]
    ['H1', 'H4b', 'H7']
    """
    ties = np.ones((2, 2)) - np.eye(2)
    setting = Setting(("A", "B"), weights=dict.fromkeys(WEIGHTS, ties))
    values = {p.name: p.default for each in (hypothesis("H0"), one) for p in each.parameters}
    held = (one,) if one.code == "H0" else (hypothesis("H0"), one)
    law = Model("alone", DEFAULT, held, values).law(setting)
    return not law.classical or bool(law.dephasing.any())


def quantum_like_scenario(one: FormationScenario) -> bool:
    """Return whether the model of a scenario is quantum-like, with the values stated."""
    model = one.model.model(one.space)
    return any(not model.law(setting).classical for setting in one.settings(one.branches[0], one.model))

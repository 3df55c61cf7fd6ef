"""H4b, bureaucracy as decoherence: what it couples, what it dephases, and the rate that comes of it."""

import numpy as np
import pytest

from newcourse.formations.engines.mean_field import follow
from newcourse.formations.models import model_of
from newcourse.formations.runs import certain
from newcourse.formations.spaces import BASIS_AND_RULE, DEFAULT, Space
from newcourse.formations.worlds import Setting


@pytest.mark.parametrize("space", [DEFAULT, BASIS_AND_RULE], ids=lambda s: s.name)
def test_rule_from_above_dephases_and_is_coupled_with_rule_from_below(space: Space) -> None:
    model = model_of("m", ["H4b"], {"h4b.dephasing": 3.0, "h4b.coupling": 0.7}, space=space)
    law = model.law(Setting(("A", "B")))
    (workers,), (degenerated,) = space.members("workers"), space.members("degenerated")
    expected = np.zeros((space.size, space.size))
    expected[workers, degenerated] = expected[degenerated, workers] = 0.7
    np.testing.assert_array_equal(law.hamiltonian, [expected, expected])
    np.testing.assert_array_equal(law.dephasing, np.tile(3.0 * (np.arange(space.size) == degenerated), (2, 1)))


def test_under_strong_dephasing_it_is_a_transition_both_ways() -> None:
    """Coherence decays at Γ = γ/2, so the rate is 2g²Γ/Γ² = 4g²/γ: why H4a and H4b cannot be told apart."""
    g, gamma, years = 0.5, 40.0, np.arange(0, 31, 10)
    model = model_of("m", ["H4b"], {"h4b.dephasing": gamma, "h4b.coupling": g})
    run = follow(model.stretches([Setting(("A",), years=30)]), certain(DEFAULT, ["workers"]), years)
    degenerated = run.populations[:, 0, DEFAULT.index("degenerated")]
    np.testing.assert_allclose(degenerated, (1 - np.exp(-2 * 4 * g**2 / gamma * years)) / 2, atol=2e-3)

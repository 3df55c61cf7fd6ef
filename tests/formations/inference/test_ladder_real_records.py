"""The ladder on the panel of real states, where the data are beside the checkout."""

from pathlib import Path

import numpy as np
import pytest

from newcourse.formations.inference.fitting import fit
from newcourse.formations.inference.splits import by_countries, moves, turning_year
from newcourse.formations.ladder.markov import Markov
from newcourse.formations.ladder.saturated import Saturated
from newcourse.formations.spaces import DEFAULT
from newcourse.sources.formations.reading import read_panel


@pytest.mark.slow
@pytest.mark.shared_data
def test_rates_of_real_states_are_counted_and_the_saturated_chain_is_likelier(shared_data: Path) -> None:
    panel = read_panel(shared_data / "formations", first=1945)
    saturated, markov = (fit(rung(DEFAULT), panel, starts=1) for rung in (Saturated, Markov))
    assert isinstance(saturated.rung, Saturated)
    counts = panel.transitions()
    been = counts.sum(axis=1) > 0
    shares = counts[been] / counts[been].sum(axis=1, keepdims=True)
    np.testing.assert_allclose(saturated.rung.transitions(saturated.values)[been], shares, atol=1e-3)
    assert markov.log_likelihood <= saturated.log_likelihood + 0.01
    source, target = DEFAULT.index("degenerated"), DEFAULT.index("restored")
    rate = counts[source, target] / counts[source].sum()
    assert markov.values["rate.restoration"] == pytest.approx(rate, rel=0.05)
    assert panel.years[0] < turning_year(panel) < panel.years[-1]
    events = [int(moves(panel)[split.asked[:, 0]].sum()) for split in by_countries(panel, 5)]
    assert sum(events) == int(moves(panel).sum())
    assert min(events) > 0

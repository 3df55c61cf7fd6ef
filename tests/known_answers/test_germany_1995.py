"""Germany 1995, six branches: Eurostat, *Manual of Supply, Use and Input-Output Tables* (2008), ch. 15.

Domestic intermediate flows in million euro at basic prices, and output; the output multipliers of the manual.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from newcourse.economy.identities import activity_for, balance_faults, base_demand, output_multipliers
from tests.economy.small import economy

BRANCHES = ("agriculture", "industry", "construction", "trade", "business_services", "other_services")
PUBLISHED = [1.7048, 1.8413, 1.8136, 1.6035, 1.5951, 1.3782]
FLOWS = np.array(
    [
        [1131, 25480, 1, 607, 710, 762],
        [7930, 304584, 64167, 41082, 11981, 30360],
        [426, 7334, 3875, 5296, 23457, 9155],
        [3559, 72717, 14190, 74399, 10835, 21008],
        [3637, 96115, 31027, 65755, 193176, 34223],
        [1552, 14986, 1747, 11225, 15058, 22070],
    ],
    dtype=float,
)
OUTPUT = np.array([43910.0, 1079446.0, 245606.0, 540063.0, 692487.0, 508918.0])


def test_the_published_output_multipliers() -> None:
    assert output_multipliers(FLOWS / OUTPUT) == pytest.approx(PUBLISHED, abs=5e-5)


def test_the_base_year_as_an_economy_is_reproduced() -> None:
    processes = {
        branch: {
            "makes": {branch: 1.0},
            "takes": {other: FLOWS[i, j] / OUTPUT[j] for i, other in enumerate(BRANCHES)},
            "base": OUTPUT[j],
        }
        for j, branch in enumerate(BRANCHES)
    }
    final = OUTPUT - FLOWS.sum(axis=1)
    e = economy(processes, final=dict(zip(BRANCHES, final, strict=True)))
    assert balance_faults(e, 1e-12) == []
    assert base_demand(e).to_numpy() == pytest.approx(final)
    assert activity_for(e).to_numpy() == pytest.approx(OUTPUT)


@pytest.mark.shared_data
def test_the_figures_typed_here_are_those_of_the_table(shared_data: Path) -> None:
    table = pd.read_csv(shared_data / "tables" / "germany_1995" / "germany_1995.csv")
    table = table.replace({"_group": ""}, regex=True)
    wide = table.pivot_table(index="iotables_row", columns="iotables_col", values="values", aggfunc="first")
    assert wide.loc[list(BRANCHES), list(BRANCHES)].to_numpy() == pytest.approx(FLOWS)
    assert wide.loc["output", list(BRANCHES)].to_numpy() == pytest.approx(OUTPUT)

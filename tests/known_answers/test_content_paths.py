"""Contents by path: published multipliers are contents of output, and paths followed by hand.

Germany 1995 (Eurostat 2008, ch. 15) and the United Kingdom 2010 (ONS) as in the tests of their tables. With "output"
itself as what is taken directly (1 per unit), the content of a product is its output multiplier.
"""

import numpy as np
import pytest
import scipy.sparse as sp

from newcourse.economy.paths import largest_paths, layers, total_contents
from newcourse.plan.content_mix import base_mix
from tests.economy.small import economy
from tests.known_answers.test_germany_1995 import BRANCHES, FLOWS, OUTPUT, PUBLISHED
from tests.known_answers.test_uk_2010 import Table, table

__all__ = ["table"]


def germany() -> sp.csr_array:
    processes = {
        branch: {
            "makes": {branch: 1.0},
            "takes": {other: FLOWS[i, j] / OUTPUT[j] for i, other in enumerate(BRANCHES)},
            "base": OUTPUT[j],
        }
        for j, branch in enumerate(BRANCHES)
    }
    mix = base_mix(economy(processes))
    order = mix.economy.goods.get_level_values(1).get_indexer(list(BRANCHES))
    return sp.csr_array(mix.coefficients[order][:, order])


def test_germanys_published_output_multipliers_are_contents_of_output() -> None:
    assert total_contents(germany(), np.ones(6)) == pytest.approx(PUBLISHED, abs=5e-5)


def test_germanys_largest_paths_into_construction_by_hand() -> None:
    """Directly 1; then what it takes of industry, business services and itself, as the table has it."""
    A, ones = germany(), np.ones(6)
    found = largest_paths(A, ones, total_contents(A, ones), 2, 4)
    assert found.certain
    told = [(tuple(BRANCHES[good] for good in path.goods), path.amount) for path in found.paths]
    industry, services = FLOWS[1, 2] / OUTPUT[2], FLOWS[4, 2] / OUTPUT[2]
    assert told[0] == (("construction",), 1.0)
    assert told[1] == (("construction", "industry"), pytest.approx(industry))
    assert told[2] == (("construction", "business_services"), pytest.approx(services))
    twice = industry * FLOWS[1, 1] / OUTPUT[1]
    assert told[3] == (("construction", "industry", "industry"), pytest.approx(twice))
    assert found.covered == pytest.approx((1 + industry + services + twice) / 1.8136, abs=1e-4)


@pytest.mark.shared_data
def test_the_united_kingdoms_published_effects_are_contents_of_value_added(table: Table) -> None:
    A = sp.csr_array(table.A)
    found = total_contents(A, np.vstack([np.ones(127), table.value_added]))
    assert found[0] == pytest.approx(table.published["Output multiplier"].to_numpy(), rel=1e-12)
    assert found[1] == pytest.approx(table.published["GVA effects"].to_numpy(), rel=1e-9)


@pytest.mark.shared_data
def test_the_united_kingdoms_paths_grow_towards_the_published_effect(table: Table) -> None:
    A, product = sp.csr_array(table.A), 40
    effect = float(table.published["GVA effects"].to_numpy()[product])
    totals = total_contents(A, table.value_added)
    some = [largest_paths(A, table.value_added, totals, product, most) for most in (1, 10, 100, 1000)]
    shares = [paths.covered for paths in some]
    assert all(paths.certain and paths.total == pytest.approx(effect, rel=1e-9) for paths in some)
    assert shares == sorted(shares)
    assert 0.85 < shares[-1] < 1.0
    assert layers(A, table.value_added, product, 60).sum() == pytest.approx(effect, rel=1e-9)

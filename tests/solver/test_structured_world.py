"""The world table of 1995 as a plan: dense, and full of sources that cost the same."""

import pytest
from benchmarks.structured_cases import problem_of, tables_of

from newcourse.solver.door import solve


@pytest.mark.slow
@pytest.mark.usefixtures("shared_data")
def test_a_real_table_with_many_equal_sources_is_settled() -> None:
    """Where another source costs the same the present one stays: else outputs change from round to round for ever."""
    found = solve(problem_of(tables_of("world:1995")), method="structured")
    assert found.method == "content pricing"
    assert found.certificate.kind == "optimal"
    assert found.certificate.gap <= 1e-9
    assert found.certificate.product_shortage <= 1e-9

"""Plans on which content pricing once gave up: it solves them by itself, exactly, product by product."""

import pytest
from benchmarks.structured_cases import problem_of, tables_of

from newcourse.solver.door import solve

CASES = {
    "needs:300:one:2": "at the prices of a round a listed product would be made without end",
    "needs:1000:one:3": "a product flips between two sources, and nobody needs a listed one",
    "world:1995": "many sources cost the same",
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_it_needs_no_help_where_it_once_did(case: str, request: pytest.FixtureRequest) -> None:
    if case.startswith("world"):
        request.getfixturevalue("shared_data")
    found = solve(problem_of(tables_of(case)), method="structured")
    assert found.method == "content pricing"
    assert found.certificate.kind == "optimal"
    assert found.certificate.gap <= 1e-9
    assert found.certificate.product_shortage <= 1e-9

"""Contents of products: every path accounted for, and what is embodied in all final uses is all that is taken."""

import itertools
from functools import cache

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.economy.economy import Economy
from newcourse.economy.paths import largest_paths, layers, total_contents
from newcourse.errors import BadInput
from newcourse.plan.content import content, content_of, contents
from newcourse.plan.content_mix import IMPORTS, base_mix, measures, mix_of
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from tests.economy.small import economy

FREE = Limits(activity_rate=None, import_share_rate=None, route_share_rate=None, export_rate=None)


@st.composite
def tables(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Draw coefficients that add up to less than 0.8 per column, and what is taken directly."""
    n = draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    A = rng.random((n, n)) * (rng.random((n, n)) < 0.7)
    return A * 0.8 / max(1.0, A.sum(axis=0).max()), rng.random(n) * (rng.random(n) < 0.8)


def every_path(A: np.ndarray, d: np.ndarray, good: int, depth: int) -> dict[tuple[int, ...], float]:
    found = {}
    for length in range(depth + 1):
        for rest in itertools.product(range(len(A)), repeat=length):
            goods = (good, *rest)
            share = np.prod([A[b, a] for a, b in itertools.pairwise(goods)])
            if share * d[goods[-1]] > 0:
                found[goods] = float(share * d[goods[-1]])
    return found


@settings(max_examples=15)
@given(tables())
def test_the_paths_found_are_the_largest_there_are(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    A, d = drawn
    totals = total_contents(sp.csr_array(A), d)
    found = largest_paths(sp.csr_array(A), d, totals, 0, 5)
    all_ = every_path(A, d, 0, 5)
    assert found.certain
    best = sorted(all_.values(), reverse=True)[:5]
    for path in found.paths:
        if len(path.goods) <= 6:
            assert path.amount == pytest.approx(all_[path.goods])
    tail = totals[0] - sum(all_.values())
    for path, amount in zip(found.paths, best, strict=False):
        assert amount - 1e-12 <= path.amount <= amount + tail + 1e-12


@settings(max_examples=15)
@given(tables())
def test_all_paths_and_all_layers_are_the_total(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    A, d = sp.csr_array(drawn[0]), drawn[1]
    total = total_contents(A, d)
    assert total == pytest.approx(np.linalg.solve(np.eye(len(d)) - drawn[0].T, d))
    assert layers(A, d, 0, 200).sum() == pytest.approx(total[0], abs=1e-12)
    many = largest_paths(A, d, total, 0, 50)
    assert sum(path.amount for path in many.paths) <= total[0] * (1 + 1e-9)
    if many.certain and len(many.paths) < 50:
        assert many.covered == pytest.approx(1.0)


def machines() -> Economy:
    """Machines of steel of ore; steel also from outside; machines brought to the other place."""
    return economy(
        {
            "mine": {"makes": {("N", "ore"): 1.0}, "factors": {"hours": 3.0}, "emits": {"dust": 2.0}, "place": "N"},
            "melt": {
                "makes": {("N", "steel"): 1.0, ("N", "slag"): 1.0},
                "takes": {("N", "ore"): 2.0},
                "factors": {"hours": 1.0},
                "place": "N",
            },
            "build": {
                "makes": {("N", "machine"): 1.0},
                "takes": {("N", "steel"): 4.0},
                "factors": {"hours": 10.0},
                "place": "N",
            },
        },
        {"m": {"place": "S", "product": "machine", "target": 10.0}},
        places={"F": "", "N": "F", "S": "F"},
        products={"steel": {"price": 3.0}, "slag": {"price": 1.0}, "machine": {"price": 20.0}, "ore": {"price": 1.0}},
        supply={("F", "hours"): 1000.0},
        routes=[{"product": "machine", "origin": "N", "destination": "S", "base": 1.0}],
        trade=[{"place": "N", "product": "ore", "import_price": 5.0, "import_quota": 20.0, "export_quota": 0.0}],
        accounts=[{"place": "F", "credit": 100.0}],
    )


@cache
def machine_plan() -> Plan:
    return make_plan(machines(), limits=FREE)


def test_hours_in_a_machine_by_hand() -> None:
    """A quarter of the ore is imported: 3 hours for the rest; of a melting 3/4 goes to the steel by its value."""
    plan = machine_plan()
    mix = mix_of(plan, 2001)
    ore_made = mix.activity[0] / mix.supply[mix.economy.goods.get_loc(("N", "ore"))]
    ore = 3.0 * ore_made
    steel = 0.75 * (1.0 + 2.0 * ore)
    found = content(plan, "machine", "S", paths=4)
    assert found.total == pytest.approx(10.0 + 4.0 * steel)
    assert found.layers[:2] == pytest.approx((0.0, 10.0))
    assert [(len(path.steps), path.amount) for path in found.paths[:3]] == [
        (4, pytest.approx(4 * 0.75 * 2 * ore)),
        (2, pytest.approx(10.0)),
        (3, pytest.approx(3.0)),
    ]
    assert found.certain
    assert found.covered == pytest.approx(1.0)
    assert found.paths[0].words().endswith("in ore (place N) in steel (place N) in machine (place N) in machine")
    assert "hours" in found.words()


def test_what_is_embodied_in_all_that_is_finally_used_is_all_that_is_taken() -> None:
    """Without stores and capital every hour, every emission and every import ends in some final use, or in slag."""
    plan = machine_plan()
    mix = mix_of(plan, 2001)
    table = contents(mix).set_index(["place", "product"])
    e = plan.economy
    used = mix.coefficients @ mix.supply
    final = (mix.supply - used)[mix.supply > 0]
    embodied = table[measures(e)].to_numpy().T @ final
    paid = 5.0 * mix.imports.sum()
    assert embodied == pytest.approx([*(e.factor_use @ mix.activity), *(e.emission_use @ mix.activity), paid], rel=1e-9)
    assert content(plan, "machine", "S", of=IMPORTS).total == pytest.approx(table.loc[("S", "machine"), IMPORTS])


def test_what_there_is_not_is_refused_with_what_there_is() -> None:
    plan = machine_plan()
    for arguments, code in (
        ({"product": "cake"}, "product-unknown"),
        ({"product": "machine"}, "place-open"),
        ({"product": "machine", "place": "F"}, "place-unknown"),
        ({"product": "machine", "place": "S", "of": "noise"}, "content-unknown"),
        ({"product": "machine", "place": "S", "period": 1900}, "period-unknown"),
    ):
        with pytest.raises(BadInput, match=code):
            content(plan, **arguments)
    with pytest.raises(BadInput, match="product-unsupplied"):
        content_of(base_mix(machines()), "steel")


def test_goods_that_need_too_much_of_themselves_have_no_content() -> None:
    with pytest.raises(BadInput, match="content-endless"):
        total_contents(sp.csr_array([[1.5]]), np.ones(1))
    with pytest.raises(BadInput, match="content-endless"):
        total_contents(sp.csr_array([[1.0]]), np.ones(1))

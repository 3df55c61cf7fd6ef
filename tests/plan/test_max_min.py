"""The worst-off place first: on small economies compared with raising every place by itself, as the words say."""

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import linprog

from newcourse.economy.economy import Economy
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.model import Model, build_model
from newcourse.plan.planner import make_plan, solve_stages
from tests.economy.small import economy
from tests.plan.strategies import FREE, economies

ONE_PERIOD = Limits(1, **FREE, terminal="free")  # type: ignore[arg-type]
CLOSE = 1e-6


def most(model: Model, cost: np.ndarray, least: np.ndarray, equal: np.ndarray) -> float:
    """Return the most of ``cost`` (over all columns, then the level) by SciPy's own door to HiGHS.

    ``least``: what each place is secured at least; ``equal``: which places are secured at least the level besides.
    """
    p = model.problem
    n, places = p.shape[1], np.arange(model.columns("secured").start, model.columns("secured").stop)
    lower, upper = np.append(p.column_lower, 0.0), np.append(p.column_upper, 1.0)
    lower[places] = least
    above, below = np.isfinite(p.row_upper), np.isfinite(p.row_lower)
    matrix = np.column_stack([p.matrix.toarray(), np.zeros(p.shape[0])])
    level = np.zeros((int(equal.sum()), n + 1))
    level[np.arange(len(level)), places[equal]] = -1.0
    level[:, n] = 1.0
    answer = linprog(
        -cost,
        A_ub=np.vstack([matrix[above], -matrix[below], level]),
        b_ub=np.concatenate([p.row_upper[above], -p.row_lower[below], np.zeros(len(level))]),
        bounds=np.column_stack([lower, upper]),
        method="highs",
    )
    assert answer.status == 0, answer.message
    return -float(answer.fun)


def leximin(model: Model) -> np.ndarray:
    """Return the part of its minima that each place gets: raise all together, then find by trial who can go on."""
    n, first = model.problem.shape[1], model.columns("secured").start
    level = np.zeros(model.columns("secured").stop - first)
    open_ = np.ones(len(level), dtype=bool)
    while open_.any():
        reached = most(model, np.append(np.zeros(n), 1.0), level, open_)
        level[open_] = max(0.0, reached - CLOSE / 10)
        alone = [most(model, np.eye(1, n + 1, first + place)[0], level, open_ & False) for place in range(len(level))]
        stuck = open_ & (np.array(alone) <= level + CLOSE)
        open_ &= ~stuck if stuck.any() else False
    return level


@pytest.mark.slow
@settings(max_examples=8)
@given(economies())
def test_no_place_can_be_raised_without_lowering_one_worse_off(e: Economy) -> None:
    model = build_model(e, Goal(), ONE_PERIOD)
    kept = solve_stages(model)[-1].solution.problem.column_lower[model.columns("secured")]
    assert sorted(kept) == pytest.approx(sorted(leximin(model)), abs=1e-4)


def test_two_places_that_share_and_one_that_does_not() -> None:
    """A and B share 30 of grain and want 40 and 20: half each; C has 9 of its own, wants 10, and is not held back."""
    e = economy(
        {
            f"to {place}": {"makes": {(place, "grain"): 1.0}, "takes": {source: 1.0}}
            for place, source in (("A", "grain"), ("B", "grain"), ("C", "own"))
        },
        {
            place: {"place": place, "product": "grain", "minimum": q, "target": q}
            for place, q in (("A", 40.0), ("B", 20.0), ("C", 10.0))
        },
        places={"P": "", "A": "P", "B": "P", "C": "P"},
        stores={"grain": 30.0, "own": 9.0},
    )
    delivered = make_plan(e, limits=ONE_PERIOD)["deliveries"]["quantity"].tolist()
    assert delivered == pytest.approx([20.0, 10.0, 9.0], rel=1e-5)

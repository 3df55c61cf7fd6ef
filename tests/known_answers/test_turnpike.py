"""The turnpike: the way to the largest stocks in the end leads along balanced growth for most of the time.

R. Dorfman, P. A. Samuelson and R. M. Solow, *Linear Programming and Economic Analysis* (1958), ch. 12. A plan that
wants nothing but machines of one kind in the last year grows, in the years between, in the proportions and at the rate
of balanced growth, which is found here without looking at any plan.
"""

import numpy as np
import pytest

from newcourse.plan.balanced_growth import balanced_growth
from newcourse.plan.goal import Goal
from newcourse.plan.growth_system import growth_system
from newcourse.plan.limits import Limits
from newcourse.plan.model import build_model
from newcourse.solver.door import solve
from tests.economy.small import economy

PERIODS = 24


@pytest.mark.parametrize("wanted", ["lathes", "kilns"])
def test_most_of_one_stock_in_the_end(wanted: str) -> None:
    made = economy(
        {
            "lathe": {"makes": {"lathe": 1.0}, "takes": {"kiln": 0.1}, "stocks": {"lathes": 1.0, "kilns": 0.6}},
            "kiln": {"makes": {"kiln": 1.0}, "takes": {"lathe": 0.2}, "stocks": {"lathes": 0.8, "kilns": 1.5}},
        },
        {"lathe": {"target": 1.0}},
        stocks={
            "lathes": {"product": "lathe", "quantity": 20.0, "life": 8.0},
            "kilns": {"product": "kiln", "quantity": 20.0, "life": 20.0},
        },
    )
    ray = balanced_growth(growth_system(made))
    limits = Limits(PERIODS, activity_rate=None, import_share_rate=None, export_rate=None, terminal="free")
    model = build_model(made, Goal(), limits)
    cost = np.zeros(model.problem.shape[1])
    block = model.problem.column_block("capital")
    cost[block.start + block.labels.get_loc((wanted, 2000 + PERIODS))] = 1.0
    found = solve(model.problem.with_cost(cost, "max")).require_certified()
    activity = found.values("activity").to_numpy().reshape(PERIODS, 2)
    middle = slice(PERIODS // 3, 2 * PERIODS // 3)
    shares = activity[middle, 0] / activity[middle].sum(axis=1)
    growth = activity[middle][1:].sum(axis=1) / activity[middle][:-1].sum(axis=1) - 1
    x = ray.activity.to_numpy()
    assert shares == pytest.approx(x[0] / x.sum(), abs=0.01)
    assert growth == pytest.approx(ray.rate, abs=0.01)

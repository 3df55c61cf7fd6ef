"""Plans are smooth: no activity jumps up and down from year to year (design §6.1)."""

import numpy as np
import pytest

from newcourse.plan.limits import Limits
from newcourse.plan.planner import make_plan
from newcourse.sources.examples import read_example
from tests.economy.small import economy


def test_nothing_moves_faster_than_its_rate_in_sweden() -> None:
    """Five percent a year: no activity in use leaves that, and none turns round twice by half of that."""
    plan = make_plan(read_example("sweden"), limits=Limits(4, activity_rate=0.05, uptake=0.0))
    paths = plan["activity"].pivot_table(index="process", columns="period", values="quantity")
    base = plan.economy["processes"].set_index("process")["base"].reindex(paths.index)
    whole = np.column_stack([base, paths])[base.to_numpy() > 0]
    ratios = whole[:, 1:] / whole[:, :-1]
    assert ratios.max() <= 1.05 + 1e-5
    assert ratios.min() >= 0.95 - 1e-5
    steps = np.diff(np.log(whole), axis=1)
    swings = (steps[:, 1:] * steps[:, :-1] < 0) & (np.minimum(abs(steps[:, 1:]), abs(steps[:, :-1])) > 0.025)
    assert swings.sum(axis=1).max() <= 1


@pytest.mark.parametrize("target", [6.0, 9.0])
def test_equally_good_years_are_alike(target: float) -> None:
    """Two ovens bake equally well in each of four years; neither is stopped and started again."""
    oven = {"makes": {"bread": 1.0}, "factors": {"labour": 1.0}, "base": 4.0}
    e = economy({"old": oven, "new": oven}, {"bread": {"target": target}}, supply={"labour": 50.0})
    plan = make_plan(e, limits=Limits(4, activity_rate=None))
    baked = plan["activity"].pivot_table(index="process", columns="period", values="quantity")
    assert baked.sum().to_numpy() == pytest.approx(target, abs=1e-4)
    assert np.abs(np.diff(baked.to_numpy(), axis=1)).max() <= abs(target - 8.0) + 1e-4

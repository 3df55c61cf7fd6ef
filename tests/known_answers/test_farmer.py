"""The farmer's problem (Birge and Louveaux, §1.1): as scenarios, by progressive hedging, and as an economy planned.

The book's figures: expected profit 108 390 with 170, 80 and 250 acres of wheat, corn and beets; 115 406 if the weather
were known, so that knowing is worth 7 016; 107 240 with what is best for average weather, so that planning for all
three is worth 1 150. Known good, average and bad weather give 167 667, 118 600 and 59 950.
"""

import numpy as np
import pytest
from scipy.optimize import linprog

from newcourse.economy.economy import Economy
from newcourse.plan.futures.differing import Scaling
from newcourse.plan.futures.hedging import hedge
from newcourse.plan.futures.observing import observe
from newcourse.plan.futures.open_plan import OpenPlan, make_open_plan
from newcourse.plan.futures.solving import solve_together
from newcourse.plan.futures.tree import Node, Tree
from newcourse.plan.futures.values import value_scenarios
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from tests.economy.small import economy
from tests.known_answers import farmer as book

PURSE, MUCH = 500_000.0, 3_000_000.0
"""Money at the start, and a need of money so large that every dollar counts alike in its first step."""


def test_planned_for_all_weathers_together() -> None:
    solved = solve_together(book.farmer())
    assert solved.value == pytest.approx(book.PROFIT, abs=0.5)
    assert solved.here_and_now()[:3] == pytest.approx([book.SOWN[crop] for crop in book.CROPS])


def test_what_knowing_and_planning_for_all_are_worth() -> None:
    values = value_scenarios(book.farmer())
    assert values.wait_and_see == pytest.approx(book.WAIT_AND_SEE, abs=0.5)
    assert values.perfect_information == pytest.approx(book.INFORMATION, abs=0.5)
    assert values.expected_mean[0] == pytest.approx(book.MEAN, abs=0.5)
    assert values.stochastic_solution == pytest.approx(book.STOCHASTIC, abs=0.5)
    assert values.hearing_sooner == pytest.approx(book.INFORMATION, abs=0.5)
    assert dict(values.alone) == pytest.approx(book.ALONE, abs=0.5)


def test_an_independent_solver_agrees() -> None:
    """Written out by hand: acres, then sales (wheat, corn, beets, beets beyond) and purchases for each weather."""
    cost = np.array([150.0, 230.0, 260.0] + [w / 3 for _ in range(3) for w in (-170, -150, -36, -10, 238, 210)])
    rows, most = [np.array([1.0] * 3 + [0.0] * 18)], [500.0]
    for s, weather in enumerate(book.WEATHER.values()):
        for crop, (per_acre, fed) in enumerate(((2.5, 200.0), (3.0, 240.0), (20.0, 0.0))):
            row = np.zeros(21)
            row[crop] = -weather * per_acre
            row[3 + 6 * s + crop] = 1.0
            row[3 + 6 * s + (3 if crop == 2 else 4 + crop)] = 1.0 if crop == 2 else -1.0
            rows.append(row)
            most.append(-fed)
    bounds = [(0, None)] * 3 + [(0, None), (0, None), (0, 6000), (0, None), (0, None), (0, None)] * 3
    assert -linprog(cost, np.array(rows), most, bounds=bounds).fun == pytest.approx(book.PROFIT, abs=0.5)


def test_progressive_hedging_proves_its_gap() -> None:
    told: list[tuple[str, float]] = []
    hedged = hedge(book.farmer(), gap=1e-3, pull=3.0, on_progress=lambda what, part: told.append((what, part)))
    assert hedged.reached
    assert hedged.value <= book.PROFIT + 0.5 <= hedged.bound + 1.0
    assert hedged.bound - hedged.value <= 1e-3 * hedged.bound
    assert told[-1][0].startswith(f"round {len(hedged.rounds)}, gap")
    bounds = [r.bound for r in hedged.rounds]
    assert bounds == sorted(bounds, reverse=True), "bounds only get nearer"


def as_economy() -> Economy:
    """Sowing has a lead of one period: it takes land and money first, and the harvest comes out of it afterwards."""
    sowing = {
        f"sow {crop}": {
            "makes": {crop: book.YIELD[crop]},
            "takes": {"money": book.SOWING[crop]},
            "factors": {"acre": 1.0},
            "lead": 1,
        }
        for crop in book.CROPS
    }
    selling = {
        f"sell {crop}": {"makes": {"money": book.PRICE[crop]}, "takes": {crop: 1.0}} for crop in ("wheat", "corn")
    }
    beets = {
        "sell beets": {"makes": {"money": book.PRICE["beets"]}, "takes": {"beets": 1.0}, "factors": {"quota": 1.0}},
        "sell beets beyond": {"makes": {"money": book.CHEAP}, "takes": {"beets": 1.0}},
    }
    buying = {f"buy {crop}": {"makes": {crop: 1.0}, "takes": {"money": price}} for crop, price in book.DEAR.items()}
    return economy(
        sowing | selling | beets | buying,
        {
            **{crop: {"minimum": fed, "target": fed, "group": "cattle"} for crop, fed in book.FEED.items()},
            "money": {"target": MUCH, "group": "farmer"},
        },
        products={"money": {"storable": True}},
        supply={"acre": book.LAND, "quota": book.QUOTA},
        stores={"money": PURSE, **book.FEED},
    )


def weather() -> Tree:
    def harvest(factor: float) -> tuple[Scaling, ...]:
        return (Scaling("outputs", "quantity", factor, {"process": [f"sow {crop}" for crop in book.CROPS]}),)

    nodes = [
        Node(name, parent="sowing", period=2, weight=1 / 3, changes=harvest(factor))
        for name, factor in book.WEATHER.items()
    ]
    return Tree("Weather", (Node("sowing"), *nodes), "Birge and Louveaux")


@pytest.fixture(scope="module")
def plan() -> OpenPlan:
    guaranteed = Goal(guaranteed=frozenset(book.FEED))
    return make_open_plan(as_economy(), guaranteed, Limits(2, activity_rate=None, terminal="free"), tree=weather())


def profits(plan: OpenPlan) -> dict[str, float]:
    return {
        name: float(each["deliveries"].query("need == 'money'")["quantity"].sum()) - PURSE
        for name, each in plan.plans.items()
    }


def test_as_an_economy(plan: OpenPlan) -> None:
    assert plan.certified
    made = profits(plan)
    assert sum(made.values()) / 3 == pytest.approx(book.PROFIT, abs=1.0)
    decided = plan.decisions()
    sown = decided[decided["label"].str.startswith("sow ") & (decided["period"] == 2002)]
    assert sown["common"].all(), "what comes out in the second period was decided in the first"
    assert sown["decided"].unique().tolist() == [2001]
    assert sown["good"].tolist() == pytest.approx([book.SOWN[crop] for crop in book.CROPS], abs=1e-3)
    assert (decided.loc[~decided["common"], "decided"] == 2002).all()


def test_the_economys_values_are_the_books(plan: OpenPlan) -> None:
    problem, together = plan.needs_problem()
    values = value_scenarios(problem, together)
    per_dollar = float(problem.scenarios[0].problem.cost.max())  # cattle are fed in every case
    money = problem.scenarios[0].problem.column_block("delivery").labels.get_loc(("money", "first", 2002))
    start = problem.scenarios[0].problem.column_block("delivery").start
    per_dollar = float(problem.scenarios[0].problem.cost[start + money])
    assert values.perfect_information / per_dollar == pytest.approx(book.INFORMATION, abs=1.0)
    assert values.stochastic_solution is not None
    assert values.stochastic_solution / per_dollar == pytest.approx(book.STOCHASTIC, abs=1.0)


def test_after_the_weather_is_known_the_rest_of_the_plan_stands(plan: OpenPlan) -> None:
    before = profits(plan)
    for name in book.WEATHER:
        after = observe(plan, name)
        assert after.certified
        assert after.weights == {name: 1.0}
        assert profits(after)[name] == pytest.approx(before[name], abs=1.0)
        assert set(after.fulfilment("need")["fulfilment"][:2]) == {1.0}

"""J. R. Birge and F. Louveaux, *Introduction to Stochastic Programming*, §1.1: the farmer's problem, row by row.

500 acres of wheat, corn and sugar beets are sown before the weather is known; yields are 20 % above average, average,
or 20 % below. Cattle need 200 t of wheat and 240 t of corn. All amounts in dollars, acres and tonnes.
"""

from typing import Final

import numpy as np
import pandas as pd

from newcourse.plan.futures.problem import ScenarioProblem
from newcourse.solver.builder import ProblemBuilder
from newcourse.solver.problem import LinearProblem

CROPS: Final = ("wheat", "corn", "beets")
LAND: Final = 500.0
YIELD: Final = {"wheat": 2.5, "corn": 3.0, "beets": 20.0}
SOWING: Final = {"wheat": 150.0, "corn": 230.0, "beets": 260.0}
FEED: Final = {"wheat": 200.0, "corn": 240.0}
PRICE: Final = {"wheat": 170.0, "corn": 150.0, "beets": 36.0}
DEAR: Final = {"wheat": 238.0, "corn": 210.0}
CHEAP: Final = 10.0
QUOTA: Final = 6000.0
WEATHER: Final = {"good": 1.2, "average": 1.0, "bad": 0.8}
WEIGHTS: Final = dict.fromkeys(WEATHER, 1 / 3)

PROFIT, WAIT_AND_SEE, INFORMATION, MEAN, STOCHASTIC = 108_390.0, 115_406.0, 7_016.0, 107_240.0, 1_150.0
SOWN: Final = {"wheat": 170.0, "corn": 80.0, "beets": 250.0}
ALONE: Final = {"good": 167_667.0, "average": 118_600.0, "bad": 59_950.0}


def farm(weather: float) -> LinearProblem:
    """Return the farmer's year when the weather is known: profit to be largest."""
    builder = ProblemBuilder()
    sow = builder.add_columns("sow", pd.Index(CROPS), cost=[-SOWING[crop] for crop in CROPS])
    most, got = [np.inf, np.inf, QUOTA, np.inf], [*(PRICE[crop] for crop in CROPS), CHEAP]
    sell = builder.add_columns("sell", pd.Index([*CROPS, "beets beyond"]), upper=most, cost=got)
    buy = builder.add_columns("buy", pd.Index(list(DEAR)), cost=[-price for price in DEAR.values()])
    land = builder.add_rows("land", pd.Index(["all"]), upper=LAND)
    builder.put(land.start, list(range(sow.start, sow.stop)), 1.0)
    crops = builder.add_rows("crops", pd.Index(CROPS), lower=[FEED.get(crop, 0.0) for crop in CROPS])
    for i, crop in enumerate(CROPS):
        builder.put(crops.start + i, sow.start + i, weather * YIELD[crop])
        builder.put(crops.start + i, sell.start + i, -1.0)
        if crop in DEAR:
            builder.put(crops.start + i, buy.start + i, 1.0)
    builder.put(crops.start + 2, sell.start + 3, -1.0)
    return builder.build("the farmer's problem", "max")


def farmer() -> ScenarioProblem:
    """Return the three weathers, sown before they are known."""
    return ScenarioProblem.two_stage({name: farm(weather) for name, weather in WEATHER.items()}, WEIGHTS, ["sow"])

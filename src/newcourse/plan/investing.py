"""Which goods investment is made of, and where it is taken from (design §6.1)."""

from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.economy import Economy
from newcourse.plan.goal import need_groups
from newcourse.plan.incidence import incidence

INVESTMENT: Final = "Investment"
"""The group of needs whose deliveries become capital."""


def is_investment_need(economy: Economy) -> np.ndarray:
    """Return which needs ask for investment goods."""
    return np.asarray(need_groups(economy) == INVESTMENT)


def investment_goods(economy: Economy) -> pd.MultiIndex:
    """Return the goods that stocks consist of and an investment need asks for."""
    stocked = pd.MultiIndex.from_frame(economy["stocks"][["place", "product"]].drop_duplicates())
    asked = pd.MultiIndex.from_frame(economy["needs"].loc[is_investment_need(economy), ["place", "product"]])
    return stocked[stocked.isin(asked)]


def drawn_from_balance(economy: Economy) -> sp.csr_array:
    """Return goods × stocks: −1 where investment is taken straight from the good's balance."""
    stocks = economy["stocks"]
    stocked = pd.MultiIndex.from_frame(stocks[["place", "product"]])
    direct = ~stocked.isin(investment_goods(economy))
    return incidence(economy.good_rows(stocks), len(economy.goods), -direct.astype(float))

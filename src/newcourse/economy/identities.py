"""Identities that hold in the base year, and the classical input-output quantities (design §5.4).

Notation as in Miller & Blair (2009): ``Z`` flows, ``f`` final demand, ``x`` output, ``A = Z x̂⁻¹``,
``L = (I − A)⁻¹``. With make and use tables the net-output matrix is ``V − U`` per unit of activity.
"""

import numpy as np
import pandas as pd
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault


def net_supply(economy: Economy) -> pd.Series:
    """Return what the base year leaves of every good after all uses; zero where the tables balance.

    outputs + imports + stores + arriving shipments − inputs − final use − exports − departing shipments, in each
    product's own unit.
    """
    x = economy.base_activity
    balance = economy.outputs @ x - economy.inputs @ x - economy.final_use.to_numpy()
    trade, routes, stores = economy["trade"], economy["routes"], economy["stores"]
    np.add.at(balance, economy.good_rows(trade), (trade["imports"] - trade["exports"]).to_numpy())
    np.add.at(balance, economy.good_rows(stores), stores["quantity"].to_numpy())
    np.add.at(balance, economy.good_rows(routes, "destination"), routes["base"].to_numpy())
    np.subtract.at(balance, economy.good_rows(routes, "origin"), routes["base"].to_numpy())
    return pd.Series(balance, index=economy.goods, name="net supply")


def gross_supply(economy: Economy) -> pd.Series:
    """Return outputs plus imports, stores and arriving shipments of every good in the base year."""
    supply = economy.outputs @ economy.base_activity
    trade, routes, stores = economy["trade"], economy["routes"], economy["stores"]
    np.add.at(supply, economy.good_rows(trade), trade["imports"].to_numpy())
    np.add.at(supply, economy.good_rows(stores), stores["quantity"].to_numpy())
    np.add.at(supply, economy.good_rows(routes, "destination"), routes["base"].to_numpy())
    return pd.Series(supply, index=economy.goods, name="gross supply")


def balance_faults(economy: Economy, tolerance: float = 1e-6) -> list[Fault]:
    """Return a fault for every good whose base-year balance is open by more than ``tolerance`` of its supply."""
    net = net_supply(economy)
    scale = gross_supply(economy).abs().clip(lower=1.0)
    units = economy["products"].set_index("product")["unit"]
    return [
        Fault(
            "balance-open",
            f"place {place}, product {product}",
            f"supply minus use is {net[place, product]:.10g} {units[product]}",
            f"supply equal to use (within {tolerance:g} of {scale[place, product]:.10g})",
            "correct outputs, inputs, trade or final uses of this product",
        )
        for place, product in net.index[(net.abs() > tolerance * scale).to_numpy()]
    ]


def require_balanced(economy: Economy, tolerance: float = 1e-6) -> Economy:
    """Return the economy if its base year balances.

    Raises
    ------
    BadInput
        With one fault per good that does not.
    """
    faults = balance_faults(economy, tolerance)
    if faults:
        raise BadInput(faults)
    return economy


def activity_for(economy: Economy, final_demand: pd.Series | None = None) -> pd.Series:
    """Return the activity levels that deliver a final demand with the processes of the base year.

    Solves ``(V − U) x = f`` by a sparse factorisation over the processes that run in the base year, where ``f``
    includes net exports and net departures. With the base year's own final demand this gives back the base year's
    activity: the identity of §5.4.

    Parameters
    ----------
    economy
        With as many running processes as goods that they make.
    final_demand
        By good; the base year's own where it is left out.

    Raises
    ------
    BadInput
        If the running processes are not as many as the goods they make: then activity is a choice, made by a plan.
    """
    running = np.flatnonzero(economy.base_activity > 0)
    net = (economy.outputs - economy.inputs)[:, running]
    made = np.flatnonzero(economy.outputs[:, running].sum(axis=1))
    if len(made) != len(running):
        raise BadInput(
            Fault(
                "not-square",
                f"economy {economy.about.name}",
                f"{len(running)} processes make {len(made)} goods",
                "as many running processes as goods made",
                "use newcourse plan, which chooses among techniques",
            )
        )
    demand = base_demand(economy) if final_demand is None else final_demand.reindex(economy.goods)
    x = spla.spsolve(sp.csc_array(net[made]), demand.to_numpy()[made])
    return pd.Series(x, index=economy.process_index[running], name="activity")


def base_demand(economy: Economy) -> pd.Series:
    """Return what production must leave over in the base year: final use and net departures, by good."""
    x = economy.base_activity
    made = (economy.outputs - economy.inputs) @ x
    return pd.Series(made - net_supply(economy).to_numpy(), index=economy.goods, name="base demand")


def leontief_inverse(A: np.ndarray) -> np.ndarray:
    """Return ``L = (I − A)⁻¹`` of a small coefficients matrix (Miller & Blair 2009, eq. 2.10).

    For teaching and published tables only: plans never form an inverse (design §10).
    """
    return np.asarray(np.linalg.inv(np.eye(len(A)) - A))


def output_multipliers(A: np.ndarray) -> np.ndarray:
    """Return the column sums of the Leontief inverse: output needed per unit of final demand of each product."""
    return np.asarray(np.linalg.solve((np.eye(len(A)) - A).T, np.ones(len(A))))

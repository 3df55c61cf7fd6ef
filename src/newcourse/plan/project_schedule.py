"""What the projects of a plan take and give, year by year (design §6.4)."""

from typing import Final

import pandas as pd

from newcourse.plan.names import Names
from newcourse.plan.plan import Plan

_PARTS: Final = (
    ("project_inputs", "product", "takes"),
    ("project_factors", "factor", "takes"),
    ("project_yields", "stock", "gives"),
)
"""Table, what its rows are of, and which way they go."""


def project_schedule(plan: Plan) -> pd.DataFrame:
    """Return what each project begun takes and gives in each period, in the order of projects and years.

    Returns
    -------
    DataFrame
        Columns project, name, period, way (``takes`` or ``gives``), kind (product, factor or stock), code, what (name),
        quantity, unit.
    """
    names, begun = Names(plan.economy), plan["projects"]
    begun = begun[begun["quantity"] > 0].rename(columns={"period": "start", "quantity": "part"})
    columns = ["project", "name", "period", "way", "kind", "code", "what", "quantity", "unit"]
    if begun.empty:
        return pd.DataFrame(columns=columns)
    rows = []
    for table, kind, way in _PARTS:
        called = {"product": names.product, "factor": names.factor, "stock": names.stock}[kind]
        for line in plan.economy[table].merge(begun, on="project").to_dict("records"):
            code = str(line[kind])
            rows.append(
                {
                    "project": line["project"], "name": names.project(str(line["project"])),
                    "period": int(line["start"] + line["year"]), "way": way, "kind": kind, "code": code,
                    "what": called(code), "quantity": float(line["quantity"] * line["part"]),
                    "unit": names.unit(kind, code),
                }
            )  # fmt: skip
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values(["project", "period"], kind="stable", ignore_index=True)


def project_years(plan: Plan) -> pd.DataFrame:
    """Return by period what goods each project begun takes, and what the processes that need its stocks make.

    Returns
    -------
    DataFrame
        Columns project, name, period, taken, made (both in currency, at base-year prices).
    """
    economy, names = plan.economy, Names(plan.economy)
    prices = economy.prices
    schedule = project_schedule(plan)
    schedule["value"] = schedule["quantity"] * schedule["code"].map(prices)
    rows = []
    for project in dict.fromkeys(schedule["project"]):
        own = schedule[schedule["project"] == project]
        taken = own[own["kind"] == "product"].groupby("period")["value"].sum()
        stocks = set(own.loc[own["kind"] == "stock", "code"])
        use = economy["stock_use"]
        users = set(use.loc[use["stock"].isin(stocks), "process"])
        worth = economy.outputs.T @ prices.reindex(economy.goods.get_level_values("product")).to_numpy(dtype=float)
        chosen = economy.process_index.isin(users) * worth
        rows += [
            {
                "project": project,
                "name": names.project(project),
                "period": period,
                "taken": float(taken.get(period, 0.0)),
                "made": float(chosen @ plan.activity_in(period)),
            }
            for period in plan.periods
        ]
    return pd.DataFrame(rows, columns=["project", "name", "period", "taken", "made"])

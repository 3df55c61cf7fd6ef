"""What is common to all futures and what differs, with names: the largest first."""

from typing import Final

import pandas as pd

from newcourse.plan.futures.open_plan import OpenPlan
from newcourse.plan.names import Names

NOTICED: Final = 1e-4
"""Changes and differences below this part of the quantity are not told."""


def common_decisions(plan: OpenPlan, most: int | None) -> pd.DataFrame:
    """Return activities and investments decided for all futures together, those that change most first.

    Parameters
    ----------
    plan
        The open plan.
    most
        How many; all if left out.

    Returns
    -------
    DataFrame
        Columns what, table, label, period (in which it takes effect), base (in the base year; NaN where unknown),
        quantity, change (quantity − base, as if that were 0 where unknown).
    """
    table = plan.decisions()
    table = table[table["common"] & table["table"].isin(["activity", "investment", "projects"])].copy()
    base = dict(zip(plan.economy.process_index, plan.economy.base_activity, strict=True))
    first = next(iter(plan.plans))
    known = table["label"].map(base).astype(float)
    table["base"] = known.where(table["table"] == "activity")
    table["quantity"] = table[first]
    table["change"] = table["quantity"] - table["base"].fillna(0.0)
    told = table[table["change"].abs() > NOTICED * table[["base", "quantity"]].max(axis=1)]
    told = told.reindex(told["change"].abs().sort_values(ascending=False, kind="stable").index)
    return _named(plan, told if most is None else told.head(most))[
        ["what", "table", "label", "period", "base", "quantity", "change"]
    ].reset_index(drop=True)


def different_decisions(plan: OpenPlan, most: int | None) -> pd.DataFrame:
    """Return the decisions that differ from future to future, those that differ most first.

    Returns
    -------
    DataFrame
        Columns what, table, label, period, decided (the year in which), difference (largest less smallest), and one per
        scenario.
    """
    names = list(plan.plans)
    table = plan.decisions()
    table = table[~table["common"]].copy()
    table["difference"] = table[names].max(axis=1) - table[names].min(axis=1)
    told = table[table["differs"] > NOTICED]
    told = told.reindex(told["difference"].sort_values(ascending=False, kind="stable").index)
    return _named(plan, told if most is None else told.head(most))[
        ["what", "table", "label", "period", "decided", "difference", *names]
    ].reset_index(drop=True)


def _named(plan: OpenPlan, table: pd.DataFrame) -> pd.DataFrame:
    names = Names(plan.model.models[0].economy)
    told = [_words(names, kind, label) for kind, label in zip(table["table"], table["label"], strict=True)]
    return table.assign(what=pd.Series(told, index=table.index, dtype=object))


def _words(names: Names, kind: str, label: str) -> str:
    if kind == "activity":
        return names.process(label)
    if kind == "investment":
        return f"investment in {names.stock(label)}"
    if kind == "projects":
        return f"project {label}"
    codes = label.split("/")
    if kind == "shipments" and len(codes) == 3:
        return f"{names.product(codes[0])} from {names.place(codes[1])} to {names.place(codes[2])}"
    return (
        f"{kind} of {names.product(codes[1])} by {names.place(codes[0])}" if len(codes) == 2 else f"{kind} of {label}"
    )

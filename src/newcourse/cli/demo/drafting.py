"""Structured changes drafted from what an economy has: more of a need, a technique with some of its uses changed."""

from collections.abc import Mapping
from typing import Any, Final

from newcourse.economy.economy import Economy
from newcourse.plan.changes.need import NeedChange
from newcourse.plan.changes.technique import TechniqueChange

_LABELS: Final = {
    "outputs": "product",
    "inputs": "product",
    "factor_use": "factor",
    "emission_use": "emission",
    "stock_use": "stock",
}
"""What the uses in each table are uses of."""


def tiers(economy: Economy, need: str) -> tuple[float, float]:
    """Return minimum and target of a need."""
    needs = economy["needs"]
    row = needs[needs["need"] == need]
    return float(row["minimum"].iloc[0]), float(row["target"].iloc[0])


def more(economy: Economy, need: str, times: float) -> NeedChange:
    """Return a change that multiplies minimum and target of a need."""
    minimum, target = tiers(economy, need)
    return NeedChange(need, round(times * minimum, 1), round(times * target, 1))


def adapted(
    economy: Economy, process: str, code: str, name: str, parts: Mapping[str, Mapping[str, float]]
) -> TechniqueChange:
    """Return a change that adds a process like another one.

    Parameters
    ----------
    economy
        Which has the other process.
    process
        Code of that other process.
    code, name
        What the new one is called.
    parts
        By table of uses and by label (product, factor, emission or stock): what the use is multiplied by.
    """
    processes = economy["processes"]
    row = processes[processes["process"] == process].iloc[0]
    made = {"process": code, "name": name, **{column: str(row[column]) for column in ("place", "sector", "unit")}}
    uses = {table: _rows(economy, table, process, parts.get(table, {})) for table in _LABELS}
    return TechniqueChange(made, {table: rows for table, rows in uses.items() if rows})


def _rows(economy: Economy, table: str, process: str, parts: Mapping[str, float]) -> tuple[dict[str, Any], ...]:
    frame = economy[table]
    rows: list[dict[str, Any]] = []
    for row in frame[frame["process"] == process].drop(columns="process").to_dict("records"):
        times = parts.get(str(row[_LABELS[table]]), 1.0)
        rows.append({**{str(key): value for key, value in row.items()}, "quantity": times * float(row["quantity"])})
    return tuple(rows)

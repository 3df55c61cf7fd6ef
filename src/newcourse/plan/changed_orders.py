"""Which orders of a plan are other ones in another plan, and by how much, in words (design §4.8)."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.plan.names import Names
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import change_in_percent, quantity

TOLD: Final = 1e-4
"""An order that differs by less than this part of its own size has not changed."""

NOTHING: Final = 1e-6
"""A quantity below this part of the largest of its kind is no order."""

ORDERED: Final = {
    "activity": "run",
    "deliveries": "deliver",
    "imports": "import",
    "exports": "export",
    "shipments": "send",
    "investment": "invest in",
    "projects": "begin",
}
"""Tables of a plan that are orders, and what they order."""


@dataclass(frozen=True)
class Changed:
    """One order that changed.

    Parameters
    ----------
    table, label
        Where it stands in the plan: table and codes.
    what, unit
        What is ordered, in words.
    period
        The year.
    before, after
        Quantities.
    """

    table: str
    label: tuple[str, ...]
    what: str
    unit: str
    period: int
    before: float
    after: float

    @property
    def part(self) -> float:
        """The change as a part of the larger of before and after; negative for less."""
        return (self.after - self.before) / max(abs(self.before), abs(self.after))

    def words(self) -> str:
        """Say it in a phrase."""
        change = change_in_percent(self.before, self.after)
        was, now = quantity(self.before, self.unit), quantity(self.after, self.unit)
        return f"{self.what}, {self.period}: {was} → {now}" + (f" ({change})" if change else " (new)")

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**asdict(self), "label": list(self.label), "part": self.part, "words": self.words()}


def order_table(before: Plan, after: Plan, through: int) -> pd.DataFrame:
    """Return every order of the years after ``through`` that either plan gives.

    Returns
    -------
    DataFrame
        Columns table, label (tuple of codes), period, before, after (in the unit of what is ordered), changed.
    """
    parts = [part for table in ORDERED if len(part := _orders(before[table], after[table], table, through))]
    columns = ["table", "label", "period", "before", "after", "changed"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def changed_orders(before: Plan, after: Plan, through: int) -> tuple[Changed, ...]:
    """Return the orders of the years after ``through`` that are other ones, largest part first."""
    table = order_table(before, after, through)
    names = Names(after.economy)
    rows = table[table["changed"].astype(bool)].drop(columns="changed").itertuples(index=False, name=None)
    found = [
        Changed(name, label, *_said(names, name, label), int(period), float(was), float(now))
        for name, label, period, was, now in rows
    ]
    return tuple(sorted(found, key=lambda change: (-abs(change.part), change.period, change.what)))


def _orders(before: pd.DataFrame, after: pd.DataFrame, table: str, through: int) -> pd.DataFrame:
    keys = [column for column in after.columns if column not in ("quantity", "minimum", "target")]
    kinds = {key: int if key == "period" else str for key in keys}  # tables read back empty have lost their kinds
    was_, now_ = (frame[[*keys, "quantity"]].astype(kinds) for frame in (before, after))
    both = now_.merge(was_, on=keys, how="outer", suffixes=("", " before"))
    both = both[both["period"] > through].fillna({"quantity": 0.0, "quantity before": 0.0})
    was, now = (both[name].to_numpy(dtype=float) for name in ("quantity before", "quantity"))
    size = np.maximum(was, now)
    least = NOTHING * float(size.max(initial=0.0))
    labels = [key for key in keys if key != "period"]
    found = pd.DataFrame(
        {
            "table": table,
            "label": list(both[labels].itertuples(index=False, name=None)),
            "period": both["period"].to_numpy(),
            "before": was,
            "after": now,
            "changed": np.abs(now - was) > np.maximum(TOLD * size, least),
        }
    )
    kept: pd.DataFrame = found[size > least]
    return kept


def _said(names: Names, table: str, label: tuple[str, ...]) -> tuple[str, str]:
    """Return an order in words, and its unit."""
    verb = ORDERED[table]
    if table == "activity":
        return f"{verb} {names.process(label[0])}", names.unit("process", label[0])
    if table == "deliveries":
        return f"{verb} {names.need(label[0])}", names.unit("need", label[0])
    if table == "investment":
        return f"{verb} {names.stock(label[0])}", names.unit("stock", label[0])
    if table == "projects":
        return f"{verb} {names.project(label[0])}", "of the whole"
    if table == "shipments":
        product, origin, destination = label
        ends = f"from {names.place(origin)} to {names.place(destination)}"
        return f"{verb} {names.product(product)} {ends}", names.unit("product", product)
    place, product = label
    return f"{verb} {names.product(product)} ({names.place(place)})", names.unit("product", product)


def by_kind(changes: Sequence[Changed]) -> Iterator[tuple[str, int]]:
    """Yield what is ordered and how many such orders changed, in the order of :data:`ORDERED`."""
    for table, verb in ORDERED.items():
        number = sum(change.table == table for change in changes)
        if number:
            yield verb, number

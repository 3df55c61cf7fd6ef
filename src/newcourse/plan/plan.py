"""A plan: activities, deliveries, trade, investment, valuations, and the certificates of it (design §6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.goal import TIERS, Goal, need_groups, need_prices
from newcourse.plan.layout import grown
from newcourse.plan.limits import Limits
from newcourse.plan.limits_met import limits_met
from newcourse.plan.model import Model
from newcourse.plan.stage import Proof, Stage

QUANTITIES: Final = (
    "activity", "imports", "exports", "shipments", "carried", "investment", "capital", "projects", "reserves", "debt",
    "saved",
)  # fmt: skip
"""Blocks of columns that a plan keeps as they are, one tidy table each."""

TABLES: Final = (*QUANTITIES, "deliveries", "valuations", "limits_met")


@dataclass(frozen=True, eq=False)
class Plan:
    """An adopted or possible plan. Immutable.

    Parameters
    ----------
    economy, goal, limits
        What it was made from.
    tables
        Tidy tables with a column ``period`` (the year) and a column ``quantity`` in the unit of what is counted:
        ``activity`` by process; ``imports``, ``exports``, ``carried`` by place and product; ``shipments`` by product,
        origin, destination; ``investment``, ``capital`` by stock; ``projects`` by project (the period is the one it is
        begun in, the quantity 1 or the part of it); ``reserves``, ``debt``, ``saved`` by account; ``deliveries`` by
        need (with minimum and target); ``valuations`` by place and product (what one more unit is worth to the goal, in
        currency); ``limits_met`` (every limit that is reached: kind, words, unit, limit, valuation).
    proofs
        One per stage.
    """

    economy: Economy
    goal: Goal
    limits: Limits
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    proofs: tuple[Proof, ...] = field(repr=False)

    def __post_init__(self) -> None:
        missing = sorted(set(TABLES) - set(self.tables))
        if missing:
            raise BadInput(
                Fault("plan-tables", "plan", f"no {', '.join(missing)}", "every table", "make the plan again")
            )
        object.__setattr__(self, "tables", MappingProxyType(dict(self.tables)))

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    @property
    def periods(self) -> list[int]:
        """The years planned."""
        first = self.economy.about.year + 1
        return list(range(first, first + self.limits.periods))

    @property
    def reached(self) -> float:
        """What the voted goal reaches over the horizon, in currency: the certified optimum of the stage of needs."""
        return float(next(proof.certificate["objective"] for proof in self.proofs if proof.stage == "needs"))

    @property
    def certified(self) -> bool:
        """Whether every stage is proved optimal."""
        return all(proof.certificate["kind"] == "optimal" for proof in self.proofs)

    @cached_property
    def needs(self) -> pd.DataFrame:
        """Every need and period: place, product, group, unit, minimum, target, delivered, and both values."""
        needs = self.economy["needs"].assign(group=need_groups(self.economy), price=need_prices(self.economy))
        unit = self.economy["products"].set_index("product")["unit"]
        table = self["deliveries"].merge(needs[["need", "name", "place", "product", "group", "price"]], on="need")
        table["unit"] = table["product"].map(unit)
        table["asked value"] = table["target"] * table["price"]
        table["delivered value"] = table["quantity"] * table["price"]
        return table.rename(columns={"quantity": "delivered"})

    def fulfilment(self, by: str = "group") -> pd.DataFrame:
        """Return how far targets are met, in value at base-year prices.

        Parameters
        ----------
        by
            ``group``, ``place``, ``product`` or ``need``.

        Returns
        -------
        DataFrame
            Columns ``by``, period, asked, delivered (currency), fulfilment (part of 1).
        """
        order = self.needs[by].drop_duplicates()
        total = self.needs.groupby([by, "period"], sort=False)[["asked value", "delivered value"]].sum().reset_index()
        total.columns = pd.Index([by, "period", "asked", "delivered"])
        total["fulfilment"] = np.where(
            total["asked"] > 0, total["delivered"] / total["asked"].where(total["asked"] > 0), 1.0
        )
        rank = {label: i for i, label in enumerate(order)}
        return total.sort_values([by, "period"], key=lambda s: s.map(rank) if s.name == by else s, ignore_index=True)

    def totals(self) -> pd.DataFrame:
        """Return what the plan brings and takes by period: needs met, factors used, emissions, trade.

        Returns
        -------
        DataFrame
            Columns period, measure, unit, quantity; the base year's quantity where it is known, as ``base``.
        """
        rows: list[dict[str, object]] = []
        for kind, use in (("factors", self.economy.factor_use), ("emissions", self.economy.emission_use)):
            listed = self.economy[kind]
            base = use @ self.economy.base_activity
            for period in self.periods:
                used = use @ self.activity_begun_in(period)
                rows += [
                    {"period": period, "measure": name, "unit": unit, "quantity": q, "base": b}
                    for name, unit, q, b in zip(listed["name"], listed["unit"], used, base, strict=True)
                ]
        return pd.DataFrame([*self._needs_totals(), *rows, *self._trade_totals()])

    def activity_in(self, period: int) -> np.ndarray:
        """Return the activity of every process in one period, in the order of the economy's processes."""
        table = self["activity"]
        found = table.loc[table["period"] == period].set_index("process")["quantity"]
        return found.reindex(self.economy.process_index).to_numpy(dtype=float)

    def activity_begun_in(self, period: int) -> np.ndarray:
        """Return the activity of every process whose inputs are taken in one period: later ones where it has a lead.

        After the horizon the last period's activity goes on as the limits ask.
        """
        leads = self.economy["processes"]["lead"].to_numpy(dtype=int)
        begun = np.zeros(len(leads))
        for lead in np.unique(leads):
            output = period + int(lead)
            beyond = output - self.periods[-1]
            if beyond <= 0:
                begun = np.where(leads == lead, self.activity_in(output), begun)
            else:
                going_on = self.limits.after(beyond) * self.activity_in(self.periods[-1])
                begun = np.where(leads == lead, going_on, begun)
        return begun

    def begun(self) -> pd.DataFrame:
        """Return the activity whose inputs are taken in each period: process, period, quantity."""
        parts = [
            pd.DataFrame(
                {"process": self.economy.process_index, "period": period, "quantity": self.activity_begun_in(period)}
            )
            for period in self.periods
        ]
        return pd.concat(parts, ignore_index=True)

    def _needs_totals(self) -> list[dict[str, object]]:
        met = self.needs.groupby("period")[["asked value", "delivered value"]].sum()
        currency = self.economy.about.currency
        base = float((self.economy.final_use.to_numpy() * self._good_prices()).sum())
        return [
            {
                "period": period,
                "measure": "needs met",
                "unit": currency,
                "quantity": float(row["delivered value"]),
                "base": base,
            }
            for period, row in met.iterrows()
        ]

    def _good_prices(self) -> np.ndarray:
        price = self.economy.prices
        return price.reindex(self.economy.goods.get_level_values("product")).to_numpy(dtype=float)

    def _trade_totals(self) -> list[dict[str, object]]:
        trade = self.economy["trade"].set_index(["place", "product"])
        rows: list[dict[str, object]] = []
        for way, price in (("imports", "import_price"), ("exports", "export_price")):
            table = self[way]
            if table.empty:
                continue
            keys = pd.MultiIndex.from_frame(table[["place", "product"]])
            value = table["quantity"].to_numpy() * trade[price].reindex(keys).to_numpy()
            by_period = pd.Series(value).groupby(table["period"].to_numpy()).sum()
            base = float((trade[way] * trade[price]).sum())
            rows += [
                {
                    "period": period,
                    "measure": way,
                    "unit": self.economy.about.currency,
                    "quantity": float(v),
                    "base": base,
                }
                for period, v in by_period.items()
            ]
        return rows

    def to_data(self) -> dict[str, Any]:
        """Return the plan as plain data, without its economy, which is named by its fingerprint."""
        return {
            "economy": self.economy.fingerprint,
            "goal": self.goal.to_data(),
            "limits": self.limits.to_data(),
            "tables": {name: _columns(self[name]) for name in TABLES},
            "proofs": [proof.to_data() for proof in self.proofs],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any], economy: Economy) -> "Plan":
        """Make a plan of what :meth:`to_data` gave and the economy it names.

        Raises
        ------
        BadInput
            If the economy is another one.
        """
        if data["economy"] != economy.fingerprint:
            raise BadInput(
                Fault(
                    "plan-economy",
                    "plan",
                    f"an economy with fingerprint {economy.fingerprint[:12]}",
                    f"the one the plan was made from, {data['economy'][:12]}",
                    "give the plan its own economy",
                )
            )
        tables = {name: pd.DataFrame(columns) for name, columns in data["tables"].items()}
        proofs = tuple(Proof.from_data(proof) for proof in data["proofs"])
        return cls(economy, Goal.from_data(data["goal"]), Limits.from_data(data["limits"]), tables, proofs)


def plan_of(model: Model, stages: tuple[Stage, ...], choice: Proof | None = None) -> Plan:
    """Return the plan that the last stage chose, with the valuations of the stage that weighs the needs.

    ``choice`` is the proof that the projects taken up are the best choice, where there was one to make.
    """
    chosen = stages[-1].solution
    valued = next(stage.solution for stage in stages if stage.name == "needs")
    tables = {name: _tidy(chosen.values(name)) for name in QUANTITIES}
    tables["deliveries"] = _deliveries(model, chosen.values("delivery"))
    # The dual of "outputs - uses >= 0" is what relaxing the row is worth; one more unit at hand relaxes it downwards.
    tables["valuations"] = _tidy(-valued.valuations("balance")).rename(columns={"quantity": "valuation"})
    tables["limits_met"] = limits_met(model, chosen, valued)
    proofs = (*(() if choice is None else (choice,)), *(stage.proof() for stage in stages))
    return Plan(model.economy, model.goal, model.limits, tables, proofs)


def _tidy(values: pd.Series) -> pd.DataFrame:
    return values.clip(lower=0.0).rename("quantity").reset_index()


def _deliveries(model: Model, tiers: pd.Series) -> pd.DataFrame:
    needs, horizon = model.economy["needs"], model.limits.periods
    total = tiers.to_numpy().reshape(horizon, len(needs), len(TIERS)).clip(min=0.0).sum(axis=2)
    years = np.repeat(range(model.economy.about.year + 1, model.economy.about.year + 1 + horizon), len(needs))
    return pd.DataFrame(
        {
            "need": np.tile(needs["need"].to_numpy(), horizon),
            "period": years,
            "quantity": total.ravel(),
            "minimum": np.concatenate([grown(needs, "minimum", period) for period in range(horizon)]),
            "target": np.concatenate([grown(needs, "target", period) for period in range(horizon)]),
        }
    )


def _columns(frame: pd.DataFrame) -> dict[str, list[Any]]:
    return {str(name): column.tolist() for name, column in frame.items()}

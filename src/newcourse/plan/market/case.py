"""A worked case as data: a stylised market part in which every number carries its label and source (design §6.2).

A case names its numbers once, each with value, label and source; everywhere else they are referred to by name, so no
unlabelled number can slip in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.plan.market.ces import ConstantSubstitution
from newcourse.plan.market.levers import Levers
from newcourse.plan.market.market import Household, Market
from newcourse.plan.market.path import Growth
from newcourse.plan.market.producers import Stated, Supply


@dataclass(frozen=True)
class Named:
    """A labelled number and what it means."""

    name: str
    meaning: str
    stated: Stated


@dataclass(frozen=True)
class Option:
    """One way of steering, to be set beside others.

    Parameters
    ----------
    name, title
        Code and words.
    levers
        One setting for each period.
    """

    name: str
    title: str
    levers: tuple[Levers, ...]


@dataclass(frozen=True)
class Reading:
    """One understanding of what happened: the same market with other numbers, and the options under it.

    Parameters
    ----------
    name, title, words
        Code, words, and what the reading holds.
    market
        The market part of the base year.
    options
        First as it was, then others.
    growth
        What accumulation becomes.
    """

    name: str
    title: str
    words: str
    market: Market
    options: tuple[Option, ...]
    growth: tuple[Growth, ...]


@dataclass(frozen=True)
class Case:
    """A worked case.

    Parameters
    ----------
    name, title, summary
        Code and words.
    numbers
        Every number there is, with label and source.
    periods
        Names of the periods.
    names
        What products, groups and producers are called.
    industrial, agricultural
        Products that count as which.
    readings
        The ways to understand it.
    views
        What those who were there, and later scholars, held; contested claims as contested.
    published
        Figures to compare with, each with its number's name and period.
    """

    name: str
    title: str
    summary: str
    numbers: tuple[Named, ...]
    periods: tuple[str, ...]
    names: Mapping[str, str]
    industrial: tuple[str, ...]
    agricultural: tuple[str, ...]
    readings: tuple[Reading, ...]
    views: tuple[Mapping[str, str], ...]
    published: tuple[Mapping[str, Any], ...]

    def number(self, name: str) -> float:
        """Return the value of a number."""
        return next(n.stated.value for n in self.numbers if n.name == name)


def case_from_data(data: Mapping[str, Any]) -> Case:
    """Return the case that a file describes.

    Raises
    ------
    BadInput
        With every number that is not labelled or not named, and every name that is not known.
    """
    try:
        return _case(data)
    except (KeyError, TypeError, ValueError) as error:
        found = f"{type(error).__name__}: {error}"
        raise BadInput(
            Fault("case-unreadable", "case", found, "the parts of a case", "compare with examples/scissors-1923")
        ) from None


def _case(data: Mapping[str, Any]) -> Case:
    named = tuple(
        Named(name, row["meaning"], Stated(float(row["value"]), row["label"], row.get("source", "")))
        for name, row in data["numbers"].items()
    )
    values = _Values({number.name: number.stated for number in named})
    market = _market(data, values)
    readings = tuple(_reading(row, data, market, values) for row in data["readings"])
    values.require_all_known()
    return Case(
        data["name"],
        data["title"],
        data["summary"],
        named,
        tuple(data["periods"]),
        data["names"],
        tuple(data["industrial"]),
        tuple(data["agricultural"]),
        readings,
        tuple(data["views"]),
        tuple(data["published"]),
    )


class _Values:
    """Looks up numbers by name and remembers what is not there."""

    def __init__(self, stated: Mapping[str, Stated]) -> None:
        self._stated = stated
        self._faults: list[Fault] = []

    def stated(self, name: object) -> Stated:
        if isinstance(name, str) and name in self._stated:
            return self._stated[name]
        what = "the name of a number" if isinstance(name, str) else "a name, not a bare number"
        self._faults.append(Fault("number-unlabelled", "case", repr(name), what, "list it under numbers with a label"))
        return Stated(1.0, "assumed")

    def one(self, name: object) -> float:
        return self.stated(name).value

    def each(self, names: Mapping[str, Any]) -> dict[str, float]:
        return {key: self.one(name) for key, name in names.items()}

    def require_all_known(self) -> None:
        if self._faults:
            raise BadInput(self._faults)


def _market(data: Mapping[str, Any], values: _Values) -> Market:
    products = tuple(data["products"])
    households = tuple(_household(products, row, values) for row in data["groups"])
    values.require_all_known()
    bought = sum(h.demand.quantities(np.ones(len(products)), _spent(values, row)) for h, row in _with(households, data))
    producers = tuple(
        Supply(
            row["name"],
            row["sector"],
            values.one(row["base"]),
            dict.fromkeys(row["makes"], 1.0),
            values.each(row["takes"]),
            values.each(row["owners"]),
            values.stated(row["elasticity"]),
        )
        for row in data["producers"]
    )
    state = data["state"]
    return Market(
        products,
        np.ones(len(products)),
        np.asarray(bought),
        households,
        producers,
        purchases=values.each(state["purchases"]),
        returned=values.each(state["returned"]),
        invested=values.each(state["invested"]),
        world_prices=values.each(state["world_prices"]),
        anchor_value=float(sum(_spent(values, row) for row in data["groups"])),
    )


def _with(households: Sequence[Household], data: Mapping[str, Any]) -> list[tuple[Household, Mapping[str, Any]]]:
    return list(zip(households, data["groups"], strict=True))


def _spent(values: _Values, row: Mapping[str, Any]) -> float:
    return sum(values.each(row["buys"]).values())


def _household(products: tuple[str, ...], row: Mapping[str, Any], values: _Values) -> Household:
    amounts, committed = values.each(row["buys"]), values.each(row["committed"])
    values.require_all_known()
    demand = ConstantSubstitution.fitted(
        products,
        [amounts[product] for product in products],
        np.ones(len(products)),
        values.one(row["substitution"]),
        [committed.get(product, 0.0) for product in products],
    )
    return Household(row["name"], demand, values.one(row["members"]))


def _reading(row: Mapping[str, Any], data: Mapping[str, Any], market: Market, values: _Values) -> Reading:
    substitution = values.one(row["substitution"])
    households = tuple(
        replace(h, demand=replace(h.demand, substitution=substitution))  # type: ignore[type-var]
        for h in market.households
    )
    own = replace(market, households=households, anchor_value=values.one(row["money"]))
    common = [_levers(period, values) for period in data["as_it_was"]][: row.get("periods")]
    options = tuple(
        Option(option["name"], option["title"], _combined(common, row.get("levers", {}), option["levers"], values))
        for option in data["options"]
        if row["name"] in option.get("readings", [row["name"]])
    )
    growth = tuple(
        Growth(rule["producer"], rule["product"], values.one(rule["capital"]), values.one(rule["wear"]))
        for rule in data["growth"]
    )
    return Reading(row["name"], row["title"], row["words"], own, options, growth)


def _combined(
    common: Sequence[Mapping[str, Any]], of_reading: Mapping[str, Any], own: Mapping[str, Any], values: _Values
) -> tuple[Levers, ...]:
    """Return the levers of each period: those of the time, those of the reading, then the option's own."""
    combined = []
    for period in common:
        merged: dict[str, Any] = dict(period)
        for more in (_levers(of_reading, values), _levers(own, values)):
            for name, setting in more.items():
                joined = name in merged and isinstance(setting, dict)
                if name == "capacity" and joined:
                    times = merged[name]
                    merged[name] = {**times, **{k: v * times.get(k, 1.0) for k, v in setting.items()}}
                elif name == "pace":
                    merged[name] = merged.get("pace", 1.0) * setting
                elif name == "freed":
                    merged["prices"] = {k: v for k, v in merged.get("prices", {}).items() if k not in setting}
                else:
                    merged[name] = {**merged[name], **setting} if joined else setting
        combined.append(Levers.from_data(merged))
    return tuple(combined)


def _levers(row: Mapping[str, Any], values: _Values) -> dict[str, Any]:
    """Return the levers that a row of names means, as data."""
    found: dict[str, Any] = {}
    for name, setting in row.items():
        if name in {"payment", "freed"}:
            found[name] = setting
        elif name == "pace":
            found[name] = values.one(setting)
        elif name == "taxes":
            found[name] = {
                group: [[values.one(start), values.one(rate)] for start, rate in brackets]
                for group, brackets in setting.items()
            }
        else:
            found[name] = values.each(setting)
    return found

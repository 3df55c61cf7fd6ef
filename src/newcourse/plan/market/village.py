"""A village and a co-operative's offer as data: who might join, what is offered when, at which prices (§6.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtri

from newcourse.errors import BadInput, Fault
from newcourse.plan.market.cooperatives import Adoption, Farms, Package, Surroundings, adopt


@dataclass(frozen=True, eq=False)
class Village:
    """Households, offers and prices over years.

    Parameters
    ----------
    title
        In words.
    farms
        The households.
    years, offers, around
        Years, and the offer and prices of each.
    learning
        Part of the hesitation that is gone when everybody has joined.
    notes
        Where the numbers are from, each with its label.
    """

    title: str
    farms: Farms
    years: tuple[int, ...]
    offers: tuple[Package, ...]
    around: tuple[Surroundings, ...]
    learning: float
    notes: tuple[str, ...]

    def adopted(self) -> Adoption:
        """Return who joins and leaves, year by year."""
        return adopt(self.farms, self.years, self.offers, self.around, self.learning)


def village_from_data(data: Mapping[str, Any]) -> Village:
    """Return the village that a file describes.

    Households are given in classes of like ones, each with a number of households, land, hours, tools, debt, and mean
    and spread of hesitation; within a class hesitation is spread like the normal curve, and not below 0.

    Raises
    ------
    BadInput
        With what is missing or cannot be.
    """
    try:
        years = tuple(int(year) for year in data["years"])
        return Village(
            str(data["title"]),
            _farms(data["classes"]),
            years,
            tuple(Package(**_latest(data["offers"], year)) for year in years),
            tuple(Surroundings(**_latest(data["prices"], year)) for year in years),
            float(data["learning"]),
            tuple(map(str, data["notes"])),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        found = f"{type(error).__name__}: {error}"
        expected = "title, years, classes, offers, prices, learning, notes"
        raise BadInput(
            Fault("village-unreadable", "village", found, expected, "compare with examples/scissors-1923/village.json")
        ) from None


def _latest(rows: Mapping[str, Mapping[str, float]], year: int) -> Mapping[str, float]:
    """Return the row of the last year, up to this one, that has one."""
    return rows[max((key for key in rows if int(key) <= year), key=int)]


def _farms(classes: list[Mapping[str, float]]) -> Farms:
    columns: dict[str, list[np.ndarray]] = {name: [] for name in ("land", "hours", "tools", "debt", "hesitation")}
    for row in classes:
        count = int(row["households"])
        for name in ("land", "hours", "tools", "debt"):
            columns[name].append(np.full(count, float(row[name])))
        part = (np.arange(count) + 0.5) / count
        columns["hesitation"].append(np.clip(row["hesitation"] + row["spread"] * ndtri(part), 0.0, None))
    return Farms(**{name: np.concatenate(parts) for name, parts in columns.items()})

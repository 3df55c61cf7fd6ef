"""Voluntary co-operatives: households join when the package offered pays them, and leave when it does not (§6.2).

What a household does follows from its own advantage alone: the worth of what machinery, credit, fertiliser and advice
bring it, less what they cost it, beside what it asks for before it changes its ways. Seeing others do well lowers what
it asks for. The offer is the only lever there is; nothing in the model can force a household in or keep it in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.plan.market.checks import fixed


@dataclass(frozen=True, eq=False)
class Farms:
    """Households that may join, n of them, all different.

    Parameters
    ----------
    land
        Hectares each holds, n numbers of at least 0.
    hours
        Hours of work each puts into a hectare.
    tools
        What its own implements and draught animals cost it a year, which the co-operative's machines would replace.
    debt
        What it has borrowed at the moneylender's.
    hesitation
        What it asks for a year before it changes its ways, in money, while nobody near it has joined.
    """

    land: np.ndarray
    hours: np.ndarray
    tools: np.ndarray
    debt: np.ndarray
    hesitation: np.ndarray

    def __post_init__(self) -> None:
        faults = []
        for field in fields(self):
            object.__setattr__(self, field.name, fixed(getattr(self, field.name)))
            column = getattr(self, field.name)
            if column.shape != self.land.shape or column.ndim != 1 or not len(column):
                found = f"shape {column.shape}"
                faults.append(Fault("length", f"farms, {field.name}", found, "a number for each farm", "give all"))
            elif not ((column >= 0) & np.isfinite(column)).all():
                faults.append(Fault("farm-value", f"farms, {field.name}", "below 0", "at least 0", "correct it"))
        if faults:
            raise BadInput(faults)

    def __len__(self) -> int:
        return len(self.land)


@dataclass(frozen=True)
class Package:
    """What a co-operative offers its members in a year, and what it asks of them; all in the household's own terms.

    Parameters
    ----------
    hours_saved
        Part of the hours on a hectare that machines save, 0 to 1.
    machine_fee
        Money for the machines, per hectare.
    fertiliser_gain, fertiliser_cost
        More product from a hectare, and its cost in money.
    advice_gain
        More product from a hectare through better seed, rotation, care.
    interest
        Rate at which members borrow.
    dues
        Money a member pays a year.
    """

    hours_saved: float = 0.0
    machine_fee: float = 0.0
    fertiliser_gain: float = 0.0
    fertiliser_cost: float = 0.0
    advice_gain: float = 0.0
    interest: float = 0.0
    dues: float = 0.0

    def __post_init__(self) -> None:
        faults = [
            Fault(
                "package-value", f"package, {field.name}", f"{getattr(self, field.name):g}", "at least 0", "correct it"
            )
            for field in fields(self)
            if not 0 <= getattr(self, field.name) < float("inf")
        ]
        if self.hours_saved > 1:
            faults.append(
                Fault("package-value", "package, hours saved", f"{self.hours_saved:g}", "at most 1", "correct it")
            )
        if faults:
            raise BadInput(faults)


@dataclass(frozen=True)
class Surroundings:
    """Prices a household meets.

    Parameters
    ----------
    price
        Of its product.
    wage
        What an hour saved is worth to it.
    interest
        Rate at which it borrows outside the co-operative.
    """

    price: float
    wage: float
    interest: float

    def __post_init__(self) -> None:
        if not (self.price > 0 and self.wage >= 0 and self.interest >= 0):
            found = f"price {self.price:g}, wage {self.wage:g}, interest {self.interest:g}"
            raise BadInput(Fault("surroundings", "prices", found, "a price above 0, others at least 0", "correct it"))


def advantage(farms: Farms, package: Package, around: Surroundings) -> dict[str, np.ndarray]:
    """Return what membership brings each household a year, in money, part by part and in ``all``; n numbers each."""
    machinery = farms.land * (around.wage * farms.hours * package.hours_saved - package.machine_fee) + farms.tools
    parts = {
        "machinery": machinery if package.hours_saved or package.machine_fee else np.zeros(len(farms)),
        "fertiliser": farms.land * (around.price * package.fertiliser_gain - package.fertiliser_cost),
        "advice": farms.land * around.price * package.advice_gain,
        "credit": farms.debt * (around.interest - package.interest),
        "dues": np.full(len(farms), -package.dues),
    }
    return {**parts, "all": np.asarray(sum(parts.values()))}


@dataclass(frozen=True, eq=False)
class Adoption:
    """Who is a member in each year.

    Parameters
    ----------
    years
        T years.
    members
        Whether each household is a member, T × n.
    advantages
        What membership brings or would bring each, T × n.
    """

    years: tuple[int, ...]
    members: np.ndarray
    advantages: np.ndarray

    @property
    def share(self) -> np.ndarray:
        """Part of the households that are members, T numbers."""
        return np.asarray(self.members.mean(axis=1))

    @property
    def joined(self) -> np.ndarray:
        """How many joined in each year."""
        return np.asarray((self._before < self.members).sum(axis=1))

    @property
    def left(self) -> np.ndarray:
        """How many left in each year."""
        return np.asarray((self._before > self.members).sum(axis=1))

    @property
    def _before(self) -> np.ndarray:
        return np.asarray(np.vstack([np.zeros_like(self.members[:1]), self.members[:-1]]))

    def words(self) -> str:
        """Return what happened, in sentences."""
        peak = int(np.argmax(self.share))
        told = (
            f"{self.share[0]:.0%} of households join in {self.years[0]} because it pays them at once; "
            f"{self.share[peak]:.0%} are members in {self.years[peak]}."
        )
        left = int(self.left.sum())
        return f"{told} {left} leave again when it no longer pays." if left else f"{told} Nobody leaves."


def adopt(
    farms: Farms,
    years: Sequence[int],
    offers: Sequence[Package],
    around: Sequence[Surroundings],
    learning: float = 1.0,
) -> Adoption:
    """Return who joins and leaves, year by year.

    A household joins in a year in which its advantage is at least its hesitation times ``1 − learning × share``, the
    share being that of members the year before, and above 0; a member leaves when its advantage falls below 0.

    Parameters
    ----------
    farms
        The households.
    years
        T years.
    offers, around
        The package and the prices of each year.
    learning
        Part of the hesitation that is gone when everybody has joined, 0 to 1.

    Raises
    ------
    BadInput
        If there is not one offer and one set of prices for each year, or learning is not between 0 and 1.
    """
    if not (len(years) == len(offers) == len(around) and years) or not 0 <= learning <= 1:
        found = f"{len(years)} years, {len(offers)} offers, {len(around)} prices, learning {learning:g}"
        raise BadInput(Fault("adoption", "offers", found, "one of each a year, learning from 0 to 1", "correct it"))
    member = np.zeros(len(farms), dtype=bool)
    members, advantages = [], []
    for package, prices in zip(offers, around, strict=True):
        gain = advantage(farms, package, prices)["all"]
        asked = farms.hesitation * (1 - learning * member.mean())
        member = np.where(member, gain >= 0, (gain > 0) & (gain >= asked))
        members.append(member)
        advantages.append(gain)
    return Adoption(tuple(years), np.array(members), np.array(advantages))

"""What might be otherwise: techniques that take less, prices that are better; each with a scale from 0 to 1 (§6.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from newcourse.economy.economy import Economy
from newcourse.errors import Fault
from newcourse.plan.names import Names
from newcourse.plan.sentences import and_list, number

TAKEN: Final = ("inputs", "factor_use", "emission_use", "stock_use")
"""Tables of what a process takes."""

EVERYTHING: Final = "everything (inputs, hours, emissions, capital)"

MAIN: Final = 0.1
"""A process is one of a product's makers if it makes at least this part of it."""

TIMES: Final = 10.0
"""How many times its present price an export may fetch at most, to be asked about."""


class Parameter(Protocol):
    """Something that might be otherwise, the more so the better: 0 is as it is, 1 the utmost that is asked about."""

    @property
    def kind(self) -> str:
        """``technique`` or ``price``."""

    def faults(self, economy: Economy) -> list[Fault]:
        """Return what does not fit the economy."""

    def utmost(self, economy: Economy) -> Economy:
        """Return the economy at 1; coefficients between are in proportion."""

    def words(self, economy: Economy, part: float | None) -> str:
        """Say how it would be, in the past tense after "if", or (without a part) what it is."""


@dataclass(frozen=True, slots=True)
class Thrift:
    """Processes take less per unit of activity.

    Parameters
    ----------
    processes
        Their codes.
    factors_only
        Whether only less of factors (hours) is taken, and not less of goods, emissions and stocks too.
    """

    processes: tuple[str, ...]
    factors_only: bool = False
    kind: Literal["technique"] = "technique"

    def faults(self, economy: Economy) -> list[Fault]:
        """Return what does not fit."""
        known = economy["processes"]["process"].tolist()
        return [_unknown("process", code, known) for code in self.processes if code not in known]

    def utmost(self, economy: Economy) -> Economy:
        """Return the economy in which the processes take nothing."""
        tables = {}
        for name in ("factor_use",) if self.factors_only else TAKEN:
            frame = economy[name].copy()
            frame.loc[frame["process"].isin(self.processes), "quantity"] = 0.0
            tables[name] = frame
        return economy.replace(**tables)

    def words(self, economy: Economy, part: float | None) -> str:
        """Say it."""
        names = Names(economy)
        told = [names.process(code) for code in self.processes[:3]]
        more = len(self.processes) - 3
        who = and_list([*told, f"{more} more"] if more > 0 else told)
        what = "working time and other factors" if self.factors_only else EVERYTHING
        if part is None:
            return f"less of {what} per unit in {who}"
        rise = f" (productivity {part / (1 - part):.2%} higher)" if part < 0.9999 else ""
        return f"{who} took {part:.2%} less of {what} per unit{rise}"


@dataclass(frozen=True, slots=True)
class WorldPrice:
    """A world price is better: imports are cheaper, or exports dearer.

    Parameters
    ----------
    product
        Its code.
    way
        ``import`` or ``export``.
    """

    product: str
    way: Literal["import", "export"] = "import"
    kind: Literal["price"] = "price"

    def faults(self, economy: Economy) -> list[Fault]:
        """Return what does not fit."""
        known = list(dict.fromkeys(economy["trade"]["product"].tolist()))
        return [] if self.product in known else [_unknown("traded product", self.product, known)]

    def utmost(self, economy: Economy) -> Economy:
        """Return the economy in which imports cost nothing, or exports fetch ten times as much."""
        trade = economy["trade"].copy()
        column = f"{self.way}_price"
        rows = trade["product"] == self.product
        trade.loc[rows, column] = 0.0 if self.way == "import" else TIMES * trade.loc[rows, column]
        return economy.replace(trade=trade)

    def words(self, economy: Economy, part: float | None) -> str:
        """Say it."""
        names, trade = Names(economy), economy["trade"]
        prices = trade.loc[trade["product"] == self.product, f"{self.way}_price"].to_numpy(dtype=float)
        what = f"the world price of {self.way}s of {names.product(self.product)}"
        if part is None:
            return what
        change = -part if self.way == "import" else (TIMES - 1) * part
        told = ""
        if len(set(prices.tolist())) == 1:
            unit = f"{names.currency} per {names.unit('product', self.product)}"
            told = f", from {number(prices[0])} to {number(prices[0] * (1 + change))} {unit}"
        way = "fell" if change < 0 else "rose"
        return f"{what} {way} by {abs(change):.2%}{told}"


def makers(economy: Economy, product: str) -> tuple[str, ...]:
    """Return the processes that make a tenth or more of a product in the base year, largest first.

    All that can make it where nobody does.
    """
    rows = economy["outputs"][economy["outputs"]["product"] == product]
    base = economy["processes"].set_index("process")["base"].reindex(rows["process"]).to_numpy(dtype=float)
    made = rows["quantity"].to_numpy(dtype=float) * base
    enough = made >= MAIN * made.sum()
    ranked = sorted(
        zip(made[enough].tolist(), rows["process"][enough].tolist(), strict=True), key=lambda pair: -pair[0]
    )
    return tuple(dict.fromkeys(code for _, code in ranked))


def _unknown(kind: str, found: str, known: Sequence[str]) -> Fault:
    shown = [*known[:8], "…"] if len(known) > 8 else known
    code = f"{kind.replace(' ', '-')}-unknown"
    return Fault(code, f"what if, {kind}", repr(found), f"one of {', '.join(shown)}", "correct the code")

"""Aims that somebody may have, as conditions on a plan: what is to be true (design §6.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.goal import TIERS, need_groups, need_prices
from newcourse.plan.layout import grown, tier_sizes
from newcourse.plan.model import Model
from newcourse.plan.names import Names
from newcourse.plan.sentences import number
from newcourse.solver.problem import Block, LinearProblem

_USES = {"emissions": ("emission_caps", "emission"), "factors": ("factor_supply", "factor")}
"""Table of limits and its key, by block of rows."""


class Aim(Protocol):
    """Something that is to be true of a plan."""

    def faults(self, economy: Economy, years: Sequence[int]) -> list[Fault]:
        """Return what does not fit the economy or the years planned."""

    def words(self, economy: Economy) -> str:
        """Say it as the second half of "What would have to be true so that …"."""

    def prepared(self, economy: Economy) -> Economy:
        """Return the economy with a limit the aim can be stated by."""

    def asked(self, model: Model, problem: LinearProblem) -> tuple[LinearProblem, set[int]]:
        """Return the problem in which it must be true, and the rows that state it."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A need is delivered in some quantity.

    Parameters
    ----------
    need
        Its code.
    quantity
        In the product's unit; the need's target if left out.
    year
        In which year; every year if left out.
    """

    need: str
    quantity: float | None = None
    year: int | None = None

    def faults(self, economy: Economy, years: Sequence[int]) -> list[Fault]:
        """Return what does not fit."""
        known = economy["needs"]["need"].tolist()
        found = [] if self.need in known else [_unknown("need", self.need, known)]
        return [*found, *_quantity_faults("delivered quantity", self.quantity), *_year_faults(self.year, years)]

    def words(self, economy: Economy) -> str:
        """Say it."""
        names, needs = Names(economy), economy["needs"].set_index("need")
        unit = names.unit("need", self.need)
        amount = float(needs.loc[self.need, "target"]) if self.quantity is None else self.quantity  # type: ignore[arg-type]
        full = " (all that is asked for)" if self.quantity is None else ""
        return f"{number(amount)} {unit} of {names.need(self.need)}{full} are delivered{_when(self.year)}"

    def prepared(self, economy: Economy) -> Economy:
        """Return the economy as it is."""
        return economy

    def asked(self, model: Model, problem: LinearProblem) -> tuple[LinearProblem, set[int]]:
        """Ask for the quantity, tier by tier; what is beyond the target is put into the last tier."""
        needs = model.economy["needs"]["need"]
        row = int(np.flatnonzero(needs == self.need)[0])
        lower = np.array(problem.column_lower)
        first = problem.column_block("delivery").start
        for t in _positions(model, self.year):
            sizes = tier_sizes(model.economy, t)[row]
            before = np.cumsum(sizes) - sizes
            total = float(sizes.sum()) if self.quantity is None else self.quantity
            part = slice(first + (t * len(needs) + row) * len(TIERS), first + (t * len(needs) + row + 1) * len(TIERS))
            lower[part] = np.maximum(lower[part], np.clip(total - before, 0.0, sizes))
            lower[part.stop - 1] += max(0.0, total - float(sizes.sum()))
        upper = np.maximum(problem.column_upper, lower)
        return problem.with_column_bounds(lower, upper), set()


@dataclass(frozen=True, slots=True)
class AtMost:
    """No more than some quantity of a factor is used, or of an emission given off.

    Parameters
    ----------
    kind
        ``emissions`` or ``factors``.
    code
        Which emission or factor.
    quantity
        Most of it in a year, in its unit.
    place
        At the place and all beneath it; the root of the places if left out.
    year
        In which year; every year if left out.
    """

    kind: str
    code: str
    quantity: float
    place: str = ""
    year: int | None = None

    def faults(self, economy: Economy, years: Sequence[int]) -> list[Fault]:
        """Return what does not fit."""
        known = economy[self.kind][_USES[self.kind][1]].tolist()
        found = [] if self.code in known else [_unknown(_USES[self.kind][1], self.code, known)]
        places = economy["places"]["place"].tolist()
        if self.place and self.place not in places:
            found.append(_unknown("place", self.place, places))
        return [*found, *_quantity_faults("most", self.quantity), *_year_faults(self.year, years)]

    def words(self, economy: Economy) -> str:
        """Say it."""
        names = Names(economy)
        kind = _USES[self.kind][1]
        name = names.emission(self.code) if kind == "emission" else names.factor(self.code)
        way = "given off" if kind == "emission" else "used"
        place = names.place(self._place(economy))
        return f"at most {number(self.quantity)} {names.unit(kind, self.code)} of {name} are {way} in {place}" + _when(
            self.year
        )

    def prepared(self, economy: Economy) -> Economy:
        """Return the economy with a limit for the place, if it has none."""
        table, key = _USES[self.kind]
        frame, place = economy[table], self._place(economy)
        if ((frame["place"] == place) & (frame[key] == self.code)).any():
            return economy
        use = economy.emission_use if key == "emission" else economy.factor_use
        much = 1e3 * max(self.quantity, float((use @ economy.base_activity).sum()), 1.0)
        row = pd.DataFrame([{"place": place, key: self.code, "quantity": much}])
        return economy.replace(**{table: pd.concat([frame, row], ignore_index=True)})

    def asked(self, model: Model, problem: LinearProblem) -> tuple[LinearProblem, set[int]]:
        """Lower the limit."""
        block, upper = problem.row_block(self.kind), np.array(problem.row_upper)
        years = [model.economy.about.year + 1 + t for t in _positions(model, self.year)]
        labels = [(self._place(model.economy), self.code, year) for year in years]
        rows = block.start + block.labels.get_indexer(pd.MultiIndex.from_tuples(labels))
        lowered = rows[self.quantity < upper[rows]]
        upper[rows] = np.minimum(upper[rows], self.quantity)
        return problem.with_row_bounds(upper=upper), {int(row) for row in lowered}

    def _place(self, economy: Economy) -> str:
        places = economy["places"]
        return self.place or str(places.loc[places["parent"] == "", "place"].iloc[0])


@dataclass(frozen=True, slots=True)
class NeedsMet:
    """Needs are met to some part of their value.

    Parameters
    ----------
    part
        Of the value of all that is asked for at base-year prices, from 0 to 1.
    group
        Of one group of needs only.
    year
        In which year; every year if left out.
    """

    part: float
    group: str = ""
    year: int | None = None

    def faults(self, economy: Economy, years: Sequence[int]) -> list[Fault]:
        """Return what does not fit."""
        groups = list(dict.fromkeys(map(str, need_groups(economy))))
        found = [_unknown("group", self.group, groups)] if self.group and self.group not in groups else []
        if not 0 <= self.part <= 1:
            found.append(Fault("part-wrong", "needs met", f"{self.part}", "a part from 0 to 1", "correct it"))
        return [*found, *_year_faults(self.year, years)]

    def words(self, economy: Economy) -> str:  # noqa: ARG002 (all aims answer alike)
        """Say it."""
        what = f"the needs of the group {self.group}" if self.group else "all needs together"
        return f"{what} are met to {self.part:.2%}{_when(self.year)}"

    def prepared(self, economy: Economy) -> Economy:
        """Return the economy as it is."""
        return economy

    def asked(self, model: Model, problem: LinearProblem) -> tuple[LinearProblem, set[int]]:
        """Add a row for each year."""
        needs, first = model.economy["needs"], problem.column_block("delivery").start
        counted = need_groups(model.economy) == self.group if self.group else np.ones(len(needs), dtype=bool)
        price = need_prices(model.economy) * counted
        rows = set()
        for t in _positions(model, self.year):
            m, n = problem.shape
            at = first + t * len(needs) * len(TIERS) + np.arange(len(needs) * len(TIERS))
            matrix = sp.csr_array((np.repeat(price, len(TIERS)), (np.zeros(len(at), int), at)), shape=(1, n))
            least = self.part * float(price @ grown(needs, "target", t))
            problem = problem.with_rows(Block(f"aim {m}", m, m + 1, pd.Index([t])), matrix, least, np.inf)
            rows.add(m)
        return problem, rows


def require_aims(aims: Iterable[Aim], economy: Economy, years: Sequence[int]) -> tuple[Aim, ...]:
    """Return the aims if there are any and all fit the economy and the years planned.

    Raises
    ------
    BadInput
        With every fault of every aim.
    """
    listed = tuple(aims)
    faults = [fault for aim in listed for fault in aim.faults(economy, years)]
    if not listed:
        faults = [Fault("aims-none", "what if", "no aim", "at least one thing that is to be true", "state an aim")]
    if faults:
        raise BadInput(faults)
    return listed


def _positions(model: Model, year: int | None) -> list[int]:
    return list(range(model.limits.periods)) if year is None else [year - model.economy.about.year - 1]


def _when(year: int | None) -> str:
    return "" if year is None else f" in {year}"


def _unknown(kind: str, found: str, known: Sequence[str]) -> Fault:
    shown = [*known[:8], "…"] if len(known) > 8 else known
    return Fault(f"{kind}-unknown", f"aim, {kind}", repr(found), f"one of {', '.join(shown)}", "correct the code")


def _quantity_faults(what: str, quantity: float | None) -> list[Fault]:
    if quantity is None or 0 <= quantity < np.inf:
        return []
    return [Fault("quantity-wrong", f"aim, {what}", f"{quantity}", "a number of at least 0", "correct it")]


def _year_faults(year: int | None, years: Sequence[int]) -> list[Fault]:
    if year is None or year in years:
        return []
    told = ", ".join(map(str, years))
    return [Fault("year-unknown", "aim, year", f"{year}", f"one of {told}", "ask for a year that is planned")]

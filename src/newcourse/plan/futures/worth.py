"""What an open plan is worth beside its neighbours, in the goal's own unit and in words (design §6.6).

All values are of the stage *needs*: weighted satisfaction of needs, in currency as voted, with what was secured for the
worst-off places kept in every comparison. A comparison in which that cannot be kept has no value; it is said so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.errors import NotCertified
from newcourse.plan.futures.open_plan import OpenPlan
from newcourse.plan.futures.options import Closed, Waiting, closed_options, weigh_waiting
from newcourse.plan.futures.problem import ScenarioProblem
from newcourse.plan.futures.solving import OnProgress, Together, silent
from newcourse.plan.futures.values import Values, value_scenarios
from newcourse.plan.names import Names
from newcourse.plan.sentences import number

OPTIONS: Final = {"activity": "process", "investment": "stock", "projects": "project"}
"""Blocks of columns that are options, and what they are by."""

ROUNDING: Final = 1e-8
"""Part of the objective below which a difference is rounding."""

MATTERS: Final = 1e-3
"""Part by which amounts must differ for it to be worth asking whether to wait."""


@dataclass(frozen=True, eq=False)
class Worth:
    """What an open plan is worth.

    Parameters
    ----------
    values
        Value of knowing, of planning for all scenarios, of hearing sooner.
    waiting
        What could be begun now in larger amount, and what it would be worth to wait with it.
    closed
        Options that the decisions of the first period close.
    unsettled
        What was asked of options and not settled in the time there was.
    currency
        Unit of all values.
    titles
        Title of each scenario.
    """

    values: Values
    waiting: tuple[Waiting, ...]
    closed: tuple[Closed, ...]
    unsettled: tuple[str, ...]
    currency: str
    titles: dict[str, str]

    def sentences(self) -> tuple[str, ...]:
        """Say everything in words."""
        left = (f"Not settled in the time there was: {what}." for what in self.unsettled)
        options = (*map(self._waiting_words, self.waiting), *map(self._closed_words, self.closed))
        return (*_value_words(self), *options, *left)

    def _waiting_words(self, each: Waiting) -> str:
        begin = f"{each.option}: to begin {_figure(each.amount)} now"
        if each.now is None:
            return f"{begin} is not possible in every future."
        lost = each.cost_of_committing or 0.0
        free = lost <= ROUNDING * abs(each.best)
        cost = f"{begin} costs {'nothing' if free else _money(lost, self.currency)} of expected satisfaction"
        if each.wait is None or each.value_of_waiting is None:
            return f"{cost}; to begin none of it before more is known is not possible."
        if abs(each.value_of_waiting) <= ROUNDING * abs(each.best):
            return f"{cost}; to wait with all of it is as good."
        better = "better" if each.value_of_waiting > 0 else "worse"
        return (
            f"{cost}; to wait with all of it is {_money(abs(each.value_of_waiting), self.currency)} {better} than that."
        )

    def _closed_words(self, each: Closed) -> str:
        had = "there was no limit" if np.isinf(each.before) else f"{_figure(each.before)} could be reached"
        return (
            f"{each.option}: after the first decisions, at most {_figure(each.after)} if it comes to "
            f"“{self.titles[each.scenario]}”, where {_figure(each.wanted)} would be wanted "
            f"(before, {had})."
        )

    def to_data(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {
            "currency": self.currency, "values": self.values.to_data(),
            "waiting": [each.to_data() for each in self.waiting], "closed": [each.to_data() for each in self.closed],
            "unsettled": list(self.unsettled), "sentences": list(self.sentences()),
        }  # fmt: skip


def weigh_open_plan(
    plan: OpenPlan,
    *,
    most: int = 5,
    time_limit: float | None = None,
    patience: float = 20.0,
    on_progress: OnProgress | None = None,
) -> Worth:
    """Return what an open plan is worth.

    Parameters
    ----------
    plan
        The open plan.
    most
        How many options are asked about: whether to wait with them, and whether they are closed.
    time_limit
        Seconds for each solve of the values.
    patience
        Seconds for each solve of an option; what is not settled then is listed as such.
    on_progress
        Told what is solved, and which part of the way it stands at.

    Raises
    ------
    NotCertified
        If a solve was not certified.
    """
    tell = on_progress or silent
    problem, together = plan.needs_problem()
    values = value_scenarios(
        problem, together, time_limit=time_limit, on_progress=lambda what, part: tell(what, 0.5 * part)
    )
    options = plan_options(plan)
    waiting = []
    unsettled: list[str] = []
    for k, (option, columns, amounts) in enumerate(_beginnings(problem, together, values, options, most)):
        tell(f"whether to wait: {option}", 0.5 + 0.25 * k / most)
        try:
            waiting.append(weigh_waiting(problem, together.value, option, columns, amounts, time_limit=patience))
        except NotCertified:
            unsettled.append(f"whether to wait with {option}")
    closed = closed_options(
        problem, together, values, options, most=most, time_limit=patience, unsettled=unsettled,
        on_progress=lambda what, part: tell(f"whether it is closed: {what}", 0.75 + 0.25 * part),
    )  # fmt: skip
    titles = {leaf: plan.tree.node(leaf).title for leaf in plan.tree.leaves}
    tell("done", 1.0)
    return Worth(values, tuple(waiting), closed, tuple(unsettled), plan.economy.about.currency, titles)


def plan_options(plan: OpenPlan) -> dict[str, np.ndarray]:
    """Return what can be chosen, by name: positions of the columns of each process, stock and project."""
    model = plan.model.models[0]
    names = Names(model.economy)
    found: dict[str, np.ndarray] = {}
    for block_name, key in OPTIONS.items():
        block = model.problem.column_block(block_name)
        if not len(block):
            continue
        codes = pd.Series(block.labels.get_level_values(key))
        for code, rows in codes.groupby(codes, sort=False).groups.items():
            if block_name == "activity":
                word = names.process(str(code))
            else:
                word = f"investment in {names.stock(str(code))}" if block_name == "investment" else f"project {code}"
            found[word if word not in found else f"{word} ({code})"] = block.start + np.asarray(rows, dtype=np.intp)
    return found


def _beginnings(
    problem: ScenarioProblem, together: Together, values: Values, options: dict[str, np.ndarray], most: int
) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Return what some scenario, had it been known, would begin more of: its amounts, the largest difference first."""
    decided = together.here_and_now()
    listed = []
    for option, positions in options.items():
        now = positions[problem.stage[positions] == 0]
        if not now.size:
            continue
        wanted = values.known[:, now].sum(axis=1)
        best = int(wanted.argmax())
        more = float(wanted[best] - decided[now].sum())
        if more > MATTERS * wanted[best]:
            listed.append((more, option, now, values.known[best, now]))
    listed.sort(key=lambda each: (-each[0], each[1]))
    return [(option, now, amounts) for _, option, now, amounts in listed[:most]]


def _value_words(worth: Worth) -> Iterator[str]:
    values, money = worth.values, worth.currency
    total = values.together
    if len(values.alone) == 1:
        yield f"One future is left: the satisfaction of needs in it is {_money(total, money)}."
        return
    yield (
        f"Planned for all futures together, the expected satisfaction of needs is {_money(total, money)}; "
        f"to know now what comes would be worth {_gain(values.perfect_information, total, money)} at most."
    )
    gained = values.stochastic_solution
    if gained is None:
        yield (
            "To plan for the mean of all futures is not possible: its first decisions break, in some future, "
            "a limit or what was secured."
        )
    else:
        yield f"To plan for all futures and not for their mean is worth {_gain(gained, total, money)}."
    yield f"To hear of everything one period sooner would be worth {_gain(values.hearing_sooner, total, money)}."


def _figure(value: float) -> str:
    """Return a quantity for a sentence; the solver's rounding of nil is nil."""
    return "no limit" if np.isinf(value) else number(0.0 if abs(value) < 1e-6 else value)


def _money(value: float | None, currency: str) -> str:
    return f"{_figure(value or 0.0)} {currency}"


def _gain(value: float, total: float, currency: str) -> str:
    """Return what is gained, and which part of the whole that is; what is only rounding is nothing."""
    if abs(value) <= ROUNDING * abs(total):
        return "nothing"
    return f"{_money(value, currency)} ({value / abs(total):.3%} of it)"

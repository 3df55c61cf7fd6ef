"""What would have to be true for an aim to be reached: the least change of each thing by itself, and of all (§6.5).

The aim is asked of the plan, with no other need served less than it is (or, if wanted, at the cost of others). Where
that cannot hold, each limit in turn becomes a variable of the linear problem, so that the answer is exact; a limit that
a proof of impossibility does not use cannot help by itself, however much there is of it. Coefficients of techniques and
prices are not linear: the least change is enclosed between one that is proved enough and one that is proved too little.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from newcourse.errors import BadInput, Contradiction
from newcourse.plan.model import Model, build_model
from newcourse.plan.plan import Plan
from newcourse.plan.ranges import Valued, valued
from newcourse.plan.relief import Loosening
from newcourse.plan.sentences import and_list, number, quantity
from newcourse.plan.sizes import row_sizes
from newcourse.plan.whatif_aims import Aim, Delivered, require_aims
from newcourse.plan.whatif_parameters import Parameter, Thrift, makers
from newcourse.plan.whatif_search import (
    LimitAnswer,
    coefficient_answers,
    joint_relief,
    least_loosenings,
    limit_words,
    proof_of_impossibility,
    reached_at_the_cost_of_others,
)
from newcourse.solver.problem import LinearProblem

KEPT = 1e-7
"""Part by which other deliveries may fall below the plan's: rounding."""


@dataclass(frozen=True)
class Answer:
    """One thing that would be enough by itself, if it were otherwise by so much.

    Parameters
    ----------
    what
        In words, as a sentence without its full stop.
    kind
        Its block of rows, ``technique`` or ``price``.
    part
        By which part it would have to change.
    amount, unit
        By how much in each period on average, where it is a limit.
    too_little
        The largest part that is proved to be too little; nothing where ``part`` is the least there is.
    """

    what: str
    kind: str
    part: float
    amount: float | None = None
    unit: str = ""
    too_little: float | None = None


@dataclass(frozen=True)
class WhatIf:
    """What would have to be true for some aims.

    Parameters
    ----------
    aims
        In words.
    kept
        Whether no other need may be served less.
    possible
        Whether the aims can be reached as things are.
    loss
        What reaching them at the cost of other needs would take from the goal, in ``currency``; ``None`` where even
        that is impossible.
    answers
        What would be enough by itself, the smallest part first.
    futile
        What was asked about and would not be enough by itself, whatever its amount.
    together
        The least loosening of all limits together, as a sum of parts; empty where no loosening helps.
    currency
        Unit of money.
    minima_kept
        Whether reaching them at the cost of others leaves the minima that are secured for the worst-off places.
    """

    aims: tuple[str, ...]
    kept: bool
    possible: bool
    loss: float | None
    answers: tuple[Answer, ...]
    futile: tuple[str, ...]
    together: tuple[Loosening, ...]
    currency: str
    minima_kept: bool = True

    def sentences(self) -> tuple[str, ...]:
        """Say it, one sentence for each answer."""
        aim = and_list(self.aims)
        kept = " with no other need served less" if self.kept else ""
        told = [f"Aim: {aim}{kept}. {self._verdict()}"]
        told += [f"By itself it would be enough if {answer.what}." for answer in self.answers]
        if self.together and not self.possible:
            told.append(f"The cheapest mixture: {and_list([step.words() for step in self.together[:5]])}.")
        if self.futile:
            named = and_list([*self.futile[:5], *([f"{len(self.futile) - 5} more"] if len(self.futile) > 5 else [])])
            told.append(f"Not enough by itself, whatever the amount: {named}.")
        if not self.possible and not self.answers and not self.together:
            told.append("No change of the limits that were asked about would do.")
        return tuple(told)

    def words(self) -> str:
        """Say all of it."""
        return " ".join(self.sentences())

    def _verdict(self) -> str:
        if self.possible:
            if self.loss is None or (self.loss <= 0 and self.minima_kept):
                return "It can be reached as things are."
            return f"It can be reached as things are; it takes {self._taken()}."
        if self.loss is None:
            return "It cannot be reached as things are, not even at the cost of other needs (proved)."
        return f"It cannot be reached as things are (proved). At the cost of others it can: it takes {self._taken()}."

    def _taken(self) -> str:
        needs = f"{number(self.loss or 0.0)} {self.currency} from other needs"
        minima = "something from the minima secured for the worst-off places"
        if self.minima_kept:
            return needs
        return f"{minima}, and {needs}" if self.loss else minima

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        together = [{**asdict(step), "words": step.words()} for step in self.together]
        return {**asdict(self), "together": together, "sentences": list(self.sentences())}


def what_if(
    found: Plan | Valued,
    aims: Iterable[Aim],
    parameters: Sequence[Parameter] | None = None,
    *,
    kept: bool = True,
    most: int = 12,
) -> WhatIf:
    """Return what would have to be true for aims to be reached.

    Parameters
    ----------
    found
        A plan, or what :func:`newcourse.plan.ranges.valued` made of it.
    aims
        What is to be true, all together.
    parameters
        Techniques and prices to ask about; for a need to be delivered, its product's makers if left out.
    kept
        Whether no other need may be served less than in the plan.
    most
        For how many limits, those that weigh most in the proof of impossibility first, the least change is found.

    Raises
    ------
    BadInput
        If aims or parameters do not fit the economy.
    """
    known = found if isinstance(found, Valued) else valued(found)
    plan = known.model
    years = [plan.economy.about.year + 1 + t for t in range(plan.limits.periods)]
    listed = require_aims(aims, plan.economy, years)
    asked_about = _parameters(plan, listed, parameters)
    model = _prepared(plan, listed)
    problem, stated = _asked(model, listed, known if kept else None)
    alone, _ = _asked(model, listed, None)
    cost = reached_at_the_cost_of_others(known, alone)
    loss, minima_kept = (cost.loss, cost.minima_kept) if cost else (None, True)
    words = tuple(aim.words(plan.economy) for aim in listed)
    currency = plan.economy.about.currency
    ray = proof_of_impossibility(problem)
    if ray is None:
        return WhatIf(words, kept, True, None if kept else loss, (), (), (), currency, kept or minima_kept)
    sizes = row_sizes(model.problem, known.chosen)
    limits = least_loosenings(model, problem, ray, sizes, stated, most)
    ordered, told = _answers(model, problem, limits, asked_about)
    try:
        together = joint_relief(model, problem, sizes, stated)
    except Contradiction:
        together = ()
    return WhatIf(words, kept, False, loss, ordered, told, together, currency, minima_kept)


def _prepared(plan: Model, aims: Sequence[Aim]) -> Model:
    """Return the model of the economy in which every aim can be asked about: the plan's own if that needs nothing."""
    prepared = plan.economy
    for aim in aims:
        prepared = aim.prepared(prepared)
    return plan if prepared is plan.economy else build_model(prepared, plan.goal, plan.limits)


def _answers(
    model: Model, problem: LinearProblem, limits: Sequence[LimitAnswer], asked_about: Sequence[Parameter]
) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    """Return the least change of each thing by itself, smallest part first, and what would not help however much."""
    answers = [Answer(_limit_words(model, limit), limit.kind, limit.part, limit.amount, limit.unit) for limit in limits]
    enough, futile = coefficient_answers(model, problem, asked_about)
    answers += [Answer(p.words(model.economy, part), p.kind, part, too_little=less) for p, less, part in enough]
    told = tuple(p.words(model.economy, None) for p in futile)
    return tuple(sorted(answers, key=lambda answer: answer.part)), told


def _parameters(model: Model, aims: tuple[Aim, ...], given: Sequence[Parameter] | None) -> tuple[Parameter, ...]:
    """Return the parameters asked about: those given, or what makes the products that are to be delivered."""
    economy = model.economy
    if given is None:
        needs = economy["needs"].set_index("need")["product"]
        products = dict.fromkeys(str(needs[aim.need]) for aim in aims if isinstance(aim, Delivered))
        made = [makers(economy, product) for product in products]
        return tuple(Thrift(processes) for processes in made if processes)
    faults = [fault for parameter in given for fault in parameter.faults(economy)]
    if faults:
        raise BadInput(faults)
    return tuple(given)


def _asked(model: Model, aims: tuple[Aim, ...], kept: Valued | None) -> tuple[LinearProblem, set[int]]:
    """Return the problem in which the aims are asked for, and the rows that state them."""
    problem, stated = model.problem, set[int]()
    if kept is not None:
        lower, part = np.array(problem.column_lower), problem.column_block("delivery").slice
        delivered = kept.chosen.values("delivery").to_numpy().clip(min=0.0) * (1 - KEPT)
        lower[part] = np.minimum(np.maximum(lower[part], delivered), problem.column_upper[part])
        problem = problem.with_column_bounds(lower=lower)
    for aim in aims:
        problem, rows = aim.asked(model, problem)
        stated |= rows
    return problem, stated


def _limit_words(model: Model, limit: LimitAnswer) -> str:
    amount = quantity(limit.amount, limit.unit)
    return f"there were {amount} ({limit.part:.2%}) more room for the {limit_words(model, limit)}"

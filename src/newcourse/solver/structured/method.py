"""Content pricing as a method behind the door: a problem in, an answer or why there is none (design §6.7)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from newcourse.solver.answer import Answer, Halt, Progress, Request, tidy_dual, tidy_primal
from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.solution import Stop
from newcourse.solver.structured import sweeps
from newcourse.solver.structured.found import Found
from newcourse.solver.structured.lower import Pair, certified_pair
from newcourse.solver.structured.offers import Offers, offers
from newcourse.solver.structured.pricing import NOTHING_BINDS, priced
from newcourse.solver.structured.recognise import recognised
from newcourse.solver.structured.structure import Structure

WORDS: Final = "content pricing"

_INNER: Final = 1e-9
"""What the rounds ask of themselves, or a tenth of what is asked of the certificate if that is less."""

_FEW: Final = 60
_MANY: Final = 4
"""More limits than this, and more than one for so many products, leave too little to be gained by contents."""

_THRIFT: Final = 1e-3
"""Where no limit has a price: what limits are then said to cost, as part of a usual price."""


def run(problem: LinearProblem, request: Request) -> Answer:
    """Answer a problem by content pricing.

    Parameters
    ----------
    problem
        The problem; if it is no plan, the answer's method says why, and another must be tried.
    request
        Deadline, tolerance, start and progress.

    Returns
    -------
    Answer
        Optimal, or stopped by the deadline or the listener with the best pair of bounds found, or ``NUMERICAL`` with
        the reason in ``method``: nothing is claimed then.
    """
    structure = recognised(problem)
    if isinstance(structure, str):
        return Answer(f"{WORDS} (not used: {structure})", Stop.NUMERICAL)
    products, limits, _ = structure.shape
    if limits > _FEW and limits * _MANY > products:
        words = f"{WORDS} (not used: {limits} rows couple {products} products, more than one in {_MANY})"
        return Answer(words, Stop.NUMERICAL)
    return answered(structure, request)


def answered(structure: Structure, request: Request) -> Answer:
    """Answer a plan whose structure is known already; as :func:`run`."""
    plan = offers(structure)
    if isinstance(plan, str):
        return Answer(f"{WORDS} (not used: {plan})", Stop.NUMERICAL)
    interrupted = False

    def tell(rounds: int, cost: float) -> None:
        nonlocal interrupted
        if request.on_progress is None or interrupted:
            return
        seconds = request.clock() - request.began
        try:
            request.on_progress(Progress(WORDS, seconds, rounds, structure.problem.sign * cost))
        except Halt:
            interrupted = True

    def seconds_left() -> float:
        return 0.0 if interrupted else min(request.seconds_left, 1e9)

    found = _found(structure, plan, request, seconds_left, tell)
    if not found.why:
        return _answer(structure, plan, Stop.OPTIMAL, WORDS, _pair(found), found.rounds)
    if found.why != "time":
        words = f"{WORDS} (given up after {found.rounds} rounds: {found.why})"
        return Answer(words, Stop.NUMERICAL, iterations=found.rounds)
    stop = Stop.INTERRUPTED if interrupted else Stop.TIME_LIMIT
    return _answer(structure, plan, stop, WORDS, certified_pair(plan, found), found.rounds)


def _pair(found: Found) -> Pair:
    return Pair(found.amount, found.price, found.limit_price)


def _answer(structure: Structure, plan: Offers, stop: Stop, words: str, pair: Pair, rounds: int) -> Answer:
    problem = structure.problem
    primal = tidy_primal(problem, plan.point(pair.amount))
    dual = tidy_dual(problem, structure.row_duals(np.maximum(pair.price, 0.0), -pair.limit_price))
    return Answer(words, stop, primal, dual, iterations=rounds)


def _found(
    structure: Structure,
    plan: Offers,
    request: Request,
    seconds_left: Callable[[], float],
    tell: Callable[[int, float], None],
) -> Found:
    tolerance = min(_INNER, 0.1 * request.tolerance)
    limit_price, amount = _limit_price(structure, request), _amount(plan, request)
    found = priced(plan, tolerance, seconds_left, tell, limit_price, amount)
    if found.why != NOTHING_BINDS:
        return found
    return _thrifty(plan, found, priced(_thrift(plan), tolerance, seconds_left, tell))


def _limit_price(structure: Structure, request: Request) -> Vector | None:
    """Return the limits' prices at the start, if there is one with as many rows."""
    dual = request.dual
    if dual is None or dual.size != structure.problem.shape[0]:
        return None
    return -structure.problem.sign * dual[structure.coupling]


def _amount(plan: Offers, request: Request) -> Vector | None:
    """Return the amounts at the start, if there is one with as many columns."""
    primal = request.primal
    if primal is None or primal.size != plan.cost.size:
        return None
    return plan.turn * (primal - plan.at)


def _thrift(plan: Offers) -> Offers:
    """Return the plan with a small cost on what is taken of the limits: of plans that cost the same, the thriftiest.

    Where everything asked for can be had no limit has a price and all sources cost the same; any plan within limits is
    optimal then, and a small cost finds one.
    """
    value = max(float(np.abs(plan.cost) @ np.where(plan.bounded, plan.upper, 0.0)), 1e-300)
    side = np.where(np.isfinite(plan.most), plan.most, plan.least)
    one_sided = np.isfinite(plan.most) != np.isfinite(plan.least)
    sign = np.where(np.isfinite(plan.most), 1.0, -1.0)
    size = np.maximum(np.abs(side), 1e-6 * np.abs(side[one_sided]).max(initial=1e-300))
    price = np.where(one_sided, _THRIFT * sign * value / size / max(plan.least.size, 1), 0.0)
    return replace(plan, cost=plan.cost + plan.limits.T @ price)


def _thrifty(plan: Offers, before: Found, found: Found) -> Found:
    """Return the thriftiest plan with the prices of the plan itself, at which no limit has any."""
    if found.why:
        return replace(before, why=found.why)
    products, limits, columns = plan.shape
    listed = np.full(products, -1, np.int32)
    price = np.zeros(products)
    sweeps.prices(found.base, listed, *plan.balances, plan.cost, price, 1e-14, 300)
    reduced = np.empty(columns)
    sweeps.reduced(*plan.balances, plan.cost, price, reduced)
    nothing = np.zeros(limits)
    gap = plan.cost @ found.amount - plan.bound(price, nothing, reduced)
    if gap > 1e-9 * max(abs(plan.constant), abs(float(plan.cost @ found.amount)), 1e-300):
        return replace(before, why="limits have prices too small to be found")
    return replace(found, price=price, limit_price=nothing)

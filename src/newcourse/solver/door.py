"""The one door: a problem in, a certified solution or a certified refusal out (design §6.7)."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from newcourse.solver import refusal, trivial
from newcourse.solver.answer import Answer, Halt, Progress, Request
from newcourse.solver.certificate import Certificate, certify, certify_infeasible, certify_unbounded
from newcourse.solver.highs import run
from newcourse.solver.problem import LinearProblem
from newcourse.solver.refinement import refined
from newcourse.solver.settings import Method, Setting, attempts
from newcourse.solver.solution import Solution, Stop

__all__ = ["Halt", "Method", "Progress", "solve"]

_ROUNDS: Final = 3
"""Rounds of refinement before the next setting is tried."""

_ENDS: Final = (Stop.TIME_LIMIT, Stop.INTERRUPTED)
"""Reasons for stopping after which nothing else may be tried."""

_UNPROVED: Final = (*_ENDS, Stop.ITERATION_LIMIT)
"""Reasons for stopping that claim nothing, so that there is nothing to believe or not to believe."""


def solve(
    problem: LinearProblem,
    *,
    method: Method = "auto",
    time_limit: float | None = None,
    tolerance: float = 1e-6,
    start: Solution | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Solution:
    """Solve a problem and certify the answer.

    Parameters
    ----------
    problem
        What is asked.
    method
        ``"simplex"``, ``"ipm"`` (interior point with crossover), ``"pdlp"`` (first order), ``"structured"`` (content
        pricing, :mod:`newcourse.solver.structured.pricing`; HiGHS takes over what is no such plan or what it gives up,
        and the solution's method says so), or ``"auto"``, whose rule and the figures behind it stand in
        :func:`newcourse.solver.settings.chosen`.
    time_limit
        Seconds after which to stop; what was found by then is returned and is never called optimal.
    tolerance
        Of the certificate, relative.
    start
        A solution of a problem with the same columns, the rows of which were perhaps added to: the simplex method
        goes on from its basis, content pricing from its values and valuations. The other methods cannot make use of
        it; what ``auto`` does is in its rule.
    on_progress
        Told now and then how far the method has come; may raise :class:`Halt` to stop it.
    clock
        Seconds, monotonic.

    Returns
    -------
    Solution
        With its certificate; see :meth:`Solution.require_certified`.
    """
    began = clock()
    deadline = float("inf") if time_limit is None else began + time_limit
    basis = None if start is None else start.basis
    dual, primal = (None, None) if start is None else (start.dual, start.primal)
    request = Request(began, deadline, tolerance, basis, on_progress, clock, dual, primal)
    answer, certificate = _first_certified(problem, method, request)
    return Solution(
        problem, answer.method, answer.stop, answer.primal, answer.dual, answer.ray, answer.direction,
        clock() - began, answer.iterations, certificate, answer.basis,
    )  # fmt: skip


def _first_certified(problem: LinearProblem, method: Method, request: Request) -> tuple[Answer, Certificate]:
    """Try the method's settings in turn until an answer is certified, or the last has failed honestly."""
    if not problem.matrix.nnz:
        return _checked(problem, trivial.answer(problem), request)
    before = ""
    for setting in attempts(problem, method, started=request.basis is not None):
        found = _run(problem, setting, request) if request.seconds_left > 0 else Answer(setting.words, Stop.TIME_LIMIT)
        answer, certificate = _checked(problem, found, request)
        if certificate.kind == answer.stop.value or answer.stop in _ENDS:
            break
        if setting.solver == "structured" and (method == "structured" or found.iterations):
            before = f", after {found.method}"
        request = replace(request, basis=None)
    return replace(answer, method=answer.method + before), certificate


def _run(problem: LinearProblem, setting: Setting, request: Request) -> Answer:
    """Run one way; content pricing is loaded only where it is wanted, because its compiled loops take time to load."""
    if setting.solver != "structured":
        return run(problem, setting, request)
    from newcourse.solver.structured import method

    return method.run(problem, request)


def _checked(problem: LinearProblem, answer: Answer, request: Request) -> tuple[Answer, Certificate]:
    """Certify an answer, refine it where it is not exact enough, and call it optimal only if it is proved so."""
    if answer.stop in (Stop.INFEASIBLE, Stop.UNBOUNDED):
        answer = refusal.proved(problem, answer, request)
    certificate = _certificate(problem, answer, request.tolerance)
    for _ in range(_ROUNDS):
        if answer.stop is not Stop.OPTIMAL or certificate.kind == "optimal":
            break
        better = refined(problem, answer, request)
        if better is None:
            break
        answer, certificate = better, _certificate(problem, better, request.tolerance)
    if certificate.kind == "optimal" and answer.stop is Stop.NUMERICAL:
        return replace(answer, stop=Stop.OPTIMAL), certificate
    if certificate.kind != answer.stop.value and answer.stop not in _UNPROVED:
        return replace(answer, stop=Stop.NUMERICAL), certificate
    return answer, certificate


def _certificate(problem: LinearProblem, answer: Answer, tolerance: float) -> Certificate:
    if answer.stop is Stop.INFEASIBLE:
        return certify_infeasible(problem, answer.ray, tolerance)
    if answer.stop is Stop.UNBOUNDED:
        return certify_unbounded(problem, answer.primal, answer.direction, tolerance)
    return certify(problem, answer.primal, answer.dual, tolerance)

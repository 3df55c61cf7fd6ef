"""HiGHS as a method: arrays in, arrays out, nothing believed (design §6.7).

HiGHS is given the problem in units of its own size, because its tolerances are absolute and it drops coefficients
below 1e-12 (1e-9 by default), which input-output tables contain; and always a minimum, because two of its solvers
return duals of the wrong sign for a maximum (seen in 1.15).

Source: Q. Huangfu and J. A. J. Hall, "Parallelizing the dual revised simplex method", *Mathematical Programming
Computation* 10 (2018) 119–142; https://highs.dev.
"""

from typing import Any, Final

import highspy
import numpy as np
from highspy import cb

from newcourse.solver.answer import Answer, Halt, Progress, Request, tidy_dual, tidy_primal, tidy_ray
from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.scaling import Scaling
from newcourse.solver.settings import Setting
from newcourse.solver.solution import Basis, Stop

_STATUS: Final = highspy.HighsModelStatus
_STOPS: Final = {
    _STATUS.kOptimal: Stop.OPTIMAL,
    _STATUS.kInfeasible: Stop.INFEASIBLE,
    _STATUS.kUnbounded: Stop.UNBOUNDED,
    _STATUS.kUnboundedOrInfeasible: Stop.INFEASIBLE,
    _STATUS.kTimeLimit: Stop.TIME_LIMIT,
    _STATUS.kIterationLimit: Stop.ITERATION_LIMIT,
    _STATUS.kInterrupt: Stop.INTERRUPTED,
}
"""Everything else is numerical trouble. Which of infeasible and unbounded it is, the door finds out by itself."""

_BASIS_STATUS: Final = [
    highspy.HighsBasisStatus.kLower,
    highspy.HighsBasisStatus.kBasic,
    highspy.HighsBasisStatus.kUpper,
    highspy.HighsBasisStatus.kZero,
    highspy.HighsBasisStatus.kNonbasic,
]
BASIC: Final = 1


def run(problem: LinearProblem, setting: Setting, request: Request) -> Answer:
    """Let HiGHS answer the problem in the given way; nothing of the answer is checked here.

    Parameters
    ----------
    problem
        A problem with at least one column and one row.
    setting
        Which of its solvers, and how.
    request
        Deadline, start and progress.
    """
    scaling = Scaling.of(problem)
    model = highspy._core._Highs()
    _set_options(model, setting, request.seconds_left)
    _pass(model, scaling.scaled(problem))
    if request.basis is not None and setting.solver == "simplex":
        _set_basis(model, problem, request.basis)
    watch = _Watch(setting.words, request, problem.sign * scaling.price * scaling.amount)
    if request.on_progress is not None:
        watch.attach(model)
    model.run()
    watch.raise_again()
    return _answer(model, problem, scaling, setting.words)


def _set_options(model: Any, setting: Setting, seconds: float) -> None:
    options: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "random_seed": 0,
        "solver": setting.solver,
        "run_crossover": "on" if setting.crossover else "off",
        "presolve": "on" if setting.presolve else "off",
        "time_limit": float(seconds),
        "small_matrix_value": 1e-12,
        "simplex_strategy": 0,
        "primal_feasibility_tolerance": setting.tolerance,
        "dual_feasibility_tolerance": setting.tolerance,
        "ipm_optimality_tolerance": 1e-10,
        "pdlp_optimality_tolerance": 1e-9,
    }
    if setting.iterations is not None:
        options["simplex_iteration_limit"] = setting.iterations
    for key, value in options.items():
        model.setOptionValue(key, value)


def _pass(model: Any, problem: LinearProblem) -> None:
    m, n = problem.shape
    matrix = problem.matrix
    status = model.passModel(
        n, m, matrix.nnz, int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMinimize), 0.0,
        problem.cost, problem.column_lower, problem.column_upper,
        problem.row_lower, problem.row_upper, matrix.indptr, matrix.indices, matrix.data,
        np.zeros(n, np.int32),  # every column continuous; an empty array is read as rubbish
    )  # fmt: skip
    if status == highspy.HighsStatus.kError:
        raise RuntimeError(f"HiGHS refused the problem {problem.name}, which had passed every check")


def _set_basis(model: Any, problem: LinearProblem, start: Basis) -> None:
    """Set a starting basis; rows that are newer than the basis become basic; one that does not fit is left out."""
    m, n = problem.shape
    if start.columns.size != n or start.rows.size > m:
        return
    rows = np.concatenate([start.rows, np.full(m - start.rows.size, BASIC, np.int8)])
    basis = highspy.HighsBasis()
    basis.col_status = [_BASIS_STATUS[k] for k in start.columns.tolist()]
    basis.row_status = [_BASIS_STATUS[k] for k in rows.tolist()]
    basis.valid = True
    model.setBasis(basis)


def _answer(model: Any, problem: LinearProblem, scaling: Scaling, words: str) -> Answer:
    info = model.getInfo()
    solution = model.getSolution()
    stop = _STOPS.get(model.getModelStatus(), Stop.NUMERICAL)
    primal = dual = ray = basis = None
    if solution.value_valid:
        primal = tidy_primal(problem, scaling.primal(np.array(solution.col_value)))
    if solution.dual_valid:
        dual = tidy_dual(problem, scaling.dual(np.array(solution.row_dual), problem.sign))
    if stop is Stop.INFEASIBLE:
        ray = _existing_ray(model, problem, scaling)
    if info.basis_validity:
        found = model.getBasis()
        basis = Basis(
            np.array([int(k) for k in found.col_status], np.int8), np.array([int(k) for k in found.row_status], np.int8)
        )
    iterations = sum(
        max(count, 0)
        for count in (
            info.simplex_iteration_count,
            info.ipm_iteration_count,
            info.crossover_iteration_count,
            info.pdlp_iteration_count,
        )
    )
    return Answer(words, stop, primal, dual, ray, None, basis, iterations)


def _existing_ray(model: Any, problem: LinearProblem, scaling: Scaling) -> Vector | None:
    """Return the Farkas ray if the simplex method ended with one; HiGHS is not made to solve again for it."""
    if not model.getDualRayExist()[1]:
        return None
    _, there, ray = model.getDualRay()
    return tidy_ray(problem, scaling.ray(np.array(ray))) if there else None


class _Watch:
    """Passes HiGHS' progress on, and carries an exception of the listener out of the foreign call."""

    def __init__(self, words: str, request: Request, sign: float) -> None:
        self._words = words
        self._request = request
        self._sign = sign
        self._raised: BaseException | None = None

    def attach(self, model: Any) -> None:
        model.setCallback(self._hear, None)
        kinds = cb.HighsCallbackType
        for kind in (kinds.kCallbackSimplexInterrupt, kinds.kCallbackIpmInterrupt):
            model.startCallback(kind)

    def raise_again(self) -> None:
        if self._raised is not None and not isinstance(self._raised, Halt):
            raise self._raised

    def _hear(self, kind: int, message: str, out: Any, into: Any, data: object) -> None:  # noqa: ARG002
        listener = self._request.on_progress
        if listener is None or into is None:
            return
        iterations = max(out.simplex_iteration_count, out.ipm_iteration_count, out.pdlp_iteration_count, 0)
        seconds = self._request.clock() - self._request.began
        try:
            listener(Progress(self._words, seconds, iterations, self._sign * out.objective_function_value))
        except BaseException as error:  # noqa: BLE001 - carried over the foreign frames and raised again
            self._raised = error
            into.user_interrupt = True

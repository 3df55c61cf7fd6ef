"""The peers: a problem in, a point and row duals out; each on one thread and in units of the problem's own size.

All get the same scaled problem that the project hands to HiGHS (:class:`newcourse.solver.scaling.Scaling`), a minimum.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.scaling import Scaling


class Found(NamedTuple):
    """What a solver gave back, in its own words; ``ran`` says what its log shows that ran."""

    primal: Vector
    dual: Vector
    status: str
    ran: str


SIGNS_OF_LIFE = {
    "hipo": "Hipo",
    "ipx": "IPX",
    "simplex": "implex",
    "pdlp": "PDLP      iterations",
    "hipdlp": "HiPDLP",
}
"""Words that only the solver meant writes into the log of HiGHS."""


def highs(solver: str) -> Callable[[LinearProblem, float], Found]:
    """Return one of the solvers of HiGHS as a peer; interior points without crossover."""

    def run(problem: LinearProblem, tolerance: float) -> Found:
        import highspy

        scaling = Scaling.of(problem)
        scaled = scaling.scaled(problem)
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "log"
            model = highspy._core._Highs()
            _set(model, solver, tolerance, log)
            _pass(model, scaled)
            model.run()
            words = log.read_text()
        if SIGNS_OF_LIFE[solver] not in words:
            raise RuntimeError(f"{solver} did not run: {words[-300:]}")
        solution = model.getSolution()
        primal = scaling.primal(np.array(solution.col_value))
        dual = scaling.dual(np.array(solution.row_dual), problem.sign)
        return Found(primal, dual, model.modelStatusToString(model.getModelStatus()), f"HiGHS {solver}")

    return run


ROW_WISE, MINIMISE = 2, 1
"""As HiGHS numbers them."""


def _set(model: object, solver: str, tolerance: float, log: Path) -> None:
    options: dict[str, object] = {
        "log_file": str(log), "output_flag": True, "log_to_console": False, "threads": 1, "parallel": "off",
        "random_seed": 0, "solver": solver, "run_crossover": "off", "small_matrix_value": 1e-12,
        "primal_feasibility_tolerance": max(min(tolerance, 1e-7), 1e-10),
        "dual_feasibility_tolerance": max(min(tolerance, 1e-7), 1e-10),
        "ipm_optimality_tolerance": max(tolerance, 1e-12), "pdlp_optimality_tolerance": max(tolerance, 1e-10),
    }  # fmt: skip
    if solver in ("pdlp", "hipdlp"):
        options["primal_feasibility_tolerance"] = options["dual_feasibility_tolerance"] = max(tolerance, 1e-10)
    for key, value in options.items():
        if "Ok" not in str(model.setOptionValue(key, value)):  # type: ignore[attr-defined]
            raise RuntimeError(f"HiGHS refused {key} = {value}")


def _pass(model: object, problem: LinearProblem) -> None:
    (m, n), matrix = problem.shape, problem.matrix
    model.passModel(  # type: ignore[attr-defined]
        n, m, matrix.nnz, ROW_WISE, MINIMISE, 0.0,
        problem.cost, problem.column_lower, problem.column_upper, problem.row_lower, problem.row_upper,
        matrix.indptr, matrix.indices, matrix.data, np.zeros(n, np.int32),
    )  # fmt: skip


def ortools_pdlp(problem: LinearProblem, tolerance: float) -> Found:
    """Let OR-tools' PDLP answer."""
    from ortools.pdlp import solve_log_pb2, solvers_pb2
    from ortools.pdlp.python import pdlp

    scaling = Scaling.of(problem)
    scaled = scaling.scaled(problem)
    program = pdlp.QuadraticProgram()
    m, n = scaled.shape
    program.resize_and_initialize(n, m)
    program.objective_vector = np.array(scaled.cost)
    program.constraint_lower_bounds, program.constraint_upper_bounds = scaled.row_lower, scaled.row_upper
    program.variable_lower_bounds, program.variable_upper_bounds = scaled.column_lower, scaled.column_upper
    program.constraint_matrix = scaled.matrix.tocsc()
    wish = solvers_pb2.PrimalDualHybridGradientParams()
    wish.num_threads = 1
    criteria = wish.termination_criteria
    criteria.simple_optimality_criteria.eps_optimal_absolute = 0.1 * tolerance
    criteria.simple_optimality_criteria.eps_optimal_relative = tolerance
    result = pdlp.primal_dual_hybrid_gradient(program, wish)
    reason = solve_log_pb2.TerminationReason.Name(result.solve_log.termination_reason)
    primal = scaling.primal(np.array(result.primal_solution))
    return Found(primal, scaling.dual(np.array(result.dual_solution), problem.sign), reason, "OR-tools PDLP")


PEERS: dict[str, Callable[[LinearProblem, float], Found]] = {
    **{f"HiGHS {name}": highs(name) for name in SIGNS_OF_LIFE},
    "OR-tools PDLP": ortools_pdlp,
}
DIRECT = ("HiGHS simplex", "HiGHS ipx", "HiGHS hipo")
"""Peers that factorise: one run, as exact as they get, is held against every tolerance."""

"""One case by one engine at one tolerance in this process; prints one line of JSON."""

import json
import resource
import sys
import time
from typing import Any, get_args

from benchmarks.structured_cases import problem_of, tables_of
from benchmarks.structured_check import checked
from benchmarks.structured_peers import PEERS, Found
from newcourse.solver.problem import LinearProblem

OURS = "New Course"
SMALL = "needs:100:all:1"


def ours(problem: LinearProblem, tolerance: float) -> Found:
    """Let the project's door answer by its structured method."""
    from newcourse.solver import door

    if "structured" not in get_args(door.Method):
        raise NotImplementedError("the door has no structured method yet")
    solution = door.solve(problem, method="structured", tolerance=tolerance)
    if solution.primal is None or solution.dual is None:
        raise RuntimeError(f"no plan: {solution.stop.value}")
    return Found(solution.primal, solution.dual, f"{solution.stop.value} by {solution.method}", solution.method)


def at_most(seconds: float | None) -> None:
    """Let this process use the processor for so much longer and no more, ``None`` for as long as it likes."""
    _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (hardest if seconds is None else _ended(seconds), hardest))


def _ended(seconds: float) -> int:
    return int(time.process_time() + seconds) + 1


def main() -> None:
    """Build, solve and check; the processor may be used for as long as the limit allows, no longer."""
    case, engine, tolerance, limit = (sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4]))
    report: dict[str, Any] = {"case": case, "engine": engine, "tolerance": tolerance}
    tables = tables_of(case)
    began = time.process_time()
    problem = problem_of(tables)
    report["build"] = time.process_time() - began
    del tables
    report |= dict(zip(("rows", "columns"), problem.shape, strict=True), coefficients=int(problem.matrix.nnz))
    solve = {OURS: ours, **PEERS}[engine]
    at_most(limit)
    solve(problem_of(tables_of(SMALL)), 1e-2)  # what is loaded and compiled once is not a part of solving
    at_most(limit)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    found = solve(problem, tolerance)
    report["seconds"] = time.process_time() - began
    at_most(None)
    report["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    report["peak_before"] = before / 1e6
    report |= {"status": found.status, "ran": found.ran, **checked(problem, found.primal, found.dual)._asdict()}
    print(json.dumps(report))


if __name__ == "__main__":
    main()

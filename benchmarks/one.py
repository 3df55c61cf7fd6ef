"""One case by one engine in a process of its own: ``python -m benchmarks.one CASE ENGINE SECONDS``; prints JSON."""

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

from benchmarks.cases import CASES
from newcourse.economy.economy import Economy
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.model import build_model
from newcourse.solver.certificate import certify

Report = dict[str, Any]
Result = TypeVar("Result")
PEER_METHODS = {"linopy-ipm": "ipm", "linopy-simplex": "simplex"}
OUR_METHODS = {
    "newcourse": "auto",
    "newcourse-simplex": "simplex",
    "newcourse-ipm": "ipm",
    "newcourse-pdlp": "pdlp",
}


def peak() -> float:
    """Return the most memory this process has held so far, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


class Watch:
    """Processor seconds of each phase, so that other work on the machine does not count."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, phase: str, work: Callable[[], Result]) -> Result:
        """Do the work and note how long it took."""
        began = time.process_time()
        result = work()
        self.seconds[phase] = time.process_time() - began
        return result


def ours(economy: Economy, limits: Limits, method: str, limit: float) -> Report:
    """Build, solve and certify with New Course."""
    from newcourse.solver.door import solve

    watch = Watch()
    problem = watch.time("build", lambda: build_model(economy, Goal(), limits).problem)
    solution = watch.time("solve", lambda: solve(problem, method=method, time_limit=limit))
    most = peak()
    found = watch.time("certify", lambda: certify(problem, solution.primal, solution.dual))
    return {
        **watch.seconds,
        "peak": most,
        **_found(problem, found),
        "status": solution.verdict,
        "method": solution.method,
    }


def peer(economy: Economy, limits: Limits, method: str, limit: float) -> Report:
    """Build and solve with linopy and HiGHS; certify with our checker on our statement of the same problem."""
    from benchmarks.peer import Peer

    watch = Watch()
    stated = watch.time("build", lambda: Peer(economy, limits))
    options = {"solver": method, "threads": 1, "time_limit": limit, "output_flag": False, "random_seed": 0}
    status = watch.time("solve", lambda: stated.solve(**options))
    most = peak()
    report: Report = {**watch.seconds, "peak": most, "status": status, "method": f"HiGHS {method}, its own tolerances"}
    if status != "optimal":
        return report
    problem = build_model(economy, Goal(), limits).problem
    primal, dual = stated.answer(problem)
    found = watch.time("certify", lambda: certify(problem, primal, dual))
    return {**report, **watch.seconds, **_found(problem, found)}


def _found(problem: Any, certificate: Any) -> Report:
    rows, columns = problem.shape
    proof = certificate.as_dict()
    kept = ("kind", "objective", "gap", "row_shortage", "dual_violation")
    return {"rows": rows, "columns": columns, "coefficients": int(problem.matrix.nnz), **{k: proof[k] for k in kept}}


def main() -> None:
    name, engine, limit = sys.argv[1], sys.argv[2], float(sys.argv[3])
    case = CASES[name]
    began = time.process_time()
    economy = case.economy()
    economy.inputs, economy.outputs, economy.factor_use  # noqa: B018 (made here, so that neither engine pays for them)
    read = {"case": name, "engine": engine, "read": time.process_time() - began, "peak after reading": peak()}
    if engine in OUR_METHODS:
        report = ours(economy, case.limits, OUR_METHODS[engine], limit)
    else:
        report = peer(economy, case.limits, PEER_METHODS[engine], limit)
    print(json.dumps({**read, **report}))


if __name__ == "__main__":
    main()

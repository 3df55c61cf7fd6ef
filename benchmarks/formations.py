"""Density matrices and quantum trajectories beside QuTiP's, each run a process of its own on one thread.

``python -m benchmarks.formations`` takes countries with four formations each over ten years, populations at the end of
every year: mixing, jumps, dephasing, called-forth jumps and exchange between all pairs. It prints a table in Markdown:
processor seconds (the best of ``--times``), the largest error of a probability against a much finer run of ours
(tolerance 1e-11), memory at most, and the floor: bytes that have to be moved and multiplications that have to be made
at what this machine reaches in one process. QuTiP solves with sparse operators in matrix form by Tsitouras' method of
order five, its best for this; of its tolerances the loosest with an error of at most 1e-6 is taken
(``--tolerances``). Its trajectories run by two methods, at the
loosest tolerance (1e-3) at which their error is that of chance. Where it is not installed, ours run alone.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from newcourse.formations.law import Coupling, Law, Spread
from newcourse.formations.runs import Run, Stretch, certain
from newcourse.formations.spaces import Space

ROOT = Path(__file__).parents[1]
D = 4
YEARS = int(os.environ.get("NEWCOURSE_BENCHMARK_YEARS", "10"))
"""How many years are run; a variable of the environment, so that every process of a run has it."""
TIMES = np.arange(YEARS + 1.0)
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "NUMBA")}
ERROR = 1e-6

Report = dict[str, Any]


def law_of(n: int) -> Law:
    """Return the law: the rates of a country that moves about once in ten years, ties to all others."""
    chance = np.random.default_rng(7)
    jumps, hamiltonian = np.zeros((n, D, D)), np.zeros((n, D, D), complex)
    for a, b in ((0, 1), (1, 2), (2, 3), (3, 1)):
        jumps[:, a, b] = chance.uniform(0.02, 0.1, n)
    for i in range(n):
        hamiltonian[i] = np.diag(chance.uniform(-0.5, 0.5, D))
        for a in range(D - 1):
            hamiltonian[i, a, a + 1] = hamiltonian[i, a + 1, a] = chance.uniform(0.1, 0.3)
    weights = chance.uniform(0, 1, (n, n)) * (1 - np.eye(n))
    weights /= weights.sum(axis=1, keepdims=True)
    exchange = np.zeros((D * D, D * D))
    exchange[D + 2, 2 * D + 1] = exchange[2 * D + 1, D + 2] = 1
    space = Space("four", {code: code for code in "abcd"}, {}, {})
    names, dephasing = tuple(f"C{i}" for i in range(n)), chance.uniform(0.05, 0.3, (n, D))
    spread, coupling = Spread(1, 2, (2,), 0.3 * weights), Coupling(exchange, 0.1 * (weights + weights.T))
    return Law(space, names, jumps, hamiltonian, dephasing, (spread,), (coupling,))


def ours_density(n: int, tolerance: float, _: str, __: int) -> Run:
    from newcourse.formations.engines import density

    return density.evolve([Stretch(law_of(n), YEARS)], _start(n), TIMES, tolerance=tolerance)


def ours_plain(n: int, steps: float, _: str, __: int) -> Run:
    from newcourse.formations.engines import density

    return density.evolve([Stretch(law_of(n), 1)], _start(n), [0, 1], steps=steps)


def ours_paths(n: int, steps: float, _: str, runs: int) -> Run:
    from newcourse.formations.engines import trajectories

    return trajectories.sample([Stretch(law_of(n), YEARS)], _start(n), TIMES, runs=runs, rng=1, steps=steps)


def _start(n: int) -> Any:
    return certain(law_of(n).space, ["ab"[i % 2] for i in range(n)])


def qutip_density(n: int, tolerance: float, method: str, _: int) -> Any:
    import qutip

    hamiltonian, jumps, seen, first = _for_qutip(n)
    options = {"method": method, "matrix_form": True} | _options(tolerance)
    return qutip.mesolve(hamiltonian, qutip.ket2dm(first), TIMES, jumps, e_ops=seen, options=options)


def qutip_paths(n: int, tolerance: float, method: str, runs: int) -> Any:
    import qutip

    hamiltonian, jumps, seen, first = _for_qutip(n)
    options = {"method": method, "map": "serial", "keep_runs_results": False} | _options(tolerance)
    return qutip.mcsolve(hamiltonian, first, TIMES, jumps, e_ops=seen, ntraj=runs, options=options)


def _options(tolerance: float) -> dict[str, Any]:
    return {"atol": tolerance, "rtol": tolerance, "progress_bar": "", "nsteps": 10**6}


def _for_qutip(n: int) -> tuple[Any, list[Any], list[Any], Any]:
    """Return Hamiltonian, jump operators, projectors and start, sparse."""
    import qutip

    law = law_of(n)

    def placed(parts: dict[int, Any]) -> Any:
        return qutip.tensor([qutip.Qobj(parts[k]) if k in parts else qutip.qeye(D) for k in range(n)]).to("CSR")

    def unit(a: int, b: int) -> Any:
        return np.eye(D)[:, [b]] @ np.eye(D)[[a]]

    hamiltonian = sum(placed({i: law.hamiltonian[i]}) for i in range(n))
    table = law.couplings[0].operator.reshape(D, D, D, D)
    for i, j in np.argwhere(np.triu(law.couplings[0].weights)):
        for a, b, x, y in np.argwhere(table):
            parts = {i: unit(x, a), j: unit(y, b)}
            hamiltonian = hamiltonian + law.couplings[0].weights[i, j] * table[a, b, x, y] * placed(parts)
    jumps = [np.sqrt(law.jumps[i, a, b]) * placed({i: unit(a, b)}) for i, a, b in np.argwhere(law.jumps)]
    jumps += [np.sqrt(law.dephasing[i, a]) * placed({i: unit(a, a)}) for i, a in np.argwhere(law.dephasing)]
    spread = law.spread[0]
    for i, j in np.argwhere(spread.weights):
        parts = {i: unit(spread.source, spread.target), j: unit(spread.given[0], spread.given[0])}
        jumps.append(np.sqrt(spread.weights[i, j]) * placed(parts))
    seen = [placed({i: unit(a, a)}) for i in range(n) for a in range(D)]
    return (
        hamiltonian.to("CSR"),
        [j.to("CSR") for j in jumps],
        seen,
        qutip.tensor([qutip.basis(D, i % 2) for i in range(n)]),
    )


ENGINES = {
    "density": ours_density, "plain": ours_plain, "paths": ours_paths, "qutip density": qutip_density,
    "qutip paths": qutip_paths,
}  # fmt: skip


def one(engine: str, n: int, accuracy: float, method: str, runs: int, times: int) -> Report:
    """Run one engine in this process; where several times are asked for, after one run that compiles."""
    work = ENGINES[engine]
    if not engine.startswith("qutip"):
        work(2, 1e-2 if engine == "density" else 1.0, method, 40)
    spent, result = [], None
    for _ in range(times):
        began = time.process_time()
        result = work(n, accuracy, method, runs)
        spent.append(time.process_time() - began)
    ours = isinstance(result, Run)
    found = result.populations if ours else np.array(result.expect).T.reshape(-1, n, D).real
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return {
        "engine": engine, "countries": n, "accuracy": accuracy, "method": result.method if ours else method,
        "seconds": min(spent), "peak MB": peak, "populations": found.tolist(), "runs": runs,
        "own error": result.error if ours else None,
    }  # fmt: skip


def run(engine: str, n: int, accuracy: float, method: str = "", runs: int = 0, times: int = 1) -> Report:
    """Return one run's report, made in a process of its own."""
    asked = [engine, str(n), str(accuracy), method, str(runs), str(times)]
    command = [sys.executable, "-m", "benchmarks.formations", "--one", *asked]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | ONE_THREAD, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def off(report: Report, truth: Any) -> float:
    """Return the largest error of a probability."""
    return float(abs(np.array(report["populations"]) - np.array(truth)).max())


def row(report: Report, truth: Any, base: Report | None = None) -> str:
    error = f"{off(report, truth):.1e}" if truth is not None else ""
    ratio = f"{report['seconds'] / base['seconds']:.1f}" if base else ""
    name = report["engine"] if not report["runs"] else f"{report['engine']}, {report['runs']} paths"
    return (
        f"| {report['countries']} | {name}: {report['method']}, {report['accuracy']:g} | {report['seconds']:.2f} | "
        f"{ratio} | {error} | {report['peak MB']:.0f} |"
    )


def floor(n: int) -> str:
    """Return what one step of the density matrix costs at least on this machine in this moment."""
    from newcourse.formations.engines.density import evolve

    size = D ** (2 * n)
    source, target, square = np.ones(size), np.empty(size), np.random.default_rng(1).random((512, 512))
    copied = _best(lambda: np.copyto(target, source))
    made = _best(lambda: square @ square) / 512**3
    law, pairs = law_of(n), n * (n - 1) // 2
    work = n * size * D * D * made
    # Each local channel reads and writes all numbers; of a pair's d⁴ numbers about three in eight are touched.
    moved = (n + (2 * pairs - 1) * 3 / 8) * copied
    stretch, start = [Stretch(law, 1)], _start(n)
    few, many = (_best(lambda steps=steps: evolve(stretch, start, [1.0], steps=steps), 3) for steps in (2, 6))
    step = (many - few) / 12  # each measures its error by a second run with twice the steps
    millions, megabytes = n * size * D * D / 1e6, (n + (2 * pairs - 1) * 3 / 8) * size * 16 / 1e6
    return (
        f"A step of {n} countries: {step * 1e3:.1f} ms; floor {work * 1e3:.1f} ms for {millions:.0f} million "
        f"multiplications of the local channels and {moved * 1e3:.1f} ms for moving {megabytes:.0f} MB."
    )


def _best(work: Any, times: int = 7) -> float:
    spent = []
    for _ in range(times):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent)


def densities(n: int, tolerances: list[float], times: int, peer: bool) -> None:
    truth = run("density", n, 1e-11)["populations"]
    base = run("density", n, ERROR, times=times)
    print(row(base, truth), flush=True)
    for tolerance in tolerances if peer else []:
        report = run("qutip density", n, tolerance, "tsit5")
        print(row(report, truth, base), flush=True)
        if off(report, truth) <= ERROR:
            break


def paths(n: int, runs: int, times: int, peer: bool) -> None:
    truth = run("density", n, 1e-8)["populations"]
    base = run("paths", n, 1.0, runs=runs, times=times)
    print(row(base, truth), flush=True)
    for method, tolerance in (("tsit5", 1e-3), ("adams", 1e-3)) if peer else []:
        print(row(run("qutip paths", n, tolerance, method, runs), truth, base), flush=True)


def main() -> None:
    """Run everything and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=6, help="one run in this process, its report as JSON")
    parser.add_argument("--countries", type=int, nargs="*", default=[4, 5])
    parser.add_argument("--tolerances", type=float, nargs="*", default=[1e-7, 3e-8, 1e-8, 1e-9])
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--large", action="store_true", help="six countries' density matrix and eight by trajectories")
    asked = parser.parse_args()
    if asked.one:
        engine, n, accuracy, method, runs, times = asked.one
        print(json.dumps(one(engine, int(n), float(accuracy), method, int(runs), int(times))))
        return
    peer = find_spec("qutip") is not None
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}, one thread\n")
    print("| countries | engine and accuracy | s | times ours | error | peak MB |\n|---|---|---|---|---|---|")
    for n in asked.countries:
        densities(n, asked.tolerances, asked.times, peer)
        paths(n, asked.runs, asked.times, peer)
    if asked.large:
        print(row(run("plain", 6, 1.0), None), flush=True)
        print(row(run("paths", 8, 1.0, runs=64), None), flush=True)
    print("\n" + "\n".join(floor(n) for n in asked.countries))


if __name__ == "__main__":
    main()

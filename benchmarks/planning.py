"""Build, solve and certify planning problems: New Course beside linopy + HiGHS, each in a process of its own.

``python -m benchmarks.planning`` (or ``python benchmarks/planning.py --case world``) prints a table in Markdown and
writes the same as JSON.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CASES = ("world", "world-5", "sectors", "sectors-5")
ENGINES = ("newcourse", "newcourse-simplex", "newcourse-ipm", "linopy-simplex", "linopy-ipm")
COLUMNS = (
    "case",
    "engine",
    "build s",
    "solve s",
    "certify s",
    "sum s",
    "peak GB",
    "proved",
    "row",
    "dual",
    "objective",
)
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "NUMBA")}

Report = dict[str, Any]


def measured(case: str, engine: str, limit: float) -> Report:
    """Run one case by one engine in a fresh process and return its report, or why there is none."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.one", case, engine, str(limit)]
    environment = {**os.environ, **ONE_THREAD}
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=2 * limit + 300, check=False
        )
    except subprocess.TimeoutExpired:
        return {"case": case, "engine": engine, "status": f"stopped after {2 * limit + 300:.0f} s"}
    last = done.stdout.strip().splitlines()[-1:]
    if done.returncode or not last:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        return {"case": case, "engine": engine, "status": f"ended with {done.returncode}: {reason}"}
    report: Report = json.loads(last[0])
    return report


def total(report: Report) -> float:
    """Return seconds of build, solve and certify together, infinite where it was not solved."""
    return float(sum(report.get(phase, float("inf")) for phase in ("build", "solve", "certify")))


def row(report: Report) -> list[str]:
    """Return the cells of one report."""
    seconds = [report.get(phase) for phase in ("build", "solve", "certify")]
    shown = [f"{value:.2f}" if value is not None else "" for value in (*seconds, total(report), report.get("peak"))]
    proof = [report.get("kind") or report.get("status", "")]
    proof += [f"{report[key]:.0e}" if report.get(key) is not None else "" for key in ("row_shortage", "dual_violation")]
    objective = f"{report['objective']:.8g}" if report.get("objective") is not None else ""
    return [report["case"], report["engine"], *shown, *proof, objective]


def as_table(reports: list[Report]) -> str:
    """Return the reports as a table in Markdown, and for each case the ratio of the peer's certified best to ours."""
    lines = [COLUMNS, tuple("---" for _ in COLUMNS), *map(row, reports)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return table + "\n\n" + "\n".join(filter(None, (_ratio(case, reports) for case in CASES)))


def _ratio(case: str, reports: list[Report]) -> str:
    """Return one sentence that compares the fastest certified run of each side."""
    mine, peers = (
        [r for r in reports if r["case"] == case and r["engine"].startswith(side) and r.get("kind") == "optimal"]
        for side in ("newcourse", "linopy")
    )
    if not mine or not peers:
        tried = any(r["case"] == case for r in reports)
        return f"- {case}: no ratio, because one side has no certified answer" if tried else ""
    ours, best = min(mine, key=total), min(peers, key=total)
    size = ", ".join(f"{ours[what]} {what}" for what in ("rows", "columns", "coefficients"))
    build, whole, memory = (of(best) / of(ours) for of in (_build, total, _peak))
    return (
        f"- {case} ({size}): beside {ours['engine']}, the peer's best certified run ({best['engine']}) takes "
        f"{build:.1f} times the seconds to build, {whole:.1f} times in all, and {memory:.1f} times the memory"
    )


def _build(report: Report) -> float:
    return float(report["build"])


def _peak(report: Report) -> float:
    return float(report["peak"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--case", action="append", choices=CASES, help="may be given several times; all if left out")
    parser.add_argument("--engine", action="append", help=f"of {', '.join(ENGINES)} and more in benchmarks/one.py")
    parser.add_argument("--limit", type=float, default=600.0, help="seconds for each solve")
    parser.add_argument("--json", type=Path, default=ROOT / "benchmarks" / "planning.json", help="where results go")
    given = parser.parse_args()
    reports = []
    for case in given.case or CASES:
        for engine in given.engine or ENGINES:
            reports.append(measured(case, engine, given.limit))
            print(json.dumps(reports[-1]), file=sys.stderr, flush=True)
    machine = {"machine": platform.machine(), "python": platform.python_version(), "cores": os.cpu_count()}
    given.json.write_text(json.dumps({**machine, "reports": reports}, indent=1) + "\n")
    print(as_table(reports))


if __name__ == "__main__":
    main()

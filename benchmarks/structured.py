"""Plans of growing size by the structured method and by general solvers, every answer held against one checker.

``python -m benchmarks.structured --sizes 1000 2000 8000 --seeds 3 --limit 120`` prints a table in Markdown and writes
every run as JSON. Each run is a process of its own on one thread; seconds are the processor's, without what is loaded
and compiled once in a process. An answer *reaches* a tolerance when its gap, the shortage of every row against its own
output, and its dual violation are no larger; of the runs of an engine that reach it the fastest counts. So an engine
may have to be asked for more than it is to give.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.structured_one import OURS
from benchmarks.structured_peers import DIRECT, PEERS

ROOT = Path(__file__).parents[1]
TOLERANCES = (1e-4, 1e-6, 1e-8)
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "NUMBA")}
SIGNS = ("gap", "shortage", "dual_violation")
PATIENCE = 8.0
"""Seconds on the clock for each second of the processor's, on a machine that others use too."""

Report = dict[str, Any]


def measured(case: str, engine: str, tolerance: float, limit: float) -> Report:
    """Run one case by one engine in a fresh process and return its report, or why there is none."""
    report: Report = {"case": case, "engine": engine, "tolerance": tolerance}
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.structured_one", case, engine, str(tolerance)]
    try:
        done = subprocess.run(
            [*command, str(limit)], cwd=ROOT, env={**os.environ, **ONE_THREAD}, capture_output=True, text=True,
            timeout=PATIENCE * limit + 120, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return report | {"status": f"none in {limit:.0f} s"}
    last = done.stdout.strip().splitlines()[-1:]
    if done.returncode < 0:
        return report | {"status": f"none in {limit:.0f} s"}
    if done.returncode or not last:
        return report | {"status": (done.stderr.strip().splitlines() or ["no reason given"])[-1]}
    found: Report = json.loads(last[0])
    return found


def runs(cases: list[str], engines: list[str], limit: float) -> list[Report]:
    """Run every engine on every case; those that factorise once, the others once for each tolerance."""
    reports = []
    for case in cases:
        for engine in engines:
            for tolerance in TOLERANCES[-1:] if engine in DIRECT else TOLERANCES:
                report = measured(case, engine, tolerance, limit)
                print(json.dumps(report), file=sys.stderr, flush=True)
                reports.append(report)
                if "seconds" not in report:
                    break  # neither will it at a smaller tolerance
    return reports


def worst(report: Report) -> float:
    """Return the largest of what is measured of an answer, infinite where there is none."""
    return max(float(report.get(sign, np.inf)) for sign in SIGNS)


def reached(reports: list[Report], tolerance: float) -> Report | None:
    """Return the fastest of these runs that reaches a tolerance."""
    good = [r for r in reports if worst(r) <= tolerance]
    return min(good, key=lambda r: float(r["seconds"])) if good else None


def kind(case: str) -> str:
    """Return the case without its seed: cases of one kind stand in one row."""
    return case.rpartition(":")[0] if case.count(":") == 3 else case


def row(name: str, engine: str, reports: list[Report]) -> list[str]:
    """Return a row of the table: medians over the seeds, and how many of them reached each tolerance."""
    seeds: dict[str, list[Report]] = {}
    for report in reports:
        seeds.setdefault(report["case"], []).append(report)
    cells = [name, engine]
    for tolerance in TOLERANCES:
        found = [r for r in (reached(of, tolerance) for of in seeds.values()) if r]
        times = f"{np.median([r['seconds'] for r in found]):.2f}" if found else "–"
        cells.append(times + (f" ({len(found)} of {len(seeds)})" if len(found) < len(seeds) else ""))
    ended = [r for r in reports if "seconds" in r]
    if not ended:
        return [*cells, "", "", "", "", reports[0]["status"]]
    last = [r for r in ended if r["tolerance"] == min(e["tolerance"] for e in ended)]
    signs = [f"{np.median([r[sign] for r in last]):.0e}" for sign in SIGNS]
    tightest = f"at {last[0]['tolerance']:.0e}: {np.median([r['seconds'] for r in last]):.2f} s, {last[0]['status']}"
    return [*cells, f"{max(r['peak'] for r in ended):.2f}", *signs, tightest]


def as_table(reports: list[Report]) -> str:
    """Return all runs as a table in Markdown."""
    head = ["case", "engine", *(f"s to {t:.0e}" for t in TOLERANCES), "peak GB", *SIGNS, "tightest run"]
    groups: dict[tuple[str, str], list[Report]] = {}
    for report in reports:
        groups.setdefault((kind(report["case"]), report["engine"]), []).append(report)
    lines = [head, ["---"] * len(head), *(row(*key, of) for key, of in groups.items())]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def exponents(reports: list[Report], tolerance: float) -> list[str]:
    """Return for each engine how its seconds grow with the number of coefficients: the fitted power."""
    sentences = []
    for engine in dict.fromkeys(r["engine"] for r in reports):
        for goal in dict.fromkeys(_family(r["case"]) for r in reports):
            mine = [r for r in reports if r["engine"] == engine and _family(r["case"]) == goal]
            best = [reached([r for r in mine if r["case"] == case], tolerance) for case in {r["case"] for r in mine}]
            points = np.array([(b["coefficients"], b["seconds"]) for b in best if b])
            if len(points) and len(set(np.round(np.log2(points[:, 0])))) > 1:
                power = np.polyfit(np.log(points[:, 0]), np.log(points[:, 1]), 1)[0]
                sentences.append(f"- {engine}, {goal}: seconds to {tolerance:.0e} grow as coefficients^{power:.2f}")
    return sentences


def _family(case: str) -> str:
    parts = case.split(":")
    return f"{parts[0]}, capacities {parts[2]}" if len(parts) == 4 else parts[0]


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 2000, 8000], help="made-up products")
    parser.add_argument("--seeds", type=int, default=3, help="how many seeds, from 1")
    parser.add_argument("--limit", type=float, default=120.0, help="processor seconds for each run")
    parser.add_argument("--goal", nargs="*", default=["needs"], help="needs (weighted tiers), least (max-min)")
    parser.add_argument("--capacities", nargs="*", default=["none"], help="none, one, all")
    parser.add_argument("--case", nargs="*", default=[], help="further cases: world:2008, sweden")
    parser.add_argument("--engine", nargs="*", default=[OURS, *PEERS], help=f"of {', '.join([OURS, *PEERS])}")
    parser.add_argument("--json", type=Path, default=ROOT / "benchmarks" / "structured.json", help="where runs go")
    given = parser.parse_args()
    cases = [
        f"{goal}:{size}:{capacity}:{seed}"
        for goal in given.goal
        for capacity in given.capacities
        for size in given.sizes
        for seed in range(1, given.seeds + 1)
    ]
    reports = runs(cases + given.case, given.engine, given.limit)
    given.json.write_text(json.dumps(reports, indent=1) + "\n")
    print(as_table(reports), *exponents(reports, 1e-6), sep="\n")


if __name__ == "__main__":
    main()

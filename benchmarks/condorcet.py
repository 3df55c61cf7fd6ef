"""Schulze and ranked pairs on many ballots, beside pref_voting where it is installed; each run a process of its own.

``python -m benchmarks.condorcet`` prints a table in Markdown and writes the same as JSON. Ballots are full rankings
drawn evenly by one seed, the same for both. The floor is one reading of the ballots' bytes.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
BALLOTS = (10_000, 100_000, 1_000_000)
PEER_MOST = 100_000
"""Most ballots given to the peer where nothing else is said: it reads them one by one."""
LIMIT = 300
"""Seconds by the clock after which a process is stopped."""
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "NUMBA")}

Report = dict[str, Any]


def drawn(ballots: int, candidates: int) -> np.ndarray:
    """Return full rankings, best first, drawn evenly; shape (ballots, candidates)."""
    chance, order = np.random.default_rng(1), np.empty((ballots, candidates), np.int8)
    for start in range(0, ballots, 20_000):
        rows = order[start : start + 20_000]
        rows[:] = np.argsort(chance.random(rows.shape, dtype=np.float32), axis=1)
    return order


def peak() -> float:
    """Return the most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return processor seconds and the result, so that other work on the machine does not count."""
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def ours(order: np.ndarray) -> Report:
    """Count with New Course."""
    from newcourse.vote.pairwise import pairwise
    from newcourse.vote.ranked import RankedVotes
    from newcourse.vote.rule import count

    names = tuple(f"candidate {i}" for i in range(order.shape[1]))
    load, votes = seconds(lambda: RankedVotes(names, order, np.ones(len(order), np.int64)))
    loaded = peak()
    matrix, _ = seconds(lambda: pairwise(votes))
    schulze, outcome = seconds(lambda: count("schulze", {}, votes))
    pairs, other = seconds(lambda: count("ranked-pairs", {}, votes))
    floor, _ = seconds(
        lambda: np.bitwise_xor.reduce(votes.order.reshape(-1)[: votes.order.size // 8 * 8].view(np.int64))
    )
    return {
        "load": load,
        "pairwise": matrix,
        "schulze": schulze,
        "ranked pairs": pairs,
        "floor": floor,
        "peak loaded": loaded,
        "peak": peak(),
        "winner": names.index(outcome.to_data()["result"]["winner"]),
        "winner of ranked pairs": names.index(other.to_data()["result"]["winner"]),
        "trace bytes": len(json.dumps(outcome.to_data())),
    }


def peers(order: np.ndarray) -> Report:
    """Count with pref_voting, which makes its pairwise matrix while it loads; that part is timed again by itself.

    Its ranked pairs are left out: where majorities are equal it tries their orders, which can take for ever.
    """
    from pref_voting import margin_based_methods, profiles

    small = profiles.Profile(order[:10].tolist())  # compiles what is compiled when first used
    margin_based_methods.beat_path(small)
    rows = order.tolist()
    load, profile = seconds(lambda: profiles.Profile(rows))
    loaded = peak()
    ranks, times, names = profile._ranks, profile._rcounts, profile.candidates
    matrix, _ = seconds(lambda: [[profiles._support(ranks, times, a, b) for b in names] for a in names])
    schulze, winners = seconds(lambda: margin_based_methods.beat_path(profile))
    return {
        "load": load - matrix,
        "pairwise": matrix,
        "schulze": matrix + schulze,
        "peak loaded": loaded,
        "peak": peak(),
        "winner": [int(winner) for winner in winners],
    }


ENGINES = {"newcourse": ours, "pref_voting": peers}


def measured(engine: str, ballots: int, candidates: int) -> Report:
    """Run one engine in a fresh process and return its report, or why there is none."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.condorcet", "--one", engine]
    command += ["--ballots", str(ballots), "--candidates", str(candidates)]
    named = {"engine": engine, "ballots": ballots, "candidates": candidates}
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **ONE_THREAD},
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT,
        )
    except subprocess.TimeoutExpired:
        return {**named, "status": f"stopped after {LIMIT} s"}
    last = done.stdout.strip().splitlines()[-1:]
    if done.returncode or not last:
        return {**named, "status": (done.stderr.strip().splitlines() or ["no reason given"])[-1]}
    return {**named, **json.loads(last[0])}


def as_table(reports: list[Report]) -> str:
    """Return the reports as a table in Markdown, and the peer's times over ours."""
    shown = ("load", "pairwise", "schulze", "ranked pairs", "floor")
    head = ["ballots", "engine", *(f"{what} s" for what in shown), "peak loaded MB", "peak MB", "winner"]
    lines = [head, ["---"] * len(head)]
    for report in reports:
        cells = [f"{report[what]:.3f}" if what in report else "" for what in shown]
        cells += [f"{report[what]:.0f}" if what in report else "" for what in ("peak loaded", "peak")]
        lines.append(
            [str(report["ballots"]), report["engine"], *cells, str(report.get("winner", report.get("status")))]
        )
    return "\n".join([*(f"| {' | '.join(cells)} |" for cells in lines), "", *_ratios(reports)])


def _ratios(reports: list[Report]) -> list[str]:
    found = {(r["engine"], r["ballots"]): r for r in reports if "schulze" in r}
    lines = []
    for (engine, ballots), peer in found.items():
        mine = found.get(("newcourse", ballots))
        if engine != "newcourse" and mine:
            same = mine["winner"] in peer["winner"]
            whole = (peer["load"] + peer["schulze"]) / (mine["load"] + mine["schulze"])
            lines.append(
                f"- {ballots} ballots: {engine} takes {peer['schulze'] / mine['schulze']:.0f} times our seconds for "
                f"Schulze, {whole:.0f} times with loading; the winner is {'the same' if same else 'NOT the same'}"
            )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ballots", type=int, action="append", help="may be given several times")
    parser.add_argument("--candidates", type=int, default=50)
    parser.add_argument("--peer-most", type=int, default=PEER_MOST, help="most ballots given to the peer")
    parser.add_argument("--json", type=Path, default=ROOT / "benchmarks" / "condorcet.json", help="where results go")
    parser.add_argument("--one", choices=ENGINES, help="run one engine here and print its report")
    given = parser.parse_args()
    if given.one:
        print(json.dumps(ENGINES[given.one](drawn(given.ballots[0], given.candidates))))
        return
    reports = []
    for ballots in given.ballots or BALLOTS:
        for engine in ENGINES:
            if engine == "newcourse" or (find_spec(engine) and ballots <= given.peer_most):
                reports.append(measured(engine, ballots, given.candidates))
                print(json.dumps(reports[-1]), file=sys.stderr, flush=True)
    machine = {"machine": platform.machine(), "python": platform.python_version(), "cores": os.cpu_count()}
    given.json.write_text(json.dumps({**machine, "reports": reports}, indent=1) + "\n")
    print(as_table(reports))


if __name__ == "__main__":
    main()

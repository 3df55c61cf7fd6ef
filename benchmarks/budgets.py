"""Equal shares of a city's budget beside pabutools where it is installed; each run a process of its own on one thread.

``python -m benchmarks.budgets`` counts Łódź 2022 (90 494 ballots, 160 projects; beside the checkout) by equal shares
with cost utilities and everybody's money raised one by one, and the same for the first thousands of its ballots with
the budget cut alike. It prints a table in Markdown and writes the same as JSON. The floor is one reading of the votes.
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

from newcourse.sources.ballots.pabulib import BudgetVote, read_pabulib

ROOT = Path(__file__).parents[1]
FILE = ROOT.parent / "shared/data/votes/pabulib/Poland_Lodz_2022.pb.gz"
BALLOTS = (5_000, 20_000, 45_000, 90_494)
PEER_MOST = 20_000
"""Most ballots given to the peer where nothing else is said."""
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "NUMBA")}

Report = dict[str, Any]


def peak() -> float:
    """Return the most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return processor seconds and the result, so that other work on the machine does not count."""
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def part(ballots: int) -> BudgetVote:
    """Return the vote with its first ballots, and as much of the budget for each."""
    vote = read_pabulib(FILE)
    budget = vote.budget * ballots // len(vote.ballots)
    return BudgetVote({**vote.meta, "budget": str(budget)}, vote.projects, vote.ballots[:ballots])


def ours(ballots: int) -> Report:
    """Count with New Course."""
    from newcourse.vote.rule import count

    load, vote = seconds(lambda: part(ballots))
    votes, options = vote.votes, vote.options() | {"completion": "add1"}
    loaded = peak()
    times = [seconds(lambda: count("budget-equal-shares", options, votes)) for _ in range(3)]
    floor, _ = seconds(lambda: [np.bitwise_xor.reduce(votes.given.indices) for _ in range(100)])
    outcome = times[0][1].to_data()
    return {
        "load": load,
        "count": min(spent for spent, _ in times),
        "floor": floor / 100,
        "peak loaded": loaded,
        "peak": peak(),
        "raises": next(step for step in outcome["steps"] if step["step"] == "start")["facts"]["raises"],
        "selected": sorted(outcome["result"]["selected"]),
    }


def peers(ballots: int) -> Report:
    """Count with pabutools, in fractions, as its users do."""
    from pabutools.election import ApprovalBallot, ApprovalProfile, Cost_Sat, Instance, Project
    from pabutools.rules import method_of_equal_shares

    vote = part(ballots)

    def load() -> tuple[Any, Any]:
        projects = {name: Project(name, int(cost)) for name, cost in vote.costs.items()}
        instance = Instance(projects.values(), budget_limit=int(vote.budget))
        voters = [ApprovalBallot([projects[name] for name in ballot]) for ballot in vote.ballots]
        return instance, ApprovalProfile(voters, instance=instance).as_multiprofile()

    loading, (instance, profile) = seconds(load)
    loaded = peak()
    spent, outcome = seconds(
        lambda: method_of_equal_shares(
            instance, profile, sat_class=Cost_Sat, voter_budget_increment=1, resoluteness=True
        )
    )
    selected = sorted(str(project) for project in outcome)
    return {"load": loading, "count": spent, "peak loaded": loaded, "peak": peak(), "selected": selected}


ENGINES = {"New Course": ours, "pabutools": peers}


def run(engine: str, ballots: int, limit: float) -> Report:
    """Return one run's report, made in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.budgets", "--one", engine, "--ballots", str(ballots)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | ONE_THREAD, timeout=limit, capture_output=True, text=True, check=True
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"no answer in {limit:.0f} seconds"}
    except subprocess.CalledProcessError as error:
        return {"failed": error.stderr.strip().splitlines()[-1]}
    return dict(json.loads(done.stdout))


def row(ballots: int, engine: str, report: Report, base: Report) -> str:
    """Return one row of the table."""
    if "failed" in report:
        return f"| {ballots} | {engine} | {report['failed']} | | | | |"
    same = "" if report is base else "yes" if report["selected"] == base.get("selected") else "NO"
    ratio = "" if report is base else f"{report['count'] / base['count']:.0f}"
    return (
        f"| {ballots} | {engine} | {report['load']:.2f} | {report['count']:.2f} | {ratio} | "
        f"{report['peak']:.0f} | {same} |"
    )


def main() -> None:
    """Run every size, print the table and write the reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", choices=ENGINES, help="one run in this process, its report as JSON")
    parser.add_argument("--ballots", type=int, nargs="+", default=list(BALLOTS))
    parser.add_argument("--peer-most", type=int, default=PEER_MOST)
    parser.add_argument("--limit", type=float, default=600.0, help="seconds by the clock for one run")
    parser.add_argument("--out", type=Path, default=None)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(ENGINES[arguments.one](arguments.ballots[0])))
        return
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}\n")
    print("| ballots | engine | load s | count s | times ours | peak MB | same |\n|---|---|---|---|---|---|---|")
    reports = []
    for ballots in arguments.ballots:
        base = run("New Course", ballots, arguments.limit)
        reports.append({"ballots": ballots, "engine": "New Course", **base})
        print(row(ballots, "New Course", base, base), flush=True)
        if find_spec("pabutools") and ballots <= arguments.peer_most:
            report = run("pabutools", ballots, arguments.limit)
            reports.append({"ballots": ballots, "engine": "pabutools", **report})
            print(row(ballots, "pabutools", report, base), flush=True)
    if arguments.out:
        arguments.out.write_text(json.dumps(reports, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

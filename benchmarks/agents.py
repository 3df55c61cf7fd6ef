"""Civil violence beside Mesa's own model, and sampled paths of many countries beside the least they could take.

``python -m benchmarks.agents`` runs both sides in one process and prints processor seconds; neither side starts
threads. Mesa runs Epstein's model by its own code with the same settings, without its collecting of data, which it does
for every person in every step; what both count is compared. Mesa comes with the extra ``test``. Compiling our loops,
some seconds once a machine, is printed apart.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numba import njit
from tests.formations.mesa_peer import mesa_made

from newcourse.formations.agents.civil_violence import CivilViolence, run
from newcourse.formations.classical.sir import SirEpidemic
from newcourse.formations.engines.gillespie import SampledPaths, paths
from newcourse.formations.law import Law, Spread
from newcourse.formations.runs import Stretch, certain
from newcourse.formations.spaces import DEFAULT

CASES = {
    "Epstein's run 2, 40 × 40": CivilViolence(acts_first=True),
    "80 × 80": CivilViolence(width=80, height=80, acts_first=True),
    "40 × 40, vision 3": CivilViolence(vision=3, cop_vision=3, acts_first=True),
}


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return processor seconds and what came out."""
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def best(work: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """Return processor seconds of the fastest run, so that other work on the machine does not count."""
    return min((timed(work) for _ in range(times)), key=lambda pair: pair[0])


def mesa(model: CivilViolence, steps: int, seed: int) -> np.ndarray:
    peer = mesa_made(model, seed)
    rows = []
    for _ in range(steps):
        peer.step()
        rows.append((peer.ACTIVE, peer.ARRESTED))
    return np.array(rows)


def against_mesa(name: str, model: CivilViolence, steps: int, runs: int) -> None:
    """Print one case: whole runs, made and stepped, on both sides."""
    theirs = [timed(lambda seed=seed: mesa(model, steps, seed)) for seed in range(runs)]
    ours = [timed(lambda seed=seed: run(model, steps, seed)[1:, 1:]) for seed in range(20 * runs)]
    slow, fast = (float(np.median([seconds for seconds, _ in side])) / steps * 1e3 for side in (theirs, ours))
    means = [np.array([counts.mean(axis=0) for _, counts in side]) for side in (theirs, ours)]
    error = np.sqrt(sum(side.var(axis=0, ddof=1) / len(side) for side in means))
    apart = abs(means[0].mean(axis=0) - means[1].mean(axis=0)) / error
    print(
        f"| {name} | {steps} × {runs} | {slow:.1f} | {fast:.3f} | {slow / fast:.0f} | "
        f"{_both(means, 0)} | {_both(means, 1)} | {apart.max():.1f} |"
    )


def _both(means: list[np.ndarray], column: int) -> str:
    return ", ".join(f"{side[:, column].mean():.1f}" for side in means)


def epidemic(size: int) -> tuple[Law, Any, float]:
    law = SirEpidemic(2.0).law(size)
    return law, certain(law.space, ["infected", *["susceptible"] * (size - 1)]), 100.0


def world(size: int) -> tuple[Law, Any, float]:
    """Return a made-up world: ties to all others, very uneven, and moves by oneself once in some decades."""
    chance = np.random.default_rng(1917)
    pull = chance.pareto(1.2, size)
    ties = np.tile(pull, (size, 1)) * (1 - np.eye(size))
    ties /= ties.sum(axis=1, keepdims=True)
    jumps = np.zeros((size, 5, 5))
    for a, b, rate in ((0, 1, 0.01), (1, 2, 0.005), (0, 2, 0.002), (2, 3, 0.1), (3, 4, 0.02), (3, 2, 0.005)):
        jumps[:, a, b] = rate
    spread = (Spread(1, 2, (2, 3), 0.05 * ties), Spread(0, 2, (2, 3), 0.05 * ties), Spread(3, 4, (1, 4), 0.1 * ties))
    law = Law(DEFAULT, tuple(map(str, range(size))), jumps, spread=spread)
    return law, certain(DEFAULT, (["pre_capitalist", "capitalist"] * size)[:size]), 74.0


def by_chance(size: int) -> tuple[Law, Any, float]:
    """Return the same world with every tie a product no longer: each multiplied by a number of its own."""
    law, begin, years = world(size)
    chance = np.random.default_rng(3)
    spread = tuple(replace(s, weights=s.weights * chance.lognormal(0, 1, s.weights.shape)) for s in law.spread)
    return replace(law, spread=spread), begin, years


@njit
def drawing(steps, chance):  # type: ignore[no-untyped-def]
    """Draw what every step needs: a waiting time and a place."""
    total = 0.0
    for _ in range(steps):
        total += chance.standard_exponential() * chance.random()
    return total


def sample(law: Law, begin: Any, years: float, runs: int) -> SampledPaths:
    return paths([Stretch(law, years)], begin, [years], runs=runs, chance=np.random.default_rng(1))


def sampled(name: str, case: Callable[[int], tuple[Law, Any, float]], size: int, runs: int) -> None:
    law, begin, years = case(size)
    seconds, found = best(lambda: sample(law, begin, years, runs))
    steps = int(found.steps.sum())
    floor, _ = best(lambda: drawing(steps, np.random.default_rng(1)))
    moves = found.changes.sum()
    print(
        f"| {name} | {size} × {runs} | {seconds:.2f} | {moves} | {steps} | {moves / seconds / 1e6:.2f} | "
        f"{seconds / steps * 1e9:.0f} | {floor:.3f} | {seconds / floor:.0f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=6, help="runs of Mesa in each case")
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--sizes", type=int, nargs="*", default=[200, 1_000, 2_000])
    asked = parser.parse_args()
    compiling, _ = timed(
        lambda: (run(CASES["80 × 80"], 1, 1), sample(*epidemic(3), 1), drawing(1, np.random.default_rng(1)))
    )
    print(f"compiling or loading the loops: {compiling:.1f} s\n")
    print("| case | steps × runs | Mesa, ms a step | New Course | ratio | active | jailed | apart, standard errors |")
    print("|---|---|---|---|---|---|---|---|")
    for name, model in CASES.items():
        against_mesa(name, model, asked.steps, asked.runs)
    print("\n| case | countries × runs | s | moves | steps | million moves a s | ns a step | floor, s | over floor |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, case in (
        ("epidemic, R₀ = 2", epidemic),
        ("74 years of a world", world),
        ("the same, ties by chance", by_chance),
    ):
        for size in asked.sizes:
            sampled(name, case, size, 500)


if __name__ == "__main__":
    main()

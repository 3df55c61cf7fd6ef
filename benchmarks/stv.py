"""STV by Scottish law on random ballots, all distinct, beside the peers that are installed.

``python -m benchmarks.stv`` prints a table: seconds of one count with its whole trace (best of two), memory at most
beyond the loaded votes, papers moved and the time for each, and the floor: how long this machine takes to read every
preference once. Peers count the same ballots, already in their own form, in the same process; ``--peer-ballots`` says
how many, and whether the same candidates win is printed beside the ratio. Peers install with ``pip install votekit``
and ``pip install pyrankvote``; who has none gets our lines alone.
"""

import argparse
import time
import tracemalloc
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rules.scottish_stv import scottish_stv
from newcourse.vote.stv.stages import Elected

CANDIDATES, SEATS = 20, 7
SIZES = (10_000, 100_000, 1_000_000)
NAMES = tuple(f"candidate {k}" for k in range(CANDIDATES))


def random_votes(ballots: int, seed: int = 1) -> RankedVotes:
    """Return ballots that rank all candidates in random order, some candidates liked more than others."""
    chance = np.random.default_rng(seed)
    liking = np.linspace(0, 0.4, CANDIDATES, dtype=np.float32)
    order = np.empty((ballots, CANDIDATES), dtype=np.int8)
    for start in range(0, ballots, 100_000):
        part = order[start : start + 100_000]
        part[:] = np.argsort(chance.random(part.shape, dtype=np.float32) + liking, axis=1)
    return RankedVotes(NAMES, order, np.ones(ballots, dtype=np.int64))


def best(work: Callable[[], object], times: int = 2) -> float:
    """Return processor seconds of the fastest run, so that other work on the machine does not count."""
    seconds = []
    for _ in range(times):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return min(seconds)


def reading(votes: RankedVotes) -> float:
    """Return seconds to read all preferences once, eight at a time."""
    whole = votes.order.reshape(-1)
    words = whole[: len(whole) // 8 * 8].view(np.int64)
    return best(lambda: np.bitwise_xor.reduce(words), 5)


def count(votes: RankedVotes) -> Elected:
    result = scottish_stv(votes, SEATS).result
    assert isinstance(result, Elected)
    return result


def most_memory(votes: RankedVotes) -> float:
    """Return the most memory that a count takes beyond the votes, in MB."""
    tracemalloc.start()
    count(votes)
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return most


def ours(ballots: int) -> float:
    votes = random_votes(ballots)
    result, seconds = count(votes), best(lambda: count(votes))
    moved = sum(parcel.papers for stage in result.stages for parcel in stage.parcels)
    floor = reading(votes)
    print(
        f"| {ballots} | {seconds:.4f} | {most_memory(votes):.1f} | {len(result.stages)} | {moved} | "
        f"{seconds / moved * 1e9:.0f} | {floor:.5f} | {seconds / floor:.0f} |"
    )
    return seconds


def votekit(votes: RankedVotes) -> tuple[float, set[str]]:
    """Count with the fastest of votekit: on arrays, in doubles, one at a time."""
    import pandas as pd
    from votekit import RankProfile
    from votekit.elections import FastSTV

    one = [frozenset([name]) for name in NAMES]
    columns = {f"Ranking_{k + 1}": [one[c] for c in votes.order[:, k].tolist()] for k in range(CANDIDATES)}
    frame = pd.DataFrame({**columns, "Weight": votes.times.astype(float), "Voter Set": [set()] * len(votes.times)})
    frame.index.name = "Ballot Index"
    profile = RankProfile(df=frame, candidates=NAMES, max_ranking_length=CANDIDATES)
    seconds, elected = np.inf, set()
    for _ in range(2):
        began = time.process_time()
        election = FastSTV(profile, n_seats=SEATS, simultaneous=False, tiebreak="first_place")
        seconds = min(seconds, time.process_time() - began)
        elected = {name for group in election.get_elected() for name in group}
    return seconds, elected


def pyrankvote(votes: RankedVotes) -> tuple[float, set[str]]:
    """Count with pyrankvote: ballots as objects, fractional transfers in doubles."""
    import pyrankvote as peer

    candidates = [peer.Candidate(name) for name in NAMES]
    ballots = [peer.Ballot(ranked_candidates=[candidates[c] for c in row]) for row in votes.order.tolist()]
    began = time.process_time()
    result = peer.single_transferable_vote(candidates, ballots, number_of_seats=SEATS)
    return time.process_time() - began, {candidate.name for candidate in result.get_winners()}


def against(name: str, peer: Callable[[RankedVotes], tuple[float, set[str]]], ballots: int) -> None:
    """Print a peer's time beside ours on the same ballots."""
    if find_spec(name) is None:
        print(f"{name} is not installed.")
        return
    votes = random_votes(ballots)
    mine, elected = best(lambda: count(votes), 3), set(count(votes).elected)
    seconds, theirs = peer(votes)
    same = "the same" if theirs == elected else f"others: {sorted(theirs ^ elected)}"
    print(f"| {name} | {ballots} | {seconds:.3f} | {mine:.4f} | {seconds / mine:.0f} | {same} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ballots", type=int, nargs="*", default=SIZES)
    parser.add_argument("--peer-ballots", type=int, default=100_000)
    asked = parser.parse_args()
    print(f"{CANDIDATES} candidates, {SEATS} seats, one thread\n")
    print("| ballots | s | MB | stages | papers moved | ns each | floor s | over floor |")
    print("|---|---|---|---|---|---|---|---|")
    seconds = [ours(ballots) for ballots in asked.ballots]
    for (small, less), (large, more) in zip(
        zip(asked.ballots, seconds, strict=True), zip(asked.ballots[1:], seconds[1:], strict=True), strict=False
    ):
        print(f"From {small} to {large} ballots time grows {more / less:.1f} times.")
    print("\n| peer | ballots | its s | our s | ratio | winners |\n|---|---|---|---|---|---|")
    against("votekit", votekit, asked.peer_ballots)
    against("pyrankvote", pyrankvote, min(asked.peer_ballots, 10_000))


if __name__ == "__main__":
    main()

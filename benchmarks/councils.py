"""A pyramid of small councils by Scottish law in one call, beside the same councils counted one by one.

``python -m benchmarks.councils`` prints a table: how many councils, seconds, councils a second on one thread, the floor
(each paper read once, at the speed at which this machine reads memory), and the speed of the single count with its
trace on a part of the same councils, whose results must be the same.
"""

import argparse
import json
import sys
import time

import numpy as np

from newcourse.vote.many import Councils, ManyCounts, count_many
from newcourse.vote.ranked import NOBODY, RankedVotes
from newcourse.vote.rules.scottish_stv import scottish_stv

PAPERS, MOST_CANDIDATES = 100, 12
SINGLE = 200


def synthetic(councils: int, seed: int = 1) -> Councils:
    """Councils of 100 papers, 5 to 12 candidates, 3 to 7 seats; papers of random length in random order."""
    chance = np.random.default_rng(seed)
    candidates = chance.integers(5, MOST_CANDIDATES + 1, councils)
    seats = np.minimum(chance.integers(3, 8, councils), candidates)
    standing = np.repeat(candidates, PAPERS)[:, None]
    places = np.arange(MOST_CANDIDATES)
    keys = chance.random((councils * PAPERS, MOST_CANDIDATES), dtype=np.float32)
    order = np.argsort(np.where(places < standing, keys, 2), axis=1).astype(np.int8)
    length = np.minimum(chance.integers(1, MOST_CANDIDATES + 1, (councils * PAPERS, 1)), standing)
    return Councils(
        np.where(places < length, order, np.int8(NOBODY)), np.arange(councils + 1) * PAPERS, candidates, seats
    )


def reading_seconds(array: np.ndarray) -> float:
    """Return how long it takes to read an array once."""
    began = time.perf_counter()
    array.view(np.uint8).sum(dtype=np.int64)
    return time.perf_counter() - began


def one_by_one(councils: Councils, many: ManyCounts, number: int) -> float:
    """Count the first councils alone, require the same results, and return councils a second."""
    votes = []
    for k in range(number):
        part = slice(councils.starts[k], councils.starts[k + 1])
        names = tuple(f"c{i}" for i in range(councils.candidates[k]))
        votes.append(RankedVotes(names, councils.order[part], np.ones(PAPERS, np.int64)))
    began = time.perf_counter()
    tallies = [scottish_stv(each, int(seats)) for each, seats in zip(votes, councils.seats, strict=False)]
    seconds = time.perf_counter() - began
    for k, tally in enumerate(tallies):
        elected = [f"c{i}" for i in many.elected[k].tolist() if i >= 0]
        if tally.result.to_data()["elected"] != elected:
            raise SystemExit(f"council {k}: {elected} in one call, {tally.result.to_data()['elected']} alone")
    return number / seconds


def main(sizes: list[int]) -> None:
    """Measure each size and print the table."""
    count_many(synthetic(1))  # compiles
    print("| councils | seconds | councils a second | floor, s | one by one, a second | ratio |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    rows = []
    for size in sizes:
        councils = synthetic(size)
        began = time.perf_counter()
        many = count_many(councils)
        seconds = time.perf_counter() - began
        alone = one_by_one(councils, many, min(SINGLE, size))
        rows.append({"councils": size, "seconds": seconds, "a second": size / seconds, "alone a second": alone})
        floor = reading_seconds(councils.order)
        print(
            f"| {size:,} | {seconds:.3f} | {size / seconds:,.0f} | {floor:.4f} | {alone:,.0f} "
            f"| {size / seconds / alone:,.0f} |"
        )
    json.dump(rows, sys.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000, 100_000])
    main(parser.parse_args().sizes)

"""Power of members of large bodies by sampling, with error bars (design §8.4).

Each sample asks of every member whether it decides: in a coalition drawn evenly (Banzhaf's probability), or in an order
drawn evenly (Shapley and Shubik). The answers are yes or no, so the interval of C. J. Clopper and E. S. Pearson
("The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26 (1934) 404-413) holds
for any number of samples: each interval by itself contains the exact index with at least the confidence asked for. On
sampling values of games: I. Mann and L. S. Shapley, RAND memorandum RM-2651 (1960).

Draws come from the bits of the generator PCG64 with the seed given, whose stream is fixed: the same seed gives the same
estimate everywhere. Nothing is decided by these numbers; they are shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.vote.power.game import WeightedVote

MOST_TOTAL: Final = 2**62
CHUNK: Final = 4_000_000
DIGITS: Final = 10**6


@dataclass(frozen=True, slots=True)
class Estimate:
    """One index with its error bar.

    Parameters
    ----------
    value
        How often the member decided among the samples.
    low, high
        Ends of the interval, rounded outwards to six decimals.
    """

    value: Fraction
    low: Fraction
    high: Fraction


def sampled_banzhaf(
    vote: WeightedVote, samples: int, seed: int, confidence: Fraction = Fraction(95, 100)
) -> dict[str, Estimate]:
    """Return the probability of every member to decide, estimated.

    Parameters
    ----------
    vote
        The body; weights together below 2^62.
    samples
        How many coalitions are drawn.
    seed
        Seed of the draws, a whole number from 0 on.
    confidence
        How sure each interval is to contain the exact value, above 0 and below 1.

    Raises
    ------
    BadInput
        When samples, seed or confidence are no such numbers, or weights are too large.
    """
    weights = _checked(vote, samples, seed, confidence)
    decided = np.zeros(len(weights), dtype=np.int64)
    for raw in _draws(seed, samples, len(weights)):
        inside = (raw >> np.uint64(63)).astype(bool)
        others = (inside @ weights)[:, None] - np.where(inside, weights, 0)
        decided += ((others < vote.quota) & (others + weights >= vote.quota)).sum(axis=0)
    return _estimates(vote, decided, samples, confidence)


def sampled_shapley_shubik(
    vote: WeightedVote, samples: int, seed: int, confidence: Fraction = Fraction(95, 100)
) -> dict[str, Estimate]:
    """Return the index of Shapley and Shubik of every member, estimated from orders; see :func:`sampled_banzhaf`."""
    weights = _checked(vote, samples, seed, confidence)
    decided = np.zeros(len(weights), dtype=np.int64)
    for raw in _draws(seed, samples, len(weights)):
        order = np.argsort(raw, axis=1, kind="stable")
        joined = np.cumsum(weights[order], axis=1)
        pivot = (joined >= vote.quota).argmax(axis=1)
        decided += np.bincount(order[np.arange(len(order)), pivot], minlength=len(weights))
    return _estimates(vote, decided, samples, confidence)


def _draws(seed: int, samples: int, members: int) -> Iterator[np.ndarray]:
    """Yield whole numbers of 64 even bits; shapes (some samples, members)."""
    bits = np.random.PCG64(seed)
    most = max(1, CHUNK // members)
    for start in range(0, samples, most):
        size = min(most, samples - start)
        yield bits.random_raw(size * members).reshape(size, members)


def _estimates(vote: WeightedVote, decided: np.ndarray, samples: int, confidence: Fraction) -> dict[str, Estimate]:
    return {
        name: Estimate(Fraction(count, samples), *interval(count, samples, confidence))
        for name, count in zip(vote.weights, decided.tolist(), strict=True)
    }


def interval(count: int, samples: int, confidence: Fraction) -> tuple[Fraction, Fraction]:
    """Return the interval of Clopper and Pearson for a share, rounded outwards to six decimals.

    Examples
    --------
    >>> interval(0, 10, Fraction(95, 100))  # from 0 to 1 - 0.025 ** (1 / 10)
    (Fraction(0, 1), Fraction(154249, 500000))
    """
    from scipy.special import betaincinv

    tail = float(1 - confidence) / 2
    low = float(betaincinv(count, samples - count + 1, tail)) if count else 0.0
    high = float(betaincinv(count + 1, samples - count, 1 - tail)) if count < samples else 1.0
    return Fraction(max(0, floor(low * DIGITS)), DIGITS), Fraction(min(DIGITS, ceil(high * DIGITS)), DIGITS)


def _checked(vote: WeightedVote, samples: int, seed: int, confidence: Fraction) -> np.ndarray:
    where, faults = "sampled power", []
    if vote.total >= MOST_TOTAL:
        faults.append(Fault("weights-large", where, str(vote.total), "weights together below 2^62", "scale them"))
    for what, number, least in (("samples", samples, 1), ("seed", seed, 0)):
        if isinstance(number, bool) or not isinstance(number, int) or number < least:
            expected = f"a whole number of at least {least}"
            faults.append(Fault(f"{what}-wrong", where, repr(number), expected, "give such a number"))
    if not 0 < confidence < 1:
        expected = "a share above 0 and below 1, such as 95/100"
        faults.append(Fault("confidence-wrong", where, str(confidence), expected, "give such a share"))
    if faults:
        raise BadInput(faults)
    return np.array(list(vote.weights.values()), dtype=np.int64)

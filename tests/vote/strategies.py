"""Ballot boxes for property tests."""

from hypothesis import strategies as st

from newcourse.vote.ballot import AllocationBallot, RankedBallot
from newcourse.vote.profile import Profile

NAMES = ("A", "B", "C", "D", "E")


@st.composite
def rankings(draw, names, strict=False):
    """A ballot: a strict order of all, or levels with ties where the last level may be left unranked."""
    if strict:
        return RankedBallot.of(*draw(st.permutations(names)))
    levels = draw(st.lists(st.integers(0, len(names)), min_size=len(names), max_size=len(names)))
    ranks = [[n for n, level in zip(names, levels, strict=True) if level == wanted] for wanted in range(len(names))]
    return RankedBallot.of(*[tuple(rank) for rank in ranks if rank])


@st.composite
def ranked_profiles(draw, strict=False, min_candidates=2, max_candidates=5, max_groups=7):
    names = NAMES[: draw(st.integers(min_candidates, max_candidates))]
    group = st.tuples(rankings(names, strict), st.integers(1, 9))
    return Profile("ranked", names, tuple(draw(st.lists(group, min_size=1, max_size=max_groups))))


@st.composite
def allocation_ballots(draw, names, whole=20):
    cuts = sorted(draw(st.lists(st.integers(0, whole), min_size=len(names) - 1, max_size=len(names) - 1)))
    edges = [0, *cuts, whole]
    return AllocationBallot({n: edges[i + 1] - edges[i] for i, n in enumerate(names)}, whole)


@st.composite
def allocation_profiles(draw, min_parts=1, max_parts=4, max_groups=6, max_times=4):
    names = NAMES[: draw(st.integers(min_parts, max_parts))]
    group = st.tuples(allocation_ballots(names), st.integers(1, max_times))
    return Profile("allocation", names, tuple(draw(st.lists(group, min_size=1, max_size=max_groups))))

"""Many councils in one call: each as the single count counts it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.many import Councils, count_many
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rules.scottish_stv import scottish_stv
from newcourse.vote.ties import TieRule
from tests.vote.strategies import ranked_profiles

LOT = TieRule("lot", "draw 7")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(ranked_profiles(max_groups=9), st.integers(1, 4)), min_size=1, max_size=6), st.booleans())
def test_each_council_is_counted_as_if_alone(drawn: list[tuple[Profile, int]], by_lot: bool) -> None:
    ties = LOT if by_lot else TieRule()
    votes = [RankedVotes.of(profile) for profile, _ in drawn]
    seats = [min(seats, len(profile.candidates)) for profile, seats in drawn]
    many = count_many(Councils.of(votes, seats, ties), threads=2)
    for k, (each, number) in enumerate(zip(votes, seats, strict=True)):
        elected = tuple(each.candidates[i] for i in many.elected[k].tolist() if i >= 0)
        alone = scottish_stv(each, number, ties=ties).result.to_data()
        assert list(elected) == alone.get("elected", [])
        if elected:
            assert many.stages[k] == len(alone["stages"])
            assert many.quotas[k] == int(alone["quota"])


def test_no_council_and_no_paper() -> None:
    nothing = Councils(np.empty((0, 3)), np.zeros(1), np.empty(0), np.empty(0))
    assert count_many(nothing).elected.shape[0] == 0
    blank = Councils(np.full((2, 3), -1), np.array([0, 2]), np.array([3]), np.array([2]))
    found = count_many(blank)
    assert found.elected.tolist() == [[-1, -1]]
    assert found.stages.tolist() == [0]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"order": [[0, 0], [1, -1]]}, "ranked-twice"),
        ({"order": [[-1, 0], [1, -1]]}, "preference-gap"),
        ({"order": [[0, 5], [1, -1]]}, "candidate-unknown"),
        ({"seats": [4]}, "seats-wrong"),
        ({"seats": [0]}, "seats-wrong"),
        ({"candidates": [200]}, "candidate-many"),
        ({"starts": [1, 2]}, "councils-starts"),
        ({"starts": [0, 1, 2]}, "councils-shape"),
        ({"times": [0, 1]}, "times-wrong"),
    ],
)
def test_wrong_councils_are_refused(change: dict[str, list[int]], code: str) -> None:
    usual = {"order": [[0, 1], [1, -1]], "starts": [0, 2], "candidates": [3], "seats": [1], "times": [1, 1]}
    arrays = {name: np.array(given) for name, given in {**usual, **change}.items()}
    with pytest.raises(BadInput) as error:
        Councils(**arrays)
    assert code in [fault.code for fault in error.value.faults]

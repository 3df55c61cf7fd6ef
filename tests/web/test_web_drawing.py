"""The picture of an election calls candidates by the names they have now; all others know nobody."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import count
from newcourse.web.drawing import drawn
from newcourse.web.memory import Memory
from newcourse.web.site import Site

ADA = "m-abcdefghij"


@pytest.fixture
def site() -> Site:
    """A site with two counted votes: an election, and one on variants."""
    votes = RankedVotes.of_lists([ADA, "bob", "cem"], [[ADA], ["bob"], ["cem", "bob"]], [9, 5, 3])
    outcome = count("scottish-stv", {"seats": 2}, votes)
    subjects = {"V1": "election", "V2": "variant"}

    def vote(code: str) -> Any:
        result = SimpleNamespace(decided=True, outcome=f"sha256:{code}")
        return SimpleNamespace(result=result, frozen=SimpleNamespace(subject=subjects[code]))

    made = SimpleNamespace(federation=SimpleNamespace(vote=vote), outcome=lambda _: outcome, pictures=Memory(8))
    return cast(Site, made)


def test_candidates_of_an_election_are_called_by_their_names(site: Site) -> None:
    names = {ADA: "Ada Lovelace"}
    asked = (site, "vote", "V1", "stages-wide-day.svg")
    assert "Ada Lovelace 9" in drawn(*asked, lambda codes: {code: names.get(code, code) for code in codes})
    assert "Ada" not in drawn(*asked), "a name that was erased is gone at once"
    assert ADA in drawn(*asked)


def test_other_votes_ask_for_nobody(site: Site) -> None:
    def nobody(_codes: object) -> dict[str, str]:
        raise AssertionError("nobody is asked for")

    assert "bob" in drawn(site, "vote", "V2", "stages-wide-day.svg", nobody)

"""What the tests of ballot readers share: a model file, and what was read in a form that is easy to compare."""

from typing import Any

import pytest

from newcourse.errors import BadInput
from newcourse.sources.ballots.registry import read_votes_text

BLT = """# a model
4 2
-2
3 1 3 4 0
4 1 3 2 0
2 4 1=3 0
1 2 0
2 2=4=3 1 0
1 3 4 2 0   # a late paper
0
"Adam"
"Basil"
"Charlotte"
"Donald"
"A  title"
"""


def rows(votes: Any) -> dict[tuple[Any, ...], int]:
    return {ballot.ranks: times for ballot, times in votes.to_profile().ballots}


def problems_of(text: str, form: str = "grouped-csv") -> list[tuple[str, int, str, int]]:
    return [(p.code, p.line, p.counted, p.ballots) for p in read_votes_text(text, form).problems]


def faults_of(text: str, form: str) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as caught:
        read_votes_text(text, form)
    return [(fault.code, fault.where) for fault in caught.value.faults]

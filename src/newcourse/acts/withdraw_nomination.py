"""Withdraw from an election, until its vote is opened."""

from typing import Final

from newcourse.acts.accept_nomination import require_nominated
from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.electing import election_asked
from newcourse.acts.nominating import on_election
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse who was not nominated, and whose name is on ballots already."""
    election = election_asked(state, ask)
    if election.vote:
        found = f"vote {election.vote}, which is open or over"
        expected = "candidates who withdraw before the vote is opened"
        remedy = "lay the mandate down if you are elected"
        raise refused(ask, on_election(state, election), "election-opened", found, expected, remedy)
    require_nominated(state, ask, election)


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write the withdrawal."""
    return Deed({"election": ask.get("election")})


ACT: Final = Act("withdraw_nomination", check, do, needs=("election",))

"""Close nominations when their time is over.

A vote follows also where there are as few candidates as seats, or fewer: the voters then decide by quorum whether the
election counts, and their ballots are there when a seat is vacated. Where nobody stands the election is over.
"""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.electing import election_asked
from newcourse.acts.nominating import on_election
from newcourse.council.state import State
from newcourse.record.entry import time_text


def check(state: State, ask: Ask) -> None:
    """Refuse to close twice or too early."""
    election = election_asked(state, ask)
    article = on_election(state, election)
    if election.closed_at is not None:
        found = f"nominations of {election.election}, which are closed"
        raise refused(ask, article, "nominations-closed", found, "one closing", "have the vote opened")
    if ask.at < election.nominations_end:
        found = f"the time {time_text(ask.at)}"
        expected = f"nominations that are open until {time_text(election.nominations_end)}"
        raise refused(ask, article, "nominations-running", found, expected, "wait until then")


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who stands."""
    election = election_asked(state, ask)
    standing = sorted(candidate.person for candidate in election.standing)
    return Deed({"election": election.election, "standing": standing})


ACT: Final = Act("close_nominations", check, do, needs=("election",))

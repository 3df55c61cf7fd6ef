"""Nominate a candidate: oneself, or somebody else of the constituency."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.nominating import election_open, on_election, require_eligible, rules_for
from newcourse.council.bodies import belongs, electors_in_words
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse nominations out of time, by strangers, twice, and of people who cannot be elected."""
    election = election_open(state, ask)
    person, article = str(ask.get("person")), on_election(state, election)
    body, _rules = rules_for(state, ask, election)
    if person != ask.actor and not belongs(state, body, election.constituency, ask.actor):
        expected = f"nominations by {electors_in_words(state, body, election.constituency)}"
        found = f"{ask.actor}, who does not elect there"
        raise refused(ask, article, "nominator-stranger", found, expected, "ask one of these")
    if person in election.candidates:
        found = f"{person} is nominated in {election.election} already"
        raise refused(ask, article, "nominated-already", found, "one nomination each", "leave it as it is")
    require_eligible(state, ask, election, person)


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who is nominated."""
    return Deed({"election": ask.get("election"), "person": str(ask.get("person"))})


ACT: Final = Act("nominate", check, do, needs=("election", "person"))

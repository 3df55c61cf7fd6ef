"""Accept a nomination, with the groups one stands in and a statement; again, to change them."""

from collections.abc import Iterator
from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.nominating import election_open, on_election, require_eligible, rules_for
from newcourse.acts.texts import text_asked
from newcourse.council.articles import ElectionRules
from newcourse.council.elections import Election
from newcourse.council.state import State
from newcourse.errors import BadInput, Fault

LONGEST: Final = 10_000


def check(state: State, ask: Ask) -> None:
    """Refuse who was not nominated, who cannot be elected, and groups that nobody can stand in."""
    election = election_open(state, ask)
    require_nominated(state, ask, election)
    require_eligible(state, ask, election, ask.actor)
    if faults := [*_group_faults(state, ask, rules_for(state, ask, election)[1])]:
        raise BadInput(faults)
    if ask.get("statement") is not None:
        text_asked(ask, "statement", LONGEST)


def require_nominated(state: State, ask: Ask, election: Election) -> None:
    """Raise ``NotAllowed`` where the actor is no candidate."""
    if ask.actor not in election.candidates:
        found = f"{ask.actor}, whom nobody has nominated in {election.election}"
        article = on_election(state, election)
        raise refused(ask, article, "not-nominated", found, "somebody nominated", "have yourself nominated first")


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who stands, in which groups, and what they say."""
    groups = sorted(set(ask.get("groups", ())))
    return Deed({"election": ask.get("election"), "groups": groups, "statement": str(ask.get("statement", ""))})


def _group_faults(state: State, ask: Ask, rules: ElectionRules) -> Iterator[Fault]:
    groups = ask.get("groups", ())
    if not isinstance(groups, list | tuple) or not all(isinstance(group, str) for group in groups):
        yield Fault("groups-wrong", ask.where, repr(groups)[:60], "a list of names of groups", "correct the list")
        return
    for group in dict.fromkeys(groups):
        tendency = state.tendencies.get(group)
        if tendency is not None and ask.actor not in tendency.people:
            found = f"{ask.actor}, who does not belong to {tendency.name}"
            yield Fault("tendency-stranger", ask.where, found, "one's own tendencies", "join it first or leave it out")
        elif tendency is None and group not in rules.quotas:
            known = ", ".join([*rules.quotas, *state.tendencies]) or "no group: there are no quotas and no tendencies"
            yield Fault("group-unknown", ask.where, repr(group), known, "name groups that there are")


ACT: Final = Act("accept_nomination", check, do, needs=("election",), takes=("groups", "statement"))

"""Who may vote, and how a vote is counted by what was frozen when it was opened (design §4, §8.1)."""

from fractions import Fraction
from math import ceil
from typing import Any

from newcourse.council.articles import Decision
from newcourse.council.freeze import lot_seed
from newcourse.council.state import State
from newcourse.council.voting import Vote
from newcourse.errors import BadInput, Fault, Tampered
from newcourse.vote.forms import ballot_from_data
from newcourse.vote.outcome import Outcome, Step, Tally, Undecided
from newcourse.vote.profile import Profile
from newcourse.vote.rule import count, rule_named
from newcourse.vote.ties import LOT, TieRule


def entitled(state: State, decision: Decision) -> tuple[str, ...]:
    """Return who may vote on a kind of decision now, in alphabetical order."""
    council = state.law.councils[decision.council]
    if decision.electorate == "delegates":
        return tuple(sorted({seat.person for seat in state.seats.get(council.council, ())}))
    place = state.council_place(council)
    if place == state.tree.root:
        return tuple(sorted(state.members))
    return tuple(sorted(person for person, own in state.members.items() if state.tree.contains(place, own)))


def profile_of(vote: Vote) -> Profile[Any]:
    """Return all ballots of a vote as they are counted: without names."""
    form = rule_named(vote.frozen.rule).form
    return Profile.of(form, vote.frozen.candidates, [ballot_from_data(ballot) for ballot in vote.ballots.values()])


def require_unchanged(vote: Vote) -> None:
    """Raise ``Tampered`` where what decides the count is not what was sealed when the vote was opened."""
    if vote.frozen.hash != vote.sealed:
        raise Tampered(
            Fault(
                "vote-changed",
                f"vote {vote.vote}",
                f"rule, candidates, electorate and ties that hash to {vote.frozen.hash}",
                f"{vote.sealed}, as it was sealed when the vote was opened",
                "verify the record and find out who changed it",
            )
        )
    strangers = sorted(set(vote.ballots).difference(vote.frozen.electorate))
    if strangers:
        found = f"ballots of {', '.join(strangers)}"
        remedy = "verify the record and find out who added them"
        raise Tampered(Fault("ballot-stranger", f"vote {vote.vote}", found, "ballots of the electorate", remedy))


def count_vote(vote: Vote, secret: str = "") -> Outcome:
    """Count a vote by what was frozen when it was opened.

    Parameters
    ----------
    vote
        The vote with its ballots.
    secret
        The opener's secret line, for a lot. Where it was withheld, a count that needs the lot decides nothing, and a
        count that does not need it holds.

    Raises
    ------
    Tampered
        If what was frozen has changed.
    """
    require_unchanged(vote)
    options = dict(vote.frozen.options)
    if vote.frozen.ties == LOT and secret:
        options["ties"] = TieRule(LOT, lot_seed(secret, vote.ballots, vote.frozen.opener)).to_data()
    cast, electorate = len(vote.ballots), len(vote.frozen.electorate)
    needed = ceil(Fraction(vote.frozen.quorum) * electorate)
    if cast < needed:
        return _quorum_missed(vote, options, needed)
    outcome = count(vote.frozen.rule, options, profile_of(vote))
    return _lot_withheld(outcome) if vote.frozen.ties == LOT and not secret and outcome.ties else outcome


def require_fitting(vote: Vote, ballot: object) -> dict[str, object]:
    """Return a ballot as plain data once it is known that the vote's rule can count it.

    Raises
    ------
    BadInput
        With everything that is wrong with the ballot.
    """
    read = ballot_from_data(ballot)
    try:
        Profile.of(rule_named(vote.frozen.rule).form, vote.frozen.candidates, [read])
    except BadInput as error:
        where = f"ballot in vote {vote.vote}"
        raise BadInput(Fault(f.code, where, f.found, f.expected, f.remedy) for f in error.faults) from error
    return read.to_data()


def _lot_withheld(outcome: Outcome) -> Outcome:
    sentence = "The opener of the vote withheld the line that the lot needs, and there was a tie. Nothing is decided."
    tally = Tally(Undecided("lot-withheld", sentence), sentence, outcome.steps, outcome.ties)
    return Outcome(outcome.rule, outcome.options, outcome.candidates, outcome.ballots, tally)


def _quorum_missed(vote: Vote, options: dict[str, Any], needed: int) -> Outcome:
    cast, electorate = len(vote.ballots), len(vote.frozen.electorate)
    sentence = f"The quorum is missed: {cast} of {electorate} entitled voted, {needed} were needed. Nothing is decided."
    facts = {"voted": cast, "entitled": electorate, "needed": needed, "met": False}
    tally = Tally(Undecided("quorum-missed", sentence), sentence, (Step("quorum", sentence, facts),))
    return Outcome(vote.frozen.rule, options, vote.frozen.candidates, cast, tally)

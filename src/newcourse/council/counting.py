"""Who may vote, and how a vote is counted by what was frozen when it was opened (design §4, §8.1)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Any

from newcourse.council.articles import Council, Decision
from newcourse.council.freeze import lot_seed, lot_seed_unnamed
from newcourse.council.state import State
from newcourse.council.voting import Vote
from newcourse.errors import BadInput, Fault, Tampered
from newcourse.vote.forms import ballot_from_data
from newcourse.vote.outcome import Outcome, Step, Tally, Undecided
from newcourse.vote.profile import Profile
from newcourse.vote.rule import count, rule_named
from newcourse.vote.ties import LOT, TieRule

Row = Mapping[str, Any]
"""A published ballot: ``ballot`` as plain data, with ``voter``, or ``token``, ``signature`` and ``salt``, or alone."""

DELEGATES = "delegates "


def body_code(council: Council, place: str) -> str:
    """Return the code of the body that decides: one for each place where a council has a level."""
    return f"{council.council}:{place}" if council.level else council.council


def deciding_place(state: State, council: Council, place: str = "") -> str:
    """Return the place that decides: the one named where a council has a level, else the council's own."""
    return place if council.level else state.council_place(council)


def electors_of(state: State, decision: Decision, place: str = "") -> str:
    """Return whom the electorate of a kind of decision consists of, as :attr:`Frozen.electors` says it."""
    if decision.electorate != "delegates":
        return decision.electorate
    return f"{DELEGATES}{body_code(state.law.councils[decision.council], place)}"


def electorate_of(state: State, electors: str, place: str = "") -> tuple[str, ...]:
    """Return an electorate as it is now, in alphabetical order.

    Parameters
    ----------
    electors
        As :attr:`newcourse.council.freeze.Frozen.electors` says it.
    place
        Place that votes; empty for the federation as a whole.

    Raises
    ------
    ValueError
        If nobody could be meant.
    """
    if electors.startswith(DELEGATES):
        return tuple(sorted({seat.person for seat in state.seats.get(electors.removeprefix(DELEGATES), ())}))
    if electors not in ("members", "verified members"):
        raise ValueError(f"{electors!r} is no electorate")
    people = state.members if electors == "members" else state.verified
    where = place or state.tree.root
    if where == state.tree.root:
        return tuple(sorted(person for person in people if person in state.members))
    inside = state.tree.within(where)
    return tuple(sorted(person for person in people if state.members.get(person) in inside))


def named_electorate(state: State, electorate: Sequence[str], place: str) -> str:
    """Return whom an electorate consists of, or nothing where it is no electorate that this state has."""
    wanted = tuple(sorted(electorate))
    names = ["members", "verified members", *(f"{DELEGATES}{body}" for body in sorted(state.seats))]
    return next((name for name in names if electorate_of(state, name, place) == wanted), "")


def entitled(state: State, decision: Decision, place: str = "") -> tuple[str, ...]:
    """Return who may vote on a kind of decision now, in alphabetical order."""
    where = deciding_place(state, state.law.councils[decision.council], place)
    return electorate_of(state, electors_of(state, decision, place), where)


def open_rows(vote: Vote) -> list[dict[str, Any]]:
    """Return the ballots of an open vote as they are published, by voter."""
    return [{"voter": voter, "ballot": dict(ballot)} for voter, ballot in sorted(vote.ballots.items())]


def profile_of(vote: Vote, rows: Sequence[Row]) -> Profile[Any]:
    """Return published ballots as they are counted: without names."""
    form = rule_named(vote.frozen.rule).form
    return Profile.of(form, vote.frozen.candidates, [ballot_from_data(row["ballot"]) for row in rows])


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


def require_own_rows(vote: Vote, rows: Sequence[Row]) -> None:
    """Raise ``Tampered`` where published ballots are of strangers, or more than were cast."""
    voters = {str(row["voter"]) for row in rows if "voter" in row}
    strangers = sorted(voters.difference(vote.frozen.electorate))
    remedy = "verify the record and find out who added them"
    if strangers:
        found = f"ballots of {', '.join(strangers)}"
        raise Tampered(Fault("ballot-stranger", f"vote {vote.vote}", found, "ballots of the electorate", remedy))
    if len(rows) != vote.cast:
        found = f"{len(rows)} published ballots"
        raise Tampered(Fault("ballots-other", f"vote {vote.vote}", found, f"the {vote.cast} that were cast", remedy))


def count_vote(vote: Vote, rows: Sequence[Row]) -> Outcome:
    """Count a vote by what was frozen when it was opened.

    Parameters
    ----------
    vote
        The vote. Where its opener's line for the lot was withheld, a count that needs the lot decides nothing, and a
        count that does not need it holds.
    rows
        Its ballots as they were published.

    Raises
    ------
    Tampered
        If what was frozen has changed, or the ballots are not those that were cast.
    """
    require_unchanged(vote)
    require_own_rows(vote, rows)
    options = dict(vote.frozen.options)
    lot = vote.frozen.ties == LOT
    if lot and vote.secret:
        options["ties"] = TieRule(LOT, _seed(vote, rows)).to_data()
    needed = ceil(Fraction(vote.frozen.quorum) * len(vote.frozen.electorate))
    if len(rows) < needed:
        return _quorum_missed(vote, options, len(rows), needed)
    outcome = count(vote.frozen.rule, options, profile_of(vote, rows))
    return _lot_withheld(outcome) if lot and not vote.secret and outcome.ties else outcome


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


def _seed(vote: Vote, rows: Sequence[Row]) -> str:
    if vote.frozen.ballot == "open":
        return lot_seed(vote.secret, {row["voter"]: row["ballot"] for row in rows}, vote.frozen.opener)
    return lot_seed_unnamed(vote.secret, [row["ballot"] for row in rows])


def _lot_withheld(outcome: Outcome) -> Outcome:
    sentence = "The opener of the vote withheld the line that the lot needs, and there was a tie. Nothing is decided."
    tally = Tally(Undecided("lot-withheld", sentence), sentence, outcome.steps, outcome.ties)
    return Outcome(outcome.rule, outcome.options, outcome.candidates, outcome.ballots, tally)


def _quorum_missed(vote: Vote, options: dict[str, Any], cast: int, needed: int) -> Outcome:
    electorate = len(vote.frozen.electorate)
    sentence = f"The quorum is missed: {cast} of {electorate} entitled voted, {needed} were needed. Nothing is decided."
    facts = {"voted": cast, "entitled": electorate, "needed": needed, "met": False}
    tally = Tally(Undecided("quorum-missed", sentence), sentence, (Step("quorum", sentence, facts),))
    return Outcome(vote.frozen.rule, options, vote.frozen.candidates, cast, tally)

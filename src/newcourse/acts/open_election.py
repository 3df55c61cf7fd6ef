"""Open the vote of an election: candidates in alphabetical order, quotas of groups as numbers of seats."""

from typing import Any, Final

from newcourse.acts.act import Act, Deed, Tools, refused
from newcourse.acts.ask import Ask
from newcourse.acts.electing import ballot_of, election_asked, refused_all, voting_place
from newcourse.acts.nominating import on_election, rules_for
from newcourse.acts.opening import Question, open_question, prepare_question, require_open
from newcourse.council.bodies import constituency_electorate, electors
from newcourse.council.standing import quotas_of, standing
from newcourse.council.state import State
from newcourse.council.vacancies import elections_at


def check(state: State, ask: Ask) -> None:
    """Refuse before nominations are closed, twice, and where no committee is within the quotas."""
    election = election_asked(state, ask)
    article = on_election(state, election)
    if election.closed_at is None:
        found = f"nominations of {election.election}, which are open"
        raise refused(ask, article, "nominations-open", found, "nominations that are closed", "close them first")
    if election.vote:
        found = f"vote {election.vote}, which was opened already"
        raise refused(ask, article, "election-opened", found, "one vote for each election", "vote in it")
    if (last := elections_at(state, election.body, election.constituency)[-1]) != election:
        found = f"{election.election}, after which election {last.election} was called"
        raise refused(ask, article, "election-superseded", found, "the election called last", "go on with that one")
    candidates = standing(state, election, ask.at)
    if not candidates:
        found = f"nobody who stands and can be elected in {election.election}"
        raise refused(ask, article, "nobody-stands", found, "candidates", "open nominations again")
    if faults := quotas_of(state, election, candidates, ask.where).faults:
        raise refused_all(faults, article)
    require_open(state, ask, article, _question(state, ask))


def prepare(state: State, ask: Ask, tools: Tools) -> bytes:
    """Return the key of a secret vote."""
    return prepare_question(_question(state, ask), tools)


def basis(state: State, ask: Ask) -> object:
    """Return what the kind of ballot follows from."""
    return _question(state, ask).ballot


def do(state: State, ask: Ask, key: bytes) -> Deed:
    """Write what is fixed."""
    return open_question(state, ask, _question(state, ask), key)


def _question(state: State, ask: Ask) -> Question:
    election = election_asked(state, ask)
    body, rules = rules_for(state, ask, election)
    place = election.constituency
    candidates = standing(state, election, ask.at)
    limits = quotas_of(state, election, candidates, ask.where)
    options: dict[str, Any] = {**rules.options, "seats": limits.seats}
    if limits.groups is not None:
        options["groups"] = limits.groups.to_data()
    electorate = constituency_electorate(state, body, place)
    return Question(
        decision=rules.election,
        subject="election",
        question=f"Who are the delegates of {state.tree.name(place)} in {body.name(state)}?",
        candidates=tuple(candidates),
        rule=rules.rule,
        options=options,
        electorate=electorate,
        quorum=rules.quorum,
        ties=rules.ties,
        ballot=ballot_of(state, body, place, rules.ballot, len(electorate)),
        days=rules.days,
        place=voting_place(state, place),
        about=election.election,
        electors=electors(state, body, place),
    )


ACT: Final = Act("open_election", check, do, needs=("election",), takes=("commitment",), prepare=prepare, basis=basis)

"""Count a closed vote from its published ballots, by what was fixed when it was opened; every step is kept."""

from typing import Any, Final

from newcourse.acts.act import Act, Deed, Tools, refused
from newcourse.acts.artefacts import json_artefact
from newcourse.acts.ask import Ask
from newcourse.acts.cast import vote_asked
from newcourse.acts.close_vote import article_on_vote
from newcourse.council.counting import count_vote, profile_of
from newcourse.council.state import State
from newcourse.council.voting import Vote
from newcourse.vote.outcome import Outcome

Prepared = tuple[Outcome, dict[str, Any]]


def check(state: State, ask: Ask) -> None:
    """Refuse to count a vote that is open, or counted already."""
    vote = vote_asked(state, ask)
    article = article_on_vote(state, vote)
    if vote.open:
        raise refused(ask, article, "vote-open", f"vote {vote.vote} is open", "a closed vote", "have it closed first")
    if vote.result is not None:
        found = f"vote {vote.vote} is counted: {vote.result.sentence}"
        raise refused(ask, article, "counted-already", found, "one count", "count it again yourself from its trace")


def prepare(state: State, ask: Ask, tools: Tools) -> Prepared:
    """Return the outcome, and all that anybody needs to count again."""
    vote = vote_asked(state, ask)
    rows = tools.archive.data(vote.published)["ballots"]
    outcome = count_vote(vote, rows)
    return outcome, _published(vote, outcome, profile_of(vote, rows).to_data())


def do(state: State, ask: Ask, prepared: Prepared) -> Deed:
    """Write the outcome: its sentence and result in the entry, every step of the count beside it."""
    outcome, published = prepared
    kept = json_artefact("outcome", published)
    body = {
        "vote": vote_asked(state, ask).vote,
        "decided": outcome.decided,
        "result": outcome.result.to_data(),
        "sentence": outcome.sentence,
        "ballots": outcome.ballots,
        "outcome": kept.address,
    }
    return Deed(body, (kept,))


def _published(vote: Vote, outcome: Outcome, profile: object) -> dict[str, Any]:
    return {
        "vote": vote.vote,
        "question": vote.frozen.question,
        "frozen": vote.frozen.to_data(),
        "secret": vote.secret,
        "published": vote.published,
        "profile": profile,
        "outcome": outcome.to_data(),
    }


ACT: Final = Act("count_vote", check, do, needs=("vote",), prepare=prepare)

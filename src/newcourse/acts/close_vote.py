"""Close a vote and publish every ballot; with the ballots the opener's line for the lot, where there is one."""

from datetime import timedelta
from typing import Any, Final

from newcourse.acts.act import Act, Deed, Tools, refused
from newcourse.acts.artefacts import json_artefact
from newcourse.acts.ask import Ask
from newcourse.acts.cast import vote_asked
from newcourse.council.articles import Article
from newcourse.council.counting import open_rows
from newcourse.council.freeze import commitment_to
from newcourse.council.secrecy import commitment_of
from newcourse.council.state import State
from newcourse.council.voting import Vote
from newcourse.errors import Fault, Tampered
from newcourse.record.artefact import Artefact
from newcourse.record.canonical import canonical_json, read_json
from newcourse.record.entry import time_text
from newcourse.vote.ties import LOT

LINE_DAYS: Final = 7
"""Days after the end of a vote for which only the opener can close it without the line that a tie may need."""


def check(state: State, ask: Ask) -> None:
    """Refuse to close a vote twice, before its time while ballots are outstanding, or with another lot's line."""
    vote = vote_asked(state, ask)
    article = article_on_vote(state, vote)
    if not vote.open:
        raise refused(ask, article, "closed-already", f"vote {vote.vote} is closed", "one close", "read its outcome")
    over = ask.at >= vote.closes_at
    if vote.frozen.ballot == "paper":
        _require_confirmed(ask, article, vote)
    elif not over and not vote.everybody_voted:
        outstanding = len(vote.frozen.electorate) - vote.cast
        found = f"the time {time_text(ask.at)}, and {outstanding} ballots outstanding"
        expected = f"a vote open until {time_text(vote.closes_at)} or until everybody has voted"
        raise refused(ask, article, "vote-running", found, expected, "wait until then")
    if vote.frozen.ties == LOT:
        _require_line(ask, article, vote)


def prepare(state: State, ask: Ask, tools: Tools) -> Artefact:
    """Return the ballots as they are published."""
    vote = vote_asked(state, ask)
    return json_artefact("ballots", {"vote": vote.vote, "ballots": published_rows(vote, tools)})


def basis(state: State, ask: Ask) -> object:
    """Return what the published ballots follow from."""
    vote = vote_asked(state, ask)
    return vote.cast, vote.paper


def do(state: State, ask: Ask, published: Artefact) -> Deed:
    """Write that the vote is closed, and where its ballots are; the key of its tokens is erased for ever."""
    vote = vote_asked(state, ask)
    secret = str(ask.get("secret", "")) if vote.frozen.ties == LOT else ""
    body = {"vote": vote.vote, "ballots": published.address, "number": vote.cast, "secret": secret}
    erases = (f"vote:{vote.vote}",) if vote.frozen.ballot == "secret" else ()
    return Deed(body, (published,), erases=erases)


def article_on_vote(state: State, vote: Vote) -> Article:
    """Return the article on the kind of decision; on closing votes, where the vote is no decision of that list."""
    if vote.frozen.decision in state.law.decisions:
        return state.law.article_on_decision(vote.frozen.decision)
    return state.law.article_on_act("close_vote")


def published_rows(vote: Vote, tools: Tools) -> list[dict[str, Any]]:
    """Return every ballot of a vote in an order that tells nothing: by voter, by token, or by what it says."""
    if vote.frozen.ballot == "open":
        return open_rows(vote)
    if vote.frozen.ballot == "paper":
        papers = vote.paper.ballots if vote.paper else ()
        return sorted(({"ballot": dict(ballot)} for ballot in papers), key=canonical_json)
    kept = tools.deposited(vote.vote)
    rows = {token: read_json(content.decode()) for token, content in sorted(kept.items())}
    _require_same(vote, rows)
    return list(rows.values())


def _require_same(vote: Vote, rows: dict[str, dict[str, Any]]) -> None:
    """Raise where the box does not hold exactly what its voters are on record as committed to."""
    remedy = "restore the box from a copy; nothing is published until it agrees with the record"
    faults = [
        Fault("box-changed", f"vote {vote.vote}, token {token}", "no ballot, or another one", "its commitment", remedy)
        for token, spent in vote.spent.items()
        if token not in rows or commitment_of(rows[token]["ballot"], rows[token]["salt"]) != spent.commitment
    ]
    faults += [
        Fault("box-stranger", f"vote {vote.vote}, token {token}", "a ballot", "only ballots on record", remedy)
        for token in rows
        if token not in vote.spent
    ]
    if faults:
        raise Tampered(faults)


def _require_line(ask: Ask, article: Article, vote: Vote) -> None:
    """Refuse another line than the opener is bound by; and, so that nobody else can spoil a tie, too early without."""
    secret = str(ask.get("secret", ""))
    if (secret or ask.at < vote.closes_at) and commitment_to(secret) != vote.frozen.commitment:
        expected = f"the line whose SHA-256 {vote.frozen.opener} published when the vote was opened"
        raise refused(ask, article, "secret-wrong", "another line", expected, "give that line")
    until = vote.closes_at + timedelta(days=LINE_DAYS)
    if not secret and ask.actor != vote.frozen.opener and ask.at < until:
        found = f"no line, from {ask.actor}, who did not open the vote"
        expected = f"the opener's line, which ties may need; without it the opener, or anybody from {time_text(until)}"
        raise refused(ask, article, "line-awaited", found, expected, f"ask {vote.frozen.opener} for the line")


def _require_confirmed(ask: Ask, article: Article, vote: Vote) -> None:
    if vote.paper is None or not vote.paper.confirmed_by:
        found = "paper ballots that nobody has entered" if vote.paper is None else "paper ballots that one teller read"
        expected = "ballots entered by one teller and confirmed by another"
        raise refused(ask, article, "paper-unconfirmed", found, expected, "enter them, and have another confirm them")


ACT: Final = Act("close_vote", check, do, needs=("vote",), takes=("secret",), prepare=prepare, basis=basis)

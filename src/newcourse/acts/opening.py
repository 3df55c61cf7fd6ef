"""Opening a vote of whatever kind: one helper for all acts that do it (design §4, §8.1, §8.3).

An act makes a :class:`Question`, in its ``prepare`` a key for the tokens (:func:`prepare_question`), and in its ``do``
the entry (:func:`open_question`). What is fixed here nobody can change afterwards.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import Any, Final

from newcourse.acts.act import Deed, Tools
from newcourse.acts.artefacts import json_artefact
from newcourse.acts.ask import Ask
from newcourse.council.articles import Article
from newcourse.council.counting import named_electorate
from newcourse.council.freeze import Frozen, is_commitment
from newcourse.council.state import State
from newcourse.council.words import BALLOTS, SUBJECTS
from newcourse.errors import BadInput, Fault, NotAllowed
from newcourse.record.entry import time_text
from newcourse.tokens.keys import new_key, public_key
from newcourse.vote.plain import fraction
from newcourse.vote.profile import Profile
from newcourse.vote.rule import frozen_rule, rule_named
from newcourse.vote.ties import CANDIDATE_ORDER, LOT

LONGEST_VOTE: Final = 366
"""Most days that a vote can be open."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is put to a vote.

    Parameters
    ----------
    decision, subject
        Kind of decision or rules in the statutes, and what it is about.
    question
        What is asked, in words.
    candidates
        Candidates, parts or the one motion.
    rule, options
        Rule of counting, and what the statutes fix about it.
    electorate
        Who may vote.
    quorum
        Share of the electorate that must vote, an exact fraction in text.
    ties
        Tie rule.
    ballot
        ``open``, ``secret`` or ``paper``.
    days
        How long it is open.
    place
        Place that votes; empty for the federation as a whole.
    about
        Code of what it decides on; empty otherwise.
    electors
        Whom the electorate consists of (see :class:`newcourse.council.freeze.Frozen`); found where it is left empty.

    Raises
    ------
    BadInput
        With everything that could not be voted on.
    """

    decision: str
    subject: str
    question: str
    candidates: tuple[str, ...]
    rule: str
    options: Mapping[str, Any] = field(hash=False)
    electorate: tuple[str, ...]
    quorum: str
    ties: str
    ballot: str
    days: int
    place: str = ""
    about: str = ""
    electors: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "electorate", tuple(sorted(set(self.electorate))))
        if faults := [*self._faults()]:
            raise BadInput(faults)
        frozen_rule(self.rule, self.options)
        Profile.of(rule_named(self.rule).form, self.candidates, [])

    def _faults(self) -> Iterator[Fault]:
        where, quorum = f"vote on {self.decision}", fraction(self.quorum)
        rows = (
            (self.subject in SUBJECTS, "subject", self.subject, f"one of {', '.join(SUBJECTS)}"),
            (self.ballot in BALLOTS, "ballot", self.ballot, f"one of {', '.join(BALLOTS)}"),
            (self.ties in (LOT, CANDIDATE_ORDER), "ties", self.ties, f"{LOT} or {CANDIDATE_ORDER}"),
            (quorum is not None and quorum <= Fraction(1), "quorum", self.quorum, "a share from 0 to 1"),
            (0 <= self.days <= LONGEST_VOTE, "days", str(self.days), f"0 to {LONGEST_VOTE} days"),
            (bool(self.question.strip()), "question", repr(self.question), "what is asked, in words"),
        )
        for right, name, found, expected in rows:
            if not right:
                yield Fault(f"question-{name}", where, found, expected, "correct the statutes or the request")


def question_faults(state: State, ask: Ask, question: Question) -> Iterator[Fault]:
    """Yield what keeps a question from being put to a vote in this state: for the ``check`` of acts that open votes."""
    if not question.electorate:
        yield Fault("electorate-empty", ask.where, "nobody who may vote", "an electorate", "seat or admit them")
    least = state.law.secrecy.least_secret
    if held(state, question) == "secret" and len(question.electorate) < least:
        yield Fault(
            "electorate-small",
            ask.where,
            f"a secret vote with {len(question.electorate)} entitled",
            f"at least {least} entitled: among fewer, the result would tell how each of them voted",
            "hold the vote at the place above, so that its ballots are pooled, or vote on paper",
        )
    if question.ballot == "secret" and question.electors.startswith("delegates"):
        expected = "delegates who vote openly, by name"
        yield Fault("ballot-wrong", ask.where, "a secret vote of delegates", expected, "hold it openly")
    if question.ties == LOT and not is_commitment(ask.get("commitment")):
        expected = "the SHA-256 of a secret line, 64 hexadecimal digits, to which the opener is committed"
        found = repr(ask.get("commitment"))
        yield Fault("commitment-missing", ask.where, found, expected, "choose a line")


def held(state: State, question: Question) -> str:
    """Return how ballots are cast: as asked, or on paper where statutes say so of too few."""
    return state.law.ballot_held(question.ballot, len(question.electorate))


def require_open(state: State, ask: Ask, article: Article, question: Question) -> None:
    """Raise ``NotAllowed`` with everything that keeps a question from being put to a vote, and the article."""
    faults = [*question_faults(state, ask, question)]
    if faults:
        raise NotAllowed(Fault(f.code, f.where, f.found, f"{article}: {f.expected}", f.remedy) for f in faults)


def prepare_question(question: Question, _tools: Tools) -> bytes:
    """Return the private key that signs the tokens where the vote is held secretly; nothing for other votes."""
    return new_key() if question.ballot == "secret" else b""


def open_question(state: State, ask: Ask, question: Question, key: bytes) -> Deed:
    """Return what opening a vote writes: all that decides its count, sealed; the roll; the key for the vault.

    Parameters
    ----------
    state, ask
        As an act's ``do`` has them; who asks is the opener.
    question
        What is put to the vote, made anew from this very state.
    key
        From :func:`prepare_question`.
    """
    electors = question.electors or named_electorate(state, question.electorate, question.place)
    if not electors:
        expected = "all members, all verified members or all delegates of a body at the place that votes"
        raise BadInput(
            Fault("electorate-unknown", ask.where, "an electorate that follows from nothing", expected, "name one")
        )
    rule, ballot = frozen_rule(question.rule, question.options), held(state, question)
    frozen = Frozen(
        vote=f"V{len(state.votes) + 1}",
        decision=question.decision,
        subject=question.subject,
        question=question.question,
        candidates=question.candidates,
        rule=question.rule,
        options=_options(rule["options"]),
        electorate=question.electorate,
        quorum=question.quorum,
        ties=question.ties,
        commitment=str(ask.get("commitment")) if question.ties == LOT else "",
        opener=ask.actor,
        closes=time_text(ask.at + timedelta(days=question.days)),
        ballot=ballot,
        token_key=b64encode(public_key(key)).decode() if ballot == "secret" else "",
        place=question.place,
        about=question.about,
        electors=electors,
    )
    roll = json_artefact("roll", {"vote": frozen.vote, "roll": list(frozen.electorate)})
    body = {
        "frozen": frozen.to_data(),
        "sealed": frozen.hash,
        "cycle": state.cycle.number if state.cycle else 0,
        "roll": roll.address,
    }
    return Deed(body, (roll,), {f"vote:{frozen.vote}": key} if ballot == "secret" else {})


def _options(options: Any) -> dict[str, Any]:
    """Return the rule's options without the tie rule, which the vote itself says."""
    return {name: value for name, value in options.items() if name != "ties"}

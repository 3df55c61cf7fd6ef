"""A ballot as fields of a form, and back: so that a vote can be cast without a script.

Fields are named ``ballot:FORM:CANDIDATE``: ranks and points are numbers beside each candidate, approvals are boxes to
tick; ``ballot:form`` says which form of ballot it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from newcourse.council.state import State
from newcourse.errors import BadInput, Fault
from newcourse.vote.ballot import CHOICES
from newcourse.vote.rule import rule_named

WHOLE: Final = 100
PREFIX: Final = "ballot:"
CHOICE_WORDS: Final = {"yes": "Yes", "no": "No", "abstain": "Abstain"}


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate of a ballot, or one choice: name of its field, words, and what was typed or chosen."""

    field: str
    words: str
    value: str


@dataclass(frozen=True, slots=True)
class BallotFields:
    """A ballot to fill in: its form (``ranked``, ``approval``, ``points``, ``allocation``, ``choice``) and lines."""

    form: str
    question: str
    lines: tuple[Line, ...]


def ballot_fields(
    state: State, vote: str, typed: Mapping[str, str], names: Mapping[str, str] | None = None
) -> BallotFields | None:
    """Return the ballot of a vote as fields; nothing where there is no such vote.

    Parameters
    ----------
    state
        The federation.
    vote
        Code of the vote.
    typed
        What was typed before.
    names
        What candidates are called, where that is not how they stand on the ballot.
    """
    found = state.votes.get(vote)
    if found is None:
        return None
    form = rule_named(found.frozen.rule).form
    if form == "choice":
        name = f"{PREFIX}choice:"
        lines = [Line(choice, CHOICE_WORDS[choice], "on" if choice == typed.get(name) else "") for choice in CHOICES]
    else:
        named = [(f"{PREFIX}{form}:{candidate}", candidate) for candidate in found.frozen.candidates]
        called = names or {}
        lines = [Line(name, called.get(code, code), typed.get(name, "")) for name, code in named]
    return BallotFields(form, found.frozen.question, tuple(lines))


def ballot_typed(typed: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the ballot that the fields of a form make; nothing where there is none among them.

    Raises
    ------
    BadInput
        If a rank or a number of points is none.

    Examples
    --------
    >>> ballot_typed({"ballot:form": "ranked", "ballot:ranked:bread": "2", "ballot:ranked:buses": "1"})
    {'form': 'ranked', 'ranks': [['buses'], ['bread']]}
    >>> ballot_typed({"ballot:form": "approval"})
    {'form': 'approval', 'approved': []}
    """
    form = typed.get(f"{PREFIX}form")
    if form is None:
        return None
    start = f"{PREFIX}{form}:"
    given = {name.removeprefix(start): text.strip() for name, text in typed.items() if name.startswith(start)}
    return _MAKERS.get(form, _unknown)({name: text for name, text in given.items() if text})


def _choice(given: Mapping[str, str]) -> dict[str, Any]:
    return {"form": "choice", "choice": given.get("", "abstain")}


def _ranked(given: Mapping[str, str]) -> dict[str, Any]:
    ranks = _numbers(given)
    order = sorted(set(ranks.values()))
    return {"form": "ranked", "ranks": [[name for name in ranks if ranks[name] == rank] for rank in order]}


def _approval(given: Mapping[str, str]) -> dict[str, Any]:
    return {"form": "approval", "approved": list(given)}


def _points(given: Mapping[str, str]) -> dict[str, Any]:
    return {"form": "points", "points": _numbers(given)}


def _allocation(given: Mapping[str, str]) -> dict[str, Any]:
    shares = _numbers(given)
    return {"form": "allocation", "whole": WHOLE, "points": {name: n for name, n in shares.items() if n}}


def _numbers(given: Mapping[str, str]) -> dict[str, int]:
    wrong = {name: text for name, text in given.items() if not (text.isascii() and text.isdigit() and len(text) < 7)}
    if wrong:
        raise BadInput(
            Fault("number-wrong", "ballot", f"{text!r:.40} beside {name}", "a whole number", "correct the number")
            for name, text in wrong.items()
        )
    return {name: int(text) for name, text in given.items()}


def _unknown(_given: Mapping[str, str]) -> dict[str, Any]:
    raise BadInput(Fault("ballot-wrong", "ballot", "fields of no ballot", "the fields of this page", "load it anew"))


_MAKERS: Final = {
    "choice": _choice,
    "ranked": _ranked,
    "approval": _approval,
    "points": _points,
    "allocation": _allocation,
}

"""Reads ballots as plain data, and refuses what is none: a name that was no candidate, a name twice, points amiss."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from newcourse.verifier.rules.question import CannotCount, Question, exact, whole


def ranks(question: Question) -> list[list[list[str]]]:
    """Return the ranks of each ranked ballot, best first, each a list of names."""
    return [_ranks(part(ballot, "ranked", "ranks"), question.candidates) for ballot in question.ballots]


def strict_orders(question: Question) -> list[list[int]]:
    """Return each ballot's preferences by position, up to the first rank that several candidates share."""
    position = {name: c for c, name in enumerate(question.candidates)}
    orders = []
    for ballot in ranks(question):
        order = []
        for rank in ballot:
            if len(rank) > 1:
                break
            order.append(position[rank[0]])
        orders.append(order)
    return orders


def approvals(question: Question) -> list[list[int]]:
    """Return the positions of those whom each approval ballot approves of."""
    position = {name: c for c, name in enumerate(question.candidates)}
    return [
        sorted(position[name] for name in _names(part(ballot, "approval", "approved"), question.candidates))
        for ballot in question.ballots
    ]


def points(question: Question) -> list[dict[int, int]]:
    """Return by position what each ballot gives: points, or one to each whom it approves of."""
    position = {name: c for c, name in enumerate(question.candidates)}
    if all(ballot.get("form") == "approval" for ballot in question.ballots):
        return [dict.fromkeys(ballot, 1) for ballot in approvals(question)]
    found = []
    for ballot in question.ballots:
        given = part(ballot, "points", "points")
        if not isinstance(given, Mapping):
            raise CannotCount("points that are no mapping")
        _names(list(given), question.candidates)
        row = {position[name]: whole(value, "points") for name, value in given.items()}
        found.append({c: value for c, value in row.items() if value})
    return found


def shares(question: Question) -> list[dict[str, Fraction]]:
    """Return the share that each allocation ballot gives each part."""
    found = []
    for ballot in question.ballots:
        given, total = part(ballot, "allocation", "points"), whole(ballot.get("whole"), "whole", 1)
        if not isinstance(given, Mapping):
            raise CannotCount("points that are no mapping")
        _names(list(given), question.candidates)
        row = {name: exact(value, f"points of {name}") for name, value in given.items()}
        if sum(row.values()) != total:
            raise CannotCount("points that do not add up to the whole")
        found.append({name: row.get(name, Fraction(0)) / total for name in question.candidates})
    return found


def choices(question: Question) -> list[str]:
    """Return yes, no or abstain of each choice ballot."""
    found = [part(ballot, "choice", "choice") for ballot in question.ballots]
    for choice in found:
        if choice not in ("yes", "no", "abstain"):
            raise CannotCount(f"the choice {choice!r}")
    return found


def part(ballot: Mapping[str, Any], form: str, name: str) -> Any:
    """Return a part of a ballot of a form."""
    if ballot.get("form") != form or name not in ballot:
        raise CannotCount(f"a ballot of form {ballot.get('form')!r} where {form} was asked")
    return ballot[name]


def _ranks(data: object, candidates: Sequence[str]) -> list[list[str]]:
    if not isinstance(data, list) or not all(isinstance(rank, list) and rank for rank in data):
        raise CannotCount("ranks that are no lists of names")
    _names([name for rank in data for name in rank], candidates)
    return data


def _names(data: object, candidates: Sequence[str]) -> list[str]:
    if not isinstance(data, list) or not all(isinstance(name, str) for name in data):
        raise CannotCount("names that are no texts")
    strangers = set(data).difference(candidates)
    if strangers or len(set(data)) != len(data):
        raise CannotCount("a name that is no candidate's, or one name twice")
    return data

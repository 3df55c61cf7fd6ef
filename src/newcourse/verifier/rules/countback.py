"""Countback: a vacated seat refilled from the papers that filled it.

Sources: Electoral Act 2004 (Tasmania), section 231 and schedule 6; Local Government Act 1993 (Tasmania), schedule 8;
what a paper is worth, and the order of ties, as laid down in this project's page on the rule.
"""

from collections.abc import Callable, Sequence
from typing import Any

from newcourse.verifier.rules.meek_stv import meek_count, nine
from newcourse.verifier.rules.question import Answer, CannotCount, Question, undecided
from newcourse.verifier.rules.scottish_stv import five, scottish_count

Papers = list[tuple[tuple[int, ...], int, int]]


def countback(question: Question, rule: str, vacated: str, stand: Sequence[str]) -> Answer:
    """Return who takes a vacated seat.

    Parameters
    ----------
    question
        Candidates, ballots, options and tie rule of the election.
    rule
        By which it was counted.
    vacated
        Who was first elected to the seat.
    stand
        Candidates who can take it, in candidate order.
    """
    if set(stand).difference(question.candidates) or vacated in stand or len(set(stand)) != len(stand):
        raise CannotCount("somebody stands who was no candidate, or stands twice")
    papers, written = _papers(question, rule, vacated)
    left = [c for c, name in enumerate(question.candidates) if name in stand]
    if not left:
        return undecided("nobody-eligible", f"Nobody who is eligible can take the seat of {vacated}.")
    if len(left) == 1:
        sentence = f"{question.candidates[left[0]]} takes the seat of {vacated}, as the only candidate."
        return Answer({"elected": [question.candidates[left[0]]], "vacated": vacated, "stages": []}, sentence)
    return _run(question, papers, left, vacated, written)


def _papers(question: Question, rule: str, vacated: str) -> tuple[Papers, Callable[[int], str]]:
    if rule == "meek-stv":
        meek = meek_count(question)
        if meek and vacated in (question.candidates[c] for c in meek.elected):
            return meek.kept(question.candidates.index(vacated)), nine
    elif rule in ("scottish-stv", "instant-runoff"):
        one = rule == "instant-runoff"
        seats, groups = (1, None) if one else (question.whole("seats", 1, 1), question.options.get("groups"))
        scottish = scottish_count(question, seats, groups, batch=not one and question.yes("batch"))
        if scottish and vacated in (question.candidates[c] for c in scottish.elected):
            return scottish.held[question.candidates.index(vacated)], five
    raise CannotCount(f"{vacated} was not elected by a single transferable vote")


def _run(question: Question, papers: Papers, left: list[int], vacated: str, written: Callable[[int], str]) -> Answer:
    everybody, names = list(left), question.candidates
    history: list[dict[int, int]] = []
    stages: list[dict[str, Any]] = []
    out: list[int] = []
    while True:
        votes, silent = dict.fromkeys(left, 0), 0
        for order, number, value in papers:
            to = next((c for c in order if c in votes), None)
            if to is None:
                silent += number * value
            else:
                votes[to] += number * value
        history.append(votes)
        told = {names[c]: written(votes.get(c, 0)) for c in everybody}
        stages.append(_stage(len(stages) + 1, told, written(silent), [names[c] for c in out], written(0)))
        total = sum(votes.values())
        if not total:
            return undecided("papers-silent", f"No paper that elected {vacated} names anybody who is eligible.")
        first = max(left, key=lambda c: votes[c])
        if 2 * votes[first] > total:
            sentence = (
                f"{names[first]} takes the seat of {vacated}, with {written(votes[first])} of {written(total)} votes."
            )
            return Answer({"elected": [names[first]], "vacated": vacated, "stages": stages}, sentence)
        out = [_lowest(question, left, history)]
        left = [c for c in left if c not in out]


def _lowest(question: Question, left: list[int], history: list[dict[int, int]]) -> int:
    """Return who is excluded: of equals who had fewer votes at the latest stage that differed, then the rule's last."""
    least = min(history[-1][c] for c in left)
    equal = [c for c in left if history[-1][c] == least]
    if len(equal) == 1:
        return equal[0]
    place = {name: k for k, name in enumerate(question.ties.settle([question.candidates[c] for c in equal]))}
    return max(equal, key=lambda c: ([-votes[c] for votes in reversed(history)], place[question.candidates[c]]))


def _stage(number: int, votes: dict[str, str], silent: str, out: list[str], nothing: str) -> dict[str, Any]:
    return {
        "stage": number,
        "what": "exclusion" if out else "first-preferences",
        "votes": votes,
        "non_transferable": silent,
        "transfers": {},
        "elected": [],
        "excluded": out,
        "surplus": None,
        "lost": nothing,
        "parcels": [],
        "filled": [],
        "kept": [],
    }

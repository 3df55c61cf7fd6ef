"""The method of equal shares. Sources: Peters and Skowron, EC 2020; Lackner and Skowron (2023), rule 11."""

from collections.abc import Iterable
from fractions import Fraction

from newcourse.verifier.rules.committees import Box, box_of, fill_by_approvals, fill_by_loads
from newcourse.verifier.rules.question import Answer, Question, committee_words


def equal_shares(question: Question) -> Answer:
    """Return the committee, in the order of election."""
    completion = question.word("completion", "sequential-phragmen", "approval", "none")
    box = box_of(question)
    if isinstance(box, Answer):
        return box
    money = dict.fromkeys(box.voters, Fraction(box.seats, box.voters.total()))
    _buy(box, money)
    bought = len(box.elected)
    if box.free and completion == "approval":
        fill_by_approvals(box)
    elif box.free and completion == "sequential-phragmen":
        fill_by_loads(box, {ballot: -left for ballot, left in money.items()})
    rest = len(box.elected) - bought
    how = f"{rest} by {completion}" if rest else "none by a completion"
    return Answer({"elected": box.names}, f"{committee_words(box.names, box.seats)}: {bought} by equal shares, {how}.")


def payment(cost: Fraction, purses: Iterable[tuple[Fraction, int]]) -> Fraction | None:
    """Return the most that one supporter pays where all pay alike or all they have; nothing where it is too little.

    Parameters
    ----------
    cost
        What is bought.
    purses
        What supporters have, and how many have it.
    """
    rich = sorted(purses, reverse=True)
    have = sum((money * voters for money, voters in rich), Fraction(0))
    if have < cost or not rich:
        return None
    poor, payers = have, 0
    for k, (money, voters) in enumerate(rich):  # those up to k pay alike, the rest all they have
        poor, payers = poor - money * voters, payers + voters
        alike = (cost - poor) / payers
        below = rich[k + 1][0] if k + 1 < len(rich) else Fraction(0)
        if alike >= below:
            return alike
    return None


def _buy(box: Box, money: dict[tuple[int, ...], Fraction]) -> None:
    """Elect those whose supporters can pay one together, the least payment first."""
    while box.free:
        asked = {}
        for c in box.left():
            pays = payment(Fraction(1), [(money[ballot], box.voters[ballot]) for ballot in box.support[c]])
            if pays is not None:
                asked[c] = pays
        if not asked:
            return
        least = min(asked.values())
        chosen = box.elect_one([c for c, pays in asked.items() if pays == least])
        for ballot in box.support[chosen]:
            money[ballot] = max(money[ballot] - least, Fraction(0))

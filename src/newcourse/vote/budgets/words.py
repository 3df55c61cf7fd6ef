"""What a choice of projects says in one sentence, and how each purchase of a run is told."""

from collections.abc import Sequence
from fractions import Fraction

from newcourse.vote.budgets.instance import Instance, decimals, many, money
from newcourse.vote.budgets.purse import Purse
from newcourse.vote.budgets.shares import Run
from newcourse.vote.outcome import Selection, Step, Tally, Undecided


def selection(instance: Instance, chosen: Sequence[int]) -> tuple[Selection, str]:
    """Return the result and its sentence."""
    names, cost = instance.named(chosen), instance.cost(chosen)
    spent = f"{money(cost)} of {money(instance.budget)}"
    if not names:
        sentence = f"No project is chosen; nothing of {money(instance.budget)} is spent."
    elif len(names) == 1:
        sentence = f"Chosen is {names[0]}; it costs {spent}."
    else:
        sentence = f"Chosen are {', '.join(names[:-1])} and {names[-1]}; they cost {spent}."
    return Selection(names, cost, instance.budget), sentence


def nobody_voted() -> Tally:
    """Return the tally of an empty box."""
    reason = "No ballot was cast, so no project can be chosen."
    return Tally(Undecided("no-ballots", reason), reason, ())


def purchases(instance: Instance, run: Run) -> list[Step]:
    """Return each purchase of a run: what its supporters paid at most, and what all voters have left.

    Payments are told with six decimals, cut off; the count itself uses the exact fractions.
    """
    purse, steps = Purse(instance, run.each), []
    left = run.each * instance.ballots
    for c in run.bought:
        paid = purse.payment(c) or Fraction(0)
        purse.buy(c)
        left -= instance.costs[c]
        name, votes, cost, empty = instance.names[c], instance.voters[c], instance.costs[c], purse.voters_without()
        payers = f"its {many(votes, 'supporter')} with at most {decimals(paid, 2)} each"
        sentence = (
            f"{name} costs {money(cost)} and is paid for by {payers}, "
            f"as {decimals(cost / paid, 2)} would in equal parts; "
            f"all voters together have {money(left)} left, {empty} of them nothing."
        )
        facts = {
            "project": name,
            "cost": cost,
            "votes": votes,
            "payment": decimals(paid, 6),
            "effective": decimals(cost / paid, 6),
            "left": decimals(left, 2),
            "empty": empty,
        }
        steps.append(Step("bought", sentence, facts))
    return steps

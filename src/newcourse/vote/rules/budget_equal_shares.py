"""The method of equal shares: every voter has the same part of the money, and supporters pay for projects together.

Source: D. Peters, G. Pierczyński, P. Skowron, "Proportional participatory budgeting with additive utilities", Advances
in Neural Information Processing Systems 34 (2021) 12726-12737. Completion, comparison and ties as on equalshares.net
and as used in Wieliczka and Świecie (2023).

Kept without completion: extended justified representation up to one project; a group that agrees on projects and whose
part of the money pays for them is not left with less. Not kept: spending all the money, which is what completion is
for; growth with the budget, so raising everybody's money may lose a project. Raised start money and completion spend
beyond that guarantee only money that nobody was able to use.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from newcourse.errors import BadInput, Fault
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.approval_ballot import ApprovalBallot
from newcourse.vote.budgets.completion import ANY, FULL, OVERSPENT, PROJECTS, Raised, preferences, raise_start
from newcourse.vote.budgets.greedy import take
from newcourse.vote.budgets.instance import Instance, decimals, many, money
from newcourse.vote.budgets.options import BUDGET, COSTS, LEAST, SHARE, TIES
from newcourse.vote.budgets.shares import CARDINALITY, COST, Shares
from newcourse.vote.budgets.words import nobody_voted, purchases, selection
from newcourse.vote.definition import Option, Rule, one_of
from newcourse.vote.outcome import Step, Tally
from newcourse.vote.plain import fraction
from newcourse.vote.profile import Profile
from newcourse.vote.ties import Tie, TieRule

NONE: Final = "none"
ADD1: Final = "add1"
ADD1_UTILITARIAN: Final = "add1-utilitarian"
UTILITARIAN: Final = "utilitarian"
EXACT: Final = "exact"
WHOLE: Final = "whole"


def budget_equal_shares(
    votes: Profile[Any] | ApprovalVotes,
    budget: Fraction,
    costs: Mapping[str, Fraction],
    utility: str = COST,
    completion: str = ADD1_UTILITARIAN,
    increment: Fraction = Fraction(1),
    start: str = EXACT,
    until: str = FULL,
    comparison: str = NONE,
    least: int = 0,
    share: Fraction = Fraction(0),
    ties: TieRule | None = None,
) -> Tally:
    """Return the projects that get money by the method of equal shares.

    Parameters
    ----------
    votes
        Approvals; a blank ballot has its share of the money too.
    budget
        How much may be spent.
    costs
        What each project costs. Projects that cost more than the whole budget are out.
    utility
        What a supporter has from a project: its ``cost``, or the same from each (``cardinality``).
    completion
        What is done with money left over: ``none``; ``add1``, everybody's start money is raised as long as that does
        not overspend the budget; ``utilitarian``, projects by votes; or one after the other, ``add1-utilitarian``.
    increment
        How much a raise gives to each voter.
    start
        Everybody's start money: the ``exact`` part of the budget, or its ``whole`` part.
    until
        Raises end when the next would overspend (``overspent``), or also when no project left over fits (``full``).
    comparison
        ``none``, or the outcome by votes alone takes the place of this one where more voters prefer it than prefer
        this one: by how many ``projects`` they voted for it holds, or by whether it holds ``any``.
    least
        Votes below which a project is out.
    share
        A project is out whose votes over all ballots are below this part of its cost over the budget.
    ties
        Tie rule, after the lower cost and the more votes; candidate order where none is given.

    Returns
    -------
    Tally
        A :class:`~newcourse.vote.outcome.Selection`; undecided where no ballot was cast.

    Raises
    ------
    BadInput
        When costs and projects do not fit together, or the increment is too small to come to an end.

    Examples
    --------
    >>> votes = ApprovalVotes.of_lists(["park", "pool", "path"], [["park", "pool"], ["path", "park"]], [3, 2])
    >>> costs = {"park": Fraction(60), "pool": Fraction(40), "path": Fraction(40)}
    >>> budget_equal_shares(votes, Fraction(100), costs).sentence
    'Chosen are park and pool; they cost 100 of 100.'
    """
    instance, rule = Instance.of(votes, budget, costs, least, share), ties or TieRule()
    if not instance.ballots:
        return nobody_voted()
    shares = Shares(instance, utility, rule)
    each = budget / instance.ballots
    each = Fraction(int(each)) if start == WHOLE else each
    raised = raise_start(shares, each, increment, until) if "add1" in completion else Raised(shares.run(each), 0, "")
    chosen, met = raised.run.bought, list(raised.run.ties)
    steps = [*instance.opening(), _start_step(instance, raised), *purchases(instance, raised.run)]
    if completion.endswith(UTILITARIAN):
        others = [c for c in instance.eligible if c not in chosen]
        more = take(instance, others, rule, budget - instance.cost(chosen))
        chosen, steps, met = (*chosen, *more.taken), [*steps, *more.steps], [*met, *more.ties]
    if comparison != NONE:
        chosen = _compare(instance, chosen, comparison, rule, steps, met)
    result, sentence = selection(instance, chosen)
    return Tally(result, sentence, tuple(steps), tuple(met))


def _start_step(instance: Instance, raised: Raised) -> Step:
    each = raised.run.each
    sentence = f"Each of {many(instance.ballots, 'voter')} starts with {decimals(each, 2)}"
    facts: dict[str, object] = {"each": each, "raises": raised.raises}
    if raised.end:
        sentence += f", {many(raised.raises, 'raise')} included"
        facts["end"] = raised.end
    if raised.end == OVERSPENT and raised.beyond:
        cost = instance.cost(raised.beyond.bought)
        sentence += f"; one raise more would spend {money(cost)} or more, beyond the budget"
        facts["beyond"] = cost
    elif raised.end == FULL:
        sentence += "; nothing that is left over fits"
    elif raised.end:
        sentence += "; every project with a supporter is bought"
    return Step("start", sentence + ".", facts)


def _compare(
    instance: Instance, chosen: tuple[int, ...], by: str, ties: TieRule, steps: list[Step], met: list[Tie]
) -> tuple[int, ...]:
    other = take(instance, instance.eligible, ties, instance.budget)
    for_this, for_other = preferences(instance, chosen, other.taken, by)
    replaced = for_other > for_this
    sentence = (
        f"{for_this} voters prefer this choice to the one by votes alone, {for_other} the other way round: "
        f"{'the one by votes alone takes its place' if replaced else 'it stays'}."
    )
    facts = {"for": for_this, "against": for_other, "by votes": instance.named(other.taken), "replaced": replaced}
    steps.append(Step("comparison", sentence, facts))
    if not replaced:
        return chosen
    met += other.ties
    return other.taken


def _increment(value: object) -> Fraction:
    amount = fraction(value)
    if not amount:
        expected = 'an amount above zero written exactly, such as 1 or "0.1"'
        raise BadInput(Fault("option-wrong", "option", repr(value)[:80], expected, "write the amount"))
    return amount


RULE: Final = Rule(
    name="budget-equal-shares",
    kind="budget",
    form=ApprovalBallot.form,
    reference="D. Peters, G. Pierczyński, P. Skowron, NeurIPS 34 (2021) 12726-12737",
    options=(
        BUDGET,
        COSTS,
        Option("utility", "What a supporter has from a project.", COST, one_of(COST, CARDINALITY)),
        Option(
            "completion",
            "What is done with money left over.",
            ADD1_UTILITARIAN,
            one_of(NONE, ADD1, ADD1_UTILITARIAN, UTILITARIAN),
        ),
        Option("increment", "How much a raise gives to each voter.", 1, _increment),
        Option("start", "Start money exact, or whole units only.", EXACT, one_of(EXACT, WHOLE)),
        Option("until", "When raises end.", FULL, one_of(FULL, OVERSPENT)),
        Option("comparison", "How the outcome is compared with the one by votes.", NONE, one_of(NONE, PROJECTS, ANY)),
        LEAST,
        SHARE,
        TIES,
    ),
    tally=budget_equal_shares,
)

"""Greedy by votes: projects with most votes first, as long as the money lasts (design §8.1).

Source: the rule of most cities, in the kinds told apart by Pabulib (D. Stolicki, S. Szufa, N. Talmon, "Pabulib: a
participatory budgeting library", arXiv:2012.06539): a project that does not fit is skipped or ends the count
(``greedy-no-skip``), projects below a number of votes are out (``greedy-threshold``), of projects that exclude each
other only the first is taken (``greedy-exclusive``).

Kept: a project that gets more votes is never worse off. Not kept: proportionality; half of the voters may decide
everything.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from newcourse.errors import BadInput, Fault
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.approval_ballot import ApprovalBallot, PointsBallot
from newcourse.vote.budgets.greedy import SKIP, STOP, take
from newcourse.vote.budgets.instance import Instance
from newcourse.vote.budgets.options import BUDGET, COSTS, LEAST, SHARE, TIES
from newcourse.vote.budgets.words import nobody_voted, selection
from newcourse.vote.definition import Option, Rule, one_of
from newcourse.vote.outcome import Tally
from newcourse.vote.profile import Profile
from newcourse.vote.ties import TieRule

Groups = tuple[tuple[str, ...], ...]


def budget_greedy(
    votes: Profile[Any] | ApprovalVotes,
    budget: Fraction,
    costs: Mapping[str, Fraction],
    beyond: str = SKIP,
    exclusive: Groups = (),
    least: int = 0,
    share: Fraction = Fraction(0),
    ties: TieRule | None = None,
) -> Tally:
    """Return the projects that get money by votes, most first.

    Parameters
    ----------
    votes
        Approvals, or points; what a project is given by all counts as its votes.
    budget
        How much may be spent.
    costs
        What each project costs.
    beyond
        At a project that does not fit in what is left: ``skip`` it and go on, or ``stop``.
    exclusive
        Groups of projects of which at most one may be taken.
    least
        Votes below which a project is out.
    share
        A project is out whose votes over all ballots are below this part of its cost over the budget.
    ties
        Tie rule for equal votes; candidate order where none is given.

    Returns
    -------
    Tally
        A :class:`~newcourse.vote.outcome.Selection`; undecided where no ballot was cast.

    Raises
    ------
    BadInput
        When costs and projects do not fit together, or an exclusive group names an unknown project.

    Examples
    --------
    >>> votes = ApprovalVotes.of_lists(["park", "pool", "path"], [["park", "pool"], ["path", "park"]], [3, 2])
    >>> costs = {"park": Fraction(60), "pool": Fraction(50), "path": Fraction(40)}
    >>> budget_greedy(votes, Fraction(100), costs).sentence
    'Chosen are park and path; they cost 100 of 100.'
    """
    instance = Instance.of(votes, budget, costs, least, share, fitting=False)
    if not instance.ballots:
        return nobody_voted()
    partners = _partners(instance, exclusive)

    def barred_by(project: int, taken: Sequence[int]) -> int | None:
        return next((other for other in taken if other in partners[project]), None)

    found = take(instance, instance.eligible, ties or TieRule(), budget, beyond, barred_by)
    result, sentence = selection(instance, found.taken)
    return Tally(result, sentence, (*instance.opening(), *found.steps), found.ties)


def _partners(instance: Instance, exclusive: Groups) -> tuple[set[int], ...]:
    position = {name: c for c, name in enumerate(instance.names)}
    faults = [
        Fault("project-unknown", "option exclusive", name, "a project of this vote", "correct its name")
        for group in exclusive
        for name in group
        if name not in position
    ]
    if faults:
        raise BadInput(faults)
    partners: tuple[set[int], ...] = tuple(set() for _ in instance.names)
    for group in exclusive:
        together = {position[name] for name in group}
        for c in together:
            partners[c].update(together - {c})
    return partners


def _groups(value: object) -> Groups:
    if isinstance(value, list | tuple) and all(
        isinstance(group, list | tuple) and all(isinstance(name, str) for name in group) for group in value
    ):
        return tuple(tuple(group) for group in value)
    expected = "a list of groups, each a list of projects"
    raise BadInput(Fault("option-wrong", "option", repr(value)[:80], expected, "write such a list"))


RULE: Final = Rule(
    name="budget-greedy",
    kind="budget",
    form=ApprovalBallot.form,
    reference="D. Stolicki, S. Szufa, N. Talmon, Pabulib, arXiv:2012.06539",
    options=(
        BUDGET,
        COSTS,
        Option("beyond", "What is done at a project that does not fit.", SKIP, one_of(SKIP, STOP)),
        Option("exclusive", "Groups of projects of which at most one may be taken.", [], _groups),
        LEAST,
        SHARE,
        TIES,
    ),
    tally=budget_greedy,
    also=(PointsBallot.form,),
)

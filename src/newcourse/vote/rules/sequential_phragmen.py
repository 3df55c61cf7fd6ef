"""Phragmén's sequential rule: each seat is a load of one that its voters carry, spread as evenly as can be (§8.1).

Sources: E. Phragmén, "Sur une méthode nouvelle pour réaliser, dans les élections, la représentation proportionnelle
des partis" (1894), in the statement of S. Janson, "Phragmén's and Thiele's election methods", arXiv:1611.08826, 3.1;
M. Brill, R. Freeman, S. Janson and M. Lackner, "Phragmén's voting methods and justified representation", Mathematical
Programming 203 (2024) 47-76.

Kept: proportional justified representation, committee monotonicity, D'Hondt's seats where voters vote for whole
lists. Not kept: extended justified representation, consistency.
"""

from fractions import Fraction
from typing import Final

from newcourse.vote.approval_ballot import ApprovalBallot
from newcourse.vote.approval_committees.groups import AnyApprovals, Groups
from newcourse.vote.approval_committees.levels import Levels
from newcourse.vote.approval_committees.rounds import Filling, fill_by_loads
from newcourse.vote.approval_committees.words import elected_words
from newcourse.vote.definition import Option, Rule, whole_number
from newcourse.vote.outcome import Committee, Tally
from newcourse.vote.ties import TieRule


def sequential_phragmen(profile: AnyApprovals, seats: int = 1, ties: TieRule | None = None) -> Tally:
    """Return the committee by Phragmén's sequential rule, loads exact.

    Parameters
    ----------
    profile
        Approval ballots. Blank ballots carry nothing and change nothing.
    seats
        How many are to be elected.
    ties
        Tie rule; candidate order where none is given.

    Returns
    -------
    Tally
        A :class:`~newcourse.vote.outcome.Committee` in the order of election. Each seat goes to the candidate with
        whom the load of its supporters, s = (1 + sum of their loads) / number of them, is least. Candidates of whom
        no ballot approves come last, all tied. Undecided where no ballot approves of anybody.

    Raises
    ------
    BadInput
        When there are more seats than candidates.

    Examples
    --------
    >>> from newcourse.vote.approval import ApprovalVotes
    >>> votes = ApprovalVotes.of_lists("ABCPQR", ["ABC", "PQR", "ABQ", "APQ"], [1034, 519, 90, 47])
    >>> sequential_phragmen(votes, seats=3).sentence
    "A, Q and B are elected by Phragmén's sequential rule, each with the least load."
    """
    groups = Groups.of(profile)
    if undecided := groups.undecided(seats):
        return Tally(undecided, undecided.reason, ())
    filling = Filling(groups, seats, ties or TieRule(), steps=[groups.counted()])
    fill_by_loads(filling, Levels.equal(Fraction(0), groups.times))
    sentence = f"{elected_words(filling.names, seats)} by Phragmén's sequential rule, each with the least load."
    return Tally(Committee(filling.names), sentence, tuple(filling.steps), tuple(filling.settled))


RULE: Final = Rule(
    name="sequential-phragmen",
    kind="committee",
    form=ApprovalBallot.form,
    reference="E. Phragmén (1894); S. Janson, arXiv:1611.08826, 3.1",
    options=(
        Option("seats", "How many are to be elected.", 1, whole_number(1)),
        Option("ties", "How ties are settled.", TieRule().to_data(), TieRule.from_data),
    ),
    tally=sequential_phragmen,
)

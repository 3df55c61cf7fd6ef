"""Proportional approval voting (PAV): the committee with the highest Thiele score, exactly (design §8.1).

Sources: T. N. Thiele, "Om Flerfoldsvalg" (1895), in the statement of S. Janson, "Phragmén's and Thiele's election
methods", arXiv:1611.08826; M. Lackner and P. Skowron, Multi-Winner Voting with Approval Preferences (2023), rule 3.

A voter with j of the elected counts 1 + 1/2 + ... + 1/j. With up to 20 candidates every committee is scored; with more,
branch and bound, in which HiGHS guesses prices and whole numbers decide.

Kept: extended justified representation, Pareto efficiency, consistency, D'Hondt's seats where voters vote for whole
lists. Not kept: committee monotonicity, priceability. NP-hard: a very large vote may end without a proof, and then
without a result.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from newcourse.vote.approval_ballot import ApprovalBallot
from newcourse.vote.approval_committees.groups import AnyApprovals, Groups
from newcourse.vote.approval_committees.thiele import Optimum, Scores
from newcourse.vote.approval_committees.words import amount, elected_words
from newcourse.vote.definition import Option, Rule, whole_number
from newcourse.vote.outcome import Committee, Step, Tally
from newcourse.vote.ties import Tie, TieRule


def proportional_approval(profile: AnyApprovals, seats: int = 1, ties: TieRule | None = None) -> Tally:
    """Return the committee with the highest score.

    Parameters
    ----------
    profile
        Approval ballots. Blank ballots change nothing.
    seats
        How many are to be elected.
    ties
        Tie rule; candidate order where none is given.

    Returns
    -------
    Tally
        A :class:`~newcourse.vote.outcome.Committee` in candidate order. Where several committees have the highest
        score, the candidates that they differ on are put in the order of the tie rule; the committee that has the
        first candidate on whom two of them differ comes before the other. Undecided where no ballot approves of
        anybody.

    Raises
    ------
    BadInput
        When there are more seats than candidates.
    NotCertified
        When no committee could be proved best within the search allowed.

    Examples
    --------
    >>> from newcourse.vote.approval import ApprovalVotes
    >>> votes = ApprovalVotes.of_lists("abcd", ["ab", "ad", "b", "c", "cd"], [3, 6, 4, 5, 5])
    >>> proportional_approval(votes, seats=2).sentence
    'a and c are elected with the highest score, 19.'
    """
    groups = Groups.of(profile)
    if undecided := groups.undecided(seats):
        return Tally(undecided, undecided.reason, ())
    rule, scores = ties or TieRule(), Scores(groups, seats)
    order = [groups.candidates.index(name) for name in rule.order(groups.candidates)]
    best = _optimum(scores, order)
    names = tuple(groups.candidates[c] for c in best.committee)
    score = Fraction(best.score, scores.scale)
    steps, settled = [groups.counted(), _best_step(scores, best, names, score)], _tie(groups, best, rule)
    steps += [_tie_step(tie, names) for tie in settled]
    sentence = f"{elected_words(names, seats)} with the highest score, {amount(score)}."
    return Tally(Committee(names), sentence, tuple(steps), settled)


def _optimum(scores: Scores, order: Sequence[int]) -> Optimum:
    if scores.can_compare_all:
        return scores.compare_all(order)
    from newcourse.vote.approval_committees.search import Search

    return Search(scores).optimum(order)


def _best_step(scores: Scores, best: Optimum, names: Sequence[str], score: Fraction) -> Step:
    voters = scores.satisfied(best.committee)
    words = ", ".join(f"{number} approve of {j}" for j, number in enumerate(voters) if number)
    sentence = f"No committee scores more than {amount(score)}. Of the voters, {words} of the elected."
    return Step("best", sentence, {"elected": tuple(names), "score": score, "approve_of": voters})


def _tie(groups: Groups, best: Optimum, rule: TieRule) -> tuple[Tie, ...]:
    if not best.contested:
        return ()
    return (rule.settle("committees with the highest score", tuple(groups.candidates[c] for c in best.contested)),)


def _tie_step(tie: Tie, names: Sequence[str]) -> Step:
    chosen = tuple(name for name in tie.settled if name in names)
    sentence = (
        f"Several committees score as much; they differ on {', '.join(tie.among)}. By {tie.by}, the committee with "
        f"{', '.join(chosen)} comes first."
    )
    return Step("tie", sentence, {"among": tie.among, "order": tie.settled, "elected": chosen})


RULE: Final = Rule(
    name="proportional-approval",
    kind="committee",
    form=ApprovalBallot.form,
    reference="T. N. Thiele (1895); S. Janson, arXiv:1611.08826",
    options=(
        Option("seats", "How many are to be elected.", 1, whole_number(1)),
        Option("ties", "How ties are settled.", TieRule().to_data(), TieRule.from_data),
    ),
    tally=proportional_approval,
)

"""Meek's method: the single transferable vote for counting by machine (design §8.1).

Sources: B. L. Meek, "A new approach to the single transferable vote", Voting matters 1 (1994; first in French, 1969);
I. D. Hill, B. A. Wichmann and D. R. Woodall, "Algorithm 123: Single transferable vote by Meek's method", Computer
Journal 30 (1987) 277-281; the reference rule of the Proportional Representation Foundation (prfound.org), which fixes
every rounding.

Every elected candidate keeps of each vote just the share needed for the quota, and the rest goes on to the next
preference, elected or not. Votes that no candidate keeps lower the quota. Kept: proportionality for solid coalitions
(Droop); a ballot counts alike whether an excluded candidate stood on it or never stood. Not kept, as by no STV:
monotonicity, Condorcet winner.

All numbers have nine decimals and are counted in whole units of 10^-9. One round costs as much as there are different
paths of ballots through elected candidates to the first hopeful one, at most the number of different ballots; once for
each candidate elected or excluded, all ballots are read again up to the end of their path.
"""

from fractions import Fraction
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.definition import Option, Rule, one_of, whole_number
from newcourse.vote.meek.count import Count
from newcourse.vote.meek.papers import Papers
from newcourse.vote.meek.stages import MeekCount, Stage, decimal, short
from newcourse.vote.meek.variants import Prf, Reference
from newcourse.vote.outcome import Step, Tally, Undecided
from newcourse.vote.plain import fraction
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.stv.words import listed
from newcourse.vote.ties import Tie, TieRule

PRF: Final = "prf"
REFERENCE: Final = "reference"


def meek_stv(
    profile: Profile[RankedBallot] | RankedVotes,
    seats: int = 1,
    variant: str = PRF,
    tolerance: Fraction | None = None,
    ties: TieRule | None = None,
) -> Tally:
    """Return the committee elected by Meek's method.

    Parameters
    ----------
    profile
        Ranked ballots; one with several candidates in a rank is read up to that rank.
    seats
        How many are elected.
    variant
        ``prf``, the rule of the PR Foundation, or ``reference``, algorithm 123.
    tolerance
        For ``reference``: by how large a share of the quota an elected candidate's votes may differ from it when an
        iteration ends; 1/100000 where none is given.
    ties
        Tie rule; candidate order where none is given. Of candidates tied for exclusion the last is excluded.

    Returns
    -------
    Tally
        A :class:`~newcourse.vote.meek.stages.MeekCount`; undecided where no ballot has a first preference.

    Raises
    ------
    BadInput
        When there are more seats than candidates.

    Examples
    --------
    >>> votes = RankedVotes.of_lists(["a", "b", "c"], [["a", "b"], ["b"], ["c"]], [10, 4, 3])
    >>> tally = meek_stv(votes, seats=2)
    >>> tally.sentence
    'a and b are elected; the last quota was 5.67 of 17 votes.'
    >>> tally.result.to_data()["stages"][1]["votes"]
    {'a': '5.666666670', 'b': '8.333333330', 'c': '3.000000000'}
    """
    votes = RankedVotes.of(profile)
    if seats > len(votes.candidates):
        expected = f"at most as many as there are candidates, {len(votes.candidates)}"
        remedy = "find more candidates or fill fewer seats"
        raise BadInput(Fault("seats-wrong", "count by rule meek-stv", f"{seats} seats", expected, remedy))
    papers = Papers.of(votes)
    blank = votes.total - papers.total
    if not papers.total:
        reason = f"None of {votes.total} ballots has a first preference, so nobody is elected."
        return Tally(Undecided("no-ballots", reason), reason, ())
    way = Prf() if variant == PRF else Reference(tolerance or Reference().tolerance)
    count = Count(papers, seats, way, ties or TieRule())
    result = count.run()
    start = f"{papers.total} ballots have a first preference, {blank} have none; {seats} are to be elected."
    steps = [Step("ballots", start, {"marked": papers.total, "blank": blank, "seats": seats})]
    steps += [_step(stage, count.settled.get(stage.number)) for stage in result.stages]
    return Tally(result, _sentence(result, papers.total), tuple(steps), tuple(count.settled.values()))


def _step(stage: Stage, tie: Tie | None) -> Step:
    words = [f"Stage {stage.number}: {_what(stage, tie)}"]
    words.append(f"Votes: {', '.join(f'{name} {short(units)}' for name, units in stage.votes.items() if units)}.")
    words.append(f"The quota is {short(stage.quota)}; {short(stage.non_transferable)} votes are kept by nobody.")
    if stage.elected:
        words.append(f"{listed(stage.elected)} {'is' if len(stage.elected) == 1 else 'are'} elected.")
    facts = stage.to_data() | ({"tie": tie.to_data()} if tie else {})
    return Step("stage", " ".join(words), facts)


def _what(stage: Stage, tie: Tie | None) -> str:
    if stage.what == "first-preferences":
        return "each ballot counts for its first preference."
    if stage.what == "surpluses":
        factors = [(name, factor) for name, factor in stage.keep.items() if name not in stage.elected]
        keeps = ", ".join(f"{name} {decimal(factor)}" for name, factor in factors)
        times = "round" if stage.rounds == 1 else "rounds"
        return f"surpluses are passed on in {stage.rounds} {times}, after which the elected keep of each vote: {keeps}."
    if stage.what == "seats-left":
        return "no more candidates are left than seats."
    fewest = f"of {listed(tie.among)}, tied for the fewest votes, by {tie.by}" if tie else "with the fewest votes"
    return f"{stage.excluded}, {fewest}, is excluded."


def _sentence(result: MeekCount, ballots: int) -> str:
    are = "is" if len(result.elected) == 1 else "are"
    return f"{listed(result.elected)} {are} elected; the last quota was {short(result.quota)} of {ballots} votes."


def _tolerance(value: object) -> Fraction | None:
    if value is None:
        return None
    share = fraction(value)
    if share is None or not 0 < share < 1:
        expected = "a share above 0 and below 1, such as 1/100000"
        raise BadInput(Fault("option-wrong", "option", repr(value), expected, "write it as a fraction"))
    return share


def _faults_together(variant: str, tolerance: Fraction | None, **_: object) -> list[Fault]:
    if tolerance is None or variant == REFERENCE:
        return []
    expected = f"no tolerance, or the variant {REFERENCE}"
    found = f"tolerance {tolerance} with variant {variant}, whose end is fixed"
    return [Fault("option-unused", "options of rule meek-stv", found, expected, "remove the tolerance")]


RULE: Final = Rule(
    name="meek-stv",
    kind="committee",
    form=RankedBallot.form,
    reference="Hill, Wichmann and Woodall, Computer Journal 30 (1987) 277-281; reference rule of the PR Foundation",
    options=(
        Option("seats", "How many are elected.", 1, whole_number(1)),
        Option("variant", "Which published way of counting.", PRF, one_of(PRF, REFERENCE)),
        Option("tolerance", "For reference: difference from the quota that ends an iteration.", None, _tolerance),
        Option("ties", "How ties are settled.", TieRule().to_data(), TieRule.from_data),
    ),
    tally=meek_stv,
    faults_together=_faults_together,
)

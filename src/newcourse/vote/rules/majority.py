"""Majority: a motion is adopted by more than half, or by whatever share and quorum statutes fix (design §8.1).

Sources: K. O. May, "A set of independent necessary and sufficient conditions for simple majority decision",
Econometrica 20 (1952) 680-684; bases of counting and quorum as distinguished in Robert's Rules of Order Newly Revised
(12th ed., 2020), sections 40 and 44.

A quorum that is missed is an outcome, not an error: nothing is decided, and the count says by how many it was missed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.vote.ballot import CHOICES, Choice, ChoiceBallot
from newcourse.vote.definition import Option, Rule, one_of
from newcourse.vote.outcome import Decision, Step, Tally, Undecided
from newcourse.vote.plain import fraction
from newcourse.vote.profile import Profile

MORE_THAN: Final = "more-than"
AT_LEAST: Final = "at-least"
CAST: Final = "cast"
PRESENT: Final = "present"
MEMBERS: Final = "members"

_BASE_WORDS: Final = {CAST: "votes for or against", PRESENT: "ballots with abstentions", MEMBERS: "members"}


def majority(
    profile: Profile[ChoiceBallot],
    threshold: Fraction = Fraction(1, 2),
    comparison: str = MORE_THAN,
    base: str = CAST,
    quorum: Fraction = Fraction(0),
    members: int | None = None,
) -> Tally:
    """Return whether the motion is adopted.

    Parameters
    ----------
    profile
        Yes, no and abstentions on one motion, the only candidate.
    threshold
        Share of the base that yes must have.
    comparison
        ``more-than`` or ``at-least`` that share.
    base
        What it is a share of: ``cast`` (yes and no), ``present`` (with abstentions) or ``members`` (all entitled).
    quorum
        Share of the members that must have voted, abstentions included.
    members
        How many are entitled to vote; needed for a quorum or the base ``members``.

    Returns
    -------
    Tally
        A :class:`~newcourse.vote.outcome.Decision`, never for it without any yes; undecided where the quorum is missed.

    Raises
    ------
    BadInput
        When there is not exactly one motion, more ballots than members, or the options do not fit together.

    Examples
    --------
    >>> votes = [ChoiceBallot("yes")] * 3 + [ChoiceBallot("no")] * 2 + [ChoiceBallot("abstain")]
    >>> majority(Profile.of("choice", ["the plan"], votes)).sentence
    'the plan is adopted: 3 yes, 2 no, 1 abstaining; needed were more than 1/2 of 5 votes for or against.'
    """
    faults = [*_faults_together(threshold, comparison, base, quorum, members), *_profile_faults(profile, members)]
    if faults:
        raise BadInput(faults)
    counts = _counts(profile)
    steps = _first_steps(profile.total, counts, quorum, members)
    if undecided := _undecided(profile, steps[-1]):
        return Tally(undecided, undecided.reason, steps)
    of = {CAST: counts["yes"] + counts["no"], PRESENT: profile.total, MEMBERS: members or 0}[base]
    return _decide(profile.candidates[0], counts, steps, _Bar(threshold, comparison, base, of))


def _counts(profile: Profile[ChoiceBallot]) -> dict[Choice, int]:
    counts: dict[Choice, int] = dict.fromkeys(CHOICES, 0)
    return counts | {ballot.choice: times for ballot, times in profile.ballots}


def _first_steps(voted: int, counts: Mapping[Choice, int], quorum: Fraction, members: int | None) -> tuple[Step, ...]:
    sentence = ", ".join(f"{choice} {times}" for choice, times in counts.items()) + "."
    counted = Step("count", sentence, dict(counts.items()))
    return (counted, _quorum_step(voted, quorum, members)) if quorum and members else (counted,)


def _undecided(profile: Profile[ChoiceBallot], last: Step) -> Undecided | None:
    if not last.facts.get("met", True):
        return Undecided("quorum-missed", last.sentence)
    return None if profile.ballots else Undecided("no-ballots", "No ballot was cast, so nothing is decided.")


@dataclass(frozen=True, slots=True)
class _Bar:
    """What yes must clear."""

    threshold: Fraction
    comparison: str
    base: str
    of: int

    def cleared(self, yes: int) -> bool:
        needed = self.threshold * self.of
        return yes > 0 and (yes > needed if self.comparison == MORE_THAN else yes >= needed)


def _decide(motion: str, counts: Mapping[Choice, int], steps: tuple[Step, ...], bar: _Bar) -> Tally:
    yes, no, abstain = (counts[choice] for choice in CHOICES)
    decision = Decision(bar.cleared(yes), yes, no, abstain)
    sentence = (
        f"{motion} is {'adopted' if decision.adopted else 'rejected'}: {yes} yes, {no} no, {abstain} abstaining; "
        f"needed were {bar.comparison.replace('-', ' ')} {bar.threshold} of {bar.of} {_BASE_WORDS[bar.base]}."
    )
    facts = {"yes": yes, "threshold": bar.threshold, "comparison": bar.comparison, "base": bar.base, "of": bar.of}
    return Tally(decision, sentence, (*steps, Step("threshold", sentence, facts)))


def _quorum_step(voted: int, quorum: Fraction, members: int) -> Step:
    needed = ceil(quorum * members)
    met = voted >= needed
    sentence = f"The quorum is {'met' if met else 'missed'}: {voted} of {members} members voted, {needed} were needed."
    if not met:
        sentence += " Nothing is decided."
    return Step("quorum", sentence, {"voted": voted, "members": members, "needed": needed, "met": met})


def _faults_together(
    threshold: Fraction, comparison: str, base: str, quorum: Fraction, members: int | None
) -> list[Fault]:
    where, faults = "options of rule majority", []
    if not 0 < threshold <= 1 or (threshold == 1 and comparison == MORE_THAN):
        found, expected = f"{comparison} {threshold}", "a share above 0 that can be reached"
        faults.append(Fault("threshold-wrong", where, found, expected, "write a share such as 1/2 or 2/3"))
    if not 0 <= quorum <= 1:
        faults.append(Fault("quorum-wrong", where, str(quorum), "a share from 0 to 1", "write a share such as 1/2"))
    if members is None and (quorum or base == MEMBERS):
        expected = "the number of members entitled to vote"
        faults.append(Fault("members-missing", where, "no members", expected, "fix the number when opening the vote"))
    return faults


def _profile_faults(profile: Profile[ChoiceBallot], members: int | None) -> list[Fault]:
    where, faults = "count by rule majority", []
    if len(profile.candidates) != 1:
        found, remedy = ", ".join(profile.candidates), "put the motions to the vote one by one"
        faults.append(Fault("motions-many", where, found, "one motion", remedy))
    if members is not None and profile.total > members:
        found, expected = f"{profile.total} ballots", f"at most one for each of {members} members"
        faults.append(Fault("ballots-many", where, found, expected, "check the electorate and the ballots"))
    return faults


def _share(value: object) -> Fraction:
    share = fraction(value)
    if share is None:
        expected = "a share written exactly, such as 1/2 or 2/3"
        raise BadInput(Fault("option-wrong", "option", repr(value), expected, "write it as a fraction"))
    return share


def _members(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
        return value
    raise BadInput(Fault("option-wrong", "option", repr(value), "a whole number above zero", "give the number"))


RULE: Final = Rule(
    name="majority",
    kind="decision",
    form=ChoiceBallot.form,
    reference="K. O. May, Econometrica 20 (1952) 680-684; Robert's Rules of Order Newly Revised (2020), 40 and 44",
    options=(
        Option("threshold", "Share of the base that yes must have.", "1/2", _share),
        Option(
            "comparison",
            "Whether yes needs more than that share or at least it.",
            MORE_THAN,
            one_of(MORE_THAN, AT_LEAST),
        ),
        Option("base", "What it is a share of.", CAST, one_of(CAST, PRESENT, MEMBERS)),
        Option("quorum", "Share of the members that must have voted.", "0", _share),
        Option("members", "How many are entitled to vote.", None, _members),
    ),
    tally=majority,
    faults_together=_faults_together,
)

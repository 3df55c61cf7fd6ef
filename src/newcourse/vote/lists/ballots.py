"""What the rules for lists have in common: ballots as votes for lists, and the options that every law fixes."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.definition import Option, truth, whole_number
from newcourse.vote.lists.apportion import apportion
from newcourse.vote.lists.divisor import DivisorMethod
from newcourse.vote.lists.margin import Settling
from newcourse.vote.lists.quota import LARGEST_REMAINDER, QuotaMethod
from newcourse.vote.lists.thresholds import Threshold
from newcourse.vote.outcome import Step, Tally, Undecided
from newcourse.vote.plain import fraction
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.ties import TieRule

AnyVotes = Profile[RankedBallot] | RankedVotes


def votes_for_lists(profile: AnyVotes) -> tuple[dict[str, int], Step]:
    """Return how many ballots put each list first, and the step that says so.

    A ballot that is blank or puts several lists first together is valid for none; the step says how many there are.
    """
    ranked = RankedVotes.of(profile)
    votes = dict(zip(ranked.candidates, ranked.strict().first().tolist(), strict=True))
    valid = sum(votes.values())
    listed = ", ".join(f"{name} {given}" for name, given in votes.items())
    sentence = f"{valid} ballots put one list first: {listed}."
    if ranked.total > valid:
        sentence += f" {ranked.total - valid} ballots name none, or several first, and count for no list."
    return votes, Step("votes", sentence, {"votes": votes, "valid": valid, "for_none": ranked.total - valid})


def count_lists(
    profile: AnyVotes,
    seats: int,
    method: DivisorMethod | QuotaMethod,
    threshold: Threshold,
    minimum: int,
    reserved: Mapping[str, int],
    how: Settling,
    remaining: str = LARGEST_REMAINDER,
) -> Tally:
    """Return the seats of the lists, with the votes as the first step; undecided where no vote is valid."""
    votes, step = votes_for_lists(profile)
    if undecided := nobody(profile, step):
        return undecided
    tally = apportion(
        votes,
        seats,
        method,
        threshold=threshold,
        minimum=minimum,
        reserved=reserved,
        how=how,
        remaining=remaining,
    )
    return Tally(tally.result, tally.sentence, (step, *tally.steps), tally.ties)


def nobody(profile: AnyVotes, step: Step) -> Tally | None:
    """Return the tally of a box without a valid vote."""
    if step.facts["valid"]:
        return None
    if profile.total == 0:
        reason = "No ballot was cast, so no seat can be given."
        return Tally(Undecided("no-ballots", reason), reason, ())
    reason = f"None of {profile.total} ballots counts for a list, so no seat can be given."
    return Tally(Undecided("no-valid-ballots", reason), reason, (step,))


def share_below_one(value: object) -> Fraction:
    """Return a share from 0 to below 1."""
    share = fraction(value)
    if share is None or share >= 1:
        expected = "a share from 0 to below 1 written exactly, such as 1/20"
        raise BadInput(Fault("option-wrong", "option", repr(value), expected, "write it as a fraction"))
    return share


def _names(value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple) and all(isinstance(name, str) for name in value) and len({*value}) == len(value):
        return tuple(value)
    raise BadInput(Fault("option-wrong", "option", repr(value), "a list of names, each once", "write the names"))


def _numbers(value: object) -> Mapping[str, int]:
    if isinstance(value, Mapping):
        read = whole_number()
        return {str(name): read(number) for name, number in value.items()}
    raise BadInput(Fault("option-wrong", "option", repr(value), "seats by list", "write a number for each name"))


LIST_OPTIONS: Final = (
    Option("seats", "Seats to be given out.", 1, whole_number(1)),
    Option("threshold", "Share of the valid votes that a list needs to take part.", "0", share_below_one),
    Option("strictly", "Whether that share must be exceeded, not only reached.", False, truth),
    Option("whole_quota", "Whether a list also needs as many votes as there are for each seat.", False, truth),
    Option("exempt", "Lists that take part in any case, such as those with a basic mandate.", [], _names),
    Option("minimum", "Seats for every list that takes part.", 0, whole_number()),
    Option(
        "reserved", "Seats that a list gets at least if it takes part, such as those won in districts.", {}, _numbers
    ),
    Option("votes_first", "Whether equal claims are first settled by more votes.", False, truth),
    Option("ties", "How ties are settled.", TieRule().to_data(), TieRule.from_data),
)
"""What every law on lists fixes beside its method."""

"""Seats of lists by a divisor method: d'Hondt, Sainte-Laguë and all others in use (design §8.1).

Sources: M. L. Balinski and H. P. Young, *Fair Representation* (2nd ed., 2001); F. Pukelsheim, *Proportional
Representation* (2nd ed., 2017).

A ballot counts for the list that it ranks first; further preferences are not looked at. Kept by every divisor method:
house monotonicity, population monotonicity, anonymity, the same result for votes in the same proportions. Not kept: the
quota rule (a list may get more than its share rounded up, or less than rounded down).
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.definition import Option, Rule, one_of
from newcourse.vote.lists.ballots import LIST_OPTIONS, AnyVotes, count_lists
from newcourse.vote.lists.divisor import DIVISOR_METHODS, DivisorMethod, power_mean, stationary
from newcourse.vote.lists.margin import Settling
from newcourse.vote.lists.thresholds import Threshold
from newcourse.vote.outcome import Tally
from newcourse.vote.ties import TieRule

STATIONARY: Final = "stationary"
POWER_MEAN: Final = "power-mean"
MOST_ORDER: Final = 20


def divisor_method(
    profile: AnyVotes,
    method: str = "dhondt",
    parameter: Fraction | None = None,
    seats: int = 1,
    threshold: Fraction = Fraction(0),
    strictly: bool = False,
    whole_quota: bool = False,
    exempt: tuple[str, ...] = (),
    minimum: int = 0,
    reserved: Mapping[str, int] = MappingProxyType({}),
    votes_first: bool = False,
    ties: TieRule | None = None,
) -> Tally:
    """Return the seats of lists by the largest quotients.

    Parameters
    ----------
    profile
        Ranked ballots; each counts for the list that it puts first.
    method
        A name of :data:`~newcourse.vote.lists.divisor.DIVISOR_METHODS`, ``stationary`` or ``power-mean``.
    parameter
        Only for the last two: the first divisor from 0 to 1, or the whole-numbered order of the mean.
    seats, threshold, strictly, whole_quota, exempt, minimum, reserved, votes_first, ties
        As in the options of the rule.

    Returns
    -------
    Tally
        :class:`~newcourse.vote.outcome.Seats`; undecided without valid votes or without a list over the threshold.

    Examples
    --------
    >>> from newcourse.vote.ranked import RankedVotes
    >>> votes = RankedVotes.of_lists(["A", "B", "C"], [["A"], ["B"], ["C"]], [53, 24, 23])
    >>> divisor_method(votes, "sainte-lague", seats=7).sentence
    '7 seats are divided: A 3, B 2, C 2.'
    """
    law = Threshold(threshold, strictly, whole_quota, exempt)
    how = Settling(ties or TieRule(), votes_first)
    return count_lists(profile, seats, sequence(method, parameter), law, minimum, reserved, how)


def sequence(method: str, parameter: Fraction | None = None) -> DivisorMethod:
    """Return the sequence of divisors of that name."""
    if method == STATIONARY and parameter is not None:
        return stationary(parameter)
    if method == POWER_MEAN and parameter is not None:
        return power_mean(int(parameter))
    return DIVISOR_METHODS[method]


def _parameter(value: object) -> Fraction | None:
    if value is None:
        return None
    if isinstance(value, int | str) and not isinstance(value, bool):
        found = re.fullmatch(r"-?[0-9]{1,9}(/[1-9][0-9]{0,8})?", str(value))
        if found:
            return Fraction(str(value))
    expected = "a whole number or a fraction such as 1/3"
    raise BadInput(Fault("option-wrong", "option", repr(value), expected, "write such a number"))


def _faults_together(method: str, parameter: Fraction | None, **_: object) -> list[Fault]:
    where, found = "options of rule divisor-method", f"method {method} with parameter {parameter}"
    if method == STATIONARY and (parameter is None or not 0 <= parameter <= 1):
        expected = "the first divisor, from 0 to 1"
    elif method == POWER_MEAN and (parameter is None or parameter.denominator > 1 or abs(parameter) > MOST_ORDER):
        expected = f"the order of the mean, a whole number from -{MOST_ORDER} to {MOST_ORDER}"
    elif method in DIVISOR_METHODS and parameter is not None:
        expected = "no parameter"
    else:
        return []
    return [Fault("parameter-wrong", where, found, expected, "correct the parameter")]


RULE: Final = Rule(
    name="divisor-method",
    kind="seats",
    form=RankedBallot.form,
    reference="M. L. Balinski and H. P. Young, Fair Representation (2nd ed., 2001)",
    options=(
        Option("method", "The sequence of divisors.", "dhondt", one_of(*DIVISOR_METHODS, STATIONARY, POWER_MEAN)),
        Option("parameter", "For stationary the first divisor, for power-mean its order.", None, _parameter),
        *LIST_OPTIONS,
    ),
    tally=divisor_method,
    faults_together=_faults_together,
)

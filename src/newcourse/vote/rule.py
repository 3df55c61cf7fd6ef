"""The one door through which votes are counted, and the list of rules statutes may name (design §4, §8.1)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from newcourse.errors import BadInput, Fault
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.definition import Rule
from newcourse.vote.outcome import Outcome
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rules.approval import RULE as APPROVAL
from newcourse.vote.rules.biproportional import RULE as BIPROPORTIONAL
from newcourse.vote.rules.budget_equal_shares import RULE as BUDGET_EQUAL_SHARES
from newcourse.vote.rules.budget_greedy import RULE as BUDGET_GREEDY
from newcourse.vote.rules.budget_phragmen import RULE as BUDGET_PHRAGMEN
from newcourse.vote.rules.divisor_method import RULE as DIVISOR_METHOD
from newcourse.vote.rules.equal_shares import RULE as EQUAL_SHARES
from newcourse.vote.rules.independent_markets import RULE as INDEPENDENT_MARKETS
from newcourse.vote.rules.instant_runoff import RULE as INSTANT_RUNOFF
from newcourse.vote.rules.majority import RULE as MAJORITY
from newcourse.vote.rules.mean_allocation import RULE as MEAN_ALLOCATION
from newcourse.vote.rules.median_allocation import RULE as MEDIAN_ALLOCATION
from newcourse.vote.rules.meek_stv import RULE as MEEK_STV
from newcourse.vote.rules.proportional_approval import RULE as PROPORTIONAL_APPROVAL
from newcourse.vote.rules.quota_method import RULE as QUOTA_METHOD
from newcourse.vote.rules.ranked_pairs import RULE as RANKED_PAIRS
from newcourse.vote.rules.schulze import RULE as SCHULZE
from newcourse.vote.rules.scottish_stv import RULE as SCOTTISH_STV
from newcourse.vote.rules.sequential_phragmen import RULE as SEQUENTIAL_PHRAGMEN

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            SCHULZE,
            RANKED_PAIRS,
            INDEPENDENT_MARKETS,
            MEDIAN_ALLOCATION,
            MEAN_ALLOCATION,
            MAJORITY,
            SCOTTISH_STV,
            INSTANT_RUNOFF,
            MEEK_STV,
            DIVISOR_METHOD,
            QUOTA_METHOD,
            APPROVAL,
            EQUAL_SHARES,
            SEQUENTIAL_PHRAGMEN,
            PROPORTIONAL_APPROVAL,
            BIPROPORTIONAL,
            BUDGET_EQUAL_SHARES,
            BUDGET_GREEDY,
            BUDGET_PHRAGMEN,
        )
    }
)


def rule_named(name: str) -> Rule:
    """Return the rule of that name.

    Raises
    ------
    BadInput
        When there is none; the fault lists those there are.
    """
    if name in RULES:
        return RULES[name]
    raise BadInput(Fault("rule-unknown", "rule of counting", repr(name), " or ".join(RULES), "name one of these"))


def frozen_rule(name: str, options: Mapping[str, object]) -> dict[str, object]:
    """Return a rule with all its options as plain data, checked, defaults written out.

    This is what is hashed when a vote is opened (design §4): equal data, equal count, and no default that changes later
    can change a vote that was opened before.

    Raises
    ------
    BadInput
        When the rule is unknown or options are wrong.

    Examples
    --------
    >>> frozen_rule("schulze", {"ties": {"by": "lot", "seed": "draw 7"}})
    {'rule': 'schulze', 'options': {'strength': 'winning-votes', 'ties': {'by': 'lot', 'seed': 'draw 7'}}}
    """
    return {"rule": name, "options": rule_named(name).complete(options)}


def count(name: str, options: Mapping[str, object], profile: Profile[Any] | RankedVotes | ApprovalVotes) -> Outcome:
    """Return the outcome of the votes under the rule with these options.

    The same arguments give the same outcome on every machine: no chance, no clock, no floating point.

    Raises
    ------
    BadInput
        When the rule is unknown, options are wrong, or the ballots do not fit the rule.

    Examples
    --------
    >>> from newcourse.vote.ballot import ChoiceBallot
    >>> votes = Profile.of("choice", ["the plan"], [ChoiceBallot("yes"), ChoiceBallot("no")])
    >>> count("majority", {}, votes).sentence
    'the plan is rejected: 1 yes, 1 no, 0 abstaining; needed were more than 1/2 of 2 votes for or against.'
    """
    return rule_named(name).count(profile, options)

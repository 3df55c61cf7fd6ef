"""Every rule that is counted again here, by the name in statutes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from newcourse.verifier.rules.approval import approval
from newcourse.verifier.rules.budget_equal_shares import budget_equal_shares
from newcourse.verifier.rules.budget_greedy import budget_greedy
from newcourse.verifier.rules.budget_phragmen import budget_phragmen
from newcourse.verifier.rules.divisor_method import divisor_method
from newcourse.verifier.rules.equal_shares import equal_shares
from newcourse.verifier.rules.independent_markets import independent_markets
from newcourse.verifier.rules.majority import majority
from newcourse.verifier.rules.mean_allocation import mean_allocation
from newcourse.verifier.rules.median_allocation import median_allocation
from newcourse.verifier.rules.meek_stv import meek_stv
from newcourse.verifier.rules.proportional_approval import proportional_approval
from newcourse.verifier.rules.question import Answer, Question
from newcourse.verifier.rules.quota_method import quota_method
from newcourse.verifier.rules.ranked_pairs import ranked_pairs
from newcourse.verifier.rules.schulze import schulze
from newcourse.verifier.rules.scottish_stv import instant_runoff, scottish_stv
from newcourse.verifier.rules.sequential_phragmen import sequential_phragmen

RULES: Final[Mapping[str, Callable[[Question], Answer]]] = MappingProxyType(
    {
        "approval": approval,
        "budget-equal-shares": budget_equal_shares,
        "budget-greedy": budget_greedy,
        "budget-phragmen": budget_phragmen,
        "divisor-method": divisor_method,
        "equal-shares": equal_shares,
        "independent-markets": independent_markets,
        "instant-runoff": instant_runoff,
        "majority": majority,
        "mean-allocation": mean_allocation,
        "median-allocation": median_allocation,
        "meek-stv": meek_stv,
        "proportional-approval": proportional_approval,
        "quota-method": quota_method,
        "ranked-pairs": ranked_pairs,
        "schulze": schulze,
        "scottish-stv": scottish_stv,
        "sequential-phragmen": sequential_phragmen,
    }
)

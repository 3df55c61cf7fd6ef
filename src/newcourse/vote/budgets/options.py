"""How statutes write a budget, what projects cost, and which projects may be chosen at all (design §8.1)."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.vote.definition import Option, whole_number
from newcourse.vote.plain import fraction
from newcourse.vote.ties import TieRule


def _amount(value: object) -> Fraction:
    amount = fraction(value)
    if amount is None:
        expected = 'an amount written exactly, such as 1070000 or "2332627.21"'
        raise BadInput(Fault("option-wrong", "option", repr(value)[:80], expected, "write the amount"))
    return amount


def _costs(value: object) -> dict[str, Fraction]:
    if not isinstance(value, Mapping) or not value:
        expected = "for each project what it costs"
        raise BadInput(Fault("option-wrong", "option", repr(value)[:80], expected, "write an object"))
    exact = {name: fraction(cost) for name, cost in value.items()}
    wrong = [name for name, cost in exact.items() if not isinstance(name, str) or not cost]
    if wrong:
        expected = "a cost above zero written exactly"
        raise BadInput(
            Fault("cost-wrong", f"project {name!r}", repr(value[name])[:80], expected, "correct it") for name in wrong
        )
    return {name: cost for name, cost in exact.items() if cost}


BUDGET: Final = Option("budget", "How much may be spent; has to be given.", None, _amount)
COSTS: Final = Option("costs", "What each project costs; has to be given.", None, _costs)
LEAST: Final = Option("least", "Votes below which a project is out.", 0, whole_number())
SHARE: Final = Option(
    "share",
    "A project is out whose votes over all ballots are below this part of its cost over the budget.",
    "0",
    _amount,
)
TIES: Final = Option("ties", "How ties are settled.", TieRule().to_data(), TieRule.from_data)

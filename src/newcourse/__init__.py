"""New Course: plan an economy democratically.

What is listed in ``__all__`` is the public interface; each name is loaded from its room when it is first used, so that
``import newcourse`` is quick.

>>> import newcourse as nc
>>> economy = nc.read_example("sweden")
>>> plan = nc.make_plan(economy)
>>> plan.certified
True
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newcourse.acts.federation import Federation
    from newcourse.economy.economy import About, Economy
    from newcourse.economy.techniques import borrow
    from newcourse.errors import (
        BadInput,
        Contradiction,
        Fault,
        NewCourseError,
        NotAllowed,
        NotCertified,
        Tampered,
    )
    from newcourse.execution.orders import make_orders
    from newcourse.plan.autarky import autarky
    from newcourse.plan.balanced_growth import balanced_growth
    from newcourse.plan.changes.registry import change_from_data
    from newcourse.plan.comparative import comparative_coefficients
    from newcourse.plan.content import content
    from newcourse.plan.cost import compare, cost_changes
    from newcourse.plan.cost_estimate import estimate
    from newcourse.plan.disproportion import measure_disproportion
    from newcourse.plan.explain import explain
    from newcourse.plan.fulfilment import plan_fulfilment
    from newcourse.plan.futures.observing import observe
    from newcourse.plan.futures.open_plan import OpenPlan, make_open_plan
    from newcourse.plan.futures.tree import Node, Tree
    from newcourse.plan.futures.worth import weigh_open_plan
    from newcourse.plan.goal import Goal
    from newcourse.plan.growth_system import growth_system
    from newcourse.plan.happened import Fact, Happened
    from newcourse.plan.limits import Limits
    from newcourse.plan.market.beside import Incomes, Served, market_beside
    from newcourse.plan.market.clearing import clearing_prices
    from newcourse.plan.market.demand import AlmostIdeal, LinearExpenditure
    from newcourse.plan.market.equilibrium import find_equilibrium
    from newcourse.plan.market.levers import Levers, Tax
    from newcourse.plan.market.mixing import mix_plan
    from newcourse.plan.market.outcomes import compare_options
    from newcourse.plan.market.producers import Stated
    from newcourse.plan.market.shops import check_by_demand
    from newcourse.plan.market.steering import steer
    from newcourse.plan.pace import pace_frontier
    from newcourse.plan.pareto import efficient_plans
    from newcourse.plan.plan import Plan
    from newcourse.plan.planner import make_plan
    from newcourse.plan.projects import explain_projects
    from newcourse.plan.ranges import limit_ranges
    from newcourse.plan.receding import plan_receding
    from newcourse.plan.replan import replan, stability
    from newcourse.plan.robust import Interval, price_of_robustness, robust_plan
    from newcourse.plan.trade.labour import labour_coefficients
    from newcourse.plan.trade.series import trade_series
    from newcourse.plan.variants import make_variants
    from newcourse.plan.whatif import what_if
    from newcourse.plan.whatif_aims import AtMost, Delivered, NeedsMet
    from newcourse.plan.whatif_parameters import Thrift, WorldPrice
    from newcourse.record.store import open_record
    from newcourse.sources.ballots.registry import read_votes
    from newcourse.sources.check import check_folder
    from newcourse.sources.example_trees import read_tree
    from newcourse.sources.examples import read_example
    from newcourse.sources.five_year import read_five_year_plan
    from newcourse.sources.folder import read_folder, write_folder
    from newcourse.sources.market_case import read_case, read_village
    from newcourse.sources.receding import read_receding_plan
    from newcourse.vote.approval import ApprovalVotes
    from newcourse.vote.countback import countback
    from newcourse.vote.lists.apportion import apportion
    from newcourse.vote.many import Councils, count_many
    from newcourse.vote.ranked import RankedVotes
    from newcourse.vote.rule import count

__version__ = "0.1.0"

_HOMES = {
    "About": "economy.economy",
    "AlmostIdeal": "plan.market.demand",
    "ApprovalVotes": "vote.approval",
    "AtMost": "plan.whatif_aims",
    "BadInput": "errors",
    "Contradiction": "errors",
    "Councils": "vote.many",
    "Delivered": "plan.whatif_aims",
    "Economy": "economy.economy",
    "Fact": "plan.happened",
    "Fault": "errors",
    "Federation": "acts.federation",
    "Goal": "plan.goal",
    "Happened": "plan.happened",
    "Incomes": "plan.market.beside",
    "Interval": "plan.robust",
    "Levers": "plan.market.levers",
    "Limits": "plan.limits",
    "LinearExpenditure": "plan.market.demand",
    "NeedsMet": "plan.whatif_aims",
    "NewCourseError": "errors",
    "Node": "plan.futures.tree",
    "NotAllowed": "errors",
    "NotCertified": "errors",
    "OpenPlan": "plan.futures.open_plan",
    "Plan": "plan.plan",
    "RankedVotes": "vote.ranked",
    "Served": "plan.market.beside",
    "Stated": "plan.market.producers",
    "Tampered": "errors",
    "Tax": "plan.market.levers",
    "Thrift": "plan.whatif_parameters",
    "Tree": "plan.futures.tree",
    "WorldPrice": "plan.whatif_parameters",
    "apportion": "vote.lists.apportion",
    "autarky": "plan.autarky",
    "balanced_growth": "plan.balanced_growth",
    "borrow": "economy.techniques",
    "change_from_data": "plan.changes.registry",
    "check_by_demand": "plan.market.shops",
    "check_folder": "sources.check",
    "clearing_prices": "plan.market.clearing",
    "comparative_coefficients": "plan.comparative",
    "compare": "plan.cost",
    "compare_options": "plan.market.outcomes",
    "content": "plan.content",
    "cost_changes": "plan.cost",
    "count": "vote.rule",
    "count_many": "vote.many",
    "countback": "vote.countback",
    "efficient_plans": "plan.pareto",
    "estimate": "plan.cost_estimate",
    "explain": "plan.explain",
    "explain_projects": "plan.projects",
    "find_equilibrium": "plan.market.equilibrium",
    "growth_system": "plan.growth_system",
    "labour_coefficients": "plan.trade.labour",
    "limit_ranges": "plan.ranges",
    "make_open_plan": "plan.futures.open_plan",
    "make_orders": "execution.orders",
    "make_plan": "plan.planner",
    "make_variants": "plan.variants",
    "market_beside": "plan.market.beside",
    "measure_disproportion": "plan.disproportion",
    "mix_plan": "plan.market.mixing",
    "observe": "plan.futures.observing",
    "open_record": "record.store",
    "pace_frontier": "plan.pace",
    "plan_fulfilment": "plan.fulfilment",
    "plan_receding": "plan.receding",
    "price_of_robustness": "plan.robust",
    "read_case": "sources.market_case",
    "read_example": "sources.examples",
    "read_five_year_plan": "sources.five_year",
    "read_folder": "sources.folder",
    "read_receding_plan": "sources.receding",
    "read_tree": "sources.example_trees",
    "read_village": "sources.market_case",
    "read_votes": "sources.ballots.registry",
    "replan": "plan.replan",
    "robust_plan": "plan.robust",
    "stability": "plan.replan",
    "steer": "plan.market.steering",
    "trade_series": "plan.trade.series",
    "weigh_open_plan": "plan.futures.worth",
    "what_if": "plan.whatif",
    "write_folder": "sources.folder",
}
"""Room and module in which each public name is made."""

__all__ = [
    "About",
    "AlmostIdeal",
    "ApprovalVotes",
    "AtMost",
    "BadInput",
    "Contradiction",
    "Councils",
    "Delivered",
    "Economy",
    "Fact",
    "Fault",
    "Federation",
    "Goal",
    "Happened",
    "Incomes",
    "Interval",
    "Levers",
    "Limits",
    "LinearExpenditure",
    "NeedsMet",
    "NewCourseError",
    "Node",
    "NotAllowed",
    "NotCertified",
    "OpenPlan",
    "Plan",
    "RankedVotes",
    "Served",
    "Stated",
    "Tampered",
    "Tax",
    "Thrift",
    "Tree",
    "WorldPrice",
    "apportion",
    "autarky",
    "balanced_growth",
    "borrow",
    "change_from_data",
    "check_by_demand",
    "check_folder",
    "clearing_prices",
    "comparative_coefficients",
    "compare",
    "compare_options",
    "content",
    "cost_changes",
    "count",
    "count_many",
    "countback",
    "efficient_plans",
    "estimate",
    "explain",
    "explain_projects",
    "find_equilibrium",
    "growth_system",
    "labour_coefficients",
    "limit_ranges",
    "make_open_plan",
    "make_orders",
    "make_plan",
    "make_variants",
    "market_beside",
    "measure_disproportion",
    "mix_plan",
    "observe",
    "open_record",
    "pace_frontier",
    "plan_fulfilment",
    "plan_receding",
    "price_of_robustness",
    "read_case",
    "read_example",
    "read_five_year_plan",
    "read_folder",
    "read_receding_plan",
    "read_tree",
    "read_village",
    "read_votes",
    "replan",
    "robust_plan",
    "stability",
    "steer",
    "trade_series",
    "weigh_open_plan",
    "what_if",
    "write_folder",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'newcourse' has no attribute {name!r}")
    return getattr(import_module(f"newcourse.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]

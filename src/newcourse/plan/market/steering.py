"""The check by demand: prices over costs say what the next plan should make more of (design §6.2).

Each round the plan delivers, shops sell at clearing prices, and what is wanted next is

    wanted_i(t+1) = wanted_i(t) × (ratio_i)^gain,   ratio_i = (price_i / cost_i) ÷ (all prices paid / all costs).

The cost is what a unit more would take from everything else (the plan's valuation), or labour time where labour is all
that is scarce. Where all ratios are one, no other delivery that could have been made is worth more at the prices
buyers pay: the deliveries are the best for them (P. Cockshott and A. Cottrell, *Towards a New Socialism* (1993), ch. 8;
before them S. Strumilin and O. Lange; with valuations as costs: P. Dapprich, Review of Political Economy 35 (2023)).

How far a round is from that is measured without knowing anybody's tastes: :attr:`Round.gap` is how much more, at the
prices paid, the economy could have delivered. At gap 0 the deliveries are the planned optimum.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from newcourse.errors import BadInput, Fault, NotCertified
from newcourse.plan.market.checks import fixed, refuse, require_positive
from newcourse.plan.market.clearing import clearing_prices
from newcourse.plan.market.contraction import largest_gain
from newcourse.plan.market.demand import Demand
from newcourse.plan.market.rounds import Path, Round
from newcourse.plan.market.supply import Supplier
from newcourse.plan.planner import silent

MOST: Final = 1.0
"""Part by which what is wanted of a product grows at most in one round: a cost of nothing would ask for everything."""


BACK: Final = 6
"""How often a round without clearing prices is tried again, each time half way back to the last round."""


@dataclass(frozen=True)
class Manner:
    """How rounds are steered.

    Parameters
    ----------
    gain
        Power of price over cost by which what is wanted is corrected.
    rounds
        Most rounds.
    tolerance
        Gap at which it ends, after the last change of tastes.
    averaged
        Whether prices are held against the average of all rounds' costs since tastes last changed, the k-th counted k
        times: for an economy with several scarcities, whose costs jump where another one begins to bind.
    most
        Part by which what is wanted of a product grows at most in one round; it shrinks by as many times at most.
    checked
        Whether a gain too large for buyers' elasticities is refused before it makes the rounds swing ever wider.

    Raises
    ------
    BadInput
        With every number that cannot be.
    """

    gain: float = 0.5
    rounds: int = 20
    tolerance: float = 1e-4
    averaged: bool = False
    most: float = MOST
    checked: bool = True

    def __post_init__(self) -> None:
        faults = []
        if not 0 < self.gain < np.inf:
            faults.append(Fault("gain", "steering, gain", f"{self.gain:g}", "a number above 0", "give for example 0.5"))
        if not self.most > 0:
            faults.append(Fault("most", "steering, most", f"{self.most:g}", "a part above 0", "give for example 0.1"))
        if self.rounds < 1:
            faults.append(Fault("rounds", "steering, rounds", f"{self.rounds}", "at least 1", "give for example 20"))
        if faults:
            raise BadInput(faults)


def steer(
    supplier: Supplier,
    demand: Demand,
    income: float,
    wanted: npt.ArrayLike,
    manner: Manner | None = None,
    *,
    later: Mapping[int, Demand] | None = None,
    on_progress: Callable[[str, float], None] | None = None,
) -> Path:
    """Plan, deliver, sell and correct, round after round, until nothing better could be delivered.

    Parameters
    ----------
    supplier
        Delivers what is wanted, as far as it goes.
    demand
        How buyers answer prices and income.
    income
        What they spend each round.
    wanted
        What the first plan is asked for, n positive numbers; only proportions count.
    manner
        Gain, rounds, tolerance and the rest.
    later
        Tastes that replace the demand from a round on.
    on_progress
        Told the round as it begins, and which part of the way it is.

    Raises
    ------
    BadInput, NotCertified
        If products differ or the gain is too large; if there are no clearing prices for what a plan delivers.
    """
    manner, changes = manner or Manner(), later or {}
    _require_same(supplier, demand, changes)
    asked, made, since = fixed(wanted), list[Round](), 1
    require_positive("first plan", supplier.products, wanted=asked)
    for number in range(1, manner.rounds + 1):
        (on_progress or silent)(f"round {number}", (number - 1) / manner.rounds)
        if number in changes:
            demand, since = changes[number], number
        known = made[since - 1 :] if manner.averaged else []
        made.append(_sold(number, supplier, demand, income, asked, known, made[-1] if made else None))
        if manner.checked and number == since and not manner.averaged:
            _require_contraction(demand, made[-1], manner.gain)
        if made[-1].gap <= manner.tolerance and number >= max(changes, default=0):
            break
        asked = _corrected(made[-1], manner)
    return Path(supplier.products, tuple(made), manner.tolerance)


def _corrected(one: Round, manner: Manner) -> np.ndarray:
    """Return what the next round is asked for."""
    asked = one.wanted * np.clip(one.ratios**manner.gain, 1 / (1 + manner.most), 1 + manner.most)
    return np.asarray(asked / asked.mean())


def _sold(
    number: int,
    supplier: Supplier,
    demand: Demand,
    income: float,
    wanted: np.ndarray,
    known: list[Round],
    last: Round | None,
) -> Round:
    """Return the round of what is wanted; half way back to the last one where buyers cannot do with so little."""
    for _ in range(BACK):
        try:
            return _round(number, supplier, demand, income, wanted, known, last)
        except NotCertified:
            if last is None:
                raise
            wanted = np.sqrt(wanted * last.wanted)
    return _round(number, supplier, demand, income, wanted, known, last)


def _round(
    number: int,
    supplier: Supplier,
    demand: Demand,
    income: float,
    wanted: np.ndarray,
    known: list[Round],
    last: Round | None,
) -> Round:
    """Return the round in which ``wanted`` is planned, delivered and sold; its costs are averaged with ``known``."""
    delivery = supplier.deliver(wanted)
    costs = delivery.costs * income / float(delivery.costs @ delivery.quantities)
    fresh = 2 / (len(known) + 2)
    if known:
        costs = (1 - fresh) * known[-1].costs + fresh * costs
    start = last.clearing.prices if last else costs if (costs > 0).all() else None
    clearing = clearing_prices(demand, delivery.quantities, income, start=start)
    best = supplier.worth(clearing.prices)
    got = float(clearing.prices @ delivery.quantities)
    return Round(number, fixed(wanted), delivery, fixed(costs), clearing, max(0.0, best / got - 1))


def _require_contraction(demand: Demand, one: Round, gain: float) -> None:
    most = largest_gain(demand, one.delivery, one.clearing)
    if gain >= most:
        raise BadInput(
            Fault(
                "gain-too-large",
                "steering, gain",
                f"{gain:g}: with buyers who give way to prices so little each round would swing wider than the last",
                f"less than {most:.4g}, twice the price elasticity of what is wanted least elastically",
                f"give for example {most / 2:.3g}",
            )
        )


def _require_same(supplier: Supplier, demand: Demand, later: Mapping[int, Demand]) -> None:
    refuse(
        Fault(
            "products-differ", where, ", ".join(found.products[:6]), ", ".join(supplier.products[:6]), "give the same"
        )
        for where, found in [("demand", demand), *((f"demand from round {when}", d) for when, d in later.items())]
        if tuple(found.products) != tuple(supplier.products)
    )

"""What must hold before anything is solved: refusals that need no solver (design §6.1)."""

from collections.abc import Callable

import numpy as np

from newcourse.economy.economy import Economy
from newcourse.economy.productivity import unproductive_faults
from newcourse.errors import BadInput, Fault
from newcourse.plan.goal import Goal
from newcourse.plan.layout import grown
from newcourse.plan.least_factor import least_content
from newcourse.plan.limits import Limits
from newcourse.plan.names import Names
from newcourse.plan.sentences import number
from newcourse.plan.starts import length

ROOM = 1e-9
"""Part by which a guaranteed minimum must be beyond reach before it is refused: rounding."""


def require_plannable(economy: Economy, goal: Goal, limits: Limits) -> None:
    """Check that a plan can be made at all.

    Raises
    ------
    BadInput
        If nothing is asked for; a good is asked for that nothing can supply; the goods need each other more than they
        can be made and there is no choice of technique; a process uses a factor, or trains for one, that has no supply;
        a guaranteed minimum takes more of a factor than there is by whatever technique; a project is longer than the
        horizon. Every fault at once.
    """
    faults = [
        *_need_faults(economy),
        *_technique_faults(economy),
        *_factor_faults(economy),
        *_training_faults(economy),
        *_project_faults(economy, limits),
    ]
    if not faults:
        faults += _minimum_faults(economy, goal, limits)
    if faults:
        raise BadInput(faults)


def _technique_faults(economy: Economy) -> list[Fault]:
    """Return the groups of goods that cannot be made, where no other technique, store or project could mend it."""
    makers = np.diff(economy.outputs.indptr)
    if makers.max(initial=0) > 1 or len(economy["stores"]):
        return []
    return unproductive_faults(economy)


def _training_faults(economy: Economy) -> list[Fault]:
    """Return a fault for every training for a factor that has no supply at the place or above it."""
    supplied = _supplied(economy)
    pairs = economy["training"][["process", "place", "factor"]].itertuples(index=False, name=None)
    return [
        Fault(
            "training-without-supply",
            f"training by {process}",
            f"no supply of {factor} at {place} or above",
            "a row in factor_supply.csv that the training adds to, 0 if there is nobody yet",
            "state the supply",
        )
        for process, place, factor in pairs
        if not supplied(place, factor)
    ]


def _project_faults(economy: Economy, limits: Limits) -> list[Fault]:
    return [
        Fault(
            "project-too-long",
            f"project {project}",
            f"{needed} periods until it is finished and used",
            f"at most the {limits.periods} of the plan",
            f"plan at least {needed} periods, or leave the project out",
        )
        for project, needed in length(economy).items()
        if needed > limits.periods
    ]


def _minimum_faults(economy: Economy, goal: Goal, limits: Limits) -> list[Fault]:
    """Return a fault for every guaranteed minimum that alone takes more of a factor than there is, by any technique.

    Minima that take too much only together are a contradiction, found and named by solving.
    """
    needs = economy["needs"]
    kept = needs["need"].isin(goal.guaranteed).to_numpy()
    if not kept.any():
        return []
    faults, names, rows = [], Names(economy), economy.good_rows(needs)
    trained = set(economy["training"]["factor"])
    for position, factor in enumerate(economy["factors"]["factor"]):
        if factor in trained:
            continue
        content = least_content(economy, position)[rows]
        for period in range(limits.periods):
            taken = np.where(kept, content * grown(needs, "minimum", period), 0.0)
            there = _all_supply(economy, factor, period)
            beyond = np.flatnonzero(taken > there * (1 + ROOM))
            faults += [
                _beyond(names, needs["need"].iloc[row], factor, float(taken[row]), there, period) for row in beyond
            ]
            if beyond.size:
                break
    return faults


def _all_supply(economy: Economy, factor: str, period: int) -> float:
    """Return the supply of a factor at all places that have none above them with a supply of it."""
    supply = economy["factor_supply"]
    supply = supply[supply["factor"] == factor]
    listed = set(supply["place"])
    topmost = [not listed.intersection(economy.at_and_above(place)[1:]) for place in supply["place"]]
    return float(grown(supply[topmost], "quantity", period).sum())


def _beyond(names: Names, need: str, factor: str, taken: float, there: float, period: int) -> Fault:
    unit = names.unit("factor", factor)
    return Fault(
        "minimum-beyond-technique",
        f"guaranteed minimum of {names.need(need)}",
        f"at least {number(taken)} {unit} of {names.factor(factor)} in period {period + 1}, whatever the techniques",
        f"at most the {number(there)} {unit} there are",
        "lower the guaranteed minimum, raise the supply, or add a technique or an import that takes less",
    )


def _need_faults(economy: Economy) -> list[Fault]:
    needs = economy["needs"]
    if needs.empty:
        return [
            Fault(
                "needs-none",
                f"economy {economy.about.name}",
                "no needs",
                "at least one need",
                "file needs in needs.csv",
            )
        ]
    asked = economy.good_rows(needs)
    suppliable = _suppliable(economy)
    return [
        Fault(
            "need-without-source",
            f"need {row.need} ({row.name_} at {row.place})",
            f"no way to get {row.product} there",
            "a process, an import, a route or a store that supplies it",
            "add one, or withdraw the need",
        )
        for row, good in zip(needs.rename(columns={"name": "name_"}).itertuples(), asked, strict=True)
        if not suppliable[good]
    ]


def _factor_faults(economy: Economy) -> list[Fault]:
    """Return a fault for every factor used at a place without a supply there or above: it would have no limit."""
    supplied = _supplied(economy)
    at = economy["processes"].set_index("process")["place"]
    used = economy["factor_use"].assign(place=lambda table: table["process"].map(at))
    pairs = used.loc[used["quantity"] > 0, ["place", "factor"]].drop_duplicates()
    return [
        Fault(
            "factor-without-supply",
            f"factor {factor} at {place}",
            "processes that use it, but no supply of it there or above",
            "a row in factor_supply.csv for the place or one above it",
            "state how much of it there is, or count it as an emission if it has no limit",
        )
        for place, factor in pairs.itertuples(index=False, name=None)
        if not supplied(place, factor)
    ]


def _supplied(economy: Economy) -> Callable[[str, str], bool]:
    """Return what says whether a factor has a supply at a place or above it."""
    supplies = set(economy["factor_supply"][["place", "factor"]].itertuples(index=False, name=None))
    return lambda place, factor: any((above, factor) in supplies for above in economy.at_and_above(place))


def _suppliable(economy: Economy) -> np.ndarray:
    supplied = np.asarray(economy.outputs.sum(axis=1)).ravel() > 0
    for table, end in (("trade", "place"), ("stores", "place"), ("routes", "destination")):
        supplied[economy.good_rows(economy[table], end)] = True
    return supplied

"""A plan: what it meets, what holds it back, where goods go, and the proof that it is right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newcourse.plan.explain import bottlenecks
from newcourse.plan.plan import TABLES as TABLES_OF_A_PLAN
from newcourse.plan.plan import Plan
from newcourse.web import plan_tables as tables
from newcourse.web.page import Page
from newcourse.web.shown import Shown, of_plan
from newcourse.web.site import Site
from newcourse.web.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One main number of a plan, beside the base year's."""

    name: str
    unit: str
    quantity: float
    change: float | None


@dataclass(frozen=True, slots=True)
class Stage:
    """What was proved of one stage of the plan."""

    stage: str
    method: str
    sentence: str
    certificate: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Facts of the page of a plan."""

    address: str
    title: str
    cycle: int
    adopted: bool
    economy: str
    base_year: int
    years: tuple[int, ...]
    year: int
    currency: str
    met: float
    figures: tuple[Figure, ...]
    certified: bool
    stages: tuple[Stage, ...]
    fulfilment: Shown
    places: Shown | None
    flows: Shown
    totals: Shown
    limits: Shown
    limits_in_words: tuple[str, ...]
    missed: Table
    missed_in_all: int
    weights: Table
    valuations: Table
    tables: tuple[str, ...]


def plan(site: Site, address: str = "", year: int = 0) -> PlanFacts:
    """Return what there is to say of a plan.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan; the adopted plan of the last cycle (or its plan without any proposal) if left out.
    year
        Year of the flow diagram; the first one planned if 0.
    """
    address = address or site.current_plan()
    cycle, title = site.named(address)
    made = site.plan(address)
    year = year if year in made.periods else made.periods[0]
    total = made.needs[["asked value", "delivered value"]].sum()
    return PlanFacts(
        address=address,
        title=title,
        cycle=cycle.number,
        adopted=cycle.adopted == address,
        economy=made.economy.about.title,
        base_year=made.economy.about.year,
        years=tuple(made.periods),
        year=year,
        currency=made.economy.about.currency,
        met=float(total["delivered value"] / total["asked value"]),
        figures=_figures(made),
        certified=made.certified,
        stages=tuple(Stage(**proof.to_data()) for proof in made.proofs),
        fulfilment=of_plan(
            "fulfilment", address, "Bars of how far each group's needs are met", tables.fulfilment(made)
        ),
        places=_places(made, address),
        flows=of_plan(
            "flows", address, "Flow diagram from origins over branches to uses", tables.flows(made, year), str(year)
        ),
        totals=of_plan("years", address, "Columns of totals year by year", tables.years(made)),
        limits=of_plan("bottlenecks", address, "Bars of the dearest limits", tables.limits(made)),
        limits_in_words=tuple(limit.words() for limit in bottlenecks(made)[:5]),
        missed=tables.missed(made),
        missed_in_all=int((made.needs["delivered"] < made.needs["target"] * (1 - 1e-6)).sum()),
        weights=tables.weights(made),
        valuations=tables.valuations(made),
        tables=TABLES_OF_A_PLAN,
    )


def _figures(made: Plan) -> tuple[Figure, ...]:
    first = made.totals()
    first = first[first["period"] == made.periods[0]]
    return tuple(
        Figure(name, unit, float(quantity), float(quantity / base - 1) if base > 0 else None)
        for name, unit, quantity, base in first[["measure", "unit", "quantity", "base"]].itertuples(
            index=False, name=None
        )
    )


def _places(made: Plan, address: str) -> Shown | None:
    if made.needs["place"].nunique() < 2:
        return None
    return of_plan("places", address, "Table of coloured cells, one per place and group of needs", tables.places(made))


CURRENT = Page("plan", "/plan", "The plan of the last cycle", plan, "Plan")
PAGE = Page("plan", "/plan/{address}", "A plan", plan, "Plan")

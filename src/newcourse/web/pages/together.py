"""What can be had together: efficient plans for several aims, and a few really different ones."""

from dataclasses import dataclass
from typing import Final

from newcourse.pictures.pareto import pareto_table
from newcourse.plan.pareto import Choices, efficient_plans
from newcourse.web.page import Page
from newcourse.web.shown import Shown, of_plan
from newcourse.web.site import Site
from newcourse.web.table import Cell, Headings, Table, table
from newcourse.web.text import sentence

STEPS: Final = 4
"""Into how many steps the range of each aim is divided."""

COUNT: Final = 4
"""How many plans there are to choose from."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One efficient plan in words."""

    title: str
    description: str


@dataclass(frozen=True, slots=True)
class TogetherFacts:
    """Facts of the page of what can be had together."""

    address: str
    title: str
    cycle: int
    aims: tuple[str, ...]
    points: int
    solved: int
    choices: tuple[Choice, ...]
    frontier: Shown
    best: Table


def together(site: Site, address: str) -> TogetherFacts:
    """Return the efficient plans of the economy, goal and limits of a plan.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan.
    """
    cycle, title = site.named(address)
    found = choices_of(site, address)
    return TogetherFacts(
        address=address,
        title=title,
        cycle=cycle.number,
        aims=tuple(aim.title for aim in found.aims),
        points=len(found.frontier),
        solved=found.solved,
        choices=tuple(Choice(one.title, one.description) for one in found.chosen),
        frontier=of_plan("together", address, "Lines of efficient plans over the aims", _points(found)),
        best=_best(found),
    )


def choices_of(site: Site, address: str) -> Choices:
    """Return the efficient plans; made once, because it takes several dozen solves."""

    def made() -> Choices:
        plan = site.plan(address)
        return efficient_plans(plan.economy, plan.goal, plan.limits, count=COUNT, steps=STEPS)

    return site.pages.get(("together", address), made)


def _points(found: Choices) -> Table:
    numbers = pareto_table(found)
    wide = numbers.pivot_table(index="point", columns="aim", values="value", sort=False)
    names = {one.point: one.title for one in found.chosen}
    headings: Headings = [("plan", "text"), *((_head(found, k), "number") for k in range(len(found.aims)))]
    rows: list[tuple[Cell, ...]] = [
        (names.get(point, f"point {point + 1}"), *map(float, values))
        for point, values in enumerate(wide.sort_index().to_numpy())
    ]
    return table("Efficient plans, most needs met first", headings, rows)


def _best(found: Choices) -> Table:
    headings: Headings = [("first comes", "text"), *((_head(found, k), "number") for k in range(len(found.aims)))]
    rows: list[tuple[Cell, ...]] = [
        (sentence(aim.best.lower()), *map(float, found.payoff.iloc[k])) for k, aim in enumerate(found.aims)
    ]
    return table("The best of each aim, and with it the best of the others", headings, rows)


def _head(found: Choices, k: int) -> str:
    return f"{found.aims[k].title}, {found.units[k]}"


PAGE = Page("together", "/plan/{address}/together", "What can be had together", together, "Variants")

"""Open futures: what is decided now for all of them, what waits, and what it would be worth to know."""

from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from newcourse.plan.futures.open_plan import OpenPlan, make_open_plan
from newcourse.plan.futures.telling import common_decisions, different_decisions
from newcourse.plan.futures.usual import usual_tree
from newcourse.plan.futures.worth import Worth, weigh_open_plan
from newcourse.plan.plan import Plan
from newcourse.web.page import Page
from newcourse.web.shown import Shown, of_plan
from newcourse.web.site import Site
from newcourse.web.table import Columns, Headings, Table, frame_table, table

SHOWN: Final = 12
"""Rows of a table of decisions."""

OPTIONS, PATIENCE = 2, 5.0
"""Options that are asked about, and seconds for each solve of one."""


@dataclass(frozen=True, slots=True)
class FuturesFacts:
    """Facts of the page of open futures."""

    address: str
    title: str
    futures: str
    source: str
    periods: int
    common_periods: int
    certified: bool
    sentences: tuple[str, ...]
    tree: Shown
    met: Shown
    common: Table
    common_in_all: int
    different: Table
    different_in_all: int
    proofs: tuple[str, ...]


def futures(site: Site, address: str) -> FuturesFacts:
    """Return what of a plan would be common to several futures, and what would differ.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan: its economy, goal and limits are planned for the assumed futures.
    """
    made, worth = open_plan_of(site, address)
    common, different = common_decisions(made, None), different_decisions(made, None)
    return FuturesFacts(
        address=address,
        title=site.named(address)[1],
        futures=made.tree.title,
        source=made.tree.source,
        periods=made.limits.periods,
        common_periods=made.common_periods,
        certified=made.certified,
        sentences=worth.sentences(),
        tree=of_plan("tree", address, f"Tree of what may come: {made.tree.title}", _tree(made)),
        met=of_plan("futures", address, "Lines of how far needs are met, one per future", _met(made)),
        common=_common(common.head(SHOWN)),
        common_in_all=len(common),
        different=_different(made, different.head(SHOWN)),
        different_in_all=len(different),
        proofs=tuple(f"{proof.stage}: {proof.sentence}" for proof in made.proofs),
    )


def open_plan_of(site: Site, address: str) -> tuple[OpenPlan, Worth]:
    """Return the open plan beside a plan, and what it is worth; made once, because it takes several solves."""
    return site.pages.get(("futures", address), lambda: open_plan_beside(site.plan(address)))


def open_plan_beside(plan: Plan) -> tuple[OpenPlan, Worth]:
    """Return the same economy, goal and limits planned for the assumed futures, and what that is worth."""
    tree = usual_tree(plan.economy)
    limits = replace(plan.limits, periods=max(plan.limits.periods, tree.last_period))
    made = make_open_plan(plan.economy, plan.goal, limits, tree=tree)
    return made, weigh_open_plan(made, most=OPTIONS, patience=PATIENCE)


def _tree(made: OpenPlan) -> Table:
    tree, first = made.tree, made.economy.about.year
    rows = [
        (
            node.title,
            first + node.period,
            made.weights.get(node.name, 1.0),
            "; ".join(change.words(made.economy) for change in node.changes) or "nothing",
        )
        for node in tree.nodes
    ]
    columns: Headings = [("future", "text"), ("known in", "code"), ("weight", "percent"), ("what differs then", "text")]
    return table("What may come", columns, rows)


def _met(made: OpenPlan) -> Table:
    found = made.fulfilment()
    years = list(dict.fromkeys(found["period"]))
    rows = [
        (made.tree.node(str(name)).title, made.weights[str(name)], *part["fulfilment"])
        for name, part in found.groupby("scenario", sort=False)
    ]
    rows.append(("expected", 1.0, *made.bands()["expected"]))
    columns: Headings = [("future", "text"), ("weight", "percent"), *((str(year), "percent") for year in years)]
    return table("Part of what is asked for, in value", columns, rows)


def _common(found: pd.DataFrame) -> Table:
    columns: Columns = {
        "what": ("decision", "text"),
        "period": ("takes effect in", "code"),
        "base": ("base year", "number"),
        "quantity": ("planned", "number"),
        "change": ("change", "change"),
    }
    return frame_table("Decided now, the same for every future: the largest changes", found, columns)


def _different(made: OpenPlan, found: pd.DataFrame) -> Table:
    columns: Columns = {"what": ("decision", "text"), "period": ("in", "code")}
    named: Columns = {name: (made.tree.node(name).title, "number") for name in made.plans}
    caption = "Decided when more is known: what differs most from future to future"
    return frame_table(caption, found, {**columns, **named})


PAGE = Page("futures", "/plan/{address}/futures", "Open futures: what is common, what waits", futures, "Plan")

"""Trade: what to make, what to buy, where catching up would pay; and what the end of trade would cost."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from newcourse.pictures.trade import trade_table
from newcourse.plan.autarky import autarky
from newcourse.plan.comparative import ComparativeCoefficients, comparative_coefficients
from newcourse.plan.cost import Difference
from newcourse.plan.names import Names
from newcourse.plan.plan import Plan
from newcourse.plan.trade.apart import Autarky
from newcourse.plan.trade.series import trade_series
from newcourse.web.page import Page
from newcourse.web.shown import Shown, of_plan
from newcourse.web.site import Site
from newcourse.web.table import Columns, Table, frame_table, table

STEPS: Final = (0.5, 0.0)
"""How far trade is closed on the page of autarky."""


@dataclass(frozen=True, slots=True)
class TradeFacts:
    """Facts of the page of trade."""

    address: str
    title: str
    year: int
    trades: bool
    outside: bool
    making: tuple[str, ...]
    buying: tuple[str, ...]
    even: tuple[str, ...]
    catching_up: tuple[str, ...]
    coefficients: Shown | None
    costs: Table | None
    payments: Table | None
    terms: Table | None


def trade(site: Site, address: str) -> TradeFacts:
    """Return the comparative coefficients of a plan and its series of trade.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan.
    """
    title, plan = site.named(address)[1], site.plan(address)
    outside = not plan.economy["trade"].empty
    if not trades(plan):
        return TradeFacts(address, title, plan.periods[0], False, outside, (), (), (), (), None, None, None, None)
    found = coefficients_of(site, address)
    year = plan.periods[0]
    verdicts = {v: tuple(row.words() for row in rows) for v, rows in found.verdicts(year).items()}
    shown = of_plan("trade", address, "Bars of costs at home over costs elsewhere, by their parts", _parts(found, year))
    return TradeFacts(
        address=address,
        title=title,
        year=year,
        trades=True,
        outside=outside,
        making=verdicts["make"],
        buying=verdicts["buy"],
        even=verdicts["either"],
        catching_up=verdicts["catch up"],
        coefficients=shown,
        costs=_costs(found),
        payments=_payments(plan, found) if len(plan.economy["accounts"]) else None,
        terms=_terms(plan) if outside else None,
    )


def trades(plan: Plan) -> bool:
    """Return whether a plan can get anything from elsewhere."""
    return not (plan.economy["trade"].empty and plan.economy["routes"].empty)


def coefficients_of(site: Site, address: str) -> ComparativeCoefficients:
    """Return the coefficients of a plan; made once, because the plan is solved again for them."""
    return site.pages.get(("trade", address), lambda: comparative_coefficients(site.plan(address)))


def _parts(found: ComparativeCoefficients, year: int) -> Table:
    columns: Columns = {
        "name": ("product", "text"),
        "coefficient": ("making over buying", "number"),
        "verdict": ("so", "text"),
        "part": ("part of the cost", "text"),
        "share": ("of the first number", "number"),
    }
    return frame_table(f"Making over buying in {year}, by parts", trade_table(found, year), columns)


def _costs(found: ComparativeCoefficients) -> Table:
    many = len({row.place for row in found.rows}) > 1
    columns: Columns = {
        "name": ("product", "text"),
        **({"place_name": ("place", "text")} if many else {}),
        "period": ("year", "text"),
        "coefficient": ("making over buying", "number"),
        "verdict": ("so", "text"),
        "domestic cost": (f"costs at home, {found.currency}", "number"),
        "cost elsewhere": (f"elsewhere, {found.currency}", "number"),
        "built coefficient": ("of the better technique once built", "number"),
        "made": ("made", "number"),
        "bought": ("bought", "number"),
        "sold": ("sold", "number"),
        "unit": ("unit", "text"),
    }
    numbers = found.table().assign(place_name=[row.place_name for row in found.rows])
    numbers = numbers.sort_values("period", kind="stable")
    return frame_table("Every product that can be bought elsewhere", numbers, columns)


def _payments(plan: Plan, found: ComparativeCoefficients) -> Table:
    numbers = trade_series(plan).payments
    names = Names(plan.economy)
    numbers["name"] = [names.place(str(place)) for place in numbers["place"]]
    numbers["exchange"] = [found.exchange[int(period)] for period in numbers["period"]]
    columns: Columns = {
        "name": ("account", "text"),
        "period": ("year", "text"),
        "imports": ("imports", "number"),
        "exports": ("exports", "number"),
        "balance": ("balance", "change"),
        "reserves": ("reserves left", "number"),
        "debt": ("debt", "number"),
        "interest": ("interest paid", "number"),
        "saved": ("saved", "number"),
        "exchange": ("one more would bring", "number"),
    }
    return frame_table(f"Means of payment, year by year, in {found.currency}", numbers, columns)


def _terms(plan: Plan) -> Table:
    columns: Columns = {
        "period": ("year", "text"),
        "exports fisher": ("export prices", "number"),
        "imports fisher": ("import prices", "number"),
        "terms laspeyres": ("terms of trade, Laspeyres", "number"),
        "terms paasche": ("Paasche", "number"),
        "terms fisher": ("Fisher", "number"),
    }
    numbers = trade_series(plan).terms
    return frame_table(
        "Terms of trade, the base year being 1", numbers.assign(period=numbers["period"].astype(int)), columns
    )


@dataclass(frozen=True, slots=True)
class AutarkyFacts:
    """Facts of the page of autarky."""

    address: str
    title: str
    words: str
    path: Table | None
    groups: Table | None
    places: Table | None
    same_needs: Table | None
    missed: Table | None


def closed(site: Site, address: str) -> AutarkyFacts:
    """Return what the end of trade would cost.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan.
    """
    title, plan = site.named(address)[1], site.plan(address)
    if not trades(plan):
        why = "This economy neither trades with the world outside nor has routes between places."
        return AutarkyFacts(address, title, why, None, None, None, None, None)
    found = autarky_of(site, address)
    currency = found.costing.currency
    return AutarkyFacts(
        address=address,
        title=title,
        words=found.words(),
        path=_path(found),
        groups=_lost("group of needs", found.costing.groups, currency),
        places=_lost("place", found.costing.places, currency) if len(found.costing.places) > 1 else None,
        same_needs=_same_needs(found),
        missed=_missed(found),
    )


def autarky_of(site: Site, address: str) -> Autarky:
    """Return the economy of a plan without trade, or each place by itself where only places trade; made once."""
    plan = site.plan(address)
    inside = plan.economy["trade"].empty
    return site.pages.get(("autarky", address), lambda: autarky(plan, steps=STEPS, between_places=inside))


def _path(found: Autarky) -> Table:
    columns: Columns = {
        "openness": ("trade left open", "percent"),
        "met": (f"needs met, {found.costing.currency}", "number"),
        "lost": ("lost", "percent"),
        "worst minimum": ("worst minimum met to", "percent"),
        "minima missed": ("minima missed", "number"),
    }
    return frame_table("What is lost step by step", found.path(), columns)


def _lost(what: str, differences: tuple[Difference, ...], currency: str) -> Table:
    rows = [(d.what, d.before, d.after, -d.difference / d.before if d.before else None) for d in differences]
    numbers = pd.DataFrame(rows, columns=["what", "with", "without", "lost"])
    columns: Columns = {
        "what": (what, "text"),
        "with": (f"with trade, {currency}", "number"),
        "without": (f"without, {currency}", "number"),
        "lost": ("lost", "percent"),
    }
    return frame_table(f"Needs met by {what}", numbers, columns)


def _same_needs(found: Autarky) -> Table:
    rows = [(s.factor, s.unit, s.with_trade, s.without, s.more) for s in found.same_needs]
    headings = [
        ("factor", "text"), ("unit", "text"),
        ("with trade", "number"), ("without", "number"), ("more", "percent"),
    ]  # fmt: skip
    return table("What the needs that can still be met take", headings, rows)  # type: ignore[arg-type]


def _missed(found: Autarky) -> Table:
    rows = [(m.name, m.place, str(m.period), m.delivered, m.minimum, m.unit) for m in found.steps[-1].missed]
    headings = [
        ("need", "text"), ("place", "text"), ("year", "text"),
        ("delivered", "number"), ("minimum", "number"), ("unit", "text"),
    ]  # fmt: skip
    return table("Minima that cannot be met without trade", headings, rows)  # type: ignore[arg-type]


PAGE = Page("trade", "/plan/{address}/trade", "What to make, what to buy, where to catch up", trade, "Plan")
CLOSED = Page("autarky", "/plan/{address}/autarky", "What the end of trade would cost", closed, "Plan")

"""The base economy of a cycle: its source and terms, what was assumed, and what it consists of."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from newcourse.economy.schema import SCHEMA
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.table import Headings, Table, table

_KINDS: Final = {"official": "Official figures", "literature": "From the literature", "assumed": "Assumed"}


@dataclass(frozen=True, slots=True)
class EconomyFacts:
    """Facts of the page of the economy."""

    cycle: int
    address: str
    fingerprint: str
    about: dict[str, Any]
    assumptions: tuple[Table, ...]
    tables: Table
    products: Table


def economy(site: Site, cycle: int = 0) -> EconomyFacts:
    """Return the base economy of a cycle (0 for the last), or the one the federation was founded with."""
    state = site.federation.state
    asked = site.federation.cycle(cycle) if cycle or state.last_cycle else None
    address = asked.economy if asked else state.economy
    base = site.federation.economy(address)
    kinds = base["assumptions"].groupby("kind", sort=False)
    columns: Headings = [("assumption", "text"), ("source", "text")]
    shown = [(schema.name, schema.meaning, len(base[schema.name])) for schema in SCHEMA if len(base[schema.name])]
    products = base["products"][["name", "product", "unit", "branch", "group"]].itertuples(index=False, name=None)
    return EconomyFacts(
        cycle=asked.number if asked else 0,
        address=address,
        fingerprint=base.fingerprint,
        about=asdict(base.about),
        assumptions=tuple(
            table(
                _KINDS.get(str(kind), str(kind)), columns, part[["text", "source"]].itertuples(index=False, name=None)
            )
            for kind, part in kinds
        ),
        tables=table("Its tables", [("table", "text"), ("one row says", "text"), ("rows", "number")], shown),
        products=table(
            "Products",
            [("product", "text"), ("code", "code"), ("unit", "text"), ("branch", "text"), ("group of needs", "text")],
            products,
        ),
    )


PAGE = Page("economy", "/economy", "The base economy, its source and what was assumed", economy, "Plan")

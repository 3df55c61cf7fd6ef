"""The needs of a cycle: what each place asks for, and what of it was filed in this cycle."""

from dataclasses import dataclass
from typing import Final

from newcourse.council.cycle import Cycle
from newcourse.economy.economy import Economy
from newcourse.plan.goal import need_groups
from newcourse.plan.names import Names
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.table import Headings, Table, table
from newcourse.web.text import moment

_TIERS: Final[Headings] = [("unit", "text"), ("minimum", "number"), ("target", "number")]


@dataclass(frozen=True, slots=True)
class NeedsFacts:
    """Facts of the page of needs."""

    cycle: int
    call_ends: str
    filed: Table
    groups: tuple[Table, ...]


def needs(site: Site, cycle: int = 0) -> NeedsFacts:
    """Return what places ask for in a cycle, 0 for the last: filed in it, and all together by group."""
    asked = site.federation.cycle(cycle)
    economy = site.federation.economy_asked(cycle)
    before = site.federation.economy(asked.economy)
    return NeedsFacts(asked.number, moment(asked.call_ends), _filed(asked, economy, before), _groups(economy))


def _filed(cycle: Cycle, economy: Economy, before: Economy) -> Table:
    names = Names(economy)
    old = dict(zip(before["needs"]["need"], before["needs"]["target"].tolist(), strict=True))
    rows = [
        (
            names.need(need.need),
            names.place(need.place),
            need.by,
            old.get(need.need),
            names.unit("need", need.need),
            need.minimum,
            need.target,
        )
        for need in cycle.needs.values()
    ]
    columns: Headings = [("need", "text"), ("place", "text"), ("filed by", "text")]
    return table("Filed in this cycle", [*columns, ("target before", "number"), *_TIERS], rows)


def _groups(economy: Economy) -> tuple[Table, ...]:
    names = Names(economy)
    columns: Headings = [("need", "text"), ("place", "text"), *_TIERS]
    asked = economy["needs"].assign(group=need_groups(economy))
    asked["place"] = [names.place(str(code)) for code in asked["place"]]
    asked["unit"] = [names.unit("need", str(code)) for code in asked["need"]]
    shown = ["name", "place", "unit", "minimum", "target"]
    return tuple(
        table(str(group), columns, part[shown].itertuples(index=False, name=None))
        for group, part in asked.groupby("group", sort=False)
    )


PAGE = Page("needs", "/needs", "What places ask for", needs, "Needs")

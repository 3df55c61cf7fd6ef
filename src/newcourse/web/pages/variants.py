"""The variants of a cycle side by side: what each meets, brings and takes, and which one was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

from newcourse.council.cycle import Cycle
from newcourse.pictures.variants import variants_table
from newcourse.plan.plan import Plan
from newcourse.web.page import Page
from newcourse.web.shown import Shown
from newcourse.web.site import Site
from newcourse.web.table import Headings, Link, Table, table
from newcourse.web.text import sentence


@dataclass(frozen=True, slots=True)
class VariantFacts:
    """One variant in words."""

    code: str
    title: str
    description: str
    proposals: tuple[Link, ...]
    plan: str
    won: bool
    adopted: bool


@dataclass(frozen=True, slots=True)
class VariantsFacts:
    """Facts of the page of variants."""

    cycle: int
    waits_for: str
    variants: tuple[VariantFacts, ...]
    picture: Shown | None
    totals: Table | None
    base_plan: str


def variants(site: Site, cycle: int = 0) -> VariantsFacts:
    """Return the variants of a cycle, 0 for the last."""
    asked = site.federation.cycle(cycle)
    plans = {variant.title: site.plan(variant.plan) for variant in asked.variants}
    return VariantsFacts(
        cycle=asked.number,
        waits_for=asked.stage,
        variants=_described(site, asked),
        picture=_picture(site, asked, plans) if plans else None,
        totals=_compared(plans, "totals", "What each variant brings and takes in a year on average") if plans else None,
        base_plan=asked.plan,
    )


def _described(site: Site, cycle: Cycle) -> tuple[VariantFacts, ...]:
    return tuple(
        VariantFacts(
            variant.variant,
            variant.title,
            variant.description,
            tuple(
                Link(f"{code}: {site.federation.proposal(code).title}", f"/proposals/{code}")
                for code in variant.proposals
            ),
            variant.plan,
            cycle.winner == variant.variant,
            cycle.adopted == variant.plan,
        )
        for variant in cycle.variants
    )


def _picture(site: Site, cycle: Cycle, plans: Mapping[str, Plan]) -> Shown:
    numbers = _compared(
        plans, "needs", "How far each variant meets each group of needs, in percent of what is asked for"
    )
    return Shown(
        f"/pictures/variants/{site.variants_key(cycle)}/variants", "Dots of each variant side by side", numbers
    )


def _compared(plans: Mapping[str, Plan], part: str, caption: str) -> Table:
    """Return one row per group or measure, and one column per variant."""
    numbers = variants_table(plans)
    numbers = numbers[numbers["part"] == part]
    wide = numbers.pivot_table(index=["what", "unit"], columns="variant", values="value", sort=False)[list(plans)]
    bases = numbers.drop_duplicates("what").set_index("what")["base"]
    columns: Headings = [("", "text"), ("unit", "text")]
    columns += [("base year", "number")] if part == "totals" else []
    rows = [
        (sentence(str(key[0])), key[1], *((float(bases[key[0]]),) if part == "totals" else ()), *values)
        for key, *values in wide.itertuples(name=None)
    ]
    return table(caption, [*columns, *((title, "number") for title in plans)], rows)


PAGE = Page("variants", "/variants", "The plans to choose from, side by side", variants, "Variants")

"""Filed needs put into the economy they are filed for (design §4.2)."""

from collections.abc import Iterable, Iterator
from math import isfinite

import pandas as pd

from newcourse.council.cycle import Need
from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.goal import need_groups


def need_faults(economy: Economy, need: Need) -> Iterator[Fault]:
    """Yield what is wrong with a filed need.

    Wrong are tiers that are no finite numbers from 0 up or out of order; a known need of another place, product or
    group; a new need without product or of a product that is not there, or that no vote could weigh because it belongs
    to no group.
    """
    where = f"need {need.need}"
    if not (isfinite(need.minimum) and isfinite(need.target) and 0 <= need.minimum <= need.target):
        found = f"minimum {need.minimum:g} and target {need.target:g}"
        expected = "a minimum of at least 0 and a target that is not below it"
        yield Fault("need-tiers", where, found, expected, "correct the quantities")
    table = economy["needs"]
    known = table[table["need"] == need.need]
    if len(known):
        yield from _known_faults(where, need, known.iloc[0])
    else:
        yield from _new_faults(where, need, economy)


def with_needs(economy: Economy, needs: Iterable[Need]) -> Economy:
    """Return the economy that is asked for what places have filed, and for the rest what it was asked before."""
    table = economy["needs"].copy()
    added = []
    for need in needs:
        rows = table.index[table["need"] == need.need]
        if len(rows):
            table.loc[rows[0], ["minimum", "target"]] = [need.minimum, need.target]
        else:
            added.append(_row(need))
    if added:
        table = pd.concat([table, pd.DataFrame(added)], ignore_index=True) if len(table) else pd.DataFrame(added)
    return economy.replace(needs=table)


def groups_asked(economy: Economy) -> tuple[str, ...]:
    """Return the groups of needs that votes weigh, in the order of the table of needs.

    Raises
    ------
    BadInput
        If a need belongs to no group, for then no vote could weigh it.
    """
    groups = [str(group) for group in need_groups(economy)]
    nameless = [str(need) for need, group in zip(economy["needs"]["need"], groups, strict=True) if not group.strip()]
    if nameless:
        found, expected = f"no group for {', '.join(nameless)}", "a group for each need, its own or its product's"
        raise BadInput(Fault("group-missing", "needs.csv, column group", found, expected, "name the group"))
    return tuple(dict.fromkeys(groups))


def _known_faults(where: str, need: Need, row: pd.Series) -> Iterator[Fault]:
    for name, given in (("place", need.place), ("product", need.product), ("group", need.group), ("name", need.name)):
        if given and given != row[name]:
            expected = f"{row[name]!r}, as the need has it, or a new code"
            yield Fault("need-other", f"{where}, {name}", repr(given), expected, "file a new need under its own code")


def _new_faults(where: str, need: Need, economy: Economy) -> Iterator[Fault]:
    products = economy["products"]
    row = products[products["product"] == need.product]
    if row.empty:
        expected = "for a need that is new, the code of the product it asks for"
        yield Fault("product-unknown", f"{where}, product", repr(need.product), expected, "name the product")
    elif not (need.group or row.iloc[0]["group"]):
        expected = "a group that votes can weigh, because the product has none"
        yield Fault("group-missing", f"{where}, group", "no group", expected, "name the group")
    if need.place not in set(economy["places"]["place"]):
        yield Fault("place-unknown", f"{where}, place", repr(need.place), "a place of the economy", "correct it")


def _row(need: Need) -> dict[str, object]:
    return {
        "need": need.need,
        "name": need.name or need.need,
        "place": need.place,
        "product": need.product,
        "group": need.group,
        "minimum": need.minimum,
        "target": need.target,
    }

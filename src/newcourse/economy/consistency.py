"""Checks of tables against each other: references, units, the tree of places, tiers, lives, projects (design §5.2)."""

from collections.abc import Iterator, Mapping

import pandas as pd

from newcourse.economy.schema import SCHEMA, TABLES
from newcourse.economy.table_schema import TableSchema
from newcourse.economy.units import conversion_factor, parse_unit
from newcourse.errors import BadInput, Fault


def consistency_faults(tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Return every fault between the tables of an economy, which are in canonical form each."""
    return [
        *_reference_faults(tables),
        *_unit_faults(tables),
        *_tree_faults(tables["places"]),
        *_tier_faults(tables["needs"]),
        *_life_faults(tables["stocks"]),
        *_project_faults(tables),
    ]


def _reference_faults(tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    faults = []
    for schema in SCHEMA:
        frame = tables[schema.name]
        for spec in schema.fields if len(frame) else ():
            if spec.refers_to is None:
                continue
            target = tables[spec.refers_to][TABLES[spec.refers_to].key[0]]
            column = frame[spec.name]
            # An empty label was already reported as missing, unless it may be empty: either way it is no fault here.
            lost = ~column.isin(target) & (column != "")
            for row, value in column[lost].items():
                faults.append(
                    Fault(
                        "label-unknown",
                        f"{schema.name}.csv, row {int(str(row)) + 2}, column {spec.name}",
                        repr(value),
                        f"a {spec.name} listed in {spec.refers_to}.csv",
                        "correct the label or list it",
                    )
                )
    return faults


def _unit_faults(tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    faults = []
    for name in ("products", "processes", "factors", "emissions"):
        frame = tables[name]
        for row, (label, unit) in enumerate(zip(frame.iloc[:, 0], frame["unit"], strict=True)):
            if not unit:
                continue  # reported as a missing value
            try:
                parse_unit(str(unit))
            except BadInput as error:
                fault = error.faults[0]
                where = f"{name}.csv, row {row + 2} ({label}), column unit"
                faults.append(Fault(fault.code, where, fault.found, fault.expected, fault.remedy))
    return faults + [fault for schema in SCHEMA for fault in _repeated_unit_faults(schema, tables)]


_UNIT_OF = {"product": "products", "factor": "factors", "emission": "emissions"}
"""What a unit repeated in another table belongs to, and where it is listed."""


def _repeated_unit_faults(schema: TableSchema, tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    """Yield a fault for every row whose unit is not that of the product, factor or emission it counts."""
    frame = tables[schema.name]
    kind = next((kind for kind in _UNIT_OF if kind in frame), None)
    if kind is None or "unit" not in frame or schema.name == _UNIT_OF[kind] or not (frame["unit"] != "").any():
        return
    listed = dict(zip(tables[_UNIT_OF[kind]][kind], tables[_UNIT_OF[kind]]["unit"], strict=True))
    for row, (label, unit) in enumerate(zip(frame[kind], frame["unit"], strict=True)):
        wanted = listed.get(label, "")
        if unit and wanted and unit != wanted:
            where = f"{schema.name}.csv, row {row + 2} ({label}), column unit"
            yield Fault("unit-mismatch", where, unit, f"{wanted}, the unit of {label}", _unit_remedy(unit, wanted))


def _unit_remedy(unit: str, wanted: str) -> str:
    """Say how a quantity in one unit becomes one in the other, if it can."""
    try:
        factor = conversion_factor(unit, wanted)
    except BadInput:
        return f"state the quantity in {wanted}: {unit} measures something else, or is no unit"
    return f"multiply the quantity by {factor:g} and write {wanted}"


def _tree_faults(places: pd.DataFrame) -> list[Fault]:
    parent = dict(zip(places["place"], places["parent"], strict=True))
    faults = []
    roots = [place for place, above in parent.items() if above == ""]
    if parent and len(roots) != 1:
        faults.append(
            Fault(
                "tree-roots",
                "places.csv, column parent",
                f"{len(roots)} places without a parent: {', '.join(roots)}",
                "exactly one place without a parent",
                "give every place but the federation its parent",
            )
        )
    for place, above in parent.items():
        seen, node = {place}, above
        while node and node in parent and node not in seen:
            seen.add(node)
            node = parent[node]
        if node == place:
            faults.append(
                Fault(
                    "tree-cycle",
                    f"places.csv ({place})",
                    "a place above itself",
                    "a tree",
                    "correct the parents",
                )
            )
    return faults


def _tier_faults(needs: pd.DataFrame) -> list[Fault]:
    wrong = needs[needs["minimum"] > needs["target"]] if len(needs) else needs
    return [
        Fault(
            "need-tiers",
            f"needs.csv ({row.need})",
            f"minimum {row.minimum:g} above target {row.target:g}",
            "a minimum not above the target",
            "lower the minimum or raise the target",
        )
        for row in wrong.itertuples()
    ]


def _life_faults(stocks: pd.DataFrame) -> list[Fault]:
    wrong = stocks[(stocks["ageing"] == "vintage") & (stocks["life"] % 1 != 0)] if len(stocks) else stocks
    return [
        Fault(
            "vintage-life",
            f"stocks.csv ({row.stock}), column life",
            f"{row.life:g} periods",
            "a whole number of periods where stocks age by vintage",
            "round the life, or let the stock age geometrically",
        )
        for row in wrong.itertuples()
    ]


def _project_faults(tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    yields = set(tables["project_yields"]["project"])
    return [
        Fault(
            "project-without-yield",
            f"projects.csv ({project})",
            "nothing that it puts in place",
            "at least one row in project_yields.csv",
            "state what it yields, or leave it out",
        )
        for project in tables["projects"]["project"]
        if project not in yields
    ]

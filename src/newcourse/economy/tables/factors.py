"""Factors: what is limited and no process makes (design §5.1)."""

from typing import Final

from newcourse.economy.table_schema import Field, TableSchema
from newcourse.economy.tables.fields import factor, growth, place, process, quantity, unit_of

TABLES: Final[tuple[TableSchema, ...]] = (
    TableSchema(
        "factors",
        "What is limited and no process makes: labour by skill, land, a mineral.",
        1,
        (
            Field("factor", "Short code."),
            Field("name", "Name in words."),
            Field("unit", "Unit, such as Mhour, ha."),
        ),
    ),
    TableSchema(
        "factor_use",
        "What one unit of activity takes of a factor.",
        2,
        (
            process("Process."),
            factor("Factor."),
            quantity("Units of factor per unit of activity."),
        ),
    ),
    TableSchema(
        "factor_supply",
        "How much of a factor there is in a period, at a place and all places beneath it together.",
        2,
        (
            place("Place."),
            factor("Factor."),
            quantity("Units of factor per period."),
            growth("Part by which it grows each period after the first one planned."),
            unit_of("factor"),
        ),
    ),
)

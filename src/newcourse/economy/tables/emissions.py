"""Emissions: what processes give off, and how much of it is allowed (design §5.1)."""

from typing import Final

from newcourse.economy.table_schema import Field, TableSchema
from newcourse.economy.tables.fields import growth, place, process, quantity, unit_of

TABLES: Final[tuple[TableSchema, ...]] = (
    TableSchema(
        "emissions",
        "What processes give off.",
        1,
        (
            Field("emission", "Short code."),
            Field("name", "Name in words."),
            Field("unit", "Unit, such as kilotonne."),
        ),
    ),
    TableSchema(
        "emission_use",
        "What one unit of activity gives off.",
        2,
        (
            process("Process."),
            Field("emission", "Emission.", refers_to="emissions"),
            quantity("Units of emission per unit of activity."),
        ),
    ),
    TableSchema(
        "emission_caps",
        "The most that a place and all places beneath it together may give off in a period.",
        2,
        (
            place("Place."),
            Field("emission", "Emission.", refers_to="emissions"),
            quantity("Units of emission per period."),
            growth("Part by which it grows each period after the first one planned; negative where it falls."),
            unit_of("emission"),
        ),
    ),
)

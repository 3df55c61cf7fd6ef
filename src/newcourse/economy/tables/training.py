"""Training: labour of one skill made from another, which takes time (design §6.1)."""

from typing import Final

from newcourse.economy.table_schema import Field, TableSchema
from newcourse.economy.tables.fields import INFINITE, factor, place, process, quantity

TABLES: Final[tuple[TableSchema, ...]] = (
    TableSchema(
        "training",
        "What one unit of a process's activity adds to the supply of a factor later on: teaching, apprenticeship.",
        3,
        (
            process("Process that trains; what it uses up and the time it takes of people stand in its other tables."),
            place("Place whose supply of the factor grows."),
            factor("Factor."),
            quantity("Units of factor per period and unit of activity; negative: they leave this skill.", None),
            Field("delay", "Periods from the training to the first period of use.", "integer", 1, minimum=1.0),
            Field("life", "Periods of use; one part in that many is lost a period.", "number", INFINITE, minimum=1.0),
        ),
    ),
)

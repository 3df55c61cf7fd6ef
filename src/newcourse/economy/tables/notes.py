"""What was taken for granted (design §1)."""

from typing import Final

from newcourse.economy.table_schema import Field, TableSchema

TABLES: Final[tuple[TableSchema, ...]] = (
    TableSchema(
        "assumptions",
        "What was taken for granted, one by one.",
        1,
        (
            Field("assumption", "Short code."),
            Field("kind", "official, literature or assumed."),
            Field("text", "The assumption in words."),
            Field("source", "Where it is from.", default=""),
        ),
    ),
)

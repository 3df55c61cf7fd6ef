"""Processes: ways of making things (design §5.1)."""

from typing import Final

from newcourse.economy.table_schema import Field, TableSchema
from newcourse.economy.tables.fields import place, process, product, quantity

TABLES: Final[tuple[TableSchema, ...]] = (
    TableSchema(
        "processes",
        "One way of making something (a technique), at one place.",
        1,
        (
            Field("process", "Short code."),
            Field("name", "Name in words."),
            place("Where it is run."),
            Field(
                "sector",
                "How it is owned and steered: planned, co-operative or private.",
                default="planned",
                words=("planned", "co-operative", "private"),
            ),
            Field("unit", "Unit of one unit of activity, such as MSEK of output."),
            Field("base", "Activity in the base year, in that unit.", "number", 0.0, minimum=0.0),
            Field(
                "lead",
                "Periods by which inputs and factors come before the output.",
                "integer",
                0,
                minimum=0.0,
            ),
            Field(
                "borrowed_from",
                "Process whose technique this one takes over, if any.",
                default="",
                refers_to="processes",
            ),
        ),
        required=True,
    ),
    TableSchema(
        "outputs",
        "What one unit of activity makes (several rows: joint products).",
        3,
        (
            process("Process."),
            place("Where the product comes out."),
            product("Product."),
            quantity("Units of product per unit of activity."),
        ),
        required=True,
    ),
    TableSchema(
        "inputs",
        "What one unit of activity uses up.",
        3,
        (
            process("Process."),
            place("Place whose product it is."),
            product("Product."),
            quantity("Units of product per unit of activity."),
        ),
    ),
)

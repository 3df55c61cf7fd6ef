"""Stocks: capital, and what it must be in place for (design §5.1, §6.1)."""

from typing import Final

from newcourse.economy.table_schema import Field, TableSchema
from newcourse.economy.tables.fields import INFINITE, place, process, product, quantity, stock, unit_of

TABLES: Final[tuple[TableSchema, ...]] = (
    TableSchema(
        "stocks",
        "Capital: an amount of a product held at a place for one use.",
        1,
        (
            Field("stock", "Short code."),
            Field("name", "Name in words."),
            place("Place that holds it."),
            product("Product it consists of."),
            Field("holder", "Industry that uses it.", default=""),
            quantity("Units of product in place at the start."),
            Field(
                "life",
                "Service life in periods; it decays by one part in that many a period.",
                "number",
                INFINITE,
                minimum=1.0,
            ),
            Field("gestation", "Periods between investment and capacity.", "integer", 1, minimum=0.0),
            Field(
                "ageing",
                "How it wears: geometric (one part in its life a period) or vintage (serves its life, then is gone; "
                "what is in place at the start leaves in equal parts).",
                default="geometric",
                words=("geometric", "vintage"),
            ),
            unit_of("product"),
        ),
    ),
    TableSchema(
        "stock_use",
        "The stock that must be in place for one unit of activity in a period.",
        2,
        (
            process("Process."),
            stock("Stock."),
            quantity("Units of stock per unit of activity."),
        ),
    ),
)

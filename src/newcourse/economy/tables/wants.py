"""Needs, final use of the base year, and what is in store (design §5.1)."""

from typing import Final

from newcourse.economy.table_schema import Field, TableSchema
from newcourse.economy.tables.fields import growth, place, product, quantity, unit_of

TABLES: Final[tuple[TableSchema, ...]] = (
    TableSchema(
        "needs",
        "What a place asks for of one product, in tiers.",
        1,
        (
            Field("need", "Short code."),
            Field("name", "Name in words."),
            place("Place that asks."),
            product("Product asked for."),
            Field(
                "group",
                "Group that votes weigh; empty: the product's group. What the group Investment gets becomes capital.",
                default="",
            ),
            Field("minimum", "Units per period below which the place is in want.", "number", 0.0, minimum=0.0),
            Field("target", "Units per period asked for in full; at least the minimum.", "number", minimum=0.0),
            growth("Part by which both grow each period after the first one planned."),
            unit_of("product"),
        ),
    ),
    TableSchema(
        "final_uses",
        "Final use in the base year by category: what the balance of the base year is checked with.",
        3,
        (
            Field("category", "Category in the source's words."),
            place("Place whose product it is."),
            product("Product."),
            quantity("Units of product.", minimum=None),
        ),
    ),
    TableSchema(
        "stores",
        "Goods in store at the start, free to use.",
        2,
        (place("Place."), product("Product."), quantity("Units of product."), unit_of("product")),
    ),
)

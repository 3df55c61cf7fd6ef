"""Trade with the world outside and between places, and the means of payment (design §6.3)."""

from typing import Final

from newcourse.economy.table_schema import Field, TableSchema
from newcourse.economy.tables.fields import INFINITE, growth, place, product

TABLES: Final[tuple[TableSchema, ...]] = (
    TableSchema(
        "trade",
        "Trade with the world outside: no row, no trade.",
        2,
        (
            place("Place."),
            product("Product."),
            Field(
                "import_price",
                "World price paid per unit, in the economy's currency.",
                "number",
                1.0,
                minimum=0.0,
            ),
            Field(
                "export_price",
                "World price got per unit, in the economy's currency.",
                "number",
                1.0,
                minimum=0.0,
            ),
            growth("Part by which the import price grows each period after the first.", name="import_price_growth"),
            growth("Part by which the export price grows each period after the first.", name="export_price_growth"),
            Field("imports", "Units imported in the base year.", "number", 0.0, minimum=0.0),
            Field("exports", "Units exported in the base year.", "number", 0.0, minimum=0.0),
            Field("import_quota", "Most units imported per period.", "number", INFINITE, minimum=0.0),
            Field("export_quota", "Most units exported per period.", "number", INFINITE, minimum=0.0),
        ),
    ),
    TableSchema(
        "routes",
        "Shipments of a product from one place of the economy to another.",
        3,
        (
            product("Product."),
            Field("origin", "Place it comes from.", refers_to="places"),
            Field("destination", "Place it goes to.", refers_to="places"),
            Field("base", "Units shipped in the base year.", "number", 0.0, minimum=0.0),
            Field("limit", "Most units shipped per period.", "number", INFINITE, minimum=0.0),
        ),
    ),
    TableSchema(
        "accounts",
        "Means of payment for trade with the world outside.",
        1,
        (
            place("Place that trades on its own account."),
            Field(
                "reserves",
                "Reserves that may be spent over the horizon, in the economy's currency.",
                "number",
                0.0,
                minimum=0.0,
            ),
            Field(
                "credit",
                "Credit that may be drawn per period (negative: a surplus to be earned).",
                "number",
                0.0,
            ),
            Field(
                "borrowing",
                "Most debt at the end of a period, beside the credit; it is repaid within the horizon.",
                "number",
                0.0,
                minimum=0.0,
            ),
            Field("interest", "Interest on such debt per period, as a part of it.", "number", 0.0, minimum=0.0),
        ),
    ),
)

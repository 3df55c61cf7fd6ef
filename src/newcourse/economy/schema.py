"""The tables an economy consists of: one definition for folders, checks and documentation (design §5.1, §5.2).

Every table is tidy: its *key* fields name a row, the rest say what is known of it. The same definition writes
``datapackage.json``, validates what is read, and makes the reference page of the open format.
"""

from functools import partial
from typing import Final

from newcourse.economy.table_schema import Field, TableSchema

_place = partial(Field, "place", refers_to="places")
_product = partial(Field, "product", refers_to="products")
_process = partial(Field, "process", refers_to="processes")


def _quantity(meaning: str, minimum: float | None = 0.0) -> Field:
    return Field("quantity", meaning, "number", minimum=minimum)


_INFINITE: Final = float("inf")

SCHEMA: Final[tuple[TableSchema, ...]] = (
    TableSchema(
        "places",
        "A node of the tree federation → region → district → enterprise or neighbourhood.",
        1,
        (
            Field("place", "Short code of the place."),
            Field("name", "Name in words."),
            Field("level", "federation, region, district, enterprise or neighbourhood."),
            Field("parent", "The place it belongs to; empty for the root.", default="", refers_to="places"),
        ),
        required=True,
    ),
    TableSchema(
        "products",
        "What is made and used.",
        1,
        (
            Field("product", "Short code, as in the source's classification."),
            Field("name", "Name in words."),
            Field("unit", "Unit all its quantities are in, such as MSEK, t, GWh."),
            Field("branch", "Branch it is shown under.", default=""),
            Field("group", "Group of needs it serves when it is delivered; votes weigh groups.", default=""),
            Field("price", "Base-year price per unit, in the economy's currency.", "number", 1.0, minimum=0.0),
            Field("storable", "Whether what is left over can be carried into the next period.", "boolean", False),
        ),
        required=True,
    ),
    TableSchema(
        "processes",
        "One way of making something (a technique), at one place.",
        1,
        (
            Field("process", "Short code."),
            Field("name", "Name in words."),
            _place("Where it is run."),
            Field("sector", "planned, co-operative or private.", default="planned"),
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
            _process("Process."),
            _place("Where the product comes out."),
            _product("Product."),
            _quantity("Units of product per unit of activity."),
        ),
        required=True,
    ),
    TableSchema(
        "inputs",
        "What one unit of activity uses up.",
        3,
        (
            _process("Process."),
            _place("Place whose product it is."),
            _product("Product."),
            _quantity("Units of product per unit of activity."),
        ),
    ),
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
            _process("Process."),
            Field("factor", "Factor.", refers_to="factors"),
            _quantity("Units of factor per unit of activity."),
        ),
    ),
    TableSchema(
        "factor_supply",
        "How much of a factor there is in a period, at a place and all places beneath it together.",
        2,
        (
            _place("Place."),
            Field("factor", "Factor.", refers_to="factors"),
            _quantity("Units of factor per period."),
        ),
    ),
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
            _process("Process."),
            Field("emission", "Emission.", refers_to="emissions"),
            _quantity("Units of emission per unit of activity."),
        ),
    ),
    TableSchema(
        "emission_caps",
        "The most that a place and all places beneath it together may give off in a period.",
        2,
        (
            _place("Place."),
            Field("emission", "Emission.", refers_to="emissions"),
            _quantity("Units of emission per period."),
        ),
    ),
    TableSchema(
        "stocks",
        "Capital: an amount of a product held at a place for one use.",
        1,
        (
            Field("stock", "Short code."),
            Field("name", "Name in words."),
            _place("Place that holds it."),
            _product("Product it consists of."),
            Field("holder", "Industry that uses it.", default=""),
            _quantity("Units of product in place at the start."),
            Field(
                "life",
                "Service life in periods; it decays by one part in that many a period.",
                "number",
                _INFINITE,
                minimum=1.0,
            ),
            Field("gestation", "Periods between investment and capacity.", "integer", 1, minimum=0.0),
        ),
    ),
    TableSchema(
        "stock_use",
        "The stock that must be in place for one unit of activity in a period.",
        2,
        (
            _process("Process."),
            Field("stock", "Stock.", refers_to="stocks"),
            _quantity("Units of stock per unit of activity."),
        ),
    ),
    TableSchema(
        "needs",
        "What a place asks for of one product, in tiers.",
        1,
        (
            Field("need", "Short code."),
            Field("name", "Name in words."),
            _place("Place that asks."),
            _product("Product asked for."),
            Field(
                "group",
                "Group that votes weigh; empty: the product's group. What the group Investment gets becomes capital.",
                default="",
            ),
            Field("minimum", "Units per period below which the place is in want.", "number", 0.0, minimum=0.0),
            Field("target", "Units per period asked for in full; at least the minimum.", "number", minimum=0.0),
        ),
    ),
    TableSchema(
        "final_uses",
        "Final use in the base year by category: what the balance of the base year is checked with.",
        3,
        (
            Field("category", "Category in the source's words."),
            _place("Place whose product it is."),
            _product("Product."),
            _quantity("Units of product.", minimum=None),
        ),
    ),
    TableSchema(
        "stores",
        "Goods in store at the start, free to use.",
        2,
        (_place("Place."), _product("Product."), _quantity("Units of product.")),
    ),
    TableSchema(
        "trade",
        "Trade with the world outside: no row, no trade.",
        2,
        (
            _place("Place."),
            _product("Product."),
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
            Field("imports", "Units imported in the base year.", "number", 0.0, minimum=0.0),
            Field("exports", "Units exported in the base year.", "number", 0.0, minimum=0.0),
            Field("import_quota", "Most units imported per period.", "number", _INFINITE, minimum=0.0),
            Field("export_quota", "Most units exported per period.", "number", _INFINITE, minimum=0.0),
        ),
    ),
    TableSchema(
        "routes",
        "Shipments of a product from one place of the economy to another.",
        3,
        (
            _product("Product."),
            Field("origin", "Place it comes from.", refers_to="places"),
            Field("destination", "Place it goes to.", refers_to="places"),
            Field("base", "Units shipped in the base year.", "number", 0.0, minimum=0.0),
            Field("limit", "Most units shipped per period.", "number", _INFINITE, minimum=0.0),
        ),
    ),
    TableSchema(
        "accounts",
        "Means of payment for trade with the world outside.",
        1,
        (
            _place("Place that trades on its own account."),
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
        ),
    ),
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

TABLES: Final[dict[str, TableSchema]] = {table.name: table for table in SCHEMA}

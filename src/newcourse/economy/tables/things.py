"""Places and products: what a plan is about (design §5.1)."""

from typing import Final

from newcourse.economy.table_schema import Field, TableSchema

TABLES: Final[tuple[TableSchema, ...]] = (
    TableSchema(
        "places",
        "A node of the tree federation → region → district → enterprise or neighbourhood.",
        1,
        (
            Field("place", "Short code of the place."),
            Field("name", "Name in words."),
            Field(
                "level",
                "federation, region, district, enterprise or neighbourhood.",
                words=("federation", "region", "district", "enterprise", "neighbourhood"),
            ),
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
)

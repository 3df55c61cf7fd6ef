"""Projects: works with a schedule of their own, done or left (design §6.4)."""

from typing import Final

from newcourse.economy.table_schema import Field, TableSchema
from newcourse.economy.tables.fields import factor, place, product, quantity, stock, unit_of

_project = Field("project", "Project.", refers_to="projects")
_year = Field("year", "Periods after the one it is begun in; 0 for that one.", "integer", minimum=0.0)

TABLES: Final[tuple[TableSchema, ...]] = (
    TableSchema(
        "projects",
        "A work of several periods, such as a dam with its grid; the plan chooses whether and when to begin it.",
        1,
        (
            Field("project", "Short code."),
            Field("name", "Name in words."),
            place("Place that carries it out."),
            Field("whole", "Whether it is done as a whole or not at all; otherwise in part.", "boolean", default=True),
        ),
    ),
    TableSchema(
        "project_inputs",
        "Products a project takes, in each period of its schedule.",
        4,
        (
            _project,
            _year,
            place("Place whose product it is."),
            product("Product."),
            quantity("Units of product for the whole project."),
            unit_of("product"),
        ),
    ),
    TableSchema(
        "project_factors",
        "Factors a project takes, such as labour, in each period of its schedule.",
        4,
        (
            _project,
            _year,
            place("Place whose factor it is."),
            factor("Factor."),
            quantity("Units of factor for the whole project."),
            unit_of("factor"),
        ),
    ),
    TableSchema(
        "project_yields",
        "Stocks that a project puts in place: what its processes then need.",
        3,
        (
            _project,
            Field(
                "year",
                "Periods from the one it is begun in to the first one the stock can be used in.",
                "integer",
                minimum=0.0,
            ),
            stock("Stock."),
            quantity("Units of the stock's product for the whole project."),
        ),
    ),
)

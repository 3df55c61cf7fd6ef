"""The tables an economy consists of: one definition for folders, checks and documentation (design §5.1, §5.2).

Every table is tidy: its *key* fields name a row, the rest say what is known of it. The same definition writes
``datapackage.json``, validates what is read, and makes the reference page of the open format.
"""

from typing import Final

from newcourse.economy.table_schema import TableSchema
from newcourse.economy.tables import (
    capital,
    emissions,
    factors,
    making,
    notes,
    projects,
    things,
    trade,
    training,
    wants,
)

SCHEMA: Final[tuple[TableSchema, ...]] = (
    *things.TABLES,
    *making.TABLES,
    *factors.TABLES,
    *training.TABLES,
    *emissions.TABLES,
    *capital.TABLES,
    *projects.TABLES,
    *wants.TABLES,
    *trade.TABLES,
    *notes.TABLES,
)

TABLES: Final[dict[str, TableSchema]] = {table.name: table for table in SCHEMA}

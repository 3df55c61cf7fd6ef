"""Fields that many tables share."""

from functools import partial
from typing import Final

from newcourse.economy.table_schema import Field

INFINITE: Final = float("inf")
"""No limit; never decays."""

place = partial(Field, "place", refers_to="places")
product = partial(Field, "product", refers_to="products")
process = partial(Field, "process", refers_to="processes")
factor = partial(Field, "factor", refers_to="factors")
stock = partial(Field, "stock", refers_to="stocks")


def quantity(meaning: str, minimum: float | None = 0.0) -> Field:
    """Return the field of an amount; ``minimum`` is ``None`` where it may be negative."""
    return Field("quantity", meaning, "number", minimum=minimum)


def growth(meaning: str, name: str = "growth") -> Field:
    """Return the field of a rate of growth per period."""
    return Field(name, meaning, "number", 0.0, minimum=-1.0)


def unit_of(kind: str) -> Field:
    """Return the field in which a table may repeat the unit, so that a wrong one is found out."""
    return Field("unit", f"Unit the quantities of the row are in: that of the {kind}, or empty.", default="")

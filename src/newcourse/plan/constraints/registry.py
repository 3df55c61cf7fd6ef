"""All constraints of a plan, in the order in which they are added and explained."""

from types import ModuleType
from typing import Final

from newcourse.plan.constraints import (
    balance,
    begun,
    capacity,
    capital,
    emissions,
    factors,
    formation,
    minima,
    pace,
    payments,
    projects,
    rates,
    shares,
    steady,
    terminal,
)

CONSTRAINTS: Final[tuple[ModuleType, ...]] = (
    balance,
    factors,
    emissions,
    capacity,
    capital,
    projects,
    begun,
    formation,
    pace,
    terminal,
    steady,
    payments,
    rates,
    shares,
    minima,
)

WORDED: Final[dict[str, ModuleType]] = {
    "balance": balance,
    "factors": factors,
    "emissions": emissions,
    "capacity": capacity,
    "capital": capital,
    "projects": projects,
    "begun": begun,
    "formation": formation,
    "pace": pace,
    "terminal": terminal,
    "steady": steady,
    "payments": payments,
    "reserves": payments,
    "growth": rates,
    "decline": rates,
    "import share up": shares,
    "import share down": shares,
    "route share up": shares,
    "route share down": shares,
    "exports": shares,
    "minima": minima,
    "worst off": minima,
}
"""Which constraint each block of rows belongs to: it knows the rows' words and units."""

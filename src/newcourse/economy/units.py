"""Units of measure: a quantity without a unit cannot be made (design §5.1).

A small registry of its own on top of Pint, so that ``kt`` is a kilotonne (in Pint's default registry it is a knot),
money of each country is its own dimension, and hours of work are not seconds of time.

>>> parse_unit("MSEK").dimensionality == parse_unit("kSEK").dimensionality
True
>>> conversion_factor("kt", "t")
1000.0
"""

import re
from functools import lru_cache
from typing import Final

import pint

from newcourse.errors import BadInput, Fault

_CURRENCIES: Final = (
    *("SEK", "EUR", "USD", "GBP", "ESP", "DEM", "FRF", "ITL", "JPY", "CNY", "INR", "BRL", "RUB", "CHF", "DKK"),
    *("NOK", "PLN", "CZK", "HUF", "CAD", "AUD", "KRW", "MXN", "TRY", "ZAR", "money"),
)

_DEFINITIONS: Final = (
    "k- = 1e3",
    "M- = 1e6",
    "G- = 1e9",
    "T- = 1e12",
    "P- = 1e15",
    "m- = 1e-3",
    "piece = [count]",
    "person = [person]",
    "hour = [work] = h",
    "day = 8 * hour",
    "year = 1800 * hour",
    "gram = [mass] = g",
    "tonne = 1e6 * gram = t",
    "kilotonne = 1e3 * tonne",
    "joule = [energy] = J",
    "Wh = 3600 * joule",
    "toe = 41.868e9 * joule",
    "metre = [length] = m",
    "hectare = 1e4 * metre ** 2 = ha",
    "litre = 1e-3 * metre ** 3 = L",
    "tkm = [freight]",
    "pkm = [passenger]",
    "index = [index]",
    *(f"{currency} = [money_{currency}]" for currency in _CURRENCIES),
)

_REGISTRY: Final[pint.UnitRegistry[float]] = pint.UnitRegistry(None)
for _definition in _DEFINITIONS:
    _REGISTRY.define(_definition)


_PART: Final = r"[^\W\d_]\w*(?:\s*(?:\*\*|\^)\s*-?\d)?"
_FORM: Final = re.compile(rf"{_PART}(?:\s*[*/]\s*{_PART})*")
"""Names with whole powers, multiplied and divided: a parser of formulas would do sums, however large, on request."""


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> pint.Unit:
    """Return the unit that ``text`` names.

    Raises
    ------
    BadInput
        If the text is empty or names no unit of the registry.
    """
    try:
        unit = _REGISTRY.parse_units(text.strip()) if _FORM.fullmatch(text.strip()) else None
    except (pint.errors.PintError, ValueError, AttributeError, AssertionError):  # Pint asserts on some letters
        unit = None
    if unit is None or unit.dimensionless:
        raise BadInput(
            Fault(
                "unit-unknown" if text.strip() else "unit-missing",
                f"unit {text!r}",
                repr(text) if text.strip() else "no unit",
                "a unit such as MSEK, MUSD, kt, GWh, Mhour, person, ha, piece",
                "write a unit; new currencies and units are added in newcourse/economy/units.py",
            )
        )
    return unit


def conversion_factor(found: str, wanted: str) -> float:
    """Return by what a quantity in unit ``found`` is multiplied to be in unit ``wanted``.

    Raises
    ------
    BadInput
        If either is no unit, or they measure different things.
    """
    try:
        return float(_REGISTRY.Quantity(1.0, parse_unit(found)).to(parse_unit(wanted)).magnitude)
    except pint.DimensionalityError:
        raise BadInput(
            Fault(
                "unit-mismatch",
                f"conversion of {found} to {wanted}",
                f"{found} measures {parse_unit(found).dimensionality}",
                f"a unit that measures the same as {wanted}",
                "give both quantities in units of the same kind",
            )
        ) from None

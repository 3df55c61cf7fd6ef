"""Small helpers for sentences made of numbers."""

from collections.abc import Sequence
from typing import Final

SMALL: Final = 0.1
"""A quantity below this is told without its unit's prefix."""


def number(value: float) -> str:
    """Return a number as a person writes it: four significant digits, thousands apart.

    >>> number(1234567.0), number(0.012346), number(12.0), number(-3456.7)
    ('1,235,000', '0.01235', '12', '−3,457')
    """
    if value == 0:
        return "0"
    digits = float(f"{abs(value):.4g}")
    text = f"{digits:,.0f}" if digits >= 1000 else f"{digits:g}"
    return f"−{text}" if value < 0 else text


_PREFIXES: Final = {"kilo": 1e3, "T": 1e12, "G": 1e9, "M": 1e6, "k": 1e3}


def readable_unit(value: float, unit: str) -> tuple[str, float]:
    """Return the unit to write a number in, and how many of it are one of the given: no prefix for what is very small.

    >>> readable_unit(0.002, "Mhour"), readable_unit(0.5, "Mhour"), readable_unit(0.001, "index")
    (('hour', 1000000.0), ('Mhour', 1.0), ('index', 1.0))
    """
    for prefix, factor in _PREFIXES.items():
        plain = unit.removeprefix(prefix)
        if plain != unit and len(plain) > 2 and 0 < abs(value) < SMALL:
            return plain, factor
    return unit, 1.0


def quantity(value: float, unit: str) -> str:
    """Return a number with its unit, without the unit's prefix where the number would be very small.

    >>> quantity(1.666e-06, "Mperson"), quantity(0.0091, "kilotonne"), quantity(0.5, "Mhour"), quantity(0.001, "index")
    ('1.666 person', '9.1 tonne', '0.5 Mhour', '0.001 index')
    """
    readable, factor = readable_unit(value, unit)
    return f"{number(value * factor)} {readable}"


def and_list(parts: Sequence[str]) -> str:
    """Join parts of a sentence.

    >>> and_list(["hours", "steel", "coal"])
    'hours, steel and coal'
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def change_in_percent(before: float, after: float) -> str:
    """Return a change as a signed percentage.

    >>> change_in_percent(100.0, 103.0), change_in_percent(100.0, 99.5), change_in_percent(0.0, 5.0)
    ('+3.00%', '−0.50%', '')
    """
    if before == 0:
        return ""
    return f"{(after - before) / abs(before):+.2%}".replace("-", "−")

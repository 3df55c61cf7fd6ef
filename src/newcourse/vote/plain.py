"""Exact values as plain data and back: what is published must be readable by any program in any language.

Fractions are written as text, ``"1/3"`` or ``"2"``; floats never occur, because a count is exact or it is wrong.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

_NUMBER: Final = re.compile(r"[0-9]{1,40}(?:/[0-9]{1,40}|\.[0-9]{1,40})?")


def freeze(value: object) -> object:
    """Return the value with lists as tuples and mappings read-only, all the way down."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: freeze(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(freeze(item) for item in value)
    return value


def plain(value: object) -> object:
    """Return the value as what JSON can hold: text, whole numbers, truth values, lists and dictionaries.

    Raises
    ------
    TypeError
        When a value has no exact plain form, such as a float.

    Examples
    --------
    >>> plain({"shares": (Fraction(1, 3), Fraction(2, 3))})
    {'shares': ['1/3', '2/3']}
    """
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{value!r} has no exact plain form")


def fraction(value: object) -> Fraction | None:
    """Return a number that is not negative exactly, or nothing where it is not written exactly.

    Whole numbers, fractions, and the texts ``"1/3"``, ``"0.25"``, ``"2"`` are exact; floats are not. Digits are limited
    to forty on each side, so that no text can stand for a number too long to work with.

    Examples
    --------
    >>> fraction("0.25"), fraction("2/6"), fraction(3), fraction(0.1), fraction("1/0")
    (Fraction(1, 4), Fraction(1, 3), Fraction(3, 1), None, None)
    """
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value) or (value.partition("/")[2] or "1").strip("0") == "":
            return None
        return Fraction(value)
    if isinstance(value, bool) or not isinstance(value, int | Fraction) or value < 0:
        return None
    return Fraction(value)


def percent(share: Fraction) -> str:
    """Return a share in words for people, rounded half up to one decimal; the exact share is kept beside it.

    Examples
    --------
    >>> percent(Fraction(1, 3)), percent(Fraction(1, 2)), percent(Fraction(1, 16))
    ('33.3 %', '50.0 %', '6.3 %')
    """
    tenths = (2000 * share.numerator + share.denominator) // (2 * share.denominator)
    return f"{tenths // 10}.{tenths % 10} %"

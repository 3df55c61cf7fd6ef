"""Exact values and their roots as decimals for people, rounded half up without floating point."""

from fractions import Fraction


def decimal(value: Fraction | int, digits: int = 2, root: int = 1) -> str:
    """Return the ``root``-th root of a value as a decimal with that many digits, rounded half up.

    Parameters
    ----------
    value
        Not below zero.
    digits
        Digits after the point.
    root
        1 for the value itself, 2 for its square root, and so on.

    Examples
    --------
    >>> decimal(Fraction(2, 3)), decimal(2, 6, root=2), decimal(Fraction(1, 8), 0), decimal(Fraction(1, 2), 0)
    ('0.67', '1.414214', '0', '1')
    """
    twice = floor_root(Fraction(value) * (2 * 10**digits) ** root, root)
    units = (twice + 1) // 2
    whole, part = divmod(units, 10**digits)
    return f"{whole}.{part:0{digits}d}" if digits else str(whole)


def floor_root(value: Fraction, root: int) -> int:
    """Return the largest whole number whose ``root``-th power is not above the value.

    Examples
    --------
    >>> floor_root(Fraction(26), 2), floor_root(Fraction(27), 3), floor_root(Fraction(7, 2), 1)
    (5, 3, 3)
    """
    limit = value.numerator // value.denominator
    low, high = 0, 1 << (limit.bit_length() // root + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**root <= limit else (low, middle)
    return low

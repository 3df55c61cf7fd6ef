"""Numbers and names in sentences, and exact amounts in facts."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from newcourse.vote.ties import Tie

MOST_GROUPS: Final = 100
"""Amounts that differ are listed one by one in a trace up to this many; else how many there are and their sum."""

_LONGEST: Final = 12
_MOST_BITS: Final = 10_000


def listed(names: Sequence[str]) -> str:
    """Return names as in a sentence.

    Examples
    --------
    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def amount(value: Fraction) -> str:
    """Return an amount for people: exact where that is short, else the first six decimals.

    Examples
    --------
    >>> amount(Fraction(55, 128)), amount(Fraction(123456789, 987654321)), amount(Fraction(-3, 8))
    ('55/128', '0.124999…', '-3/8')
    """
    if value.numerator.bit_length() + value.denominator.bit_length() < 40 and len(str(value)) <= _LONGEST:
        return str(value)
    return _decimals(value, 6) + "…"


def exact(value: Fraction) -> Fraction | str:
    """Return the amount for the facts: itself, or its first 60 decimals where it has thousands of digits.

    Examples
    --------
    >>> exact(Fraction(1, 3)), exact(Fraction(1, 3**9000))[:8]
    (Fraction(1, 3), '0.000000')
    """
    short = max(value.numerator.bit_length(), value.denominator.bit_length()) < _MOST_BITS
    return value if short else _decimals(value, 60) + "…"


def _decimals(value: Fraction, places: int) -> str:
    """Return an amount cut off after so many decimals."""
    cut = abs(value.numerator) * 10**places // value.denominator
    return f"{'-' if value < 0 else ''}{cut // 10**places}.{cut % 10**places:0{places}d}"


def amounts(name: str, pairs: Iterable[tuple[Fraction, int]]) -> dict[str, object]:
    """Return amounts and how many voters have each, as facts: all of them, how many differ, and their sum."""
    rows = tuple(pairs)
    together = sum((value * voters for value, voters in rows), Fraction(0))
    shown = tuple((exact(value), voters) for value, voters in rows) if len(rows) <= MOST_GROUPS else ()
    return {name: shown, f"{name}_differ": len(rows), f"{name}_together": exact(together)}


def drawn(tie: Tie | None) -> str:
    """Return what a sentence says of a tie, if there was one."""
    return "" if tie is None else f" {listed(tie.among)} are tied; by {tie.by}, {tie.first} comes first."


def elected_words(elected: Sequence[str], seats: int) -> str:
    """Return the committee in words, with the seats left empty."""
    words = f"{listed(elected)} {'is' if len(elected) == 1 else 'are'} elected" if elected else "Nobody is elected"
    return words if len(elected) == seats else f"{words}, and {seats - len(elected)} of {seats} seats stay empty"

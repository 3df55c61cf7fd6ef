"""Small helpers for sentences made of numbers."""

from collections.abc import Sequence


def number(value: float) -> str:
    """Return a number as a person writes it: four significant digits, thousands apart.

    >>> number(1234567.0), number(0.012345), number(12.0), number(-3456.7)
    ('1,235,000', '0.01234', '12', '−3,457')
    """
    if value == 0:
        return "0"
    digits = float(f"{abs(value):.4g}")
    text = f"{digits:,.0f}" if digits >= 1000 else f"{digits:g}"
    return f"−{text}" if value < 0 else text


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

"""Parts of a whole as people read them: changes with their sign, colours of bars."""

from rich.text import Text


def changed(part: float, digits: int = 1) -> str:
    """Return a change, as a part of what there was before, with its sign.

    >>> changed(-0.0123), changed(0.5, 0), changed(-0.00001)
    ('−1.2%', '+50%', '0.0%')
    """
    words = f"{part:+.{digits}%}".replace("-", "−")
    return words if any(digit in words for digit in "123456789") else words[1:]


def signed(part: float, digits: int = 2) -> Text:
    """Return a change in words, green where it grows and red where it falls.

    >>> signed(-0.0123).plain
    '−1.23%'
    """
    return Text(changed(part, digits), style="green" if part > 0 else "red")


def colour_of(part: float) -> str:
    """Return the colour of a bar: all that is asked for, nearly so, or less."""
    return "green" if part >= 0.9995 else "yellow" if part >= 0.9 else "red"

"""Synthetic people: named so that nobody can take them for real ones, spread over places in proportion."""

from collections.abc import Mapping, Sequence

SYNTHETIC = "(synthetic)"
"""Stands after every made-up name, in the record too."""


def named(given_names: Sequence[str], count: int) -> tuple[str, ...]:
    """Return as many different names as asked for.

    >>> named(["Ada", "Bo"], 3)
    ('Ada A. (synthetic)', 'Bo A. (synthetic)', 'Ada B. (synthetic)')
    """
    rounds = [divmod(number, len(given_names)) for number in range(count)]
    return tuple(f"{given_names[i]} {_letters(turn)}. {SYNTHETIC}" for turn, i in rounds)


def _letters(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else _letters(number // 26 - 1) + chr(ord("A") + number % 26)


def apportioned(sizes: Mapping[str, float], seats: int) -> dict[str, int]:
    """Return how many seats each place gets: one each, the others by Sainte-Laguë's highest quotients.

    >>> apportioned({"north": 70.0, "south": 29.0, "isle": 1.0}, 6)
    {'north': 4, 'south': 1, 'isle': 1}
    """
    given = dict.fromkeys(sizes, 1)
    for _ in range(seats - len(sizes)):
        best = max(sizes, key=lambda place: sizes[place] / (2 * given[place] + 1))
        given[best] += 1
    return given


def spread(names: Sequence[str], sizes: Mapping[str, float]) -> dict[str, str]:
    """Return the place of each person: neighbours in the list belong to different places where that can be.

    >>> spread(["a", "b", "c"], {"north": 2.0, "south": 1.0})
    {'a': 'north', 'b': 'south', 'c': 'north'}
    """
    left = apportioned(sizes, len(names))
    places: dict[str, str] = {}
    people = iter(names)
    while any(left.values()):
        for place in sizes:
            if left[place]:
                left[place] -= 1
                places[next(people)] = place
    return places

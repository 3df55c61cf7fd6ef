"""What a demonstration is made of: a federation, its synthetic people, what they ask for and propose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from newcourse.economy.economy import Economy
from newcourse.plan.changes.change import Change


@dataclass(frozen=True, slots=True)
class Wish:
    """More or less of a need than the economy states.

    Parameters
    ----------
    need
        Its code.
    target, minimum
        What its target and minimum are multiplied by.
    """

    need: str
    target: float = 1.0
    minimum: float = 1.0


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal before it is filed.

    Parameters
    ----------
    place
        Place of the member who files it.
    title, reasons
        In the member's words.
    changes
        What is changed.
    supporters
        How many further members stand behind it.
    """

    place: str
    title: str
    reasons: str
    changes: tuple[Change, ...]
    supporters: int


@dataclass(frozen=True, slots=True)
class Current:
    """A tendency before it is formed.

    Parameters
    ----------
    name, platform, statement
        In its own words.
    share
        Part of the members who lean to it.
    """

    name: str
    platform: str
    statement: str
    share: float


@dataclass(frozen=True)
class Scenario:
    """One demonstration.

    Parameters
    ----------
    example
        Example it is played on.
    title
        Name of the federation.
    begins
        When the federation is founded; the calendar of the story goes on from there.
    sizes
        By place, what members are in proportion to.
    in_proportion_to
        The same in words.
    members, at_large
        How many people are made up, and how many of them belong to no place but the federation as a whole.
    seats, pooled
        How many delegates each constituency of the congress sends, and whether the whole federation is one.
    currents
        Tendencies; who leans to none belongs to no party.
    given_names
        What they are called.
    wishes
        Needs that places file.
    drafts
        Proposals, from the federation's economy.
    tastes
        By place: how many times as much as others its people care for a group of needs.
    """

    example: str
    title: str
    begins: datetime
    sizes: Callable[[Economy], Mapping[str, float]]
    in_proportion_to: str
    members: int
    at_large: int
    seats: int
    pooled: bool
    currents: tuple[Current, ...]
    given_names: tuple[str, ...]
    wishes: tuple[Wish, ...]
    drafts: Callable[[Economy], tuple[Draft, ...]]
    tastes: Mapping[str, Mapping[str, float]]

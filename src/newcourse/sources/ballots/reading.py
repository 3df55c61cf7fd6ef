"""Votes as read from a file, with everything else that the file says and every line that is not as it should be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from newcourse.errors import BadInput, Fault
from newcourse.sources.ballots.papers import whole
from newcourse.sources.ballots.problems import Problem
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes

MOST_CANDIDATES: Final = 20_000

Votes = RankedVotes | ApprovalVotes | Profile[Any]


@dataclass(frozen=True, eq=False)
class ReadVotes:
    """What a file of ballots says.

    Parameters
    ----------
    form
        Form of the file: ``grouped-csv``, ``blt``, ``preflib``, ``pabulib`` or ``profile``.
    votes
        The ballots that count, of those who stand.
    seats
        How many are to be elected, where the file says so.
    title
        Its title, or nothing.
    withdrawn
        Candidates that withdrew before the count; no ballot names them any more.
    rejected
        How many ballots have no clear first preference. They are not among the votes.
    problems
        Every line that is not as it should be, in the order of the file.
    budget, costs
        What may be spent, and what each project costs, in a file of a budget.
    rule, rule_options
        By which rule the file says it was counted officially, by our name where there is one, and with which options.
    """

    form: str
    votes: Votes
    seats: int | None = None
    title: str = ""
    withdrawn: tuple[str, ...] = ()
    rejected: int = 0
    problems: tuple[Problem, ...] = ()
    budget: Fraction | None = None
    costs: Mapping[str, Fraction] = field(default_factory=dict)
    rule: str = ""
    rule_options: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "costs", MappingProxyType(dict(self.costs)))
        object.__setattr__(self, "rule_options", MappingProxyType(dict(self.rule_options)))

    @property
    def candidates(self) -> tuple[str, ...]:
        """Candidates that stand, in the order of the file."""
        return self.votes.candidates


def size_and_seats(where: str, texts: Sequence[str], expected: str) -> tuple[int, int]:
    """Return the numbers of candidates and seats that a first line states.

    Raises
    ------
    BadInput
        When it states no such two numbers.
    """
    numbers = [whole(text) for text in texts]
    if len(numbers) == 2 and numbers[0] is not None and numbers[1] is not None:
        size, seats = numbers[0], numbers[1]
        if 1 <= size <= MOST_CANDIDATES and 1 <= seats <= MOST_CANDIDATES:
            return size, seats
        expected = f"both numbers from 1 to {MOST_CANDIDATES}"
    found = " ".join(texts)[:60]
    raise BadInput(Fault("header-wrong", where, repr(found), expected, "correct the first line"))


def clean_names(size: int, given: Mapping[int, str]) -> list[str]:
    r"""Return a name for each candidate: as given, told apart by their numbers where two are equal, else the number.

    Examples
    --------
    >>> clean_names(4, {1: "Ann  Lee", 2: "Ann Lee", 4: "\n"})
    ['Ann Lee (1)', 'Ann Lee (2)', '3', '4']
    """
    names = [_printable(given.get(number, "")) or str(number) for number in range(1, size + 1)]
    often: dict[str, int] = {}
    for name in names:
        often[name] = often.get(name, 0) + 1
    told = [name if often[name] == 1 else f"{name} ({number})" for number, name in enumerate(names, start=1)]
    return told if len(set(told)) == size else [f"{name} [{k}]" for k, name in enumerate(names, start=1)]


def _printable(name: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())


def names_or_numbers(where: str, size: int, given: Mapping[int, str], names: Sequence[str] | None) -> list[str]:
    """Return the names of a file, or those of a list given beside it.

    Raises
    ------
    BadInput
        When the list is shorter or longer than there are candidates.
    """
    if names is None:
        return clean_names(size, given)
    if len(names) != size:
        found, expected = f"{len(names)} names", f"{size} names, one for each candidate"
        raise BadInput(Fault("names-wrong", where, found, expected, "give a name for each candidate number"))
    return clean_names(size, dict(enumerate(names, start=1)))

"""What a count is asked, what it answers, and how ties are settled."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

_EXACT: Final = re.compile(r"[0-9]{1,40}(?:/[0-9]{1,40}|\.[0-9]{1,40})?")


class CannotCount(ValueError):
    """The ballots or the options are none that the rule can count."""


class TooLarge(Exception):
    """A count that would take this program too long: the vote is reported as not counted again."""


@dataclass(slots=True)
class Ties:
    """The tie rule of a vote: the order of the candidates, or a lot.

    Parameters
    ----------
    seed
        Seed of the lot; empty for the order of the candidates. For each candidate take the SHA-256 of the seed, a line
        feed and the name; the smaller hexadecimal digest comes first.
    used
        Whether a tie had to be settled.
    """

    seed: str = ""
    used: bool = False

    def order(self, names: Sequence[str]) -> list[str]:
        """Return names, given in candidate order, as the rule puts them."""
        if not self.seed:
            return list(names)
        return sorted(names, key=lambda name: hashlib.sha256(f"{self.seed}\n{name}".encode()).hexdigest())

    def settle(self, names: Sequence[str]) -> list[str]:
        """Return tied names in order, and remember that there was a tie."""
        self.used = True
        return self.order(names)


@dataclass(frozen=True, slots=True)
class Question:
    """Candidates in the order that was frozen, ballots as plain data, options, tie rule."""

    candidates: tuple[str, ...]
    ballots: tuple[Mapping[str, Any], ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    ties: Ties = field(default_factory=Ties)

    def whole(self, name: str, default: int, least: int = 0) -> int:
        """Return an option that is a whole number."""
        return whole(self.options.get(name, default), name, least)

    def word(self, name: str, *known: str) -> str:
        """Return an option that is one of some words, the first of them where it is left out."""
        value = self.options.get(name, known[0])
        if value not in known:
            raise CannotCount(f"option {name}: {value!r}")
        return str(value)

    def yes(self, name: str) -> bool:
        """Return an option that is true or false."""
        value = self.options.get(name, False)
        if not isinstance(value, bool):
            raise CannotCount(f"option {name}: {value!r}")
        return value

    def number(self, name: str, default: str = "0") -> Fraction:
        """Return an option that is an exact number."""
        return exact(self.options.get(name, default), name)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a count gives: the result as plain data and in one sentence, and whether anything is decided."""

    result: Mapping[str, Any]
    sentence: str
    decided: bool = True


def undecided(code: str, reason: str) -> Answer:
    """Return the answer of a count that decides nothing."""
    return Answer({"undecided": code, "reason": reason}, reason, decided=False)


def exact(value: object, what: str) -> Fraction:
    """Return a number that is written exactly and is not below zero."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return Fraction(value)
    if isinstance(value, str) and _EXACT.fullmatch(value) and (value.partition("/")[2] or "1").strip("0"):
        return Fraction(value)
    raise CannotCount(f"{what}: {value!r} is no exact number")


def whole(value: object, what: str, least: int = 0) -> int:
    """Return a whole number from ``least`` on."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise CannotCount(f"{what}: {value!r} is no whole number from {least}")
    return value


def listed(names: Sequence[str]) -> str:
    """Return names as in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def committee_words(elected: Sequence[str], seats: int) -> str:
    """Return a committee in words, with the seats left empty."""
    words = f"{listed(elected)} {'is' if len(elected) == 1 else 'are'} elected" if elected else "Nobody is elected"
    return words if len(elected) == seats else f"{words}, and {seats - len(elected)} of {seats} seats stay empty"

"""What a check found: sound, wrong, or not checked, each in one sentence."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

SOUND: Final = "sound"
WRONG: Final = "wrong"
UNCHECKED: Final = "not checked"

MOST_NAMED: Final = 5


class Unreadable(Exception):
    """A bundle that cannot be read at all."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report.

    Parameters
    ----------
    check
        Stable, hyphenated name of the check, for programs.
    about
        What was checked: the record, a vote, a receipt.
    verdict
        ``sound``, ``wrong`` or ``not checked``.
    sentence
        What was found.
    """

    check: str
    about: str
    verdict: str
    sentence: str

    def to_data(self) -> dict[str, str]:
        """Return the finding as plain data."""
        return {"check": self.check, "about": self.about, "verdict": self.verdict, "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class Topic:
    """Makes findings of one check about one thing."""

    check: str
    about: str

    def sound(self, sentence: str) -> Finding:
        """Return that all is well."""
        return Finding(self.check, self.about, SOUND, sentence)

    def wrong(self, sentence: str) -> Finding:
        """Return that something is not."""
        return Finding(self.check, self.about, WRONG, sentence)

    def unchecked(self, sentence: str) -> Finding:
        """Return that something could not be checked."""
        return Finding(self.check, self.about, UNCHECKED, sentence)

    def verdict(self, faults: Iterable[str], well: str) -> Finding:
        """Return the first faults as one finding, or that all is well."""
        found = list(faults)
        if not found:
            return self.sound(well)
        more = f"; and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        return self.wrong("; ".join(found[:MOST_NAMED]) + more + ".")


def safely(topic: Topic, check: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """Yield what a check finds; data that it cannot read at all is a finding too, and never the end of the program."""
    try:
        yield from list(check())
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        yield topic.wrong(f"it cannot be read: {type(error).__name__}: {str(error)[:200]}.")

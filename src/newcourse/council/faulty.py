"""Faults that many parts of statutes can have: names twice, unknown words, shares and days beyond what is possible."""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from newcourse.errors import Fault
from newcourse.vote.plain import fraction
from newcourse.vote.rule import RULES

LONGEST_DAYS: Final = 366
"""Most days of a notice, a call, a vote, an answer."""


def twice(code: str, what: str, names: Iterable[str]) -> Iterator[Fault]:
    """Yield a fault for each name that is there more than once."""
    for name, times in Counter(names).items():
        if times > 1:
            found, remedy = f"{times} of this name", f"rename or merge the {what}s"
            yield Fault(code, f"statutes, {what} {name}", found, "one", remedy)


def word_fault(where: str, word: str, found: str, known: Iterable[str]) -> list[Fault]:
    """Return the fault of a word that is not one of those known."""
    known = list(known)
    if found in known:
        return []
    return [Fault(f"{word}-unknown", where, repr(found), " or ".join(known), f"write one of these as {word}")]


def share_fault(where: str, name: str, share: object, *, positive: bool = False) -> list[Fault]:
    """Return the fault of what is no share from 0 to 1, or from just above 0 where it must be positive."""
    value = fraction(share) if isinstance(share, str) else None
    if value is not None and value <= 1 and not (positive and value == 0):
        return []
    least = "more than 0" if positive else "0"
    expected = f"a share from {least} to 1, written exactly as text, such as 1/2"
    return [Fault(f"{name}-wrong", where, repr(share)[:60], expected, "correct the share")]


def day_faults(where: str, name: str, days: int, *, least: int = 0, most: int = LONGEST_DAYS) -> list[Fault]:
    """Return the fault of a number of days that is too small or too large."""
    if least <= days <= most:
        return []
    expected = f"{least} to {most} days"
    return [Fault(f"{name}-wrong", where, f"{name} {days}", expected, "correct the number")]


def as_share(share: object) -> Fraction:
    """Return a share that is one; 0 where it is none, which another fault has said."""
    value = fraction(share) if isinstance(share, str) else None
    return Fraction(0) if value is None else value


def named_fault(where: str, *texts: str) -> list[Fault]:
    """Return the fault of a part without code or name."""
    if all(text.strip() for text in texts):
        return []
    return [Fault("name-missing", where, "no code or no name", "both", "write them")]


def kind_fault(where: str, rule: str, wanted: str) -> list[Fault]:
    """Return the fault of a rule of counting that is unknown or gives another kind of result than is wanted."""
    if rule not in RULES:
        return word_fault(where, "rule", rule, RULES)
    if RULES[rule].kind == wanted:
        return []
    fitting = " or ".join(name for name, known in RULES.items() if known.kind == wanted)
    found = f"{rule}, which gives a {RULES[rule].kind}"
    return [Fault("rule-unfit", where, found, f"a rule that gives a {wanted}: {fitting}", "name another rule")]

"""What a coding is made of: spells of a state in one formation, each with its reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from newcourse.errors import BadInput, Fault
from newcourse.formations.spaces import DEFAULT

NOW = 9999
"""Last year of a spell that has not ended."""
LEFT_OUT = ""
"""Formation of a spell that a coding leaves open: observed as not known."""

PRE, W, D, R = "pre_capitalist", "workers", "degenerated", "restored"


@dataclass(frozen=True)
class Spell:
    """A state is in one formation from the first to the last of these years.

    The formation of a year is that of 31 December, or of the state's last day. What came and went within a year (the
    Hungarian council republic of March to August 1919) is not seen.

    Parameters
    ----------
    formation
        Code in the default space, or :data:`LEFT_OUT`.
    first, last
        Years, both included; :data:`NOW` for one that has not ended.
    why
        The event that opens it, and whose reading this is; "contested" where the authors of one school differ.
    """

    formation: str
    first: int
    last: int
    why: str

    def __str__(self) -> str:
        name = self.formation.replace("_", "-") or "left open"
        until = "" if self.last == self.first else "–" if self.last == NOW else f"–{self.last}"
        return f"{name} {self.first}{until}"


@dataclass(frozen=True)
class Coding:
    """A reading of history as a table.

    Parameters
    ----------
    name, title
        By what it is chosen, and in words.
    reading
        Whose reading, with the source, and what it holds.
    critics
        Who holds the contrary, with the source.
    spells
        By number of the state after Gleditsch and Ward: its spells in order. Years without a spell are capitalist or
        pre-capitalist by the rule of stages, and a state without any is so throughout.

    Raises
    ------
    BadInput
        When spells overlap, end before they begin, or name a formation that is not there.
    """

    name: str
    title: str
    reading: str
    critics: str
    spells: Mapping[int, tuple[Spell, ...]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "spells", MappingProxyType(dict(self.spells)))
        faults = [fault for state, spells in self.spells.items() for fault in _faults(self.name, state, spells)]
        if faults:
            raise BadInput(faults)

    def __hash__(self) -> int:
        return hash(self.name)

    def course(self, state: int) -> str:
        """Return the spells of a state in words: ``workers 1917–1923; degenerated 1924–1990; restored 1991–``."""
        return "; ".join(map(str, self.spells.get(state, ())))


def _faults(coding: str, state: int, spells: tuple[Spell, ...]) -> Iterable[Fault]:
    where = f"coding {coding}, state {state}"
    known = {*DEFAULT.formations, LEFT_OUT}
    for spell in spells:
        if spell.formation not in known:
            expected = "one of " + ", ".join(DEFAULT.formations)
            yield Fault("coding", f"{where}, {spell.first}", spell.formation, expected, "correct the formation")
        if spell.last < spell.first:
            found = f"{spell.first} to {spell.last}"
            yield Fault("coding", where, found, "a last year not before the first", "correct the years")
        if not spell.why:
            yield Fault("coding", f"{where}, {spell.first}", "no reason", "the event and whose reading", "give it")
    for before, after in pairwise(spells):
        if after.first <= before.last:
            found = f"{before.first}–{before.last} and {after.first}–{after.last}"
            yield Fault("coding", where, found, "spells in order, none overlapping", "correct the years")


def degenerated_then_restored(first: int, restored: int, opening: str, ending: str) -> tuple[Spell, ...]:
    """Return the two spells of a state that was never ruled from below and in which capitalism was restored."""
    return Spell(D, first, restored - 1, opening), Spell(R, restored, NOW, ending)


def restored_from(first: int, why: str) -> tuple[Spell, ...]:
    """Return the one spell of a state that begins with restored capitalism."""
    return (Spell(R, first, NOW, why),)

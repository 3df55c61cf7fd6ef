"""The laws of a model's years, worked out again only where something that a hypothesis looked at differs.

A search changes few values at a time, and most hypotheses look at little or nothing of what differs between years. So
each is watched: which values it read, and which covariates and weights of a year. Where all these are the same, what it
adds to the law is the same too, because a hypothesis is a function of what it reads and of nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from newcourse.formations.hypotheses.hypothesis import Hypothesis
from newcourse.formations.ladder.felt import YearLaw, year_law
from newcourse.formations.spaces import Space
from newcourse.formations.terms import Terms, total
from newcourse.formations.worlds import Setting

KEPT = 2
"""For how many sets of values what a hypothesis adds is kept: where a search stands, and one beside it."""


class Watched(Mapping[str, Any]):
    """A mapping that writes down what is asked of it, whether it is there or not."""

    def __init__(self, content: Mapping[str, Any], read: dict[str, Any], kind: str = "") -> None:
        self._content, self._read, self._kind = content, read, kind

    def __getitem__(self, name: str) -> Any:
        self._read[self._kind + name] = self._content.get(name)
        return self._content[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)


class WatchedSetting(Setting):
    """A setting, checked before, that writes down what is asked of it."""

    def __init__(self, setting: Setting, read: dict[str, Any]) -> None:
        for name in ("countries", "years"):
            object.__setattr__(self, name, getattr(setting, name))
        for name in ("covariates", "weights"):
            object.__setattr__(self, name, Watched(getattr(setting, name), read, name + " "))
        object.__setattr__(self, "_begun", setting.start)
        object.__setattr__(self, "_read", read)

    def __getattribute__(self, name: str) -> Any:
        """Return what is asked for, and write down if it is the year itself."""
        if name != "start":
            return object.__getattribute__(self, name)
        begun = object.__getattribute__(self, "_begun")
        object.__getattribute__(self, "_read")["start"] = begun
        return begun


@dataclass
class _Added:
    """What one hypothesis adds with some values, by what it read of a year."""

    values: dict[str, Any]
    terms: dict[tuple[str, ...], dict[tuple[int, ...], Terms]] = field(default_factory=dict)
    again: bool = False

    def holds(self, values: Mapping[str, float]) -> bool:
        """Return whether these values are, as far as they were read, those it was worked out for."""
        return all(values.get(name) == value for name, value in self.values.items())


class RememberedLaws:
    """The laws of a panel's years under some hypotheses.

    Parameters
    ----------
    space, hypotheses
        Of a model.
    settings
        One a year, of the same countries and as long as each other.
    """

    def __init__(self, space: Space, hypotheses: Sequence[Hypothesis], settings: Sequence[Setting]) -> None:
        self.space, self.hypotheses, self.settings = space, hypotheses, settings
        self._kept: list[list[_Added]] = [[] for _ in hypotheses]
        self._numbers: dict[str, list[int]] = {}

    def laws(self, values: Mapping[str, float]) -> list[YearLaw]:
        """Return the law of each year; equal years share one object."""
        pieces = [self._pieces(k, values) for k in range(len(self.hypotheses))]
        found: dict[tuple[int, ...], YearLaw] = {}
        laws = []
        for each in zip(*pieces, strict=True):
            key = tuple(map(id, each))
            if key not in found:
                found[key] = year_law(total(each), self.settings[0].size, self.space.size)
            laws.append(found[key])
        return laws

    def _pieces(self, k: int, values: Mapping[str, float]) -> list[Terms]:
        """Return what one hypothesis adds in each year."""
        added = self._added(k, values)
        found = []
        for t, setting in enumerate(self.settings):
            terms = self._known(added, t)
            if terms is None:
                read: dict[str, Any] = {}
                watched = Watched(values, added.values)
                terms = self.hypotheses[k].terms(self.space, WatchedSetting(setting, read), watched)
                names = tuple(sorted(read))
                added.terms.setdefault(names, {})[self._key(names, t)] = terms
            found.append(terms)
        return found

    def _added(self, k: int, values: Mapping[str, float]) -> _Added:
        """Return what is kept for these values, or room for it in place of what was never used again."""
        kept = self._kept[k]
        for at, each in enumerate(kept):
            if each.holds(values):
                each.again = True
                kept.append(kept.pop(at))
                return each
        if len(kept) == KEPT:
            kept.remove(next((each for each in kept if not each.again), kept[0]))
        kept.append(_Added({}))
        return kept[-1]

    def _known(self, added: _Added, t: int) -> Terms | None:
        for names, found in added.terms.items():
            terms = found.get(self._key(names, t))
            if terms is not None:
                return terms
        return None

    def _key(self, names: tuple[str, ...], t: int) -> tuple[int, ...]:
        """Return numbers that two years have in common just where what stands under these names is equal."""
        for name in names:
            if name not in self._numbers:
                contents = [_content(setting, name) for setting in self.settings]
                order = {content: number for number, content in enumerate(dict.fromkeys(contents))}
                self._numbers[name] = [order[content] for content in contents]
        return tuple(self._numbers[name][t] for name in names)


def _content(setting: Setting, name: str) -> bytes | float:
    kind, _, which = name.partition(" ")
    if kind == "start":
        return setting.start
    array = getattr(setting, kind).get(which)
    return b"" if array is None else bytes(array.tobytes())

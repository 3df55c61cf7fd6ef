"""Reading a person's data strictly: every unknown word, missing word and wrong kind is named, all at once."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, Final, TypeVar, cast

from newcourse.errors import BadInput, Fault

T = TypeVar("T")

_Kind = tuple[type | tuple[type, ...], str]

_TEXTS: Final = tuple[str, ...]

_KINDS: Final[Mapping[Any, _Kind]] = {
    str: (str, "a text"),
    int: (int, "a whole number"),
    _TEXTS: ((list, tuple), "a list of texts"),
    Mapping[str, Any]: (Mapping, "an object"),
}


class Reader:
    """Collects faults while data are read; :meth:`finish` raises them together."""

    def __init__(self, subject: str) -> None:
        self._subject = subject
        self._faults: list[Fault] = []

    def finish(self) -> None:
        """Raise every fault found so far, if any."""
        if self._faults:
            raise BadInput(self._faults)

    def mapping(self, data: object, where: str, known: set[str]) -> Mapping[str, Any]:
        """Return data that are an object with known words only."""
        if not isinstance(data, Mapping):
            self._fault("not-an-object", where, repr(data)[:60], f"an object with {', '.join(sorted(known))}")
            return {}
        for word in sorted(set(map(str, data)) - known):
            self._fault("word-unknown", where, word, f"one of {', '.join(sorted(known))}")
        return data

    def text(self, data: Mapping[str, Any], word: str, where: str) -> str:
        """Return one text that must be there."""
        value = data.get(word)
        if isinstance(value, str):
            return value
        self._fault("text-missing", f"{where}, {word}", repr(value)[:60], "a text")
        return ""

    def rows(self, data: Mapping[str, Any], word: str, where: str, *, absent: bool = False) -> list[Any]:
        """Return a list that must be there, unless it may be absent."""
        value = data.get(word, [] if absent else None)
        if isinstance(value, list | tuple):
            return list(value)
        self._fault("not-a-list", f"{where}, {word}", repr(value)[:60], "a list")
        return []

    def record(self, kind: type[T], data: object, where: str) -> T:
        """Return a flat data class made from an object; where that fails, one that :meth:`finish` lets nobody see."""
        specs = fields(kind)  # type: ignore[arg-type]
        given = self.mapping(data, where, {spec.name for spec in specs})
        values: dict[str, Any] = {}
        for spec in specs:
            if spec.name in given:
                values[spec.name] = self._value(given[spec.name], spec.type, f"{where}, {spec.name}")
            elif spec.default is MISSING and spec.default_factory is MISSING:
                self._fault("word-missing", where, f"no {spec.name}", f"{spec.name}: {_KINDS[spec.type][1]}")
                values[spec.name] = None
        return kind(**values)

    def _value(self, value: object, kind: object, where: str) -> object:
        wanted, words = _KINDS[kind]
        fits = isinstance(value, wanted) and not isinstance(value, bool)
        if fits and kind == _TEXTS:
            fits = all(isinstance(item, str) for item in cast("list[object]", value))
        if not fits:
            self._fault("value-wrong", where, repr(value)[:60], words)
            return {} if wanted is Mapping else None
        return tuple(value) if isinstance(value, list) else value

    def _fault(self, code: str, where: str, found: str, expected: str) -> None:
        place = where if where.startswith(self._subject) else f"{self._subject}, {where}"
        self._faults.append(Fault(code, place, found, expected, "correct the data"))

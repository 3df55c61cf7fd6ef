"""Reads the parameters of an act as people type them and as programs send them, with every fault at once.

People type texts: in forms, and on the command line. Programs send JSON. Both come to the same values, which are what
the act takes. A parameter left empty in a form was not given.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from newcourse.acts.act import Act
from newcourse.acts.artefacts import economy_from, json_artefact
from newcourse.acts.parameters import PARAMETERS, Kind
from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.record.canonical import canonical_json, read_json
from newcourse.sources.examples import read_example

LONGEST_TEXT: Final = 2_000
LONGEST_WORDS: Final = 20_000
MOST_TEXTS: Final = 1_000
MOST_DAYS: Final = 36_500

Typed = Mapping[str, str | Sequence[str]]
FindEconomy = Callable[[str], Economy]
_Reader = Callable[[Any], Any]


class _Wrong(Exception):
    """A value that is none of its kind: what was found, what was expected."""

    def __init__(self, found: object, expected: str) -> None:
        super().__init__(found, expected)
        self.found, self.expected = f"{found!r:.80}", expected


def read_typed(act: Act, typed: Typed, economy: FindEconomy = read_example) -> dict[str, Any]:
    """Return the parameters of an act from texts.

    Parameters
    ----------
    act
        The act.
    typed
        Texts by name; several of one name are several lines. Empty ones were not given.
    economy
        Finds an economy by the name or address that was typed.

    Raises
    ------
    BadInput
        With every parameter that is missing, unknown or no value of its kind; each fault stands at the name of its
        parameter.

    Examples
    --------
    >>> from newcourse.acts.registry import ACTS
    >>> read_typed(ACTS["file_need"], {"place": "N", "need": "bread", "minimum": "20", "target": "80.5", "name": ""})
    {'place': 'N', 'need': 'bread', 'minimum': 20, 'target': 80.5}
    """
    lines = {name: text if isinstance(text, str) else "\n".join(text) for name, text in typed.items()}
    given = {name: text.replace("\r\n", "\n").strip() for name, text in lines.items()}
    return _read(act, {name: text for name, text in given.items() if text}, _from_text, economy)


def read_json_values(act: Act, given: Mapping[str, Any], economy: FindEconomy = read_example) -> dict[str, Any]:
    """Return the parameters of an act from JSON values; ``None`` is a parameter not given.

    Raises
    ------
    BadInput
        As :func:`read_typed` does.

    Examples
    --------
    >>> from newcourse.acts.registry import ACTS
    >>> read_json_values(ACTS["cast"], {"vote": 7})
    Traceback (most recent call last):
    newcourse.errors.BadInput: parameter-missing at ballot
      found:    nothing
      expected: Your ballot
      to do:    give it
    parameter-wrong at vote
      found:    7
      expected: a text of 1 to 2000 printable characters on one line
      to do:    correct it
    """
    return _read(act, {name: value for name, value in given.items() if value is not None}, _from_json, economy)


def _read(
    act: Act, given: Mapping[str, Any], how: Callable[[Kind, Any, FindEconomy], Any], economy: FindEconomy
) -> dict[str, Any]:
    """Read each parameter; say all that is wrong together."""
    known = (*act.needs, *act.takes)
    faults = [
        Fault("parameter-missing", name, "nothing", PARAMETERS[name].words, "give it")
        for name in act.needs
        if name not in given
    ]
    read: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            expected = ", ".join(known) or "no parameter"
            faults.append(Fault("parameter-unknown", f"{name:.80}", f"{name:.80}", expected, "leave it out"))
            continue
        try:
            read[name] = how(PARAMETERS[name].kind, value, economy)
        except _Wrong as wrong:
            faults.append(Fault("parameter-wrong", name, wrong.found, wrong.expected, "correct it"))
        except BadInput as error:
            faults += [Fault(f.code, name, f.found, f.expected, f.remedy) for f in error.faults]
    if faults:
        raise BadInput(faults)
    return read


def _from_json(kind: Kind, value: Any, economy: FindEconomy) -> Any:
    if kind == "economy":
        return _economy(value, economy)
    reader: _Reader = _JSON_READERS.get(kind, _line)
    read = reader(value)
    if not isinstance(read, str | bool):
        canonical_json(read)  # what the record could not write is refused here
    return read


def _from_text(kind: Kind, text: str, economy: FindEconomy) -> Any:
    if kind == "economy" and not text.startswith("{"):
        return economy(_line(text))
    return _from_json(kind, _TEXT_READERS.get(kind, str)(text), economy)


def _line(value: Any) -> str:
    if isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT and value.isprintable() and value == value.strip():
        return value
    raise _Wrong(value, f"a text of 1 to {LONGEST_TEXT} printable characters on one line")


def _words(value: Any) -> str:
    lines = value.split("\n") if isinstance(value, str) else ["\0"]
    if all(line.replace("\t", " ").isprintable() for line in lines) and 0 < len(value.strip()) <= LONGEST_WORDS:
        return str(value)
    raise _Wrong(value, f"a text of 1 to {LONGEST_WORDS} printable characters")


def _number(value: Any) -> int | float:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300 and math.isfinite(value):
        return value
    raise _Wrong(value, "a number")


def _days(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_DAYS:
        return value
    raise _Wrong(value, f"a whole number of days from 1 to {MOST_DAYS}")


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _Wrong(value, "true or false")


def _texts(value: Any) -> list[str]:
    if isinstance(value, list) and len(value) <= MOST_TEXTS:
        return [_line(item) for item in value]
    raise _Wrong(value, f"a list of at most {MOST_TEXTS} texts")


def _mapping(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise _Wrong(value, "an object of names and values")


def _data(value: Any) -> Any:
    if isinstance(value, dict | list):
        return value
    raise _Wrong(value, "an object or a list")


def _rows(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list) and all(isinstance(row, dict) for row in value):
        return value
    raise _Wrong(value, "a list of objects")


def _economy(value: Any, find: FindEconomy) -> Economy:
    """Return an economy from its name or address, or from plain data as the record keeps economies."""
    if isinstance(value, str):
        return find(_line(value))
    try:
        return economy_from(json_artefact("economy", _mapping(value)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        expected = "an economy as the record keeps it: about and tables by columns, or the name of one"
        raise _Wrong(f"{type(error).__name__}: {error}", expected) from error


_JSON_READERS: Final[Mapping[Kind, _Reader]] = {
    "words": _words,
    "number": _number,
    "days": _days,
    "flag": _flag,
    "texts": _texts,
    "data": _data,
    "ballot": _mapping,
    "ballots": _rows,
    "limits": _mapping,
    "changes": _rows,
}
"""How a value of each kind is read; the kinds left out are texts on one line."""


def _as_number(text: str) -> int | float | str:
    """Return a number where the text is one, written with a point or a comma before its decimals."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        return text


def _as_flag(text: str) -> bool | str:
    return {
        "true": True,
        "yes": True,
        "on": True,
        "1": True,
        "false": False,
        "no": False,
        "off": False,
        "0": False,
    }.get(text.lower(), text)


def _as_lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _as_json(text: str) -> Any:
    return read_json(text)


def _as_pairs(value: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return the reader of lines ``name = value``; JSON is read as JSON."""

    def read(text: str) -> Any:
        if text.startswith(("{", "[")):
            return read_json(text)
        pairs = [line.partition("=") for line in _as_lines(text)]
        if not all(equals for _, equals, _ in pairs):
            raise _Wrong(text, "lines such as name = value, or JSON")
        return {name.strip(): value(given.strip()) for name, _, given in pairs}

    return read


def _as_rows(text: str) -> Any:
    """Return a JSON list, or the JSON values of all lines."""
    if text.startswith("["):
        return read_json(text)
    return [read_json(line) for line in _as_lines(text)]


def _none_or_number(text: str) -> int | float | str | None:
    return None if text.lower() == "none" else _as_number(text)


_TEXT_READERS: Final[Mapping[Kind, Callable[[str], Any]]] = {
    "number": _as_number,
    "days": _as_number,
    "flag": _as_flag,
    "texts": _as_lines,
    "data": _as_pairs(str),
    "ballot": _as_json,
    "ballots": _as_rows,
    "economy": _as_json,
    "limits": _as_pairs(_none_or_number),
    "changes": _as_rows,
}
"""How a text of each kind becomes what JSON would say; the kinds left out are the text itself."""

"""Canonical JSON, written a second time from RFC 8785, and a reader of JSON that guesses nothing.

>>> canonical({"b": [1.0, 0.1, None], "a": "é"}).decode()
'{"a":"é","b":[1,0.1,null]}'
"""

import hashlib
import json
import re
from typing import Any, Final

MOST_INTEGER: Final = 2**53 - 1
DEEPEST: Final = 100

_SHORT: Final = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
_FLOAT: Final = re.compile(r"(\d+)(?:\.(\d+))?(?:e([+-]\d+))?")


class NotCanonical(ValueError):
    """A value or a text that RFC 8785 has no form for."""


def sha256(content: bytes) -> str:
    """Return the SHA-256 of bytes as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def canonical(value: object) -> bytes:
    """Return the bytes of a value by RFC 8785, sections 3.2.2 and 3.2.3.

    Raises
    ------
    NotCanonical
        Where the value has no such form.
    """
    try:
        return _text_of(value, 0).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("text with half a surrogate pair") from error


def hash_of(value: object) -> str:
    """Return the SHA-256 of the canonical JSON of a value."""
    return sha256(canonical(value))


def read(text: str | bytes) -> Any:
    """Return the value of a JSON text: no key twice, no number beyond JSON, nothing nested too deep.

    Raises
    ------
    NotCanonical
        Where the text is no such JSON.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode()
        return json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer)
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


def read_canonical(text: bytes) -> Any:
    """Return the value of a text that is its canonical form.

    Raises
    ------
    NotCanonical
        Where it is not.
    """
    value = read(text)
    if canonical(value) != text:
        raise NotCanonical("not in canonical form")
    return value


def _text_of(value: object, depth: int) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int | float):
        return _number(value)
    if depth >= DEEPEST:
        raise NotCanonical("nested too deep")
    if isinstance(value, list | tuple):
        return "[" + ",".join(_text_of(item, depth + 1) for item in value) + "]"
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        keys = sorted(value, key=_utf16)
        return "{" + ",".join(f"{_string(key)}:{_text_of(value[key], depth + 1)}" for key in keys) + "}"
    raise NotCanonical(f"a value of type {type(value).__name__}")


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


def _string(text: str) -> str:
    parts = ['"']
    for letter in text:
        code = ord(letter)
        if code in _SHORT:
            parts.append(_SHORT[code])
        elif code < 32:
            parts.append(f"\\u{code:04x}")
        else:
            parts.append(letter)
    parts.append('"')
    return "".join(parts)


def _number(value: float) -> str:
    if isinstance(value, int):
        if abs(value) > MOST_INTEGER:
            raise NotCanonical("a whole number that doubles cannot tell from its neighbours")
        return str(value)
    if value != value or value in (float("inf"), float("-inf")):
        raise NotCanonical("a number that is not finite")
    if value == 0:
        return "0"
    sign, digits, point = ("-" if value < 0 else ""), *_digits(abs(value))
    return sign + _placed(digits, point)


def _digits(value: float) -> tuple[str, int]:
    """Return the shortest digits k that give the double back, and n, where the value is 0.k times ten to the n."""
    found = _FLOAT.fullmatch(repr(value))
    if found is None:
        raise NotCanonical(repr(value))
    whole, part, power = found[1], found[2] or "", int(found[3] or 0)
    digits = whole + part
    first = len(digits) - len(digits.lstrip("0"))
    return digits.strip("0"), len(whole) - first + power


def _placed(digits: str, point: int) -> str:
    """Return digits as ECMA-262, Number::toString, lays them out: section 6.1.6.1.20."""
    size = len(digits)
    if size <= point <= 21:
        return digits + "0" * (point - size)
    if 0 < point <= 21:
        return digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    power = f"e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return digits[0] + ("." + digits[1:] if size > 1 else "") + power


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotCanonical("one key twice")
    return made


def _constant(name: str) -> None:
    raise NotCanonical(f"{name} is no JSON number")


def _integer(digits: str) -> int | float:
    if len(digits) > 17 or abs(int(digits)) > MOST_INTEGER:
        return float(digits)
    return int(digits)

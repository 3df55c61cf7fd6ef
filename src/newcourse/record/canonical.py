"""One way to write a value as bytes, so that equal values have equal hashes (design §3, §8.3).

The form is the JSON Canonicalization Scheme of RFC 8785: UTF-8, no spaces, keys sorted by UTF-16 code units, numbers
as ECMAScript writes them. Anyone with any RFC 8785 library can therefore recompute every hash of the record.

Numbers are IEEE 754 doubles there, so whole numbers beyond ±(2⁵³ − 1), which other programs would silently round,
are refused: write them, and exact fractions, as text. Text is kept as it is (no Unicode normalisation, as the RFC
demands); what is not well-formed Unicode is refused.

>>> canonical_json({"b": [1.0, 0.1, None], "a": "é"}).decode()
'{"a":"é","b":[1,0.1,null]}'
>>> digest(b"abc")
'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
"""

import hashlib
import json
import math
from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, Final

from newcourse.errors import BadInput, Fault

SAFE_INTEGER: Final = 2**53 - 1
DEEPEST: Final = 64

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)

_Path = tuple[str | int, ...]


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes as 64 hexadecimal digits (FIPS 180-4)."""
    return hashlib.sha256(content).hexdigest()


def canonical_json(value: object) -> bytes:
    """Write a value in the canonical form of RFC 8785.

    Parameters
    ----------
    value
        ``None``, a boolean, a whole number within ±(2⁵³ − 1), a finite float, text, a list or tuple of such values,
        or a mapping from text to such values, at most 64 levels deep.

    Raises
    ------
    BadInput
        Naming every part that has no canonical form, with its path.
    """
    if _is_plain(value, DEEPEST):
        return _ENCODER.encode(value).encode()
    faults: list[Fault] = []
    text = _write(value, (), faults)
    if faults:
        raise BadInput(faults)
    return text.encode()


def read_json(text: str) -> Any:
    """Read JSON without guessing: no key twice, no NaN; whole numbers too big to be exact become floats.

    ``canonical_json(read_json(t)).decode() == t`` for every canonical text ``t``, and for no other.

    Raises
    ------
    BadInput
        If the text is not JSON, or says one key twice.
    """
    try:
        return json.loads(text, parse_int=_whole, parse_constant=_no_constant, object_pairs_hook=_no_key_twice)
    except (ValueError, RecursionError) as error:
        raise BadInput(
            Fault("not-json", "JSON text", str(error), "one JSON value", "write it with canonical_json")
        ) from error


def _is_plain(value: Any, depth: int) -> bool:
    """Say whether Python's own JSON writer, which is much faster, writes this value as the RFC demands.

    It does not for text that is no Unicode, for floats that ECMAScript writes otherwise, for whole numbers that are
    too big, and for keys that are no text or sort otherwise by their UTF-16 code units.
    """
    kind = type(value)
    if kind is str:
        return bool(value.isascii() or max(value) < "\ud800")
    if kind is int:
        return bool(-SAFE_INTEGER <= value <= SAFE_INTEGER)
    if kind is float:
        return bool(1e-4 <= abs(value) < 1e16 and not value.is_integer())
    if kind is dict and depth:
        return all(type(key) is str and _is_plain(key, 0) for key in value) and all(
            _is_plain(part, depth - 1) for part in value.values()
        )
    if (kind is list or kind is tuple) and depth:
        return all(_is_plain(part, depth - 1) for part in value)
    return value is None or kind is bool


def _write(value: object, path: _Path, faults: list[Fault]) -> str:
    if isinstance(value, str):
        return _text(value, path, faults)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _integer(int(value), path, faults)
    if isinstance(value, float):
        return _number(float(value), path, faults)
    if len(path) >= DEEPEST:
        return _refuse(path, faults, "too-deep", f"more than {DEEPEST} levels", "a flatter value")
    if isinstance(value, Mapping):
        return _mapping(value, path, faults)
    if isinstance(value, list | tuple):
        return f"[{','.join([_write(item, (*path, i), faults) for i, item in enumerate(value)])}]"
    return _refuse(
        path, faults, "no-json-form", f"a {type(value).__name__}", "text, number, boolean, null, list or mapping"
    )


def _text(value: str, path: _Path, faults: list[Fault]) -> str:
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return _refuse(path, faults, "not-unicode", ascii(value), "text without lone surrogates")
    return encode_basestring(value)


def _integer(value: int, path: _Path, faults: list[Fault]) -> str:
    if abs(value) > SAFE_INTEGER:
        return _refuse(
            path, faults, "integer-too-big", "a whole number beyond ±(2⁵³ − 1)", "the same number written as text"
        )
    return str(value)


def _number(value: float, path: _Path, faults: list[Fault]) -> str:
    if not math.isfinite(value):
        return _refuse(path, faults, "not-finite", str(value), "a finite number, or null for what is not known")
    if value == 0:
        return "0"
    if 1e-4 <= abs(value) < 1e16:  # here Python and ECMAScript write alike
        return repr(value).removesuffix(".0")
    return ("-" if value < 0 else "") + _ecmascript(abs(value))


def _ecmascript(value: float) -> str:
    """Write a positive float as ECMAScript does (ECMA-262, Number::toString), from Python's shortest digits."""
    figures, exponent = Decimal(repr(value)).normalize().as_tuple()[1:]
    digits = "".join(map(str, figures))
    point = len(digits) + int(exponent)  # how many digits stand before the decimal point
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    mantissa = digits if len(digits) == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{mantissa}e{point - 1:+d}"


def _mapping(value: Mapping[Any, object], path: _Path, faults: list[Fault]) -> str:
    strangers = [key for key in value if not isinstance(key, str)]
    if strangers:
        return _refuse(path, faults, "key-not-text", f"the key {strangers[0]!r}", "keys that are text")
    keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    pairs = [f"{_text(key, (*path, key), faults)}:{_write(value[key], (*path, key), faults)}" for key in keys]
    return f"{{{','.join(pairs)}}}"


def _refuse(path: _Path, faults: list[Fault], code: str, found: str, expected: str) -> str:
    where = "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    where = where.encode(errors="backslashreplace").decode()
    faults.append(Fault(code, where, found, expected, "change the value before it is written"))
    return ""


def _whole(digits: str) -> int | float:
    # An int that long takes quadratic time to read, and is beyond the safe range anyway.
    number = float(digits) if len(digits) > 17 else int(digits)
    return number if abs(number) <= SAFE_INTEGER else float(number)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} is there twice")
    return mapping

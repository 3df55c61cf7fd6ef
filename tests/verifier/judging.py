"""What the verifier says of a bundle, as tests want it; and ways to change plain data."""

import json
from pathlib import Path
from typing import Any

from newcourse.verifier.program import run
from tests.verifier.small_bundle import Book, written


def verdicts(
    path: Path, files: dict[str, bytes], **more: Any
) -> tuple[dict[tuple[str, str], str], int, dict[str, Any]]:
    text, code = run(written(path / "a.zip", files), as_json=True, **more)
    data = json.loads(text)
    found: dict[tuple[str, str], str] = {}
    for finding in data.get("findings", []):
        name = (finding["about"], finding["check"])
        found[name] = max(found.get(name, ""), finding["verdict"])  # in this order: not checked, sound, wrong
    return found, code, data


def wrong(path: Path, book: Book) -> set[tuple[str, str]]:
    found, code, _ = verdicts(path, book.files())
    failed = {name for name, verdict in found.items() if verdict == "wrong"}
    assert code == (6 if failed else 0)
    return failed


def leaves_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths to all values in plain data that are no lists and mappings, and to those that are empty."""
    if isinstance(value, dict) and value:
        return [leaf for key, item in value.items() for leaf in leaves_of(item, (*path, key))]
    if isinstance(value, list) and value:
        return [leaf for k, item in enumerate(value) for leaf in leaves_of(item, (*path, k))]
    return [path]


def altered(value: Any, path: tuple[Any, ...]) -> Any:
    """Return plain data with one value changed."""
    copy = json.loads(json.dumps(value))
    inside = copy
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = other(inside[path[-1]])
    return copy


def other(value: Any) -> Any:
    """Return another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return value[:-1] + ("0" if value[-1:] != "0" else "1") if value else "x"
    return "something else"

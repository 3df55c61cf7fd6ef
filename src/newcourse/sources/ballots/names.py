"""Names of candidates given beside a file of ballots that holds only their numbers."""

import json
from collections.abc import Mapping
from pathlib import Path

from newcourse.errors import BadInput, Fault
from newcourse.sources.ballots.source import source_of


def read_names(path: Path) -> tuple[str, ...]:
    """Return the names by number: of a text with one name on each line, or of JSON.

    In JSON they are a list, an object by number, or the member ``candidates`` (or ``candidates_in_ballot_order``) of an
    object that holds one of the two, as official results are often published.

    Raises
    ------
    BadInput
        When the file cannot be read, or its numbers are not 1, 2, 3 and so on.
    """
    text = source_of(path).decode("utf-8")
    if not text.lstrip().startswith(("{", "[")):
        return tuple(line.strip() for line in text.splitlines() if line.strip())
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(_wrong(path, str(error))) from None
    if isinstance(data, Mapping):
        data = data.get("candidates", data.get("candidates_in_ballot_order", data))
    if isinstance(data, Mapping):
        numbers = [str(number) for number in range(1, len(data) + 1)]
        if set(data) != set(numbers):
            raise BadInput(_wrong(path, f"names for {', '.join(list(data)[:5])}"[:80]))
        data = [data[number] for number in numbers]
    if not isinstance(data, list) or not all(isinstance(name, str) for name in data):
        raise BadInput(_wrong(path, repr(data)[:80]))
    return tuple(data)


def _wrong(path: Path, found: str) -> Fault:
    return Fault(
        "names-wrong", str(path), found, "one name on each line, or names by number from 1", "correct the file"
    )

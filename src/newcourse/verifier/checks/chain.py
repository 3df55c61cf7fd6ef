"""Each entry: its fields, its own hash, and the hash of the entry before (RFC 8785 and SHA-256)."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from newcourse.verifier.bundle import Bundle
from newcourse.verifier.canonical import NotCanonical, canonical, read_canonical, sha256
from newcourse.verifier.findings import Finding, Topic
from newcourse.verifier.log import Entry, Log
from newcourse.verifier.merkle import leaf_hash

FIELDS: Final = ("act", "actor", "at", "body", "hash", "previous", "sequence")
GENESIS: Final = "0" * 64
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_HASH: Final = re.compile(r"[0-9a-f]{64}")


def check_chain(bundle: Bundle, log: Log) -> Iterator[Finding]:
    """Yield whether the chain is whole, and fill the log with its entries."""
    content = bundle.content("record.jsonl") or b""
    lines = content.split(b"\n")
    faults = [] if lines.pop() == b"" else ["the last line does not end"]
    previous, clock = GENESIS, ""
    for number, line in enumerate(lines, start=1):
        log.leaves.append(leaf_hash(line))
        try:
            data = read_canonical(line)
        except NotCanonical as error:
            faults.append(f"line {number} is no canonical JSON: {error}")
            previous = "?"
            continue
        wrong = entry_faults(data, number)
        faults += wrong
        if any("field" in fault for fault in wrong):
            previous = "?"
            continue
        if data["previous"] != previous:
            faults.append(f"entry {number} does not follow the entry before it")
        previous, clock = data["hash"], max(clock, data["at"])
        log.entries.append(Entry(number, data["at"], data["actor"], data["act"], data["body"], clock))
    if bundle.entries != len(lines):
        faults.append(f"the bundle says {bundle.entries} entries and has {len(lines)}")
    yield Topic("chain", "record").verdict(
        faults, f"each of {len(lines)} entries has its own hash and that of the entry before it."
    )


def entry_faults(data: Any, number: int) -> list[str]:
    """Return what is wrong with one entry by itself."""
    if not isinstance(data, dict) or sorted(data) != list(FIELDS):
        return [f"entry {number} has not the fields of an entry"]
    wrong = [name for name, right in _fields(data, number).items() if not right]
    if wrong:
        return [f"entry {number} has an impossible field: {', '.join(wrong)}"]
    stated = {name: data[name] for name in FIELDS if name != "hash"}
    if sha256(canonical(stated)) != data["hash"]:
        return [f"entry {number} was changed: its hash is not that of its fields"]
    return []


def _fields(data: dict[str, Any], number: int) -> dict[str, bool]:
    return {
        "sequence": data["sequence"] == number and not isinstance(data["sequence"], bool | float),
        "at": _is_time(data["at"]),
        "actor": _is_name(data["actor"]),
        "act": _is_name(data["act"]),
        "body": isinstance(data["body"], dict),
        "previous": _is_hash(data["previous"]),
        "hash": _is_hash(data["hash"]),
    }


def _is_time(value: object) -> bool:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= 200 and value == value.strip() and value.isprintable()

"""A process of its own that writes to a record: ``python -m tests.record.writer URL NAME PAIRS``.

It prints the number of each entry once the record has acknowledged it. ``PAIRS`` transactions of two facts each;
``hang`` instead writes three facts, says so, and waits inside the transaction to be killed.
"""

import sys
import time

from newcourse.record.store import open_record
from tests.record.facts import NOON


def write(url: str, name: str, pairs: int) -> None:
    with open_record(url) as record:
        for number in range(pairs):
            with record.transaction() as draft:
                draft.append("begun", name, {"pair": number}, NOON)
                address = draft.keep("note", "text/plain", f"{name} {number}".encode())
                entry = draft.append("ended", name, {"pair": number, "note": address}, NOON)
            print(entry.sequence, flush=True)  # noqa: T201 (the parent reads it)


def hang(url: str, name: str) -> None:
    with open_record(url) as record, record.transaction() as draft:
        for number in range(3):
            draft.append("begun", name, {"pair": number, "note": draft.keep("note", "text/plain", b"lost")}, NOON)
        print("written", flush=True)  # noqa: T201 (the parent reads it)
        time.sleep(600)


if __name__ == "__main__":
    if sys.argv[3] == "hang":
        hang(*sys.argv[1:3])
    else:
        write(sys.argv[1], sys.argv[2], int(sys.argv[3]))

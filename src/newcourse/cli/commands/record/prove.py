"""``newcourse record prove``: the proof that an entry is on the record."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give
from newcourse.cli.records import Database, record_at


@answering
def prove(
    where: Database,
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="Number of the entry.")],
    as_json: AsJson = False,  # noqa: ARG001 (errors are told as it asks; a receipt is data always)
) -> None:
    """Print the receipt of an entry as JSON: the entry, a signed checkpoint, and the proof between them.

    It stays right however the record grows, and needs no trust in whoever keeps the record; newcourse verify checks
    it. The record is signed first where no checkpoint covers the entry yet.

    ```
    newcourse record prove town.sqlite 12 > receipt.json
    ```
    """
    with record_at(where) as record:
        give(record.receipt(number, datetime.now(UTC)))

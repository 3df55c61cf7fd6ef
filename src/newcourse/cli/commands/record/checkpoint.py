"""``newcourse record checkpoint``: the record signed as it is now."""

import base64
from datetime import UTC, datetime

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, verbatim
from newcourse.cli.records import Database, record_at


@answering
def checkpoint(where: Database, as_json: AsJson = False) -> None:
    """Sign the record as it is now, and print the signed note: how many entries, and the root of their tree.

    Keep the note, or hand it to others: whoever has it can tell later whether anything before it was changed. The
    same record gives the same note again.

    ```
    newcourse record checkpoint town.sqlite > town.note
    ```
    """
    with record_at(where) as record:
        signed = record.checkpoint(datetime.now(UTC))
    if as_json:
        give(
            {
                "origin": signed.checkpoint.origin,
                "size": signed.size,
                "root": signed.checkpoint.root.hex(),
                "at": signed.at.isoformat(),
                "public_key": base64.b64encode(signed.public_key).decode(),
                "note": signed.note,
            }
        )
        return
    verbatim(signed.note)

"""Proofs of the record for anybody: receipts of entries, and that an earlier record is the beginning of a later one."""

import base64
from typing import Any, Final

from fastapi import FastAPI

from newcourse.errors import BadInput, Fault
from newcourse.record.checkpoint import public_key_of
from newcourse.record.signed import LOG_KEY
from newcourse.record.store import Record
from newcourse.web import clock

_HASHES: Final = {"type": "array", "items": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}


def add_proofs(app: FastAPI, record: Record) -> None:
    """Add the receipt of each entry and proofs of consistency under ``/api/record``.

    Parameters
    ----------
    app
        The application.
    record
        The record. Where no checkpoint covers an entry whose receipt is asked for, it is signed then.
    """

    def receipt(sequence: int) -> dict[str, Any]:
        """Return an entry, a signed checkpoint, and the way from one to the other (RFC 9162, section 2.1.3)."""
        _within(record, sequence, 1)
        return record.receipt(sequence, clock.now())

    def consistency(first: int, second: int) -> dict[str, Any]:
        """Return what shows the first entries to be the beginning of more of them (RFC 9162, section 2.1.4)."""
        _within(record, second, 0)
        if not 0 <= first <= second:
            expected = f"a number from 0 to {second}"
            raise BadInput(Fault("size-wrong", "proof of consistency", str(first), expected, "give the smaller first"))
        return {"first": first, "second": second, "proof": [step.hex() for step in record.consistency(first, second)]}

    receipt_schema = {"application/json": {"schema": {"$ref": "#/components/schemas/Receipt"}}}
    proof_schema = {"application/json": {"schema": {"type": "object", "properties": {"proof": _HASHES}}}}
    for path, endpoint, title, content in (
        ("/api/record/receipt/{sequence}", receipt, "The receipt of an entry", receipt_schema),
        ("/api/record/consistency/{first}/{second}", consistency, "A proof of consistency", proof_schema),
    ):
        app.add_api_route(
            path,
            endpoint,
            methods=["GET"],
            name=path,
            summary=title,
            description=endpoint.__doc__,
            operation_id=f"api_record_{endpoint.__name__}",
            response_model=None,
            openapi_extra={"responses": {"200": {"description": f"{title}.", "content": content}}},
        )


def log_key(record: Record) -> str:
    """Return the public key that signs checkpoints, in base64; nothing where the record was never signed."""
    try:
        return base64.b64encode(public_key_of(record.secret(LOG_KEY))).decode()
    except BadInput:
        return ""


def _within(record: Record, number: int, least: int) -> None:
    count = record.head().count
    if not least <= number <= count:
        expected = f"a number from {least} to {count}"
        raise BadInput(Fault("entry-unknown", "record", str(number), expected, "ask for an entry that is there"))

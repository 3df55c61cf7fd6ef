"""Reads the body of a request, up to a size."""

from typing import Final

from starlette.requests import Request

from newcourse.errors import BadInput, Fault

MOST_BYTES: Final = 2_000_000
"""An act is never larger; the largest are the ballots that tellers enter."""


async def body_of(request: Request, most: int = MOST_BYTES) -> bytes:
    """Return the body of a request.

    Raises
    ------
    BadInput
        If it is too long.
    """
    parts, length = [], 0
    async for part in request.stream():
        parts.append(part)
        length += len(part)
        if length > most:
            where = f"{request.method} {request.url.path}"
            raise BadInput(
                Fault("body-long", where, f"more than {most} bytes", f"at most {most} bytes", "send less at once")
            )
    return b"".join(parts)

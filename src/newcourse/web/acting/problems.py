"""Errors as answers in HTTP: to programs as Problem JSON (RFC 9457) with all faults, to people as pages."""

from http import HTTPStatus
from typing import Any, Final

from starlette.responses import JSONResponse

from newcourse.errors import BadInput, Contradiction, NewCourseError, NotAllowed, NotCertified

PROBLEM: Final = "application/problem+json"

_BY_CODE: Final = {
    "sign-in-needed": 401,
    "no-authority": 403,
    "csrf-wrong": 403,
    "key-reused": 409,
    "body-long": 413,
    "request-too-large": 413,
    "too-many-requests": 429,
    "record-unavailable": 503,
    "state-restless": 503,
}
_BY_KIND: Final[tuple[tuple[type[NewCourseError], int], ...]] = (
    (BadInput, 400),
    (NotAllowed, 409),
    (Contradiction, 422),
    (NotCertified, 422),
)
_NOT_THINGS: Final = {"parameter-unknown", "artefact-unknown", "rule-unknown", "example-unknown"}


def status_of(error: NewCourseError) -> int:
    """Return what an error is called in HTTP.

    What is wrong is 400, and 404 where it names a thing that is not there; without sign-in 401; no right by any
    article 403; a right that the state does not admit now, or a key used twice, 409.
    """
    codes = [fault.code for fault in error.faults]
    known = [_BY_CODE[code] for code in codes if code in _BY_CODE]
    if known:
        return known[0]
    if isinstance(error, BadInput) and all(code.endswith("-unknown") and code not in _NOT_THINGS for code in codes):
        return 404
    return next((status for kind, status in _BY_KIND if isinstance(error, kind)), 500)


def problem(error: NewCourseError, status: int, instance: str) -> dict[str, Any]:
    """Return an error as Problem JSON: the members of RFC 9457, and the faults with their remedies.

    Parameters
    ----------
    error
        What is wrong.
    status
        Status of the answer.
    instance
        Address that was asked.
    """
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": "; ".join(f"{fault.found}; expected: {fault.expected}" for fault in error.faults),
        "instance": instance,
        **error.as_dict(),
    }


def problem_response(error: NewCourseError, instance: str, status: int = 0) -> JSONResponse:
    """Return the answer to a program."""
    found = status or status_of(error)
    headers = {"WWW-Authenticate": "Bearer"} if found == 401 else {}
    return JSONResponse(problem(error, found, instance), found, headers, media_type=PROBLEM)


PROBLEM_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": "What is wrong, by RFC 9457, with every fault that was found at once.",
    "required": ["type", "title", "status", "detail", "instance", "error", "faults"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "error": {"type": "string", "description": "Kind of error."},
        "faults": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["code", "where", "found", "expected", "remedy"],
                "properties": {name: {"type": "string"} for name in ("code", "where", "found", "expected", "remedy")},
            },
        },
    },
}

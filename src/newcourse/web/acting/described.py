"""What OpenAPI says: made from the routes, then put right where it would not be true."""

from typing import Any, Final

from fastapi import FastAPI

from newcourse.web.acting import schemas
from newcourse.web.acting.api import problems
from newcourse.web.acting.problems import PROBLEM_SCHEMA

_FACTS: Final = (400, 401, 403, 404, 500, 503)

_SECURITY: Final[dict[str, Any]] = {
    "session": {"type": "apiKey", "in": "cookie", "name": "session", "description": "A browser that is signed in."},
    "bearer": {"type": "http", "scheme": "bearer", "description": "A program's token, made in an account."},
}


def describe(app: FastAPI) -> None:
    """Have the application describe itself truly: errors are Problem JSON, and nothing is answered with 422 unsaid."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = corrected(made())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to change the description


def corrected(described: dict[str, Any]) -> dict[str, Any]:
    """Return a description with the answers that operations really give."""
    components = described.setdefault("components", {})
    known = components.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        known.pop(name, None)
    known |= {
        "Problem": PROBLEM_SCHEMA,
        "Entry": schemas.ENTRY,
        "Receipt": schemas.RECEIPT,
        "Done": schemas.DONE,
        "Job": schemas.JOB,
    }
    components["securitySchemes"] = _SECURITY
    for operations in described["paths"].values():
        for method, operation in operations.items():
            if method == "get" and "400" not in operation["responses"]:
                operation["responses"].pop("422", None)
                operation["responses"] |= problems(_FACTS)
    return described

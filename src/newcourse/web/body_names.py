"""What bodies are called, from their codes."""

from newcourse.council.bodies import find_body
from newcourse.council.state import State


def body_name(state: State, code: str) -> str:
    """Return the name of a body; its code where the statutes do not know it any more."""
    body = find_body(state, code)
    return body.name(state) if body else code

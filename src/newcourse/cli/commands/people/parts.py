"""What the commands on people share: where they are, and who is a member."""

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Final

import typer

from newcourse.cli.records import record_at
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newcourse.council.state import State
    from newcourse.people.people import People

LOG: Final = logging.getLogger("newcourse.people")

PeopleAt = Annotated[
    str,
    typer.Option("--people", metavar="DATABASE", help="Where the accounts are; beside the record if left out."),
]
Address = Annotated[str, typer.Option(metavar="URL", help="Address of the pages as people type it.", show_default=True)]
Member = Annotated[str, typer.Argument(metavar="MEMBER", help="Code of a member, as the record has it.")]

HERE: Final = "http://localhost:8000"


@contextmanager
def opened(where: str, people: str) -> "Iterator[tuple[State, People]]":
    """Give the state of a record that is there, and the people beside it."""
    from newcourse.acts.memory import state_of
    from newcourse.people.database import beside
    from newcourse.people.people import open_people

    with record_at(where) as record:
        state = state_of(record)
    with open_people(people or beside(where)) as known:
        yield state, known


def require_member(state: "State", member: str) -> None:
    """Refuse a code that is no member's.

    Raises
    ------
    BadInput
        If it is none.
    """
    if member not in state.members:
        expected = "the code of a member"
        raise BadInput(Fault("member-unknown", "MEMBER", repr(member), expected, "see newcourse record show"))

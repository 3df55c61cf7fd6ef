"""Founding, and seating provisional delegates."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from newcourse.council.amending import StatutesVersion
from newcourse.council.growing import GrowingMap
from newcourse.council.redrafting import address_of
from newcourse.council.state import Seat, State
from newcourse.council.statutes import Statutes
from newcourse.council.tree import Tree
from newcourse.record.entry import Entry


def found(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Begin the federation; the statutes it is founded with are their first version."""
    law = Statutes.from_record(body["statutes"])
    return replace(
        state,
        statutes=law,
        versions=(StatutesVersion(1, entry.at, address_of(law)),),
        title=body["title"],
        tree=Tree.from_data(body["places"]),
        founders=tuple(body["founders"]),
        members=GrowingMap(body["members"]),
        economy=body["economy"],
        fingerprint=body["fingerprint"],
    )


def seat_delegates(state: State, _entry: Entry, body: Mapping[str, Any]) -> State:
    """Give a body its provisional delegates, in place of those before."""
    seats = tuple(Seat(person, place) for place, people in body["seats"].items() for person in people)
    return replace(state, seats=state.seating.having(body["council"], seats))

"""States of a federation, made directly, for tests of authority and votes that need no record."""

from dataclasses import replace
from datetime import UTC, datetime

from newcourse.council.cycle import Cycle
from newcourse.council.default_statutes import default_statutes
from newcourse.council.growing import GrowingMap
from newcourse.council.state import Seat, State
from newcourse.council.statutes import Statutes
from newcourse.council.tree import Place, Tree

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)

TREE = Tree(
    (
        Place("F", "Federation", "federation"),
        Place("N", "North", "region", "F"),
        Place("S", "South", "region", "F"),
        Place("N1", "North mill", "enterprise", "N"),
    )
)

CYCLE = Cycle(1, NOON, NOON, "economy", "fingerprint", "plan", {})


def people(statutes: Statutes | None = None) -> State:
    """Founder fay at F, delegates nil (N) and sol (S), members ned at N, mia at N1, sue at S; kim is nobody."""
    return State(
        statutes=statutes or default_statutes(),
        title="Test",
        tree=TREE,
        founders=("fay",),
        members=GrowingMap({"fay": "F", "nil": "N", "sol": "S", "ned": "N", "mia": "N1", "sue": "S"}),
        seats={"congress": (Seat("nil", "N"), Seat("sol", "S"))},
    )


def in_cycle(state: State) -> State:
    return replace(state, cycle=CYCLE)


def after_cycle(state: State) -> State:
    return replace(state, past=(replace(CYCLE, orders="orders"),))

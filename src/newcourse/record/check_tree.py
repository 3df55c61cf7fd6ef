"""Holds the stored nodes of the tree to what the entries make of it."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Connection, select

from newcourse.errors import Fault
from newcourse.record.merkle import Place
from newcourse.record.recomputed import Recomputed
from newcourse.record.schema import NODES
from newcourse.record.tree import is_hash, node_fault

_ALL_NODES: Final = select(NODES.c.level, NODES.c.position, NODES.c.hash).order_by(NODES.c.level, NODES.c.position)


def tree_faults(connection: Connection, tree: Recomputed) -> list[Fault]:
    """Name every node that is not as the entries make it; afterwards ``tree`` knows as much as can be known.

    Parameters
    ----------
    connection
        Reads one state of the database.
    tree
        It has taken all entries.
    """
    leaves = select(NODES.c.position, NODES.c.hash).where(NODES.c.level == 0)
    untold = tree.unknown_leaves()
    tree.learn(
        {row.position: row.hash for row in connection.execute(leaves) if row.position in untold and is_hash(row.hash)}
        if untold
        else {}
    )
    rows = connection.execute(_ALL_NODES.execution_options(yield_per=1000))
    return list(_differences(((row.level, row.position, row.hash) for row in rows), tree))


def _differences(rows: Iterable[tuple[Any, Any, Any]], tree: Recomputed) -> Iterator[Fault]:
    expected = tree.places()
    awaited = next(expected, None)
    before: Place | None = None
    for level, position, stored in rows:
        place = (level, position)
        if place == before:
            yield node_fault(place, "it is there twice", "each node once")
            continue
        if not all(isinstance(number, int) for number in place):
            yield node_fault(place, "no place in a tree", "a level and a position")
            continue
        before = place
        while awaited is not None and awaited < place:
            yield node_fault(awaited, "no such node", "the hash of a complete subtree")
            awaited = next(expected, None)
        if awaited != place:
            yield node_fault(place, "a node that no entry makes", "none")
            continue
        awaited = next(expected, None)
        yield from _difference(place, stored, tree.node(*place))
    while awaited is not None:
        yield node_fault(awaited, "no such node", "the hash of a complete subtree")
        awaited = next(expected, None)


def _difference(place: Place, stored: Any, computed: bytes | None) -> Iterator[Fault]:
    if not is_hash(stored):
        yield node_fault(place, "no hash", "the hash of a complete subtree")
    elif computed is not None and stored != computed:
        yield node_fault(place, f"the hash {stored.hex()}", f"{computed.hex()}, as the entries make it")

"""The tree of :mod:`newcourse.record.merkle` in the database: grown with each entry, read for a proof.

Each complete subtree is stored once, so an entry adds two rows on average, and a proof reads as many as the tree is
high. The nodes can all be computed again from the entries; the verification does.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, insert, text

from newcourse.errors import BadInput, Fault, Tampered
from newcourse.record.merkle import Edge, Node, Place, leaf_hash
from newcourse.record.schema import NODES

P = TypeVar("P")

_TOGETHER: Final = 16

# Written out, as SQLite takes no index for pairs in a list, and the same text each time is prepared once.
_PLACES: Final = " OR ".join(f"(level = :level{slot} AND position = :position{slot})" for slot in range(_TOGETHER))
_AT: Final = text(f"SELECT level, position, hash FROM nodes WHERE {_PLACES}")  # noqa: S608 (no foreign part)
_HASH_BYTES: Final = 32


class GrowingTree:
    """The tree while one transaction has the record alone: entries are added, their nodes written together.

    Parameters
    ----------
    connection
        Of a transaction that holds the record.
    size
        Number of entries the record has.
    edge
        Its right edge where it is known already; otherwise it is read when it is needed.
    """

    def __init__(self, connection: Connection, size: int, edge: Edge | None = None) -> None:
        self._connection = connection
        self._size = size
        self._edge = edge
        self._unwritten: list[dict[str, Any]] = []

    def grow(self, line: bytes) -> None:
        """Add an entry, as the line of the exported record that it is (without its line feed)."""
        if self._edge is None:
            self._edge = _right_edge(self._connection, self._size)
        self._unwritten += [
            {"level": level, "position": position, "hash": hashed}
            for level, position, hashed in self._edge.grow(leaf_hash(line))
        ]

    @property
    def edge(self) -> Edge | None:
        """The right edge as it is now, if it was needed."""
        return self._edge

    def write(self) -> None:
        """Write the nodes that are not yet in the database."""
        if self._unwritten:
            self._connection.execute(insert(NODES), self._unwritten)
            self._unwritten = []


def nodes_at(connection: Connection, places: Iterable[Place]) -> dict[Place, bytes]:
    """Read nodes by level and position.

    Raises
    ------
    Tampered
        Naming every one that is not there, or is no hash.
    """
    wanted = list(dict.fromkeys(places))
    return _all_hashes(wanted, _found(connection, wanted)) if wanted else {}


def proved(connection: Connection, proof: Callable[[Node], P]) -> P:
    """Compute something from the tree, reading all the nodes it needs at once."""
    wanted: list[Place] = []

    def noting(level: int, position: int) -> bytes:
        wanted.append((level, position))
        return bytes(_HASH_BYTES)

    proof(noting)
    found = nodes_at(connection, wanted)
    return proof(lambda level, position: found[level, position])


def require_size(size: int, count: int) -> None:
    """Raise ``BadInput`` unless the tree once had this size."""
    if not 0 <= size <= count:
        raise BadInput(
            Fault("size-unknown", "tree", f"size {size}", f"0 to {count}", "give a size this record has reached")
        )


def require_entry(sequence: int, size: int) -> None:
    """Raise ``BadInput`` unless an entry is among the first ``size``."""
    if not 1 <= sequence <= size:
        raise BadInput(
            Fault("entry-missing", "tree", f"entry {sequence}", f"1 to {size}", "give the number of an entry there is")
        )


def is_hash(value: object) -> bool:
    """Say whether a stored value can be a node."""
    return isinstance(value, bytes) and len(value) == _HASH_BYTES


def node_fault(place: Place, found: str, expected: str) -> Fault:
    """Name a node that is wrong."""
    where = f"tree, level {place[0]}, position {place[1]}"
    return Fault("node-changed", where, found, expected, "restore the nodes from a copy, or compute them anew")


def _right_edge(connection: Connection, size: int) -> Edge:
    """Read the complete subtrees of which the tree is made, and see that it ends where the record does."""
    edge = Edge.places(size)
    last, beyond = (0, size - 1), (0, size)
    found = _found(connection, [*edge, last, beyond])
    if (size and last not in found) or beyond in found:
        raise Tampered(
            Fault(
                "tree-differs",
                "the end of the tree",
                f"{'more' if beyond in found else 'fewer'} leaves",
                f"{size} leaves, one an entry",
                "run the verification, and restore what it names before anything is added",
            )
        )
    return Edge(size, {level: hashed for (level, _), hashed in _all_hashes(edge, found).items()})


def _found(connection: Connection, places: list[Place]) -> dict[Place, bytes]:
    found: dict[Place, bytes] = {}
    for first in range(0, len(places), _TOGETHER):
        asked = places[first : first + _TOGETHER]
        slots: dict[str, int] = {}
        for slot in range(_TOGETHER):
            slots[f"level{slot}"], slots[f"position{slot}"] = asked[min(slot, len(asked) - 1)]
        found |= {(row.level, row.position): row.hash for row in connection.execute(_AT, slots)}
    return found


def _all_hashes(wanted: list[Place], found: dict[Place, bytes]) -> dict[Place, bytes]:
    bad = [place for place in wanted if not is_hash(found.get(place))]
    if bad:
        raise Tampered(node_fault(place, "no hash", "the hash of a complete subtree") for place in bad)
    return {place: found[place] for place in wanted}

"""Computes the tree anew from the entries, and holds the stored nodes to it."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Connection, select

from newcourse.errors import Fault
from newcourse.record.entry import Claim, statement_hash
from newcourse.record.merkle import leaf_hash, node_hash, root
from newcourse.record.schema import NODES
from newcourse.record.tree import Place, is_hash, node_fault

_HASH_BYTES: Final = 32
_ALL_NODES: Final = select(NODES.c.level, NODES.c.position, NODES.c.hash).order_by(NODES.c.level, NODES.c.position)


class Recomputed:
    """The tree over what the entries say, complete as far as they are sound.

    Where an entry is unsound or missing, the stored leaf stands for it: it tells what was there.
    """

    def __init__(self) -> None:
        self._levels = [bytearray()]
        self._unknown: list[set[int]] = [set()]

    @property
    def size(self) -> int:
        """Number of leaves."""
        return len(self._levels[0]) // _HASH_BYTES

    def take(self, claim: Claim) -> None:
        """Add the leaf of an entry, in the order of the numbers; those left out are not known."""
        number = claim.sequence
        if isinstance(number, int) and number == self.size + 1:
            leaf = _leaf(claim)
            if leaf is None:
                self._unknown[0].add(self.size)
            self._levels[0] += leaf or bytes(_HASH_BYTES)
        elif isinstance(number, int) and self.size < number <= self.size + _FARTHEST:
            self._unknown[0] |= set(range(self.size, number - 1))
            self._levels[0] += bytes(_HASH_BYTES * (number - 1 - self.size))
            self.take(claim)

    def learn(self, leaves: dict[int, bytes]) -> None:
        """Take stored leaves for those that the entries do not tell, and compute all levels above."""
        for index in self._unknown[0] & leaves.keys():
            self._levels[0][index * _HASH_BYTES : (index + 1) * _HASH_BYTES] = leaves[index]
        self._unknown[0] -= leaves.keys()
        while len(self._levels[-1]) >= 2 * _HASH_BYTES:
            below = self._levels[-1]
            hashes = [bytes(below[at : at + _HASH_BYTES]) for at in range(0, len(below), _HASH_BYTES)]
            pairs = zip(hashes[::2], hashes[1::2], strict=False)
            self._levels.append(bytearray().join(node_hash(left, right) for left, right in pairs))
            self._unknown.append({index >> 1 for index in self._unknown[-1]})

    def unknown_leaves(self) -> frozenset[int]:
        """Return the leaves that neither entries nor :meth:`learn` told."""
        return frozenset(self._unknown[0])

    def node(self, level: int, position: int) -> bytes | None:
        """Return the hash of a complete subtree, if all its leaves are known and there."""
        if not (0 <= level < len(self._levels)) or position in self._unknown[level]:
            return None
        return bytes(self._levels[level][position * _HASH_BYTES : (position + 1) * _HASH_BYTES]) or None

    def places(self) -> Iterator[Place]:
        """Yield level and position of each complete subtree, as they are sorted in the table."""
        for level, hashes in enumerate(self._levels):
            for position in range(len(hashes) // _HASH_BYTES):
                yield level, position

    def root(self, size: int) -> bytes | None:
        """Return the root over the first ``size`` entries, if they are known and there."""
        if size > self.size or (self._unknown[0] and min(self._unknown[0]) < size):
            return None
        return root(size, lambda level, position: self.node(level, position) or b"")


_FARTHEST: Final = 100_000
"""How many missing entries in a row are stood in for; a number farther off is nonsense, and named elsewhere."""


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


def _leaf(claim: Claim) -> bytes | None:
    """Return the leaf of an entry that hashes to its own hash; others tell nothing."""
    try:
        said = statement_hash(claim.sequence, claim.at, claim.actor, claim.act, claim.body, claim.previous)
        return leaf_hash(claim.line) if said == claim.hash else None
    except (TypeError, UnicodeEncodeError):
        return None

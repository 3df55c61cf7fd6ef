"""The Merkle tree of RFC 9162, section 2.1: the hash of a list of entries, and proof that one is in it."""

import hashlib
from collections.abc import Iterable, Sequence


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one leaf: SHA-256 of a zero byte and its data."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256 of a byte of one and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Growing:
    """The roots of all beginnings of a list of leaves, in one pass.

    Kept are the roots of the complete subtrees, largest first, whose sizes are the powers of two of the size.
    """

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        width, node = 1, leaf
        while self._peaks and self._peaks[-1][0] == width:
            _, left = self._peaks.pop()
            width, node = 2 * width, node_hash(left, node)
        self._peaks.append((width, node))
        self.size += 1

    def root(self) -> bytes:
        """Return the root of what was added so far; of nothing, the hash of nothing."""
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        found = self._peaks[-1][1]
        for _, left in reversed(self._peaks[:-1]):
            found = node_hash(left, found)
        return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of a list of leaf data."""
    tree = Growing()
    for data in leaves:
        tree.add(leaf_hash(data))
    return tree.root()


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether a proof shows that a leaf hash stands at an index of the tree (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for other in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(other, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, other)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root

"""The tree of hashes over the entries, by which a short proof shows what a long record holds (RFC 9162 §2.1).

Everything here is pure: a tree is read through a function that gives the hash of a complete subtree, ``node(level,
position)`` being the subtree over the ``2**level`` leaves from number ``position * 2**level`` on (from 0). Complete
subtrees never change while the tree grows, so they can be stored once and for all (:mod:`newcourse.record.tree`).

>>> leaves = [leaf_hash(data) for data in (b"a", b"b", b"c")]
>>> node = growing(leaves)
>>> proof = inclusion_proof(1, 3, node)
>>> includes(leaves[1], 1, 3, proof, root(3, node)), includes(leaves[0], 1, 3, proof, root(3, node))
(True, False)
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

Place = tuple[int, int]
"""Level and position of a complete subtree."""

Node = Callable[[int, int], bytes]
"""Gives the hash of the complete subtree at a level (0 for leaves) and position."""

EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
"""The root of a tree without leaves (RFC 9162 §2.1.1)."""

_HASH_BYTES: Final = 32


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256 of a zero byte and the data, so that no leaf passes for a node."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256 of a one byte and the hashes of its two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Edge:
    """The right edge of a growing tree: the complete subtrees of which it is made, one at most at each level.

    Parameters
    ----------
    size
        Number of leaves the tree has.
    hashes
        Level → hash of the complete subtree there, for each level whose bit is set in ``size``.
    """

    def __init__(self, size: int = 0, hashes: Mapping[int, bytes] | None = None) -> None:
        self.size = size
        self._hashes = dict(hashes or {})

    def copy(self) -> "Edge":
        """Return another that grows by itself."""
        return Edge(self.size, self._hashes)

    @staticmethod
    def places(size: int) -> list[Place]:
        """Return level and position of each complete subtree of which a tree of this size is made."""
        return [(level, (size >> level) - 1) for level in range(size.bit_length()) if size >> level & 1]

    def grow(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf, and return the complete subtrees that it ends, itself first: on average two.

        Returns
        -------
        list
            Of level, position, hash.
        """
        level, position, hashed = 0, self.size, leaf
        ended = [(level, position, hashed)]
        while position & 1:
            hashed = node_hash(self._hashes.pop(level), hashed)
            level, position = level + 1, position >> 1
            ended.append((level, position, hashed))
        self._hashes[level] = hashed
        self.size += 1
        return ended


def growing(leaves: Iterable[bytes]) -> Node:
    """Return the tree over some leaf hashes, held in memory."""
    edge = Edge()
    nodes = {(level, position): hashed for leaf in leaves for level, position, hashed in edge.grow(leaf)}
    return lambda level, position: nodes[level, position]


def root(size: int, node: Node) -> bytes:
    """Return the root over the first ``size`` leaves (RFC 9162 §2.1.1, ``MTH``)."""
    return _over(0, size, node) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """Return the hashes that lead from a leaf to the root, lowest first (RFC 9162 §2.1.3.1, ``PATH``).

    Parameters
    ----------
    index
        Number of the leaf, from 0; below ``size``.
    size
        Number of leaves of the tree.
    node
        The tree; it may have more leaves.
    """
    _require(0 <= index < size, f"leaf {index} of {size}")
    path: list[bytes] = []
    first, end = 0, size
    while end - first > 1:
        middle = first + _split(end - first)
        if index < middle:
            path.append(_over(middle, end, node))
            end = middle
        else:
            path.append(_over(first, middle, node))
            first = middle
    return path[::-1]


def consistency_proof(first: int, second: int, node: Node) -> list[bytes]:
    """Return the hashes that show a tree to be the beginning of a larger one (RFC 9162 §2.1.4.1, ``PROOF``).

    Parameters
    ----------
    first
        Number of leaves of the smaller tree. Of none the proof is empty: everything continues it.
    second
        Number of leaves of the larger tree, at least ``first``.
    node
        The tree; it may have more leaves.
    """
    _require(0 <= first <= second, f"{first} leaves of {second}")
    proof: list[bytes] = []
    start, end, whole = 0, second, True  # whole: the smaller tree is all of what is left, so its root is known
    while 0 < first != end:
        middle = start + _split(end - start)
        if first <= middle:
            proof.append(_over(middle, end, node))
            end = middle
        else:
            proof.append(_over(start, middle, node))
            start, whole = middle, False
    if not whole:
        proof.append(_over(start, end, node))
    return proof[::-1]


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], tree_root: bytes) -> bool:
    """Say whether a proof shows that a leaf is in the tree with this root (RFC 9162 §2.1.3.2).

    Parameters
    ----------
    leaf
        Hash of the leaf.
    index
        Its number, from 0.
    size
        Number of leaves of the tree.
    proof
        From :func:`inclusion_proof`, or from anybody.
    tree_root
        Root of the tree.
    """
    if not (0 <= index < size and _are_hashes([leaf, tree_root, *proof])):
        return False
    number, last, hashed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if number & 1 or number == last:
            hashed = node_hash(sibling, hashed)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            hashed = node_hash(hashed, sibling)
        number, last = number >> 1, last >> 1
    return last == 0 and hashed == tree_root


def consistent(first: int, second: int, proof: Sequence[bytes], first_root: bytes, second_root: bytes) -> bool:
    """Say whether a proof shows that one tree is the beginning of another (RFC 9162 §2.1.4.2).

    Parameters
    ----------
    first
        Number of leaves of the smaller tree.
    second
        Number of leaves of the larger tree.
    proof
        From :func:`consistency_proof`, or from anybody.
    first_root
        Root of the smaller tree.
    second_root
        Root of the larger tree.
    """
    if not (0 <= first <= second and _are_hashes([first_root, second_root, *proof])):
        return False
    if first == second:
        return not proof and first_root == second_root and (first > 0 or first_root == EMPTY_ROOT)
    if first == 0:
        return not proof and first_root == EMPTY_ROOT
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    return bool(path) and _climbs(first - 1, second - 1, path, first_root, second_root)


def _climbs(number: int, last: int, path: Sequence[bytes], first_root: bytes, second_root: bytes) -> bool:
    while number & 1:
        number, last = number >> 1, last >> 1
    smaller = larger = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            smaller, larger = node_hash(sibling, smaller), node_hash(sibling, larger)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            larger = node_hash(larger, sibling)
        number, last = number >> 1, last >> 1
    return last == 0 and smaller == first_root and larger == second_root


def _over(first: int, end: int, node: Node) -> bytes:
    """Return the hash over the leaves from ``first`` to before ``end``, of which the tree has that subtree."""
    width = end - first
    level = width.bit_length() - 1
    if width == 1 << level:
        return node(level, first >> level)
    middle = first + _split(width)
    return node_hash(_over(first, middle, node), _over(middle, end, node))


def _split(width: int) -> int:
    """Return the largest power of two below ``width``, which is at least 2."""
    return 1 << ((width - 1).bit_length() - 1)


def _are_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == _HASH_BYTES for value in values)


def _require(right: bool, asked: str) -> None:
    if not right:
        raise ValueError(f"no proof can be made for {asked}")

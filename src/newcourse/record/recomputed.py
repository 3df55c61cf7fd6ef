"""The tree computed anew from entries, in memory and without a database, and what signed notes say of it."""

from collections.abc import Iterable, Iterator
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.record.checkpoint import Checkpoint, Note
from newcourse.record.entry import Claim, statement_hash
from newcourse.record.merkle import Place, leaf_hash, node_hash, root

RESTORE: Final = "restore it from a copy of the database, or from anybody who kept the note"

_HASH_BYTES: Final = 32
_FARTHEST: Final = 100_000
"""How many missing entries in a row are stood in for; a number farther off is nonsense, and named elsewhere."""


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

    def passing(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Take each entry on its way to another reader."""
        for claim in claims:
            self.take(claim)
            yield claim

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


def note_faults(notes: Iterable[str], tree: Recomputed) -> Iterator[Fault]:
    """Name every signed note kept elsewhere that says of the record what is not so."""
    for note in notes:
        try:
            said = Checkpoint.from_text(Note.from_text(note).text)
        except BadInput as error:
            yield from error.faults
            continue
        yield from contradicted(said, tree)


def contradicted(said: Checkpoint, tree: Recomputed) -> Iterator[Fault]:
    """Name what a checkpoint says that the entries do not; entries that are missing are named elsewhere."""
    root = tree.root(said.size)
    if root is None and said.size <= tree.size:
        return
    if root != said.root:
        found = f"{tree.size} entries" if root is None else f"the root {root.hex()}"
        expected = f"{said.size} entries with the root {said.root.hex()}, as was signed"
        yield Fault("checkpoint-contradicted", f"checkpoint of {said.size} entries", found, expected, RESTORE)


def _leaf(claim: Claim) -> bytes | None:
    """Return the leaf of an entry that hashes to its own hash; others tell nothing."""
    try:
        said = statement_hash(claim.sequence, claim.at, claim.actor, claim.act, claim.body, claim.previous)
        return leaf_hash(claim.line) if said == claim.hash else None
    except (TypeError, UnicodeEncodeError):
        return None

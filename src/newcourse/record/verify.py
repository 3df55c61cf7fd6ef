"""Names every fault of a chain of entries: changed, removed, reordered, doubled, broken (design §8.3).

What a chain of hashes proves, and what not. Whoever holds the hash of one entry from elsewhere can tell whether
anything up to it was changed. The chain alone cannot: a record cut off at its end, or written anew from some entry
on with fresh hashes, is again a sound chain. So give the end that is known (the database keeps its own in the table
``head``; an exported file has none) and the :class:`Head` that others noted earlier, as witnesses. Who can change the
entries and every copy of the head can deceive those who kept no witness.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from newcourse.errors import Fault, Tampered
from newcourse.record.entry import GENESIS, Claim, Entry

_RESTORE = "compare with another copy of the record and restore what agrees with the hashes noted earlier"


@dataclass(frozen=True, slots=True)
class Head:
    """How long a record is, and the hash of its last entry: enough to hold it to everything before.

    Parameters
    ----------
    count
        Number of entries.
    hash
        Hash of the last one; :data:`~newcourse.record.entry.GENESIS` where there is none.
    """

    count: int
    hash: str

    def __str__(self) -> str:
        return f"{self.count}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found when a record was verified.

    Parameters
    ----------
    count
        Number of entries read.
    head
        Hash of the entry with the highest number, :data:`~newcourse.record.entry.GENESIS` if there is none.
    faults
        Everything that is wrong; none if the record is sound.
    """

    count: int
    head: str
    faults: tuple[Fault, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def __str__(self) -> str:
        if self.ok:
            return f"{self.count} entries, unbroken; the last has the hash {self.head}"
        return "\n".join([f"{self.count} entries, {len(self.faults)} faults", *map(str, self.faults)])

    def require(self) -> None:
        """Raise ``Tampered`` with all faults if there are any."""
        if self.faults:
            raise Tampered(self.faults)


def verify(
    entries: Iterable[Entry | Claim],
    *,
    expected_head: str | None = None,
    expected_count: int | None = None,
    witnesses: Iterable[Head] = (),
) -> Verification:
    """Check entries in the order in which they are stored.

    Parameters
    ----------
    entries
        The entries, or what rows or lines claim to be entries.
    expected_head
        Hash that the last entry must have.
    expected_count
        Number of entries there must be.
    witnesses
        Ends of the record that were noted earlier: the record may have grown since, but must contain them.

    Returns
    -------
    Verification
        With one fault for each thing that is wrong, by number of the entry.
    """
    chain = _Chain()
    for entry in entries:
        chain.take(entry.claim if isinstance(entry, Entry) else entry)
    faults = [*chain.faults, *chain.gaps(), *chain.broken_links()]
    if expected_count is not None:
        faults += chain.wrong_length(expected_count)
    if expected_head is not None:
        faults += chain.wrong_end(expected_head)
    for witness in witnesses:
        faults += chain.contradicted(witness)
    return Verification(chain.count, chain.last_hash, tuple(faults))


@dataclass(slots=True)
class _Chain:
    """What has been read so far: number → (previous, hash)."""

    count: int = 0
    links: dict[int, tuple[str, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    highest: int = 0

    @property
    def last_hash(self) -> str:
        return self.links[self.highest][1] if self.highest else GENESIS

    def take(self, claim: Claim) -> None:
        self.count += 1
        self.faults += claim.faults()
        number = claim.sequence
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            return  # named as malformed; it has no place in the order
        if number in self.links:
            same = "again, word for word" if self.links[number][1] == claim.hash else "again, saying something else"
            self._fault("entry-duplicate", number, f"it is there {same}", "each number once")
            return
        if number < self.highest:
            self._fault("entry-reordered", number, f"it comes after entry {self.highest}", "entries by their numbers")
        self.links[number] = (claim.previous, claim.hash)
        self.highest = max(self.highest, number)

    def gaps(self) -> Iterator[Fault]:
        before = 0
        for number in sorted(self.links):
            if number > before + 1:
                yield _missing(before + 1, number - 1, "entry-removed", f"entry {number} comes next")
            before = number

    def broken_links(self) -> Iterator[Fault]:
        for number in sorted(self.links):
            before = GENESIS if number == 1 else self.links.get(number - 1, (None, None))[1]
            previous = self.links[number][0]
            if before is not None and previous != before:
                yield Fault(
                    "link-broken",
                    f"entry {number}, previous",
                    f"{previous!a} as the hash of the entry before",
                    f"{before!a}, which is its hash",
                    f"entry {number - 1} or entry {number} was replaced: {_RESTORE}",
                )

    def wrong_length(self, expected: int) -> Iterator[Fault]:
        if self.highest < expected:
            yield _missing(self.highest + 1, expected, "end-removed", "the record ends before")
        elif self.highest > expected:
            yield Fault(
                "end-added",
                f"entries {expected + 1} to {self.highest}",
                "they stand after the end",
                f"{expected} entries",
                _RESTORE,
            )

    def wrong_end(self, expected: str) -> Iterator[Fault]:
        if self.last_hash != expected:
            yield Fault(
                "head-differs", "the last entry", f"the hash {self.last_hash}", f"the hash {expected}", _RESTORE
            )

    def contradicted(self, witness: Head) -> Iterator[Fault]:
        where = f"entry {witness.count}"
        found = self.links.get(witness.count, ("", "no such entry"))[1]
        if witness.count > 0 and found != witness.hash:
            yield Fault("witness-contradicted", where, found, f"{witness.hash}, as was noted earlier", _RESTORE)

    def _fault(self, code: str, number: int, found: str, expected: str) -> None:
        self.faults.append(Fault(code, f"entry {number}", found, expected, _RESTORE))


def _missing(first: int, last: int, code: str, found: str) -> Fault:
    where = f"entry {first}" if first == last else f"entries {first} to {last}"
    return Fault(code, where, found, "entries numbered from 1 without gaps", _RESTORE)

"""What is fixed when a vote is opened, and its hash: nobody can change it afterwards (design §4, §8.1).

Ties by lot
    The opener publishes at the opening the SHA-256 of a secret line, and the line itself at the closing. The seed of
    the lot is made of the line and of the ballots of all *others*. So the voters cannot aim at a result, because they
    do not know the line; and the opener cannot, because the line was fixed before the ballots of others were. Not
    given: protection from an opener who is in league with whoever votes last. An opener who withholds the line can
    do no more than make a vote with a tie undecided: it is then held again. Nobody else can do even that: for seven
    days after the end of a vote, who is not its opener closes it with the line or not at all.

    Secret and paper ballots have no names, so there the seed is made of the line and of all ballots in an order that
    nobody chooses. An opener who is entitled and casts last could pick among their possible *ballots* the one whose
    lot suits them; tokens and salts, which could be tried without end, are no part of the seed.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from newcourse.record.canonical import canonical_json, digest
from newcourse.record.merkle import growing, leaf_hash, root
from newcourse.vote.plain import freeze, plain

_COMMITMENT: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Frozen:
    """All that decides how a vote will be counted, except the ballots.

    Parameters
    ----------
    vote
        Code of the vote.
    decision, subject
        Kind of decision in the statutes, and what it is about.
    question
        What is asked, in words.
    candidates
        Candidates, parts or the one motion, in the order that is fixed now.
    rule, options
        Rule of counting with all its options, defaults written out.
    electorate
        Who may vote, in alphabetical order.
    quorum
        Share of the electorate that must vote, an exact fraction in text.
    ties, commitment
        Tie rule; for a lot the hash of the opener's secret line.
    opener
        Who opened the vote.
    closes
        When its time is over, as the record writes times.
    ballot
        How ballots are cast, one of :data:`newcourse.council.words.BALLOTS`.
    token_key
        Public key of a secret vote's tokens, base64 of its DER SubjectPublicKeyInfo; empty for other votes.
    place
        Place that votes; empty for the federation as a whole.
    about
        Code of what it decides on: an election, a petition, a draft of statutes, a proposal; empty otherwise.
    electors
        Whom the electorate consists of: ``members`` or ``verified members`` at the place that votes and beneath it,
        or ``delegates BODY``.

    Attributes
    ----------
    root
        RFC 9162 Merkle root over the electorate, 64 hexadecimal digits; see :func:`roll_root`.
    """

    vote: str
    decision: str
    subject: str
    question: str
    candidates: tuple[str, ...]
    rule: str
    options: Mapping[str, Any]
    electorate: tuple[str, ...]
    quorum: str
    ties: str
    commitment: str
    opener: str
    closes: str
    ballot: str = "open"
    token_key: str = ""
    place: str = ""
    about: str = ""
    electors: str = "members"
    root: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", freeze(self.options))
        object.__setattr__(self, "electorate", tuple(sorted(self.electorate)))
        object.__setattr__(self, "root", roll_root(self.electorate))

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON of everything here, the electorate by size and root."""
        return digest(canonical_json(self.to_data()))

    def entitles(self, person: str) -> bool:
        """Return whether somebody belongs to the electorate."""
        place = bisect_left(self.electorate, person)
        return place < len(self.electorate) and self.electorate[place] == person

    def to_data(self) -> dict[str, Any]:
        """Return what an entry says of it: all but the names of the electorate, which follow from the record."""
        return {
            "vote": self.vote,
            "decision": self.decision,
            "subject": self.subject,
            "question": self.question,
            "candidates": list(self.candidates),
            "rule": self.rule,
            "options": plain(self.options),
            "electorate": {"size": len(self.electorate), "root": self.root},
            "quorum": self.quorum,
            "ties": self.ties,
            "commitment": self.commitment,
            "opener": self.opener,
            "closes": self.closes,
            "ballot": self.ballot,
            "token_key": self.token_key,
            "place": self.place,
            "about": self.about,
            "electors": self.electors,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any], electorate: tuple[str, ...]) -> "Frozen":
        """Return what :meth:`to_data` wrote, with the electorate that follows from the record."""
        return cls(**{**data, "candidates": tuple(data["candidates"]), "electorate": electorate})


def commitment_to(secret: str) -> str:
    """Return the hash by which an opener is committed to a secret line."""
    return digest(secret.encode())


def is_commitment(text: object) -> bool:
    """Return whether a text can be the hash of a secret line."""
    return isinstance(text, str) and _COMMITMENT.fullmatch(text) is not None


def roll_root(electorate: Iterable[str]) -> str:
    """Return the RFC 9162 Merkle root over an electorate, each leaf the UTF-8 of a member's code, in sorted order.

    Examples
    --------
    >>> roll_root(["ben", "ada"]) == roll_root(["ada", "ben"]) != roll_root(["ada"])
    True
    """
    leaves = [leaf_hash(person.encode()) for person in sorted(electorate)]
    return root(len(leaves), growing(leaves)).hex()


def lot_seed(secret: str, ballots: Mapping[str, Mapping[str, Any]], opener: str) -> str:
    """Return the seed of a lot in an open vote: one line from the opener's secret and the ballots of all others."""
    others = {voter: dict(ballot) for voter, ballot in ballots.items() if voter != opener}
    return digest(canonical_json({"secret": secret, "ballots": others}))


def lot_seed_unnamed(secret: str, ballots: Iterable[Mapping[str, Any]]) -> str:
    """Return the seed of a lot where ballots have no names: from the secret and all ballots, sorted by their JSON."""
    texts = sorted(canonical_json(dict(ballot)).decode() for ballot in ballots)
    return digest(canonical_json({"secret": secret, "ballots": texts}))

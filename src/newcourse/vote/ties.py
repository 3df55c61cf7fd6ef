"""Ties, settled by a rule that was fixed and published before the vote was opened (design §8.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from newcourse.errors import BadInput, Fault

CANDIDATE_ORDER = "candidate-order"
LOT = "lot"


@dataclass(frozen=True, slots=True)
class Tie:
    """One use of a tie rule.

    Parameters
    ----------
    question
        What had to be settled, in words.
    among
        The candidates that were tied, in candidate order.
    settled
        The same candidates, first the one that the tie rule puts first.
    by
        The tie rule in words.
    """

    question: str
    among: tuple[str, ...]
    settled: tuple[str, ...]
    by: str

    @property
    def first(self) -> str:
        """The candidate that the tie rule puts first."""
        return self.settled[0]

    def to_data(self) -> dict[str, object]:
        """Return the tie as plain data."""
        return {
            "question": self.question,
            "among": list(self.among),
            "settled": list(self.settled),
            "by": self.by,
        }


@dataclass(frozen=True, slots=True)
class TieRule:
    """How ties are settled: by the order of the candidates, or by lot from a published seed.

    The lot is reproducible in any language: for each candidate take the SHA-256 of the seed, one newline and the
    candidate's name, all in UTF-8; the smaller hexadecimal digest comes first. The order of two candidates does not
    depend on the others. Fix the candidates' names before the seed is known, or a name could be chosen to win.

    Parameters
    ----------
    by
        ``candidate-order`` or ``lot``.
    seed
        One line of text, for a lot only.

    Raises
    ------
    BadInput
        When the rule is unknown, or a seed is missing, has more than one line, or is not wanted.

    Examples
    --------
    >>> TieRule().order(("bread", "buses", "baths"))
    ('bread', 'buses', 'baths')
    >>> TieRule("lot", "2031-05-01 draw 7").order(("bread", "buses", "baths"))
    ('buses', 'bread', 'baths')
    """

    by: str = CANDIDATE_ORDER
    seed: str = ""

    def __post_init__(self) -> None:
        where = "tie rule"
        if self.by not in (CANDIDATE_ORDER, LOT):
            expected = f"{CANDIDATE_ORDER} or {LOT}"
            raise BadInput(Fault("tie-rule-unknown", where, repr(self.by), expected, "name one of the two"))
        if not isinstance(self.seed, str) or (self.by == LOT) != bool(self.seed) or not self.seed.isprintable():
            expected = "one line of printable text for a lot, and none for the candidate order"
            raise BadInput(Fault("tie-seed-wrong", where, repr(self.seed), expected, "publish a seed for the lot"))

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Return the tie rule that :meth:`to_data` wrote."""
        if not isinstance(data, Mapping) or not set(data) <= {"by", "seed"} or "by" not in data:
            expected = f'{{"by": "{CANDIDATE_ORDER}"}} or {{"by": "{LOT}", "seed": "..."}}'
            raise BadInput(Fault("tie-rule-malformed", "tie rule", repr(data)[:80], expected, "write it so"))
        return cls(data["by"], data.get("seed", ""))

    def to_data(self) -> dict[str, object]:
        """Return the tie rule as plain data."""
        return {"by": self.by, "seed": self.seed} if self.seed else {"by": self.by}

    def order(self, candidates: Sequence[str]) -> tuple[str, ...]:
        """Return the candidates, given in candidate order, as this rule puts them."""
        if self.by == CANDIDATE_ORDER:
            return tuple(candidates)
        return tuple(sorted(candidates, key=self._draw))

    def settle(self, question: str, among: Sequence[str]) -> Tie:
        """Return the record of this rule's use on tied candidates, given in candidate order."""
        words = f'lot from the seed "{self.seed}"' if self.by == LOT else "candidate order fixed beforehand"
        return Tie(question, tuple(among), self.order(among), words)

    def _draw(self, name: str) -> str:
        return sha256(f"{self.seed}\n{name}".encode()).hexdigest()

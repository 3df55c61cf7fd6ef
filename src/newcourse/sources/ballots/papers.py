"""Papers read one by one, where a line is not regular, and the box in which all papers of a file are gathered."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from newcourse.sources.ballots.problems import AS_BLANK, MOST_TIMES, NOT_COUNTED, Problem, shown, up_to
from newcourse.vote.ranked import NOBODY, RankedVotes

SKIPPED = ("", "-")
"""How files write that a preference was left out."""


def whole(text: str) -> int | None:
    """Return a whole number written in plain digits, with a minus at most; nothing for anything else.

    Examples
    --------
    >>> whole("12"), whole("-3"), whole("1.5"), whole("²")
    (12, -3, None, None)
    """
    text = text.strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 4000 else None


def times_of(text: str) -> tuple[int, tuple[str, str] | None]:
    """Return how many ballots a line stands for, and code and reason where that cannot be counted."""
    times = whole(text)
    if times is None:
        return 0, ("times-wrong", f"{shown(text.strip()) or 'nothing'} is no number of ballots")
    if times < 1:
        return 0, ("times-wrong", f"{shown(str(times))} is not above zero")
    if times >= MOST_TIMES:
        return 0, ("times-beyond", "more ballots than can be counted exactly (2^53)")
    return times, None


@dataclass(slots=True)
class Box:
    """Gathers the papers of a file.

    Parameters
    ----------
    size
        How many candidates there are, withdrawn ones included.
    """

    size: int
    problems: list[Problem] = field(default_factory=list)
    rejected: int = 0
    _orders: list[np.ndarray] = field(default_factory=list)
    _times: list[np.ndarray] = field(default_factory=list)
    _papers: list[tuple[list[list[int]], int]] = field(default_factory=list)

    def add_rows(self, order: np.ndarray, times: np.ndarray) -> None:
        """Put in many regular papers at once."""
        self._orders.append(order)
        self._times.append(times)

    def report(self, code: str, line: int, found: str, reason: str, counted: str, ballots: int = 0) -> None:
        """Note a problem."""
        self.problems.append(Problem(code, line, shown(found.strip()), reason, counted, ballots))

    def add_paper(self, line: int, found: str, times_text: str, ranks: Sequence[Sequence[str]]) -> None:
        """Put in what is clear of one paper, and note what is not."""
        times, wrong = times_of(times_text)
        if wrong:
            self.report(wrong[0], line, found, wrong[1], NOT_COUNTED)
            return
        clear, unclear = clear_ranks(ranks, self.size)
        if unclear and not clear:
            self.rejected += times
            self.report(unclear[0], line, found, unclear[1] + ", so no first preference is clear", NOT_COUNTED, times)
            return
        if unclear:
            self.report(unclear[0], line, found, unclear[1], up_to(len(clear)), times)
        elif not clear:
            self.report("blank", line, found, "no preference", AS_BLANK, times)
        self._papers.append((clear, times))

    def votes(self, names: Sequence[str], withdrawn: Sequence[int] = ()) -> RankedVotes:
        """Return all papers, without those who withdrew: preferences after them move up.

        Raises
        ------
        BadInput
            When there are too many ballots together, or everybody withdrew.
        """
        width = max([order.shape[1] for order in self._orders] + [_length(paper) for paper, _ in self._papers] + [0])
        rows = sum(len(order) for order in self._orders)
        kind = np.int8 if self.size < 128 else np.int16
        order = np.full((rows + len(self._papers), width), NOBODY, dtype=kind)
        tied = np.zeros(order.shape, dtype=bool) if self._any_tied() else None
        row = 0
        for part in self._orders:
            order[row : row + len(part), : part.shape[1]] = part
            row += len(part)
        for row, (paper, _) in enumerate(self._papers, start=rows):
            order[row, : _length(paper)] = [c for rank in paper for c in rank]
            if tied is not None:
                tied[row, : _length(paper)] = [k > 0 for rank in paper for k in range(len(rank))]
        times = np.concatenate([*self._times, np.array([times for _, times in self._papers], dtype=np.int64)])
        if withdrawn:
            names, order, tied = _without(names, order, tied, withdrawn)
        return RankedVotes(tuple(names), order, times, tied if tied is not None and tied.any() else None)

    def _any_tied(self) -> bool:
        return any(len(rank) > 1 for paper, _ in self._papers for rank in paper)


def clear_ranks(ranks: Sequence[Sequence[str]], size: int) -> tuple[list[list[int]], tuple[str, str] | None]:
    """Return the preferences up to the first that is not clear, as positions, and code and reason why it is not.

    Parameters
    ----------
    ranks
        Candidate numbers as written, from the first preference on; several in one rank are liked equally.
    size
        How many candidates there are.

    Examples
    --------
    >>> clear_ranks([["2"], ["1"], ["2"]], 3)
    ([[1], [0]], ('ranked-twice', 'candidate 2 stands twice'))
    """
    last = len(ranks)
    while last and all(mark.strip() in SKIPPED for mark in ranks[last - 1]):
        last -= 1
    clear: list[list[int]] = []
    seen: set[int] = set()
    for rank in ranks[:last]:
        positions: list[int] = []
        for mark in rank:
            wrong = _unclear(mark.strip(), seen, size, len(clear) + 1)
            if wrong:
                return clear, wrong
            positions.append(int(mark) - 1)
            seen.add(int(mark))
        clear.append(sorted(positions))
    return clear, None


def _unclear(mark: str, seen: set[int], size: int, place: int) -> tuple[str, str] | None:
    if mark in SKIPPED:
        return "preference-skipped", f"preference {place} is left out"
    number = whole(mark)
    if number is None:
        return "not-a-number", f"{shown(mark)} is no number of a candidate"
    if not 1 <= number <= size:
        return "candidate-unknown", f"there is no candidate {shown(str(number))}"
    return ("ranked-twice", f"candidate {number} stands twice") if number in seen else None


def _length(paper: list[list[int]]) -> int:
    return sum(map(len, paper))


def _without(
    names: Sequence[str], order: np.ndarray, tied: np.ndarray | None, withdrawn: Sequence[int]
) -> tuple[list[str], np.ndarray, np.ndarray | None]:
    gone = set(withdrawn)
    kept = [c for c in range(len(names)) if c not in gone]
    moved = np.full(len(names) + 1, NOBODY, dtype=order.dtype)
    moved[kept] = np.arange(len(kept))
    new = moved[order]
    if tied is not None:  # a rank whose first member went begins with its next member
        level = np.cumsum(~tied, axis=1)
    front = np.argsort(new == NOBODY, axis=1, kind="stable")
    new = np.take_along_axis(new, front, axis=1)
    if tied is None:
        return [names[c] for c in kept], new, None
    level = np.take_along_axis(level, front, axis=1)
    same = np.zeros_like(tied)
    same[:, 1:] = (level[:, 1:] == level[:, :-1]) & (new[:, 1:] != NOBODY)
    return [names[c] for c in kept], new, same

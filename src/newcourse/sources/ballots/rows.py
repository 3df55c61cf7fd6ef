"""Regular lines of ballots read all at once as arrays; only what is irregular is left to be read one by one.

A line is regular when it is a count and at least one preference, all in plain digits with one separator between them,
every candidate known and none twice. On such lines there is nothing to judge, so they are turned into arrays in
blocks; this is what makes a million papers a matter of seconds and of little memory.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from newcourse.sources.ballots.papers import Box
from newcourse.sources.ballots.problems import MOST_TIMES
from newcourse.vote.ranked import NOBODY

BLOCK: Final = 2**20
LONGEST: Final = 16
NEWLINE: Final = ord("\n")

OnProgress = Callable[[str, float], None]
Irregular = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a form of file writes a regular line.

    Parameters
    ----------
    first
        What stands between count and first preference.
    rest
        What stands between preferences.
    trailing
        Whether a separator may stand at the end.
    ended
        Whether a zero may end the preferences.
    """

    first: str
    rest: str
    trailing: bool = False
    ended: bool = False


def read_rows(
    data: bytes, line: int, grammar: Grammar, box: Box, irregular: Irregular, tell: OnProgress | None = None
) -> None:
    """Put all papers of a section into the box.

    Parameters
    ----------
    data
        Whole lines in UTF-8, each ended by a newline.
    line
        Number of the first of them.
    grammar
        How regular lines are written.
    box
        Where papers and problems go.
    irregular
        Is given number and text of every line that is not regular, in order.
    tell
        Is told how far the reading is.
    """
    start = 0
    while start < len(data):
        end = data.rfind(b"\n", start, start + BLOCK) + 1 or data.find(b"\n", start) + 1
        block = data[start:end]
        newlines, strange = _read_block(np.frombuffer(block, dtype=np.uint8), grammar, box)
        for row in strange.tolist():
            begin = int(newlines[row - 1]) + 1 if row else 0
            irregular(line + row, block[begin : newlines[row]].decode("utf-8"))
        line += len(newlines)
        start = end
        if tell is not None:
            tell("reading ballots", start / len(data))


def _read_block(block: np.ndarray, grammar: Grammar, box: Box) -> tuple[np.ndarray, np.ndarray]:
    """Put the regular lines of a block into the box; return where its lines end and which of them are irregular."""
    ends = block == NEWLINE
    newlines = np.flatnonzero(ends)
    line_at = np.cumsum(ends, dtype=np.int32)
    digit = (block - np.uint8(48)) < 10
    begin, length, value = _numbers(block, digit)
    of_line = line_at[begin]
    bad = _misformed(block, digit, ends, line_at, newlines, grammar)
    bad[of_line[length > LONGEST]] = True
    found = np.bincount(of_line, minlength=len(newlines))
    place = np.arange(len(begin)) - np.repeat(np.cumsum(found) - found, found)
    times = np.zeros(len(newlines), dtype=np.int64)
    times[of_line[place == 0]] = value[place == 0]
    bad |= (times < 1) | (times >= MOST_TIMES)
    keep = place > 0
    if grammar.ended:
        keep &= ~((value == 0) & (place == found[of_line] - 1))
    row, column, number = of_line[keep], place[keep] - 1, value[keep]
    wrong = (number < 1) | (number > box.size) | (column >= box.size)
    bad[row[wrong]] = True
    bad |= np.bincount(row, minlength=len(newlines)) == 0
    if wrong.any():
        row, column, number = row[~wrong], column[~wrong], number[~wrong]
    order = np.full((len(newlines), int(column.max(initial=-1)) + 1), NOBODY, np.int8 if box.size < 128 else np.int16)
    order[row, column] = number - 1
    bad |= _repeats(order, box.size)
    box.add_rows(order[~bad], times[~bad])
    return newlines, np.flatnonzero(bad)


def _repeats(order: np.ndarray, size: int) -> np.ndarray:
    """Return which rows name a candidate twice."""
    if size < 64:  # one bit for each candidate: fewer bits than names
        bits = np.where(order == NOBODY, 0, np.uint64(1) << order.clip(0).astype(np.uint64))
        seen = np.bitwise_count(np.bitwise_or.reduce(bits, axis=1))
        return np.asarray(seen != (order != NOBODY).sum(axis=1))
    inside = np.sort(order, axis=1)
    return np.asarray(((inside[:, 1:] == inside[:, :-1]) & (inside[:, 1:] != NOBODY)).any(axis=1))


def _numbers(block: np.ndarray, digit: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return where numbers begin, how long they are, and their values (of the first sixteen digits)."""
    before = np.empty_like(digit)
    before[0] = False
    before[1:] = digit[:-1]
    begin = np.flatnonzero(digit & ~before)
    length = np.flatnonzero(before & ~digit) - begin
    value = (block[begin] - np.uint8(48)).astype(np.int64)
    longer = np.arange(len(begin))
    for place in range(1, min(int(length.max(initial=0)), LONGEST)):
        longer = longer[length[longer] > place]
        value[longer] = value[longer] * 10 + (block[begin[longer] + place] - np.uint8(48))
    return begin, length, value


def _misformed(
    block: np.ndarray, digit: np.ndarray, ends: np.ndarray, line_at: np.ndarray, newlines: np.ndarray, grammar: Grammar
) -> np.ndarray:
    """Return which lines are written otherwise than regular ones."""
    bad = np.zeros(len(newlines), dtype=bool)
    bad[1:] = ~digit[newlines[:-1] + 1]
    bad[0] = not digit[0]
    separator = np.flatnonzero(~digit & ~ends)
    of_line = line_at[separator]
    first = np.ones(len(separator), dtype=bool)
    first[1:] = of_line[1:] != of_line[:-1]
    wanted = np.where(first, np.uint8(ord(grammar.first)), np.uint8(ord(grammar.rest)))
    after = digit[separator + 1]
    if grammar.trailing:
        after |= ends[separator + 1]
    bad[of_line[(block[separator] != wanted) | ~after]] = True
    return bad

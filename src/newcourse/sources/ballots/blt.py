"""BLT files: the ballots of Hill, Wichmann and Woodall, with the additions in use since.

Sources: I. D. Hill, B. A. Wichmann, D. R. Woodall, "Algorithm 123: Single transferable vote by Meek's method", The
Computer Journal 30 (1987) 277-281, section 3.1; from later programs the ``=`` between candidates liked equally, the
``-`` for a preference left out, comments after ``#``, and lines of ballots that end without their zero.
"""

import re
from collections.abc import Iterable
from typing import Final

from newcourse.errors import BadInput
from newcourse.sources.ballots.papers import Box, whole
from newcourse.sources.ballots.problems import NOT_COUNTED, up_to
from newcourse.sources.ballots.reading import ReadVotes, names_or_numbers, size_and_seats
from newcourse.sources.ballots.rows import Grammar, read_rows
from newcourse.sources.ballots.source import Source
from newcourse.vote.ranked import NOBODY, RankedVotes

FORM: Final = "blt"
GRAMMAR: Final = Grammar(" ", " ", trailing=True, ended=True)

_END: Final = re.compile(rb"^[ \t]*0[ \t]*(?:#[^\n]*)?$", re.MULTILINE)
_EQUAL: Final = re.compile(r"(?<=[0-9])\s*=\s*(?=[1-9])")
_QUOTED: Final = re.compile(r'"(.*)"\s*(?:#[^"]*)?')


def read_blt(source: Source) -> ReadVotes:
    """Return the votes of a BLT file.

    Raises
    ------
    BadInput
        When the first line is wrong, a candidate withdraws that does not stand, or the ballots do not end with a zero.
    """
    size, seats, withdrawn, start = _head(source)
    end = _END.search(source.data, start)
    if end is None:
        found, expected = "no line 0 after the ballots", "a line 0 at their end"
        raise BadInput(
            source.fault("ballots-unended", source.number(start), found, expected, "complete the file: a part is lost")
        )
    ballots = source.data[start : end.start()]
    for ragged in (b"\t", b"  "):
        while ragged in ballots:
            ballots = ballots.replace(ragged, b" ")
    box = Box(size)
    read_rows(ballots, source.number(start), GRAMMAR, box, lambda line, text: _irregular(box, line, text), source.tell)
    given, title = _names(source, end.end() + 1, size, box)
    names = names_or_numbers(source.where, size, given, source.names)
    votes = box.votes(names, sorted(number - 1 for number in withdrawn))
    gone = tuple(names[number - 1] for number in sorted(withdrawn))
    return ReadVotes(FORM, votes, seats, title, gone, box.rejected, tuple(box.problems))


def _head(source: Source) -> tuple[int, int, set[int], int]:
    """Return numbers of candidates and seats, who withdrew, and where the ballots start."""
    start, header = 0, ""
    for after, text in source.lines():
        start, header = after, text.partition("#")[0].strip()
        if header:
            break
    line = max(source.number(start) - 1, 1)
    expected = "number of candidates and number of seats, such as 7 4"
    size, seats = size_and_seats(f"{source.where}, line {line}", header.split(), expected)
    withdrawn: set[int] = set()
    faults = []
    for after, text in source.lines(start):
        marks = text.partition("#")[0].split()
        if marks and not all(mark.startswith("-") and len(mark) > 1 for mark in marks):
            break
        for mark in marks:
            number = whole(mark)
            if number is None or not 1 <= -number <= size:
                where, expected = source.number(after) - 1, f"a number from -1 to -{size}"
                faults.append(
                    source.fault("withdrawn-unknown", where, mark[:60], expected, "name a candidate that stands")
                )
            else:
                withdrawn.add(-number)
        start = after
    if faults:
        raise BadInput(faults)
    return size, seats, withdrawn, start


def _irregular(box: Box, line: int, text: str) -> None:
    marks = _EQUAL.sub("=", text.partition("#")[0]).split()
    if not marks:
        return
    papers = _papers(marks)
    if papers is None:
        first = marks.index("0", 1)
        papers = [marks[:first]]
        counted = up_to(first - 1) if first > 1 else "as blank"
        box.report("text-after-end", line, text, "text after the zero that ends the preferences", counted)
    for times, *preferences in papers:
        box.add_paper(line, text, times, [preference.split("=") for preference in preferences])


def _papers(marks: list[str]) -> list[list[str]] | None:
    """Return the papers of a line, each without its zero; nothing where what follows a zero is no paper."""
    if "0" not in marks[1:]:
        return [marks]
    papers: list[list[str]] = [[]]
    for mark in marks:
        if mark == "0" and papers[-1]:
            papers.append([])
        else:
            papers[-1].append(mark)
    if papers[-1]:
        return None
    return papers[:-1] if all(len(paper) > 1 for paper in papers[:-1]) or len(papers) == 2 else None


def _names(source: Source, start: int, size: int, box: Box) -> tuple[dict[int, str], str]:
    """Return names by number and the title, one on each line or several in quotes."""
    told: list[tuple[int, str]] = []
    first = source.number(start)
    texts = [(line, text.strip()) for line, (_, text) in enumerate(source.lines(start), start=first)]
    texts = [(line, text) for line, text in texts if text and not text.startswith("#")]
    for line, text in texts:
        quoted = _QUOTED.fullmatch(text)
        name = quoted[1] if quoted else text.partition("#")[0].strip()
        several = re.split(r'"\s+"', name) if quoted and len(texts) < size else [name]
        told += [(line, part) for part in several]
    if len(told) < size:
        found = f"{len(told)} names for {size} candidates"
        box.report("names-missing", first, "", found, "under their numbers")
    for line, text in told[size + 1 :]:
        box.report("text-after-end", line, text, "text after the title", NOT_COUNTED)
    title = told[size][1] if len(told) > size else ""
    return {number: name for number, (_, name) in enumerate(told[:size], start=1)}, " ".join(title.split())


def write_blt(votes: RankedVotes, seats: int = 1, title: str = "") -> str:
    """Return ranked votes as the text of a BLT file.

    Examples
    --------
    >>> print(write_blt(RankedVotes.of_lists(["Ann", "Bo"], [["Bo", "Ann"]], [3]), 1, "Chair"))
    2 1
    3 2 1 0
    0
    "Ann"
    "Bo"
    "Chair"
    <BLANKLINE>
    """
    lines = [f"{len(votes.candidates)} {seats}"]
    for row, times in enumerate(votes.times.tolist()):
        ranks = ranks_of(votes, row)
        lines.append(" ".join([str(times), *("=".join(str(c + 1) for c in rank) for rank in ranks), "0"]))
    lines += ["0", *_quoted(votes.candidates), *_quoted([title] if title else [])]
    return "\n".join(lines) + "\n"


def ranks_of(votes: RankedVotes, row: int) -> list[list[int]]:
    """Return the ranks of one ballot as positions of candidates."""
    ranks: list[list[int]] = []
    for place, candidate in enumerate(votes.order[row].tolist()):
        if candidate == NOBODY:
            break
        if votes.tied is not None and votes.tied[row, place]:
            ranks[-1].append(candidate)
        else:
            ranks.append([candidate])
    return ranks


def _quoted(names: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in names]

"""Grouped CSV, as the ballots of Scottish council elections are published.

The first line holds the number of candidates and of seats. Each further line is a count and the numbers of the
candidates in order of preference. Quoted lines at the end name candidate, person and party, and last the ward.
"""

import csv
from typing import Final

from newcourse.errors import BadInput
from newcourse.sources.ballots.papers import Box
from newcourse.sources.ballots.problems import NOT_COUNTED
from newcourse.sources.ballots.reading import ReadVotes, names_or_numbers, size_and_seats
from newcourse.sources.ballots.rows import Grammar, read_rows
from newcourse.sources.ballots.source import Source

FORM: Final = "grouped-csv"
GRAMMAR: Final = Grammar(",", ",", trailing=True)


def read_scottish(source: Source) -> ReadVotes:
    """Return the votes of a grouped CSV file.

    Raises
    ------
    BadInput
        When the first line is wrong or no line of ballots follows.
    """
    start, header = next(source.lines(), (0, ""))
    expected = "number of candidates and number of seats, such as 7,4,"
    size, seats = size_and_seats(f"{source.where}, line 1", header.strip().rstrip(",").split(","), expected)
    end = source.data.find(b'\n"', start - 1) + 1 or len(source.data)
    ballots = source.data[start:end].rstrip(b"\n \t")
    if not ballots:
        raise BadInput(
            source.fault("no-ballots", 2, "no line of ballots", "count,preference,preference,…", "add the ballots")
        )
    box = Box(size)

    def irregular(line: int, text: str) -> None:
        if not text.strip(" \t,"):
            box.report("empty-line", line, text, "an empty line", NOT_COUNTED)
            return
        times, *marks = text.split(",")
        box.add_paper(line, text, times, [[mark] for mark in marks])

    read_rows(ballots + b"\n", 2, GRAMMAR, box, irregular, source.tell)
    given, title = _names(source, end, size, box)
    names = names_or_numbers(source.where, size, given, source.names)
    votes = box.votes(names)
    return ReadVotes(FORM, votes, seats, title, rejected=box.rejected, problems=tuple(box.problems))


def _names(source: Source, start: int, size: int, box: Box) -> tuple[dict[int, str], str]:
    given: dict[int, str] = {}
    title = ""
    for line, (_, text) in enumerate(source.lines(start), start=source.number(start)):
        if not text.strip():
            continue
        cells = [cell.strip() for cell in _cells(text)]
        label, number = cells[0].rpartition(" ")[::2]
        if label == "Candidate" and len(cells) > 1 and number in {str(k) for k in range(1, size + 1)}:
            given.setdefault(int(number), cells[1])
        elif not title and text.lstrip().startswith('"'):  # titles with commas come in two pairs of quotes
            title = " ".join(text.strip(' ,"').split())
        else:
            box.report("text-after-end", line, text, "text after the end of the ballots", NOT_COUNTED)
    return given, title


def _cells(text: str) -> list[str]:
    try:
        return next(csv.reader([text]), [""]) or [""]
    except csv.Error:
        return [""]

"""PrefLib files: orders (``.soc .soi .toc .toi``) and categories (``.cat``).

Source: N. Mattei, T. Walsh, "PrefLib: A library for preferences", ADT 2013, 259-270, and the format as documented
since 2022: lines ``# KEY: VALUE`` and then ``count: 1,2,{3,4}``, candidates liked equally in braces. In files of
categories the first category stands for approval.
"""

import re
from collections.abc import Sequence
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.sources.ballots.blt import ranks_of
from newcourse.sources.ballots.papers import Box, times_of, whole
from newcourse.sources.ballots.problems import NOT_COUNTED, shown
from newcourse.sources.ballots.reading import MOST_CANDIDATES, ReadVotes, names_or_numbers
from newcourse.sources.ballots.rows import Grammar, read_rows
from newcourse.sources.ballots.source import Source
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.approval_ballot import ApprovalBallot
from newcourse.vote.ranked import RankedVotes

FORM: Final = "preflib"
GRAMMAR: Final = Grammar(":", ",")

_NAME: Final = re.compile(r"ALTERNATIVE NAME ([0-9]{1,9})")


def read_preflib(source: Source) -> ReadVotes:
    """Return the votes of a PrefLib file.

    Raises
    ------
    BadInput
        When it does not say how many alternatives there are, or no ballots follow.
    """
    facts, start = _facts(source)
    size, names = _candidates(source, facts, max(source.number(start) - 1, 1))
    ballots = source.data[start:].rstrip(b"\n \t")
    if not ballots:
        line, expected = source.number(start), "count: alternative,alternative,…"
        raise BadInput(source.fault("no-ballots", line, "no line of ballots", expected, "add the ballots"))
    box = Box(size)
    title = " ".join(facts.get("TITLE", "").split())
    if "NUMBER CATEGORIES" in facts or facts.get("DATA TYPE", "").lower() == "cat":
        votes = _approvals(source, ballots, source.number(start), box, names)
        return ReadVotes(FORM, votes, title=title, problems=tuple(box.problems))
    ballots = ballots.replace(b": ", b":") + b"\n"

    def irregular(line: int, text: str) -> None:
        if _counts(box, line, text):
            times, _, marks = text.partition(":")
            box.add_paper(line, text, times, groups(marks))

    read_rows(ballots, source.number(start), GRAMMAR, box, irregular, source.tell)
    return ReadVotes(FORM, box.votes(names), title=title, rejected=box.rejected, problems=tuple(box.problems))


def _facts(source: Source) -> tuple[dict[str, str], int]:
    facts: dict[str, str] = {}
    start = 0
    for after, text in source.lines():
        if text.strip() and not text.startswith("#"):
            break
        key, sign, value = text.lstrip("# ").partition(":")
        if sign:
            facts[key.strip().upper()] = value.strip()
        start = after
    return facts, start


def _candidates(source: Source, facts: dict[str, str], line: int) -> tuple[int, list[str]]:
    given = {int(match[1]): value for key, value in facts.items() if (match := _NAME.fullmatch(key))}
    stated = facts.get("NUMBER ALTERNATIVES", "")
    size = whole(stated) if stated else max(given, default=0)
    faults = []
    if size is None or not 1 <= size <= MOST_CANDIDATES:
        expected = f"# NUMBER ALTERNATIVES: from 1 to {MOST_CANDIDATES}"
        found = shown(stated) or "no number of alternatives"
        faults.append(source.fault("header-wrong", line, found, expected, "add the line before the ballots"))
    else:
        faults += [
            source.fault("candidate-unknown", line, f"a name for alternative {k}", f"1 to {size}", "correct the number")
            for k in given
            if not 1 <= k <= size
        ]
    if faults or size is None:
        raise BadInput(faults)
    return size, names_or_numbers(source.where, size, given, source.names)


def groups(text: str) -> list[list[str]]:
    """Return the ranks or categories of a ballot; what is not closed keeps its brace, so that it is no number.

    Examples
    --------
    >>> groups("1,{2,3},4"), groups("{1,2},{}"), groups("{1,2")
    ([['1'], ['2', '3'], ['4']], [['1', '2'], ['']], [['1', '2', '{']])
    """
    found: list[list[str]] = []
    opened = False
    for piece in text.split(","):
        mark = piece.strip()
        if opened:
            found[-1].append(mark.removesuffix("}"))
        else:
            opened = mark.startswith("{")
            found.append([mark.removeprefix("{").removesuffix("}") if opened else mark])
        opened = opened and not mark.endswith("}")
    if opened:
        found[-1].append("{")
    return found


def _counts(box: Box, line: int, text: str) -> bool:
    """Return whether a line is one of ballots; report one that is empty, pass over comments."""
    if not text.strip():
        box.report("empty-line", line, text, "an empty line", NOT_COUNTED)
    return bool(text.strip()) and not text.startswith("#")


def _approvals(source: Source, ballots: bytes, line: int, box: Box, names: Sequence[str]) -> ApprovalVotes:
    approved: list[list[str]] = []
    often: list[int] = []
    for number, text in enumerate(ballots.decode("utf-8").split("\n"), start=line):
        if not _counts(box, number, text):
            continue
        times_text, _, marks = text.partition(":")
        times, wrong = times_of(times_text)
        if wrong:
            box.report(wrong[0], number, text, wrong[1], NOT_COUNTED)
            continue
        positions = _approved(box, number, text, times, groups(marks), source.approved)
        approved.append([names[position] for position in positions])
        often.append(times)
    if sum(often) >= 2**53:
        found = f"{sum(often)} ballots together"
        raise BadInput(source.fault("times-wrong", line, found, "fewer than 2^53", "correct the counts"))
    return ApprovalVotes.of_lists(names, approved, often)


def _approved(box: Box, line: int, text: str, times: int, categories: list[list[str]], approving: int) -> list[int]:
    """Return the positions approved clearly; a candidate in two categories or unknown is left out, and reported."""
    standing: dict[int, int] = {}
    positions: list[int] = []
    for category, marks in enumerate(categories):
        for mark in marks:
            number = whole(mark)
            if not mark:
                continue
            if number is None or not 1 <= number <= box.size:
                code = "not-a-number" if number is None else "candidate-unknown"
                reason = f"{shown(mark)} is no number of a candidate"
                box.report(code, line, text, reason, f"without {shown(mark)}", times)
            elif standing.setdefault(number, category) != category:
                reason = f"candidate {number} stands in two categories"
                box.report("ranked-twice", line, text, reason, f"without candidate {number}", times)
                positions = [position for position in positions if position != number - 1]
            elif category < approving and number - 1 not in positions:
                positions.append(number - 1)
    return positions


def write_preflib(votes: RankedVotes | ApprovalVotes, title: str = "") -> str:
    """Return votes as the text of a PrefLib file of the kind that fits them.

    Examples
    --------
    >>> print(write_preflib(RankedVotes.of_lists(["Ann", "Bo"], [["Bo", "Ann"]], [3]), "Chair"))
    # TITLE: Chair
    # DATA TYPE: soc
    # NUMBER ALTERNATIVES: 2
    # NUMBER VOTERS: 3
    # NUMBER UNIQUE ORDERS: 1
    # ALTERNATIVE NAME 1: Ann
    # ALTERNATIVE NAME 2: Bo
    3: 2,1
    <BLANKLINE>
    """
    kind = preflib_kind(votes)
    head = [
        f"# TITLE: {title}",
        f"# DATA TYPE: {kind}",
        f"# NUMBER ALTERNATIVES: {len(votes.candidates)}",
        f"# NUMBER VOTERS: {votes.total}",
        f"# NUMBER UNIQUE {'PREFERENCES' if kind == 'cat' else 'ORDERS'}: {len(votes.times)}",
    ]
    if kind == "cat":
        head += ["# NUMBER CATEGORIES: 1", "# CATEGORY NAME 1: Approved"]
    head += [f"# ALTERNATIVE NAME {number}: {name}" for number, name in enumerate(votes.candidates, start=1)]
    rows = [f"{times}: {_row(votes, row)}" for row, times in enumerate(votes.times.tolist())]
    return "\n".join(head + rows) + "\n"


def preflib_kind(votes: RankedVotes | ApprovalVotes) -> str:
    """Return the ending of the PrefLib file that fits the votes: cat, soc, soi, toc or toi.

    Raises
    ------
    BadInput
        When the ballots give points, for which there is no such file.
    """
    if isinstance(votes, ApprovalVotes):
        if votes.form != ApprovalBallot.form:
            found = f"ballots of form {votes.form}"
            raise BadInput(Fault("form-wrong", "PrefLib file", found, "rankings or approvals", "write another form"))
        return "cat"
    complete = votes.order.shape[1] == len(votes.candidates) and bool((votes.order != -1).all())
    return ("so" if votes.tied is None else "to") + ("c" if complete else "i")


def _row(votes: RankedVotes | ApprovalVotes, row: int) -> str:
    if isinstance(votes, ApprovalVotes):
        start, end = votes.given.indptr[row : row + 2].tolist()
        return "{" + ",".join(str(c + 1) for c in votes.given.indices[start:end].tolist()) + "}"
    ranks = [",".join(str(c + 1) for c in rank) for rank in ranks_of(votes, row)]
    return ",".join("{" + rank + "}" if "," in rank else rank for rank in ranks)

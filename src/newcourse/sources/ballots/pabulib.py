"""Pabulib files (``.pb``): elections of participatory budgets with projects, costs and ballots.

Source of the form: D. Stolicki, S. Szufa, N. Talmon, "Pabulib: a participatory budgeting library", arXiv:2012.06539. A
file has the sections META, PROJECTS and VOTES, each with a row of headings, cells parted by semicolons; a vote lists
projects parted by commas, and for points a second list of the same length.

Who voted is not kept: numbers of voters, age and sex are left behind, so a file written again numbers the ballots anew.
What is malformed in a ballot is reported with its line; what is readable of it is counted, and a ballot of which
nothing is readable counts as blank.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import scipy.sparse as sp

from newcourse.errors import BadInput, Fault
from newcourse.sources.ballots.pabulib_rows import Reading, Row, read_rows
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.approval_ballot import ApprovalBallot, PointsBallot

APPROVALS: Final = ("approval", "choose-1")
ORDINAL: Final = "ordinal"
POINTS: Final = ("cumulative", "scoring")


@dataclass(frozen=True)
class BudgetVote:
    """One election of a shared budget as its file tells it.

    Parameters
    ----------
    meta
        Everything the file says of the election as a whole, as text.
    projects
        The row of each project by heading, as text, in file order; ``project_id`` and ``cost`` are always there.
    ballots
        For each ballot the projects named, in the order in which it names them, each known and once.
    points
        For each ballot the points it gives them; empty where ballots have no points.
    faults
        What is malformed but does not keep the file from being counted, in order of lines.
    """

    meta: Mapping[str, str]
    projects: tuple[Mapping[str, str], ...]
    ballots: tuple[tuple[str, ...], ...]
    points: tuple[tuple[int, ...], ...] = ()
    faults: tuple[Fault, ...] = field(default=(), compare=False)

    @property
    def vote_type(self) -> str:
        """How ballots are written: approval, choose-1, ordinal, cumulative or scoring."""
        return self.meta["vote_type"]

    @property
    def rule(self) -> str:
        """The rule of the official count, in Pabulib's words; empty where the file names none."""
        return self.meta.get("rule", "")

    @property
    def budget(self) -> Fraction:
        """How much may be spent."""
        return Fraction(self.meta["budget"])

    @property
    def costs(self) -> dict[str, Fraction]:
        """What each project costs."""
        return {row["project_id"]: Fraction(row["cost"]) for row in self.projects}

    @property
    def names(self) -> tuple[str, ...]:
        """The projects, by the short name that ballots use."""
        return tuple(row["project_id"] for row in self.projects)

    @property
    def selected(self) -> tuple[str, ...]:
        """The projects chosen officially; none where the file does not tell."""
        return tuple(row["project_id"] for row in self.projects if row.get("selected", "") not in ("", "0"))

    @cached_property
    def votes(self) -> ApprovalVotes:
        """The ballots as arrays: approvals, or points; a place in an order is worth its distance to the last place."""
        form = ApprovalBallot.form if self.vote_type in APPROVALS else PointsBallot.form
        return self._arrays(form, self._worth())

    @cached_property
    def approvals(self) -> ApprovalVotes:
        """The ballots as approvals of every project that is named with more than no points."""
        worth = self._worth() if self.vote_type in POINTS else None
        return self._arrays(ApprovalBallot.form, None if worth is None else np.minimum(worth, 1))

    def _worth(self) -> np.ndarray | None:
        if self.vote_type in POINTS:
            return np.array([given for ballot in self.points for given in ballot], dtype=np.int64)
        if self.vote_type != ORDINAL:
            return None
        longest = max([places(self.meta), *map(len, self.ballots)])
        return np.array([longest - place for ballot in self.ballots for place in range(len(ballot))], dtype=np.int64)

    def _arrays(self, form: str, worth: np.ndarray | None) -> ApprovalVotes:
        position = {name: c for c, name in enumerate(self.names)}
        ends = np.cumsum([0, *map(len, self.ballots)])
        columns = np.array([position[name] for ballot in self.ballots for name in ballot], dtype=np.int64)
        worth = np.ones(len(columns), dtype=np.int64) if worth is None else worth
        given = sp.csr_array((worth, columns, ends), shape=(len(self.ballots), len(position)))
        return ApprovalVotes(form, self.names, given, np.ones(len(self.ballots), dtype=np.int64))

    def options(self) -> dict[str, object]:
        """Return budget and costs as plain options of a rule."""
        costs = {row["project_id"]: _exact(row["cost"]) for row in self.projects}
        return {"budget": _exact(self.meta["budget"]), "costs": costs}

    def official(self) -> tuple[str, dict[str, object]]:
        """Return rule and options of the official count, as far as the file tells them.

        Groups of projects that exclude each other (``greedy-exclusive``) and shares of votes that projects need are not
        in Pabulib files; give them in addition where the law of the vote has them.

        Raises
        ------
        BadInput
            When the file names no rule, or one that is not counted here.
        """
        given = self.options()
        threshold = self.meta.get("min_project_score_threshold", "")
        if threshold.isascii() and threshold.isdigit() and self.rule.startswith("greedy"):
            given["least"] = int(threshold)
        if self.rule in ("greedy", "greedy-threshold", "greedy-exclusive"):
            return "budget-greedy", given
        if self.rule == "greedy-no-skip":
            return "budget-greedy", given | {"beyond": "stop"}
        if self.rule == "equalshares/add1":
            return "budget-equal-shares", given | {"completion": "add1"}
        if self.rule in ("equalshares", "equalshares/add1u"):
            completion = "none" if self.rule == "equalshares" else "add1-utilitarian"
            return "budget-equal-shares", given | {"completion": completion}
        expected = "greedy, one of its kinds, or equalshares/add1"
        raise BadInput(Fault("rule-unknown", "META, rule", repr(self.rule), expected, "name rule and options"))


def places(meta: Mapping[str, str]) -> int:
    """Return how many projects a ballot may name, nil where the file does not tell.

    Examples
    --------
    >>> places({"max_length": "3"}), places({"max_length": "all"})
    (3, 0)
    """
    text = meta.get("max_length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _exact(text: str) -> object:
    amount = Fraction(text)
    return int(amount) if amount.denominator == 1 else text


def read_pabulib(source: Path | str) -> BudgetVote:
    """Return the election in a file, or in the text of one.

    Parameters
    ----------
    source
        A path of a ``.pb`` or ``.pb.gz`` file, or the text itself.

    Raises
    ------
    BadInput
        When the file cannot be read, or what cannot be counted without is missing or wrong: a section, the budget, the
        form of the votes, a project's name or cost. All faults are told, with their lines.

    Examples
    --------
    >>> vote = read_pabulib('''META
    ... key;value
    ... budget;100
    ... vote_type;approval
    ... PROJECTS
    ... project_id;cost
    ... park;60
    ... pool;40.50
    ... VOTES
    ... voter_id;vote
    ... 1;park,pool
    ... 2;pool,swings
    ... ''')
    >>> vote.ballots, vote.costs["pool"], vote.votes.totals().tolist()
    ((('park', 'pool'), ('pool',)), Fraction(81, 2), [1, 2])
    >>> print(vote.faults[0])
    project-unknown at line 12
      found:    'swings'
      expected: a project of the file
      to do:    correct it; the rest of the ballot is counted
    """
    text = source if isinstance(source, str) else _text(source)
    reading = read_rows(_rows(text))
    if reading.fatal:
        raise BadInput([*reading.fatal, *reading.faults])
    return _vote(reading)


def _vote(reading: Reading) -> BudgetVote:
    points = tuple(reading.points) if reading.meta["vote_type"] in POINTS else ()
    vote = BudgetVote(reading.meta, tuple(reading.projects), tuple(reading.ballots), points, tuple(reading.faults))
    vote.votes  # noqa: B018 - candidates that have no printable name are found here
    return vote


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        return data.decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        expected = "a Pabulib file in UTF-8, packed by gzip or not"
        raise BadInput(Fault("file-unreadable", path.name, str(error), expected, "correct the file")) from error


def _rows(text: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    rows = []
    line = 1
    try:
        for cells in reader:
            rows.append(Row(line, [cell.strip() for cell in cells], reader.line_num > line))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(
            Fault("line-unreadable", f"line {line}", str(error), "cells parted by ;", "correct it")
        ) from error
    return rows


def write_pabulib(vote: BudgetVote) -> str:
    """Return the text of a Pabulib file; read again it is equal.

    Examples
    --------
    >>> vote = BudgetVote({"budget": "9", "vote_type": "approval"}, ({"project_id": "a", "cost": "5"},), (("a",), ()))
    >>> read_pabulib(write_pabulib(vote)) == vote
    True
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([["META"], ["key", "value"], *map(list, vote.meta.items()), ["PROJECTS"]])
    headings = list(dict.fromkeys(heading for row in vote.projects for heading in row))
    writer.writerow(headings)
    writer.writerows([[row.get(heading, "") for heading in headings] for row in vote.projects])
    writer.writerow(["VOTES"])
    writer.writerow(["voter_id", "vote", "points"] if vote.points else ["voter_id", "vote"])
    for number, ballot in enumerate(vote.ballots):
        cells = [str(number + 1), ",".join(ballot)]
        writer.writerow([*cells, ",".join(map(str, vote.points[number]))] if vote.points else cells)
    return out.getvalue()

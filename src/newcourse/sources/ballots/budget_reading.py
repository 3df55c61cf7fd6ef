"""Pabulib files as votes with a budget, with what is malformed in them as problems."""

import re
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.sources.ballots.pabulib import BudgetVote, read_pabulib
from newcourse.sources.ballots.problems import NOT_COUNTED, Problem, shown
from newcourse.sources.ballots.reading import ReadVotes
from newcourse.sources.ballots.source import Source

FORM: Final = "pabulib"

COUNTED: Final = {
    "project-unknown": "without that project",
    "project-repeated": "as naming it once",
    "points-wrong": "without that project",
    "points-many": "without what has no partner",
    "voter-twice": "as two ballots",
    "row-stray": NOT_COUNTED,
}
"""How a line was counted, by the code of its fault; any other is counted as it is written."""


def read_budget_file(source: Source) -> ReadVotes:
    """Return the votes of a Pabulib file.

    Raises
    ------
    BadInput
        With every fault that keeps the file from being counted, or when names are given beside it.
    """
    if source.names is not None:
        found, expected = "names for a Pabulib file", "no names: it has its own"
        raise BadInput(Fault("names-wrong", source.where, found, expected, "leave the names out"))
    try:
        vote = read_pabulib(source.data.decode("utf-8"))
    except BadInput as error:
        raise BadInput(
            Fault(f.code, f"{source.where}, {f.where}", f.found, f.expected, f.remedy) for f in error.faults
        ) from None
    rule, options = _official(vote)
    return ReadVotes(
        FORM,
        vote.votes,
        title=" ".join(vote.meta.get("description", "").split()),
        problems=tuple(_problem(fault) for fault in vote.faults),
        budget=vote.budget,
        costs=vote.costs,
        rule=rule,
        rule_options=options,
    )


def _official(vote: BudgetVote) -> tuple[str, dict[str, object]]:
    try:
        return vote.official()
    except BadInput:  # counted officially by a rule that is not counted here
        return vote.rule, {}


def _problem(fault: Fault) -> Problem:
    line = re.fullmatch(r"line ([0-9]+)", fault.where)
    counted = COUNTED.get(fault.code, "as it is written")
    return Problem(fault.code, int(line[1]) if line else 0, shown(fault.found), f"not {fault.expected}", counted)

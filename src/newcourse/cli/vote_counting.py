"""Counts a file of ballots as a command is asked to: the options given, and the rest from the file."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.progress import progress
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:  # heavy rooms are imported when they are needed, so that --help answers at once
    from newcourse.sources.ballots.reading import ReadVotes
    from newcourse.vote.definition import Rule
    from newcourse.vote.outcome import Outcome

BallotFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="File of ballots: grouped CSV, BLT, PrefLib (.soc .soi .toc .toi .cat), Pabulib (.pb) or a JSON profile.",
    ),
]
Names = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Names of the candidates: one on each line, or JSON with candidates by number."),
]
Encoding = Annotated[str, typer.Option(help="Encoding of the file.")]
Approved = Annotated[int, typer.Option(min=1, help="How many of the first categories of a .cat file mean approval.")]
RuleName = Annotated[str, typer.Option("--rule", help="Rule of counting; newcourse vote rules lists them.")]
SeatNumber = Annotated[
    int | None, typer.Option("--seats", help="How many are elected, if not as many as the file says.")
]
RuleOptions = Annotated[
    list[str] | None,
    typer.Option(
        "--option",
        metavar="NAME=VALUE",
        help="Option of the rule, such as strength=margins. May be given several times.",
    ),
]


def counted(
    file: Path, rule: str, given: Mapping[str, object], names: Path | None, encoding: str, approved: int
) -> "tuple[Outcome, ReadVotes]":
    """Return the outcome of a file of ballots, and what was read.

    Raises
    ------
    BadInput
        If the rule is unknown, the file cannot be read, or options and ballots do not fit the rule.
    """
    from newcourse.sources.ballots.names import read_names
    from newcourse.sources.ballots.registry import read_votes
    from newcourse.vote import rule as door

    named = door.rule_named(rule)
    with progress("Counting") as tell:
        listed = None if names is None else read_names(names)
        read = read_votes(file, encoding=encoding, names=listed, approved=approved, tell=tell)
        tell("counting", 1.0)
        return door.count(rule, _completed(given, named, read), read.votes), read


def _completed(given: Mapping[str, object], rule: "Rule", read: "ReadVotes") -> dict[str, object]:
    """Return the options given, and from the file those that the rule has and nobody gave.

    Seats, budget and costs are those of any count; the other options of a file are those of its official rule.
    """
    from newcourse.vote.plain import plain

    stated: dict[str, object] = {"seats": read.seats, "budget": read.budget, "costs": read.costs or None}
    if read.rule == rule.name:
        stated |= read.rule_options
    known = {option.name for option in rule.options}
    filled = {name: plain(value) for name, value in stated.items() if value is not None and name in known}
    return {**filled, **given}


def given_options(settings: Iterable[str], seats: int | None) -> dict[str, Any]:
    """Return options by name: a value that is JSON is read as such, any other is a text."""
    values: dict[str, Any] = {} if seats is None else {"seats": seats}
    faults = []
    for setting in settings:
        name, sign, text = setting.partition("=")
        if not sign:
            faults.append(Fault("setting-unreadable", "--option", setting, "NAME=VALUE", "correct the option"))
        elif name in values:
            faults.append(Fault("setting-twice", "--option", setting, "each option once", "remove one of the two"))
        else:
            values[name] = _value(text)
    if faults:
        raise BadInput(faults)
    return values


def _value(text: str) -> object:
    try:
        return json.loads(text, parse_float=str)  # counts are exact, so decimals are kept as they are written
    except (ValueError, RecursionError):
        return text

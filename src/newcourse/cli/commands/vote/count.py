"""``newcourse vote count``: an outcome with every step of its count, from a file of ballots."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.files import PictureFile, require_picture_files, write_picture
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import bullets, can_show, give, say
from newcourse.cli.progress import progress
from newcourse.cli.vote_words import STAGE_KEY, problem_list, selection_table, stage_tables
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


@answering
def count(
    file: BallotFile,
    rule: Annotated[str, typer.Option(help="Rule of counting; newcourse vote rules lists them.")],
    seats: Annotated[int | None, typer.Option(help="How many are elected, if not as many as the file says.")] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE", help="Option of the rule, such as strength=margins. May be given several times."
        ),
    ] = None,
    names: Names = None,
    encoding: Encoding = "utf-8",
    approved: Approved = 1,
    trace: Annotated[bool, typer.Option(help="Tell every step of the count.")] = True,
    picture: PictureFile = None,
    as_json: AsJson = False,
) -> None:
    """Count ballots by a rule and print the outcome with every step. The same ballots give the same outcome anywhere.

    Papers that are not clear are counted as far as they are; each is reported with its line and reason.

    ```
    newcourse vote count ward.csv --rule scottish-stv
    newcourse vote count ballots.blt --rule meek-stv --seats 6 --json
    newcourse vote count profile.json --rule schulze --option strength=margins
    newcourse vote count ward.csv --rule scottish-stv --picture stages.svg
    ```
    """
    from newcourse.sources.ballots.names import read_names
    from newcourse.sources.ballots.registry import read_votes
    from newcourse.vote import rule as door

    require_picture_files(picture)
    named = door.rule_named(rule)
    given = _options(option or (), seats)
    with progress("Counting") as tell:
        listed = None if names is None else read_names(names)
        read = read_votes(file, encoding=encoding, names=listed, approved=approved, tell=tell)
        tell("counting", 1.0)
        outcome = door.count(rule, _completed(given, named, read), read.votes)
    if picture is not None:
        _draw(outcome, picture)
    if as_json:
        give(_data(outcome, read, trace=trace))
        return
    _tell(outcome, read, named.reference, trace=trace)
    say(*([f"Drawn in {picture}."] if picture else []))


def _draw(outcome: "Outcome", file: Path) -> None:
    from newcourse.pictures.outcomes import picture_of

    write_picture(picture_of(outcome), file)


def _tell(outcome: "Outcome", read: "ReadVotes", reference: str, *, trace: bool) -> None:
    result: dict[str, Any] = outcome.result.to_data()
    say(*([read.title] if read.title else []), outcome.sentence)
    say(f"{outcome.ballots} ballots, counted by {outcome.rule}: {reference}.")
    if read.rule:
        say(f"The file says that it was counted officially by {read.rule}.")
    if read.withdrawn:
        say(f"Withdrawn before the count: {', '.join(read.withdrawn)}.")
    if result.get("stages"):
        for part in stage_tables(result["elected"], result["stages"]):
            say("", part)
        say("", STAGE_KEY if can_show(STAGE_KEY) else "* elected at this stage, - excluded before")
    if result.get("selected") and read.costs:
        say("", selection_table(result["selected"], read.costs))
    if outcome.ties:
        say("", "Ties:", bullets(f"{tie.question}: {', '.join(tie.settled)}, by {tie.by}." for tie in outcome.ties))
    if read.problems:
        say("", *problem_list(read.problems, read.rejected))
    if trace:
        say("", bullets(step.sentence for step in outcome.steps))


def _data(outcome: "Outcome", read: "ReadVotes", *, trace: bool) -> dict[str, object]:
    """Return outcome and result in one object, with what the file says and what is wrong with it."""
    told = outcome.to_data()
    del told["result"]
    steps, ties = told.pop("steps"), told.pop("ties")
    about = {
        "title": read.title,
        "official_rule": read.rule or None,
        "withdrawn": list(read.withdrawn),
        "rejected": read.rejected,
    }
    problems = [problem.to_data() for problem in read.problems]
    traced = {"steps": steps} if trace else {}
    return {**told, **about, **outcome.result.to_data(), "ties": ties, "problems": problems, **traced}


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


def _options(settings: Iterable[str], seats: int | None) -> dict[str, Any]:
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

"""``newcourse vote count``: an outcome with every step of its count, from a file of ballots."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.files import PictureFile, require_picture_files, write_picture
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import bullets, can_show, give, say
from newcourse.cli.vote_counting import (
    Approved,
    BallotFile,
    Encoding,
    Names,
    RuleName,
    RuleOptions,
    SeatNumber,
    counted,
    given_options,
)
from newcourse.cli.vote_words import STAGE_KEY, problem_list, selection_table, stage_tables

if TYPE_CHECKING:  # heavy rooms are imported when they are needed, so that --help answers at once
    from newcourse.sources.ballots.reading import ReadVotes
    from newcourse.vote.outcome import Outcome


@answering
def count(
    file: BallotFile,
    rule: RuleName,
    seats: SeatNumber = None,
    option: RuleOptions = None,
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
    require_picture_files(picture)
    outcome, read = counted(file, rule, given_options(option or (), seats), names, encoding, approved)
    if picture is not None:
        _draw(outcome, picture)
    if as_json:
        give(_data(outcome, read, trace=trace))
        return
    _tell(outcome, read, trace=trace)
    say(*([f"Drawn in {picture}."] if picture else []))


def _draw(outcome: "Outcome", file: Path) -> None:
    from newcourse.pictures.outcomes import picture_of

    write_picture(picture_of(outcome), file)


def _tell(outcome: "Outcome", read: "ReadVotes", *, trace: bool) -> None:
    from newcourse.vote.rule import rule_named

    result: dict[str, Any] = outcome.result.to_data()
    say(*([read.title] if read.title else []), outcome.sentence)
    say(f"{outcome.ballots} ballots, counted by {outcome.rule}: {rule_named(outcome.rule).reference}.")
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

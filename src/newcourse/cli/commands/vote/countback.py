"""``newcourse vote countback``: a vacated seat refilled from the ballots that filled it."""

from typing import Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import bullets, give, say
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
)  # fmt: skip
from newcourse.errors import BadInput, Fault


@answering
def countback(
    file: BallotFile,
    vacated: Annotated[str, typer.Option(metavar="NAME", help="Who was elected to the seat that is vacant.")],
    rule: RuleName = "scottish-stv",
    standing: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Candidate who consents to serve; all who were not elected if left out. May be given several times.",
        ),
    ] = None,
    seats: SeatNumber = None,
    option: RuleOptions = None,
    names: Names = None,
    encoding: Encoding = "utf-8",
    approved: Approved = 1,
    as_json: AsJson = False,
) -> None:
    """Refill a vacated seat from the papers that filled it, at what they were worth then.

    The election is counted again by its rule, and the papers of who has left are counted back among those who stand.

    ```
    newcourse vote countback ward.csv --vacated "Ann Lee"
    newcourse vote countback ward.csv --vacated "Ann Lee" --standing "Bo Berg" --standing "Cy Diaz" --json
    ```
    """
    from newcourse.vote.countback import countback as counted_back
    from newcourse.vote.meek.stages import MeekCount
    from newcourse.vote.ranked import RankedVotes
    from newcourse.vote.stv.stages import Elected
    from newcourse.vote.ties import TieRule

    outcome, read = counted(file, rule, given_options(option or (), seats), names, encoding, approved)
    result, votes = outcome.result, read.votes
    if not isinstance(result, Elected | MeekCount) or not isinstance(votes, RankedVotes):
        expected = "a count by transferable vote, such as scottish-stv or meek-stv"
        raise BadInput(Fault("countback-rule", f"countback by {rule}", outcome.sentence, expected, "name another rule"))
    stand = standing or [name for name in outcome.candidates if name not in result.elected]
    ties = TieRule.from_data(outcome.options["ties"])
    tally = counted_back(votes, result, vacated, stand, ties)
    if as_json:
        steps = [step.to_data() for step in tally.steps]
        settled = [tie.to_data() for tie in tally.ties]
        give({**tally.result.to_data(), "sentence": tally.sentence, "steps": steps, "ties": settled})
        return
    say(outcome.sentence, tally.sentence, "", bullets(step.sentence for step in tally.steps))

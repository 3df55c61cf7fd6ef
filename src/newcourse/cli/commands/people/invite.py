"""``newcourse people invite``: an invitation in the name of a member."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from newcourse.cli.commands.people.parts import HERE, LOG, Address, PeopleAt, opened, require_member
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say
from newcourse.cli.records import Database


@answering
def invite(
    where: Database,
    place: Annotated[str, typer.Argument(metavar="PLACE", help="Code of the place the newcomer will join.")],
    by: Annotated[str, typer.Option("--by", metavar="MEMBER", help="Who vouches for the newcomer, on the record.")],
    address: Address = HERE,
    people: PeopleAt = "",
    as_json: AsJson = False,
) -> None:
    """Make an invitation to a place: an address that is good once, to hand to one person.

    Whoever uses it joins by the word of the member named, who must agree to that and may invite from their own
    account as well. Whether they may vouch for anybody there is asked now, and again when it is used.

    ```
    newcourse people invite town.sqlite N --by ada --address https://town.example
    ```
    """
    from newcourse.council.authority import Refusal, authority

    with opened(where, people) as (state, known):
        require_member(state, by)
        answer = authority(state, by, "join", place)
        if isinstance(answer, Refusal):
            raise answer.error()
        code = known.codes.invite(by, place, datetime.now(UTC))
    LOG.info("an invitation to %s was made in the name of %s", place, by)
    shown = f"{address.rstrip('/')}/invitation/{code}"
    if as_json:
        give({"invitation": shown, "place": place, "by": by})
    else:
        say(f"Good once, for fourteen days: {shown}")

"""``newcourse people erase``: everything personal of one person, gone."""

from typing import Annotated

import typer

from newcourse.cli.commands.people.parts import LOG, Member, PeopleAt, opened
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say
from newcourse.cli.records import Database
from newcourse.errors import BadInput, Fault


@answering
def erase(
    where: Database,
    member: Member,
    yes: Annotated[bool, typer.Option("--yes", help="Erase; without it nothing is done.")] = False,
    people: PeopleAt = "",
    as_json: AsJson = False,
) -> None:
    """Erase everything personal of one person: name, e-mail, passkeys, sessions, tokens, invitations.

    What they did stays in the record under their code, and the record still verifies. Copies of the database made
    before are not reached.

    ```
    newcourse people erase town.sqlite m-abcdefghij --yes
    ```
    """
    if not yes:
        expected, remedy = "--yes", "say --yes: what is erased cannot be brought back"
        raise BadInput(Fault("erasure-unsure", "newcourse people erase", "no --yes", expected, remedy))
    with opened(where, people) as (_, known):
        there = known.erase(member)
    if not there:
        expected, remedy = "the code of somebody with an account", "see newcourse people list"
        raise BadInput(Fault("account-unknown", "MEMBER", repr(member), expected, remedy))
    LOG.warning("everything personal of %s was erased", member)
    if as_json:
        give({"erased": member})
    else:
        say(f"Everything personal of {member} is erased. The record is as it was.")

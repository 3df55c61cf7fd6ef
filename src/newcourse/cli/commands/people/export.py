"""``newcourse people export``: everything personal of one person."""

from typing import Any

from newcourse.cli.commands.people.parts import Member, PeopleAt, opened
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say, table
from newcourse.cli.records import Database
from newcourse.errors import BadInput, Fault


@answering
def export(where: Database, member: Member, people: PeopleAt = "", as_json: AsJson = False) -> None:
    """Show everything personal that is kept of one person, without secrets.

    ```
    newcourse people export town.sqlite m-abcdefghij --json
    ```
    """
    with opened(where, people) as (_, known):
        found = known.export(member)
    if found["account"] is None:
        expected, remedy = "the code of somebody with an account", "see newcourse people list"
        raise BadInput(Fault("account-unknown", "MEMBER", repr(member), expected, remedy))
    if as_json:
        give(found)
        return
    rows = [("account", _words(found["account"]))]
    for kind in ("passkeys", "identities", "sessions", "tokens", "codes"):
        rows += [(kind, _words(one)) for one in found[kind]]
    say(table((member, ""), rows))


def _words(facts: dict[str, Any]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in facts.items() if value)

"""``newcourse people list``: who can sign in."""

from newcourse.cli.commands.people.parts import PeopleAt, opened
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say, table
from newcourse.cli.records import Database


@answering
def list_(where: Database, people: PeopleAt = "", as_json: AsJson = False) -> None:
    """List the accounts: code, name, place, and by how many passkeys and providers each can sign in.

    ```
    newcourse people list town.sqlite
    ```
    """
    with opened(where, people) as (state, known):
        rows = [
            {
                "member": account.member,
                "name": account.about.name,
                "place": state.members.get(account.member, ""),
                "made": account.made.isoformat(),
                "passkeys": len(known.passkeys.all(account.member)),
                "providers": len(known.identities.all(account.member)),
            }
            for account in known.accounts.all()
        ]
    if as_json:
        give({"people": rows})
        return
    cells = [tuple(str(row[name]) for name in ("member", "name", "place", "passkeys", "providers")) for row in rows]
    say(table(("code", "name", "place", "passkeys", "providers"), cells, right=(3, 4), whole=(0,)))
    say("", f"{len(rows)} accounts.")

"""``newcourse people link``: a sign-in link for a member, without a passkey."""

from datetime import UTC, datetime

from newcourse.cli.commands.people.parts import HERE, LOG, Address, Member, PeopleAt, opened, require_member
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say
from newcourse.cli.records import Database


@answering
def link(
    where: Database,
    member: Member,
    address: Address = HERE,
    people: PeopleAt = "",
    as_json: AsJson = False,
) -> None:
    """Make a link that signs a member in once, within fifteen minutes.

    For trying things out on one's own machine, and for somebody who has lost every passkey. Whoever runs the server
    can act as any member by it, as by changing the database of accounts; that it was made stands in the server's log.

    ```
    newcourse people link newcourse-demo.sqlite ada
    ```
    """
    with opened(where, people) as (state, known):
        if known.accounts.find(member) is None:
            require_member(state, member)
        code = known.codes.link(member, datetime.now(UTC))
    LOG.warning("a sign-in link was made for %s", member)
    shown = f"{address.rstrip('/')}/sign-in/link/{code}"
    if as_json:
        give({"link": shown, "member": member})
    else:
        say(f"Good once, for fifteen minutes: {shown}")

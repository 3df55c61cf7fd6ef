"""``newcourse people``: the accounts beside a record, for whoever runs the server."""

import typer

from newcourse.cli.commands.people.erase import erase
from newcourse.cli.commands.people.export import export
from newcourse.cli.commands.people.invite import invite
from newcourse.cli.commands.people.link import link
from newcourse.cli.commands.people.listing import list_

group = typer.Typer(no_args_is_help=True, help="Invite, list, export and erase the people who sign in.")
group.command("invite")(invite)
group.command("link")(link)
group.command("list")(list_)
group.command("export")(export)
group.command("erase")(erase)

"""``newcourse vote``: counting ballots by fixed rules."""

import typer

from newcourse.cli.commands.vote.convert import convert
from newcourse.cli.commands.vote.count import count
from newcourse.cli.commands.vote.countback import countback
from newcourse.cli.commands.vote.rules import rules

group = typer.Typer(no_args_is_help=True, help="Count ballots by fixed rules, with every step of the count.")
group.command("count")(count)
group.command("countback")(countback)
group.command("convert")(convert)
group.command("rules")(rules)

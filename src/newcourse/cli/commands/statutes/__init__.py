"""``newcourse statutes``: a federation's own law, checked and read."""

import typer

from newcourse.cli.commands.statutes.check import check
from newcourse.cli.commands.statutes.show import show

group = typer.Typer(no_args_is_help=True, help="Check statutes for contradictions and dead ends, and read them.")
group.command("check")(check)
group.command("show")(show)

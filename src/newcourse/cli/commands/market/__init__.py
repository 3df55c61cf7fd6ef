"""``newcourse market``: households, co-operatives and private producers beside the plan."""

import typer

from newcourse.cli.commands.market.join import join
from newcourse.cli.commands.market.mix import mix
from newcourse.cli.commands.market.scissors import scissors

group = typer.Typer(no_args_is_help=True, help="The mixed economy: prices, taxes, trade and voluntary co-operatives.")
group.command("mix")(mix)
group.command("scissors")(scissors)
group.command("join")(join)

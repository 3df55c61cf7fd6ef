"""``newcourse record``: the public memory, read and verified."""

import typer

from newcourse.cli.commands.record.checkpoint import checkpoint
from newcourse.cli.commands.record.export import export
from newcourse.cli.commands.record.prove import prove
from newcourse.cli.commands.record.show import show
from newcourse.cli.commands.record.verify import verify
from newcourse.cli.commands.record.witness import witness

group = typer.Typer(no_args_is_help=True, help="Read, verify, sign and export the append-only public record.")
group.command("verify")(verify)
group.command("show")(show)
group.command("export")(export)
group.command("checkpoint")(checkpoint)
group.command("witness")(witness)
group.command("prove")(prove)

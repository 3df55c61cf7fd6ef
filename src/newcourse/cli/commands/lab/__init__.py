"""``newcourse lab``: how social formations may move, as hypotheses beside their rivals."""

import typer

from newcourse.cli.commands.lab.codings import codings
from newcourse.cli.commands.lab.compare import compare
from newcourse.cli.commands.lab.data import data
from newcourse.cli.commands.lab.hypotheses import hypotheses
from newcourse.cli.commands.lab.run import run
from newcourse.cli.commands.lab.scenarios import scenarios
from newcourse.cli.commands.lab.sensitivity import sensitivity
from newcourse.cli.commands.lab.words import words

group = typer.Typer(
    no_args_is_help=True,
    help="How social formations may move: hypotheses, scenarios conditional on them, honest comparison with rivals.",
)
group.command("hypotheses")(hypotheses)
group.command("scenarios")(scenarios)
group.command("run")(run)
group.command("words")(words)
group.command("codings")(codings)
group.command("data")(data)
group.command("compare")(compare)
group.command("sensitivity")(sensitivity)

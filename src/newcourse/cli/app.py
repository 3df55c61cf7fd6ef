"""The program ``newcourse`` and its commands (design §13).

Commands import the rooms they need when they run, so that ``newcourse --help`` answers at once.
"""

from typing import Annotated

import typer

from newcourse.cli.channels import keep_output_ours
from newcourse.cli.commands import check, compare, cost, demo, explain, importing, picture, plan, record, serve, vote
from newcourse.cli.commands.act import act
from newcourse.cli.commands.content import content
from newcourse.cli.commands.futures import futures
from newcourse.cli.commands.lab import group as lab
from newcourse.cli.commands.market import group as market
from newcourse.cli.commands.old_plan import old_plan
from newcourse.cli.commands.pace import pace
from newcourse.cli.commands.people import group as people
from newcourse.cli.commands.prices import prices
from newcourse.cli.commands.projects import projects
from newcourse.cli.commands.replan import replan
from newcourse.cli.commands.robust import robust
from newcourse.cli.commands.statutes import group as statutes
from newcourse.cli.commands.trade import trade
from newcourse.cli.commands.variants import variants
from newcourse.cli.commands.verify import verify
from newcourse.cli.commands.what_if import what_if
from newcourse.cli.commands.worker import worker
from newcourse.cli.commands.years import years
from newcourse.cli.guard import EXIT_CODES

app = typer.Typer(
    name="newcourse",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_show_locals=False,
    epilog=EXIT_CODES,
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"newcourse {version('newcourse')}")
        raise typer.Exit


@app.callback()
def newcourse(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Plan an economy democratically: from needs, proposals and votes to a balanced, certified and explained plan.

    Begin with:

        newcourse demo            # one turn of the planning cycle on a real economy
        newcourse plan sweden     # a plan for an example that comes with the program
        newcourse explain sweden  # why it misses what it misses
    """


app.command("demo")(demo.demo)
app.command("check")(check.check)
app.command("import")(importing.import_)
app.command("plan")(plan.plan)
app.command("explain")(explain.explain)
app.command("cost")(cost.cost)
app.command("what-if")(what_if)
app.command("content")(content)
app.command("compare")(compare.compare)
app.command("variants")(variants)
app.command("replan")(replan)
app.command("robust")(robust)
app.command("picture")(picture.picture)
app.command("years")(years)
app.command("futures")(futures)
app.command("pace")(pace)
app.command("projects")(projects)
app.command("trade")(trade)
app.command("prices")(prices)
app.command("old-plan")(old_plan)
app.command("serve")(serve.serve)
app.command("worker")(worker)
app.command("act")(act)
app.command("verify")(verify)
app.add_typer(vote.group, name="vote")
app.add_typer(market, name="market")
app.add_typer(lab, name="lab")
app.add_typer(record.group, name="record")
app.add_typer(people, name="people")
app.add_typer(statutes, name="statutes")


def main() -> None:
    """Run the program."""
    keep_output_ours()
    app()

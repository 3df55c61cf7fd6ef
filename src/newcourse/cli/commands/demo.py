"""``newcourse demo``: one whole turn of the planning cycle on a real economy, then its pages."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, Periods
from newcourse.cli.output import complaints, give, say
from newcourse.cli.progress import progress
from newcourse.cli.serving import listen, serve_pages

if TYPE_CHECKING:
    from newcourse.acts.federation import Federation
    from newcourse.cli.demo.scenario import Scenario
    from newcourse.record.store import Record


INTERRUPTED = 130
"""What shells take for Ctrl-C."""


class Example(StrEnum):
    """The federations that can be played."""

    SWEDEN = "sweden"
    WORLD = "world"


@answering
def demo(
    example: Annotated[
        Example, typer.Option(help="Sweden in thirty branches of work, or the world in nine blocs.")
    ] = Example.SWEDEN,
    database: Annotated[
        str | None,
        typer.Option(help="New SQLite file or empty database for the record; newcourse-demo.sqlite if left out."),
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Whether to serve the web pages afterwards.")
    ] = True,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port of the web pages; 8000, or any that is free, if left out."),
    ] = None,
    periods: Periods = 1,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the chance by which synthetic people vote.")] = 7,
    as_json: AsJson = False,
) -> None:
    """Go once round the planning cycle on real figures with synthetic people, and tell what came of it.

    A federation is founded, files needs and proposals, each costed at once, votes on weights, has three plans made,
    chooses one by the Schulze rule, adopts it and hands down orders. All of it is in one record that you can verify,
    look at in the browser, and go on with. An older record is never overwritten. With --json nothing is served.

        newcourse demo
        newcourse demo --example world --no-serve
    """
    from newcourse.cli.demo.account import account_data, gather
    from newcourse.cli.demo.files import fresh_name, fresh_record
    from newcourse.cli.demo.telling import told

    serve = serve and not as_json
    address = listen("127.0.0.1", port) if serve else None  # a port that is taken shows before the work, not after it
    where = database or fresh_name(Path())
    with fresh_record(where) as record:
        try:
            account = gather(_played(record, example, periods, seed), _scenario(example), seed)
        except KeyboardInterrupt:
            complaints().print(f"Stopped. What was done so far is in {where}.", markup=False)
            raise typer.Exit(INTERRUPTED) from None
        if as_json:
            give({"database": where, **account_data(account)})
            return
        say(*told(account, where), "")
        member = next(seat.person for seats in account.federation.state.seats.values() for seat in seats)
    say(*_further(where, example, member))
    if address is None:
        say(f"See its pages: newcourse serve {where}")
    else:
        serve_pages(where, address)


def _further(where: str, example: Example, member: str) -> tuple[str, ...]:
    """Return what a newcomer may look at again, and what more may be asked of the economy that was planned."""
    name = example.value
    return (
        "Look again:",
        f"  newcourse record verify {where}",
        f"  newcourse record show {where} --last 0",
        f"  newcourse record export {where} --bundle town.zip && newcourse verify town.zip",
        "",
        "Sign in as one of its people, once its pages are served:",
        f'  newcourse people link {where} "{member}"',
        "",
        "Ask more of the same economy: what to make and what to buy, how branches grow apart, open futures, years",
        f"  newcourse trade {name}",
        f"  newcourse years {name} --periods 3",
        f"  newcourse futures {name}",
        f"  newcourse plan {name} --periods 3 --limits terminal=steady",
        "",
    )


def _scenario(example: Example) -> "Scenario":
    from newcourse.cli.demo.sweden import SWEDEN
    from newcourse.cli.demo.world import WORLD

    return {Example.SWEDEN: SWEDEN, Example.WORLD: WORLD}[example]


def _played(record: "Record", example: Example, periods: int, seed: int) -> "Federation":
    """Return the federation after one turn of the cycle."""
    import numpy as np

    from newcourse.acts.federation import Federation
    from newcourse.cli.demo.play import Play
    from newcourse.cli.demo.story import tell_story
    from newcourse.sources.examples import read_example

    federation = Federation(record)
    with progress("One turn of the cycle") as tell:
        economy = read_example(example.value)
        tell_story(Play(federation, _scenario(example), economy, np.random.default_rng(seed), tell), periods)
    return federation
